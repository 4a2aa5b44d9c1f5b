"""Ascending whole numbers ↔ bytes: small, and read back without a loop in Python. Pure.

What is kept are the steps from one number to the next, each in a byte or in two,
whichever takes less. The largest step a byte or two can say means "this far,
and nothing stands here", so that one wide gap does not widen all the others.
"""

from __future__ import annotations

import sys
from array import array
from itertools import accumulate, chain, compress, islice, repeat
from operator import floordiv, ne, sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
