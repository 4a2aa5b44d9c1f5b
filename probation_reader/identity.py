"""Stable ids from what a thing is, not from where it stood in a file. Pure.

A post is known by its address, else by its title and date, else by the opening
of its body; a passage by its post, the passage it answers and its words. White
space never counts, so the same page kept in another form gives the same ids.
Ids are hexadecimal digests: ``POST`` or ``POST.PASSAGE``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from hashlib import blake2b

_POST_BYTES = 6
_PASSAGE_BYTES = 5
_OPENING_CHARACTERS = 240
_ASCII_WHITE = b"\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f "


def squeeze(text: str) -> bytes:
    """Return text without any white space, as bytes to be digested."""
    if text.isascii():
        return text.encode("ascii").translate(None, _ASCII_WHITE)
    return "".join(text.split()).encode("utf-8", "surrogatepass")


def canonical_address(url: str) -> str:
    """Return an address without what varies between copies of one page.

    Scheme, query, fragment and a final slash go; host in lower case.
    """
    rest = url.split("://", 1)[-1].split("#", 1)[0].split("?", 1)[0].rstrip("/")
    host, slash, path = rest.partition("/")
    return host.lower() + slash + path


def post_keys(
    url: str | None, title: str | None, published: date | None, body: str
) -> tuple[str, ...]:
    """Return everything a post can be recognised by, the surest first.

    Args:
        url: its address, if known.
        title: its title as captured, None if it has none or a made-up one.
        published: its date, if known.
        body: the text of its own body.

    Returns:
        At least one key. Two captures of one page share at least one of them.
    """
    keys = []
    if url:
        keys.append("url:" + canonical_address(url))
    if title and published:
        folded = " ".join(title.casefold().split())
        keys.append(f"title:{published:%Y-%m-%d}:{folded}")
    opening = squeeze(body[: 2 * _OPENING_CHARACTERS])[:_OPENING_CHARACTERS]
    if opening or not keys:
        keys.append("text:" + _digest(opening, 16))
    return tuple(keys)


def post_id(keys: tuple[str, ...]) -> str:
    """Return the id of a post known by these keys."""
    return _digest(keys[0].encode("utf-8", "surrogatepass"), _POST_BYTES)


def is_passage(id_: str) -> bool:
    """Return whether an id is a passage's rather than a post's."""
    return "." in id_


def post_of(id_: str) -> str:
    """Return the id of the post that a post's or a passage's id belongs to."""
    return id_.partition(".")[0]


class PassageIds:
    """Gives the passages of one post their ids, in reading order.

    Args:
        post: the post's id.
    """

    __slots__ = ("_post", "_seen")

    def __init__(self, post: str) -> None:
        self._post = post
        self._seen: dict[str, int] = {}

    def section(self, text: str) -> str:
        """Return the id of a section with this text."""
        return self._make(b"section", text)

    def comment(self, parent: str | None, text: str) -> str:
        """Return the id of a comment with this text.

        Args:
            parent: the id of the comment it answers, None at the top level.
            text: its words.
        """
        return self._make(b"comment" if parent is None else parent.encode("ascii"), text)

    def _make(self, above: bytes, text: str) -> str:
        digest = _digest(squeeze(text), _PASSAGE_BYTES, key=above)
        made = f"{self._post}.{digest}"
        if made not in self._seen:
            self._seen[made] = 1
            return made
        self._seen[made] += 1
        return f"{made}-{self._seen[made]}"


@cache
def _hashing() -> type[blake2b]:
    # Ids are made while importing only; every other start is spared the loading.
    from hashlib import blake2b  # noqa: PLC0415

    return blake2b


def _digest(data: bytes, size: int, key: bytes = b"") -> str:
    return _hashing()(data, digest_size=size, key=key).hexdigest()
