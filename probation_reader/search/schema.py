"""What the index holds of a passage: the schema, and passage → document.

One document per passage. The body is not stored; only its id is, as a column.
Postings are made here, once per text, from `analysis`: whoosh's own analysers
would cut and stem every text once per field.

- ``stems``: stems with their counts; the title's count in its post's first
  passage, `TITLE_WEIGHT` times. This is what plain words search and BM25F ranks.
- ``exact``: folded words with positions, for phrases, prefixes and words as written.
- ``title``, ``author``, ``label``: as both of the above in one field, the words as
  written behind `AS_WRITTEN`; on every passage of a post, since they narrow it.
- ``date``: the year, the month and the day, a term each.
- ``depth``: how deep it stands, in decimal digits.
- ``traits``: what can be said of it in one word, see `traits_of`.
- ``post``: the post's id, by which its documents are replaced.

Two words that may be one (`analysis.compounds`) also count as that, at the place of
the first: ``re-offending`` is found as ``reoffending``.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from probation_reader.links import links_in
from probation_reader.model import Comment
from probation_reader.search.analysis import compounds, forms, stem
from probation_reader.search.engine.whoosh import (
    Existence,
    FieldType,
    Positions,
    Schema,
    VarBytesColumn,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from probation_reader.model import Passage, Post, Thread

#: Raised whenever documents made from the same library would differ.
FORMAT = 7

TITLE_WEIGHT = 4.0
AS_WRITTEN = "="

#: (term, count, weight, positions), as whoosh's writer wants them.
Posting: TypeAlias = tuple[bytes, int, float, Sequence[int]]
Document: TypeAlias = dict[str, Any]


class Places(Positions):  # type: ignore[misc]  # whoosh is untyped
    """Word positions as plain numbers: the codec packs them."""

    def decode_positions(self, value: Sequence[int]) -> list[int]:
        """Return the positions."""
        return list(value)

    def decode_frequency(self, value: Sequence[int]) -> int:
        """Return how many positions there are."""
        return len(value)

    def decode_weight(self, value: Sequence[int]) -> float:
        """Return the weight that so many positions have."""
        return float(len(value))


class Ready(FieldType):  # type: ignore[misc]  # whoosh is untyped
    """A field whose values arrive as finished postings.

    Args:
        positions: whether its postings say where the words stand.
        scorable: whether the number of its words counts in ranking.
    """

    def __init__(self, *, positions: bool = False, scorable: bool = False) -> None:
        super().__init__(Places() if positions else Existence(), None, scorable=scorable)

    def index(self, value: list[Posting], **_options: object) -> list[Posting]:
        """Return the postings as they are."""
        return value


class Ids(VarBytesColumn):  # type: ignore[misc]  # whoosh is untyped
    """A column that can be read at once: one by one takes twenty times as long."""

    class Reader(VarBytesColumn.Reader):  # type: ignore[misc]  # whoosh is untyped
        """Whoosh's, and all of it."""

        def all(self) -> list[str]:
            """Return the ids of all documents of the segment, deleted ones too."""
            ends = list(accumulate(self._lengths))
            whole = self._dbfile.get(self._basepos, ends[-1]).decode()
            return [whole[start:end] for start, end in pairwise([0, *ends])]


class PassageId(FieldType):  # type: ignore[misc]  # whoosh is untyped
    """The id of a passage: a column to read, nothing to search."""

    indexed = False

    def __init__(self) -> None:
        super().__init__(Existence(), None)
        self.column_type = Ids()


def schema() -> Schema:
    """Return the schema of the index."""
    return Schema(
        id=PassageId(),
        post=Ready(),
        stems=Ready(scorable=True),
        exact=Ready(positions=True, scorable=True),
        title=Ready(positions=True),
        author=Ready(positions=True),
        label=Ready(positions=True),
        date=Ready(),
        depth=Ready(),
        traits=Ready(),
    )


def documents(thread: Thread) -> Iterator[Document]:
    """Yield the documents of a thread, in reading order."""
    post = thread.post
    title = forms(post.title)
    answered = {passage.parent for passage in thread.passages}
    shared: Document = {
        "post": _plain([post.id]),
        "title": _both([title]),
        "label": _both([forms(label) for label in post.labels]),
    }
    for passage in thread.passages:
        traits = traits_of(passage, answered=passage.id in answered)
        yield shared | _own(post, passage, title) | {"traits": _plain(traits)}
        title = []


def traits_of(passage: Passage, *, answered: bool) -> list[str]:
    """Return what holds of a passage: ``post`` or ``comment``, ``link``, ``reply``.

    Args:
        passage: a section or a comment.
        answered: whether a comment answers it.
    """
    traits = ["comment" if isinstance(passage, Comment) else "post"]
    if links_in(passage):
        traits.append("link")
    if answered:
        traits.append("reply")
    return traits


def _own(post: Post, passage: Passage, title: list[str]) -> Document:
    places: dict[str, list[int]] = {}
    _place(places, title, 0)
    start = len(title) + 1 if title else 0
    _place(places, forms(passage.text), start)
    for place, form in compounds(passage.text):
        insort(places.setdefault(form, []), start + place)
    weights: dict[str, float] = {}
    for form, positions in places.items():
        base = stem(form)
        weights[base] = weights.get(base, 0.0) + len(positions)
    for form in title:
        weights[stem(form)] += TITLE_WEIGHT - 1
    day = passage.published or post.published
    iso = day.isoformat()[:10] if day else ""
    author = passage.author or (None if isinstance(passage, Comment) else post.author)
    return {
        "id": passage.id,
        "stems": [(_bytes(base), int(weight), weight, ()) for base, weight in weights.items()],
        "exact": _positioned(places),
        "author": _both([forms(author)] if author else []),
        "date": _plain([iso[:4], iso[:7], iso] if iso else []),
        "depth": _plain([str(passage.depth)]),
    }


def _place(places: dict[str, list[int]], words: list[str], start: int) -> None:
    for position, form in enumerate(words, start):
        if form in places:
            places[form].append(position)
        else:
            places[form] = [position]


def _both(texts: list[list[str]]) -> list[Posting]:
    """Return postings of stems and of words as written, texts kept apart."""
    places: dict[str, list[int]] = {}
    start = 0
    for words in texts:
        _place(places, [AS_WRITTEN + form for form in words], start)
        _place(places, [stem(form) for form in words], start)
        start += len(words) + 1
    return _positioned(places)


def _positioned(places: dict[str, list[int]]) -> list[Posting]:
    return [(_bytes(form), len(at), float(len(at)), at) for form, at in places.items()]


def _plain(terms: list[str]) -> list[Posting]:
    return [(term.encode(), 1, 1.0, ()) for term in terms]


@lru_cache(maxsize=1 << 17)
def _bytes(form: str) -> bytes:
    return form.encode()
