"""Posting lists: the documents and places of one term in one segment, as bytes. Pure.

Ascending whole numbers are delta coded: what is stored are the steps from one number
to the next, each in one byte or in two, whichever takes less. The largest step a byte
or two can say means "this far, and nothing stands here", so that one wide gap does not
widen all the others. They are read back without a loop in Python.

A posting list is cut into blocks of `BLOCK` postings, so that the newest can be read,
or the few documents that still matter, without the others. A block has the documents,
how often the term counts in each (left out where it counts once in all of them), and
the places where it stands.

Places are counted through the whole segment: each document begins some way after
the last place of the one before it. So one sorted list of numbers says where a
term stands in all documents, and a phrase is an intersection of such lists.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import accumulate, chain, compress, islice, repeat
from operator import floordiv, ne, sub
from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


_BYTE, _BYTE_SKIPPING, _PAIR, _PAIR_SKIPPING = range(4)

_MOST_IN_A_BYTE = 0xFF

_MOST_IN_A_PAIR = 0xFFFF

_STANDS = bytes([1] * _MOST_IN_A_BYTE + [0])


def pack(numbers: Sequence[int], base: int = 0) -> bytes:
    """Return ascending numbers as bytes.

    Args:
        numbers: at least one; none below the one before it.
        base: what `unpack` will be told; no number is below it.
    """
    if len(numbers) == 1 and numbers[0] - base < _MOST_IN_A_PAIR:  # most words are that rare
        return _pack_one(numbers[0] - base)
    steps = list(map(sub, numbers, chain((base,), numbers)))
    if max(steps) < _MOST_IN_A_BYTE:
        return bytes((_BYTE, *steps))
    skips = sum(map(floordiv, steps, repeat(_MOST_IN_A_BYTE)))
    wide_skips = sum(map(floordiv, steps, repeat(_MOST_IN_A_PAIR)))
    if len(steps) + skips <= 2 * (len(steps) + wide_skips):
        return bytes((_BYTE_SKIPPING, *_with_skips(steps, _MOST_IN_A_BYTE)))
    pairs = array("H", _with_skips(steps, _MOST_IN_A_PAIR) if wide_skips else steps)
    if sys.byteorder == "big":
        pairs.byteswap()
    return bytes([_PAIR_SKIPPING if wide_skips else _PAIR]) + pairs.tobytes()


def _pack_one(step: int) -> bytes:
    if step < _MOST_IN_A_BYTE:
        return bytes((_BYTE, step))
    return bytes((_PAIR, step & 0xFF, step >> 8))


def unpack(data: bytes, base: int = 0) -> list[int]:
    """Return the numbers that `pack` was given, with the same base."""
    kind = data[0]
    if kind <= _BYTE_SKIPPING:
        numbers = _sums(data[1:], base)
        if kind == _BYTE:
            return list(numbers)
        return list(compress(numbers, data[1:].translate(_STANDS)))
    pairs = array("H", data[1:])
    if sys.byteorder == "big":
        pairs.byteswap()
    numbers = _sums(pairs, base)
    if kind == _PAIR:
        return list(numbers)
    return list(compress(numbers, map(ne, pairs, repeat(_MOST_IN_A_PAIR))))


def _with_skips(steps: Iterable[int], most: int) -> list[int]:
    parts: list[int] = []
    for step in steps:
        skips, rest = divmod(step, most)
        parts += [most] * skips
        parts.append(rest)
    return parts


def _sums(steps: Iterable[int], base: int) -> Iterable[int]:
    return islice(accumulate(steps, initial=base), 1, None)


#: Postings in a block.
BLOCK = 1024

#: A word counts at most so often in one document.
MOST_WEIGHT = 255

_ONE = b"\x01"

#: Of a block: the bytes of its documents, whether weights follow them.
_HEAD = Struct("<I?")

#: Of every block of several: its last document, its last place, its end in the strip.
_ENTRY = Struct("<III")


@dataclass(slots=True)
class PostingsBuilder:
    """The postings of one word, to be written.

    Args:
        documents: ascending.
        weights: how often the word counts in each.
        places: where it stands, ascending; empty in a field without places.
    """

    documents: array[int] = field(default_factory=lambda: array("I"))
    weights: bytearray = field(default_factory=bytearray)
    places: array[int] = field(default_factory=lambda: array("I"))

    def strip(self, starts: Sequence[int]) -> bytes:
        """Return the postings as a strip.

        Args:
            starts: the place where each document of the segment begins.
        """
        count = len(self.documents)
        if count <= BLOCK:
            return self._block(slice(0, count), slice(0, len(self.places)), 0, 0)
        blocks, entries = [], []
        last = last_place = size = first_place = 0
        for start in range(0, count, BLOCK):
            end = min(start + BLOCK, count)
            after = len(self.places)
            if end < count and self.places:
                after = bisect_left(self.places, starts[self.documents[end]], first_place)
            chosen = slice(start, end), slice(first_place, after)
            block = self._block(*chosen, last, last_place)
            last = self.documents[end - 1]
            last_place = self.places[after - 1] if self.places else 0
            first_place = after
            size += len(block)
            blocks.append(block)
            entries.append(_ENTRY.pack(last, last_place, size))
        return b"".join(entries + blocks)

    def _block(self, postings: slice, places: slice, document: int, place: int) -> bytes:
        """Return a block of these postings, after this document and this place."""
        documents = pack(self.documents[postings], document)
        weights = bytes(self.weights[postings])
        if weights.count(_ONE) == len(weights):
            weights = b""
        placed = pack(self.places[places], place) if self.places else b""
        return _HEAD.pack(len(documents), bool(weights)) + documents + weights + placed


@dataclass(frozen=True, slots=True)
class Block:
    """Where a block is in its strip.

    Args:
        start: where it begins, in bytes.
        end: where it ends.
        size: how many postings it has.
        document: the last document before it.
        place: the last place before it.
    """

    start: int
    end: int
    size: int
    document: int = 0
    place: int = 0


class PostingList:
    """The postings of one word, read block by block.

    Args:
        data: what `PostingsBuilder.strip` made.
        count: how many postings that are.
    """

    def __init__(self, data: bytes, count: int) -> None:
        self._data = data
        self.count = count
        self._lasts: list[int] = []  # the last document of every block but the last
        if count <= BLOCK:
            self.blocks = [Block(0, len(data), count)]
        else:
            self.blocks = list(self._read_blocks())

    def _read_blocks(self) -> Iterator[Block]:
        several = -(-self.count // BLOCK)
        first = start = several * _ENTRY.size
        document = place = 0
        for number in range(several):
            if number:
                self._lasts.append(document)
            last, last_place, size = _ENTRY.unpack_from(self._data, number * _ENTRY.size)
            postings = min(BLOCK, self.count - number * BLOCK)
            yield Block(start, first + size, postings, document, place)
            document, place, start = last, last_place, first + size

    def within(self, start: int, end: int) -> list[Block]:
        """Return the blocks that may have documents of a window.

        Args:
            start: the first document of the window.
            end: the one after its last.
        """
        # A block has documents after the last of the block before it.
        return self.blocks[bisect_left(self._lasts, start) : bisect_left(self._lasts, end - 1) + 1]

    def among(self, documents: Iterable[int]) -> list[Block]:
        """Return the blocks that may have any of these documents."""
        numbers = {bisect_left(self._lasts, document) for document in documents}
        return [self.blocks[number] for number in sorted(numbers)]

    def documents(self, block: Block) -> list[int]:
        """Return the documents of a block, ascending."""
        size, _ = _HEAD.unpack_from(self._data, block.start)
        start = block.start + _HEAD.size
        return unpack(self._data[start : start + size], block.document)

    def weights(self, block: Block) -> bytes:
        """Return how often the word counts in each document of a block."""
        size, weighted = _HEAD.unpack_from(self._data, block.start)
        start = block.start + _HEAD.size + size
        return self._data[start : start + block.size] if weighted else _ONE * block.size

    def places(self, block: Block, shift: int = 0) -> list[int]:
        """Return where the word stands in the documents of a block, ascending.

        Args:
            block: of this strip.
            shift: added to every place, at no cost.
        """
        size, weighted = _HEAD.unpack_from(self._data, block.start)
        start = block.start + _HEAD.size + size + (block.size if weighted else 0)
        return (
            unpack(self._data[start : block.end], block.place + shift) if start < block.end else []
        )
