"""Pages and later captures of them, with what of each is known already.

A page is a flat list of remarks in reading order; a remark carries the number it was
first written under through every edit and move, so that whatever is told of a later
capture can be compared with what truly became of it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from tests.importers import generate

#: What many say.
SHORT = ("Agree.", "Hear, hear", "So true", "No.")


@dataclass(frozen=True)
class Remark:
    """A comment of a page.

    Args:
        origin: the number it was first written under.
        level: 0 at the top.
        text: its words now.
    """

    origin: int
    level: int
    text: str


Remarks = list[Remark]


class Blog:
    """Writes a page and changes it; the same seed does the same.

    Args:
        seed: of all that is left to chance.
        deepest: the deepest level of a reply.

    Attributes:
        title: no other seed's.
        remarks: the page as it was first.
        writer: makes up its words.
        chance: decides.
    """

    def __init__(self, seed: int, deepest: int = 3) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - not for secrets
        self.writer = generate.Writer(seed)
        self._deepest = deepest
        self._origins = count()
        self.title = f"Page {seed}"
        self.body = self.writer.text(80)
        self.remarks = self._page()

    def _page(self) -> Remarks:
        remarks: Remarks = []
        for _ in range(self.chance.randint(3, 25)):
            above = remarks[-1].level + 1 if remarks else 0
            level = min(self.chance.choice((0, 0, above, self.chance.randint(0, above))), 99)
            remarks.append(self._remark(min(level, self._deepest)))
        return remarks

    def _remark(self, level: int) -> Remark:
        """Write a remark: some are a word or two that others say as well."""
        short = self.chance.random() < 0.1
        words = self.writer.text(self.chance.choice((4, 12, 40, 90)))
        return Remark(next(self._origins), level, self.chance.choice(SHORT) if short else words)

    # What happens to a page between two captures

    def inserted(self, remarks: Remarks) -> Remarks:
        """Return the page with one to four new remarks anywhere."""
        after = list(remarks)
        for _ in range(self.chance.randint(1, 4)):
            place = self.chance.randint(0, len(after))
            least = after[place].level if place < len(after) else 0
            most = min(after[place - 1].level + 1, self._deepest) if place else 0
            level = self.chance.randint(min(least, most), most)
            after.insert(place, self._remark(level))
        return after

    def removed(self, remarks: Remarks) -> Remarks:
        """Return the page without one to three remarks and what answered them."""
        after = list(remarks)
        for _ in range(self.chance.randint(1, 3)):
            if len(after) > 1:
                place = self.chance.randrange(len(after))
                del after[place : _end(after, place)]
        return after or list(remarks)

    def edited(self, remarks: Remarks, least: int = len(max(SHORT, key=len)) + 1) -> Remarks:
        """Return the page with some remarks edited, as people do.

        Args:
            remarks: the page.
            least: how many characters a remark must have to be edited.
        """
        share = self.chance.choice((0.05, 0.2, 0.5))
        return [
            replace(remark, text=self._edit(remark.text))
            if self.chance.random() < share and len(remark.text) >= least
            else remark
            for remark in remarks
        ]

    def reordered(self, remarks: Remarks) -> Remarks:
        """Return the page with its threads in another order, replies under what they answer."""
        tops = [place for place, remark in enumerate(remarks) if not remark.level]
        branches = [remarks[place : _end(remarks, place)] for place in tops]
        if self.chance.random() < 0.5:
            branches.reverse()
        else:
            self.chance.shuffle(branches)
        return [remark for branch in branches for remark in branch]

    def _edit(self, text: str) -> str:
        ways: tuple[Callable[[str], str], ...] = (
            self._other_words,
            self._slip_mended,
            lambda was: f"{was}\nEdited: {self.writer.sentence()}",
            lambda was: f"{self.writer.sentence()} {was}" if len(was.split()) > 20 else was + "!",
            self._less,
            str.upper,
        )
        return self.chance.choice(ways)(text)

    def _other_words(self, text: str) -> str:
        """Have other words for one in eight."""
        words = text.split(" ")
        for _ in range(max(1, len(words) // 8)):
            words[self.chance.randrange(len(words))] = self.chance.choice(generate.WORDS)
        return " ".join(words)

    def _slip_mended(self, text: str) -> str:
        place = self.chance.randrange(len(text) - 1)
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]

    def _less(self, text: str) -> str:
        """Leave the last sentence out."""
        end = max(text.rstrip(".!?").rfind(mark) for mark in ".!?")
        return text[: end + 1] if end * 2 > len(text) else text

    def mixed(self, remarks: Remarks) -> Remarks:
        """Return the page after all of this."""
        after = self.edited(self.removed(self.inserted(remarks)), least=40)
        return self.reordered(after) if self.chance.random() < 0.3 else after

    # The forms it is kept in

    def page(self, remarks: Remarks) -> generate.Page:
        """Return a page with these remarks."""
        said = tuple(generate.Said(remark.level, remark.text) for remark in remarks)
        return generate.Page((self.body,), said, self.title, date(2024, 4, 27))

    def style(self) -> generate.Style:
        """Return any look of a numbered page."""
        chance = self.chance
        return generate.Style(
            tongue=chance.choice(list(generate.TONGUES)),
            margin=chance.randint(0, 4),
            between=chance.randint(0, 1),
            newline=chance.choice(("\n", "\r\n")),
        )


def _end(remarks: Remarks, start: int) -> int:
    end = start + 1
    while end < len(remarks) and remarks[end].level > remarks[start].level:
        end += 1
    return end


def numbered(blog: Blog, remarks: Remarks) -> str:
    """Return the page as numbered comments, as it looked at first."""
    return generate.numbered(blog.page(remarks))


def numbered_otherwise(blog: Blog, remarks: Remarks) -> str:
    """Return the page as numbered comments in another language and look."""
    return generate.numbered(blog.page(remarks), blog.style())


def glued(blog: Blog, remarks: Remarks) -> str:
    """Return the page flattened: two levels, no blank lines, markers on the words."""
    flat = [
        replace(remark, level=min(remark.level, 1), text=remark.text.replace("\n\n", "\n"))
        for remark in remarks
    ]
    spelling = blog.chance.choice(("front", "back", "alone"))
    return generate.glued(blog.page(flat), spelling)


def listing(blog: Blog, remarks: Remarks) -> str:
    """Return the page without its comments, between others under a label."""
    del remarks
    first, last = blog.writer.page(0), blog.writer.page(0)
    return generate.listing([first, blog.page([]), last], "Kept")


def single(blog: Blog, remarks: Remarks) -> str:
    """Return the page alone, without its comments."""
    del remarks
    return generate.single(blog.page([]))


def same(blog: Blog, remarks: Remarks) -> Remarks:
    """Return the page as it is."""
    del blog
    return remarks


Change = Callable[[Blog, Remarks], Remarks]
Layout = Callable[[Blog, Remarks], str]
#: What can happen to a page and how it is kept then; two levels at most where flattened.
RECAPTURES: dict[str, tuple[Change, Layout]] = {
    "inserted": (Blog.inserted, numbered),
    "removed": (Blog.removed, numbered),
    "edited": (Blog.edited, numbered),
    "reordered": (Blog.reordered, numbered),
    "another look": (same, numbered_otherwise),
    "flattened": (same, glued),
    "in a listing": (same, listing),
    "without comments": (same, single),
    "all of it": (Blog.mixed, numbered),
    "all of it, another look": (Blog.mixed, numbered_otherwise),
    "all of it, flattened": (Blog.mixed, glued),
}
