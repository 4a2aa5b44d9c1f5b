"""Pieces of bytes under names, as one string of bytes. Pure.

A head in JSON says how long the pieces are; they follow in its order. Whatever
bytes are taken for a bundle, nothing but pieces of them comes of it.
"""

from __future__ import annotations

import json
from itertools import accumulate, chain, pairwise
from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: How long the head is.
_LENGTH = Struct("<I")


def bundle(pieces: Mapping[str, Sequence[bytes]]) -> bytes:
    """Return pieces of bytes as one, for `unbundle`."""
    sizes = {name: [len(piece) for piece in those] for name, those in pieces.items()}
    head = json.dumps(sizes).encode()
    return b"".join((_LENGTH.pack(len(head)), head, *chain.from_iterable(pieces.values())))


def unbundle(data: bytes) -> dict[str, list[bytes]]:
    """Return the pieces that `bundle` was given.

    Raises:
        ValueError: if the bytes are no bundle.
    """
    if len(data) < _LENGTH.size:
        message = "too short for a bundle"
        raise ValueError(message)
    start = _LENGTH.size + _LENGTH.unpack_from(data)[0]
    sizes = json.loads(data[_LENGTH.size : start])
    if not _are_sizes(sizes) or start + sum(chain(*sizes.values())) != len(data):
        message = "the head does not tell the pieces of the bundle"
        raise ValueError(message)
    found = {}
    for name, those in sizes.items():
        ends = list(accumulate(those, initial=start))
        found[name] = [data[first:end] for first, end in pairwise(ends)]
        start = ends[-1]
    return found


def _are_sizes(head: object) -> bool:
    return isinstance(head, dict) and all(
        isinstance(those, list) and all(type(size) is int and size >= 0 for size in those)
        for those in head.values()
    )
