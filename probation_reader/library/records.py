"""What goes into the library beside threads, and what comes out: frozen records.

Plain tuples, but where they add up: lists make thousands of them at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from probation_reader.library.misreadings import Moved
    from probation_reader.model import Post


class SourceRecord(NamedTuple):
    """A source file as the library remembers it.

    Args:
        path: its path, as it was given.
        digest: the SHA-256 of its bytes, in hexadecimal.
        layout: the layout that recognised it.
        importer_version: the version of the importers that read it.
        sample: True for the captures that are shipped with the program.
    """

    path: str
    digest: str
    layout: str
    importer_version: int
    sample: bool = False


class HeldSource(NamedTuple):
    """What a source file brought when it was last stored.

    Args:
        record: the file.
        posts: how many posts it holds.
        comments: how many comments it holds.
        announced: how many comments its pages say they have, None if they do not say.
    """

    record: SourceRecord
    posts: int
    comments: int
    announced: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What storing did, in the units a person counts in.

    Args:
        new: comments the library did not hold.
        changed: comments whose words, author, time or place in the tree changed
            or that came back, and parts of the post's own text that changed.
        gone: comments that were on the page before and no longer are; they stay
            in the library, marked as gone.
        posts: posts the library did not hold.
        moved: misread passages that were dropped, and those that hold their lines now.
    """

    new: int = 0
    changed: int = 0
    gone: int = 0
    posts: int = 0
    moved: tuple[Moved, ...] = ()

    def __add__(self, other: Changes) -> Changes:
        """Return both together."""
        return Changes(
            self.new + other.new,
            self.changed + other.changed,
            self.gone + other.gone,
            self.posts + other.posts,
            self.moved + other.moved,
        )


class Shortfall(NamedTuple):
    """A source in which an older importer saw far fewer comments than its page announces.

    Args:
        path: the file.
        title: the title of its first post.
        announced: how many comments its pages say they have.
        comments: how many were captured.
    """

    path: str
    title: str
    announced: int
    comments: int


class PostRow(NamedTuple):
    """A post as lists show it.

    Args:
        post: its heading.
        comments: how many comments are on its page, those gone left out.
        passages: the same with the sections of its own text.
        layout: the layout of the capture it was last read from.
        source: the path of that capture.
        sample: True if it came with the program.
    """

    post: Post
    comments: int
    passages: int
    layout: str
    source: str
    sample: bool


class Entry(NamedTuple):
    """A post as the list of the screen shows it: less than `PostRow`, and sooner there.

    Args:
        id: the post's id.
        title: its title as stored.
        published: the day it was posted on, as ISO 8601 has it, empty where unknown.
        labels: the blog's labels for it.
        comments: how many comments are on its page, those gone left out.
        passages: the same with the sections of its own text.
        sample: True if it came with the program.
    """

    id: str
    title: str
    published: str
    labels: tuple[str, ...]
    comments: int
    passages: int
    sample: bool


class Counts(NamedTuple):
    """How much the library holds.

    Args:
        posts: the posts.
        comments: their comments.
        passages: their comments and sections.
    """

    posts: int
    comments: int
    passages: int


class Change(NamedTuple):
    """An entry of the change feed: this post changed, or is gone.

    Args:
        seq: its place in the feed; later changes have greater ones.
        post_id: the post.
    """

    seq: int
    post_id: str


class Version(NamedTuple):
    """A text that a passage had before it was edited.

    Args:
        text: the words it had.
        source: the path of the capture they came from.
        replaced: when other words took their place.
    """

    text: str
    source: str
    replaced: datetime
