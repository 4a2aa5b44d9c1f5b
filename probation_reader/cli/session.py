"""What one run of the program has open, and how it says what a person named.

The options before the command end up here; the workspace is opened when a
command first needs it and closed when the program ends.
"""

from __future__ import annotations

import stat
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from probation_reader import paths
from probation_reader.cli.errors import complain
from probation_reader.errors import OptionsError, UnknownIdError
from probation_reader.files import STANDARD_INPUT
from probation_reader.identity import is_passage, post_of
from probation_reader.options import Configured, Options
from probation_reader.outline import Outline
from probation_reader.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.model import Passage, Thread

EMPTY = (
    "the library is empty. Bring pages with 'probation-reader import PATH', "
    "or open 'probation-reader' to read the sample"
)


class Session:
    """One run of the program."""

    def __init__(self) -> None:
        self.root: Path | None = None
        self.debug = False
        self._workspace: Workspace | None = None

    @property
    def paths(self) -> paths.Paths:
        """Where this run's data live."""
        return paths.resolve(self.root)

    @property
    def workspace(self) -> Workspace:
        """The library, the record and the index of this run."""
        if self._workspace is None:
            self._workspace = Workspace.open(self.paths)
            for notice in self._workspace.notices:
                complain(notice)
        return self._workspace

    @cached_property
    def configured(self) -> Configured:
        """What the reader chose; the defaults for what cannot be read."""
        file = self.paths.options_file
        try:
            if not stat.S_ISREG(file.stat().st_mode):  # a pipe might never say anything
                return Configured(Options(), (OptionsError("it is no file", where=file.name),))
            from probation_reader.config import LONGEST, read  # noqa: PLC0415 - few have such a file

            with file.open("rb") as source:
                text = source.read(LONGEST + 1).decode("utf-8-sig", "surrogateescape")
        except FileNotFoundError:
            return Configured(Options())
        except OSError as error:
            problem = OptionsError(f"it cannot be read: {error.strerror}", where=file.name)
        else:
            return read(text, file.name)
        return Configured(Options(), (problem,))

    def close(self) -> None:
        """Close what was opened."""
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    def is_empty(self) -> bool:
        """Return whether the library holds no post at all."""
        return self.workspace.library.counts().posts == 0

    def has_sample(self) -> bool:
        """Return whether the sample is in the library now."""
        return any(row.sample for row in self.workspace.library.posts())

    def resolve(self, text: str) -> str:
        """Return the id of the post or passage a person named.

        Args:
            text: an id, an unambiguous beginning of one, or ``POST:10.2`` (or
                ``POST#10.2``) for the passage with that number in a post.

        Raises:
            UnknownIdError: if nothing is called so, or several things are.
        """
        if self.is_empty():
            raise UnknownIdError(EMPTY, where=text)
        post, number = split_number(text)
        found = self.workspace.library.resolve(post)
        if not number:
            return found
        for passage in self.thread_of(found).passages:
            if passage.number == number:
                return passage.id
        message = f"no passage of this post has the number {number}"
        raise UnknownIdError(message, where=text, advice=f"See 'probation-reader show {post}'")

    def thread_of(self, found: str) -> Thread:
        """Return the whole thread that a post's or a passage's id stands in."""
        return self.workspace.library.thread(post_of(found))

    def passages_of(self, found: str) -> list[str]:
        """Return the ids an id stands for: a post's passages, or the passage itself."""
        if is_passage(found):
            return [found]
        return [passage.id for passage in self.thread_of(found).passages]

    def passage_of(self, found: str) -> Passage:
        """Return the passage an id stands for: itself, or the first one of a post.

        Raises:
            UnknownIdError: if the post holds no passage at all.
        """
        for passage in self.thread_of(found).passages:
            if passage.id == found or not is_passage(found):
                return passage
        message = "this post holds no text"
        raise UnknownIdError(message, where=found)


def given_path(name: str) -> Path:
    """Return the path that a word of the command line names; ``-`` is standard input."""
    return STANDARD_INPUT if name == "-" else Path(name)


#: The option of every command whose answer programs may want.
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")

pass_session = click.make_pass_decorator(Session)


def branch(passages: Sequence[Passage], found: str) -> Sequence[Passage]:
    """Return a passage of a thread with all that stands below it.

    Args:
        passages: those of the whole thread, in reading order.
        found: the id of one of them.
    """
    outline = Outline(passage.depth for passage in passages)
    at = next(index for index, passage in enumerate(passages) if passage.id == found)
    return passages[at : outline.ends[at]]


def split_number(text: str) -> tuple[str, str]:
    """Return ``POST`` and the passage number of ``POST:10.2`` or ``POST#10.2``.

    The number of a section may be typed ``s3`` for ``§3``.
    """
    for sign in ":#":
        post, found, number = text.partition(sign)
        if found:
            return post, "§" + number[1:] if number[:1] in {"s", "S"} else number
    return text, ""
