"""Numbers come back from bytes as they went in, and so do the postings of a word."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from probation_reader.search.engine.postings import (
    BLOCK,
    PostingList,
    PostingsBuilder,
    pack,
    unpack,
)

_NUMBERS = st.one_of(
    *(st.lists(st.integers(0, most), min_size=1) for most in (300, 70_000, 10**9))
).map(sorted)


@given(_NUMBERS, st.integers(0, 10**9))
def test_numbers_are_unpacked_as_they_were_packed(numbers: list[int], base: int) -> None:
    higher = [base + number for number in numbers]

    assert unpack(pack(higher, base), base) == higher


def test_dense_numbers_take_a_byte_each_and_a_wide_gap_does_not_change_that() -> None:
    dense = list(range(0, 20_000, 20))

    assert len(pack(dense)) == 1 + len(dense)
    assert len(pack([*dense, dense[-1] + 2_000])) < 1 + len(dense) + 10


def _long() -> tuple[PostingsBuilder, list[int]]:
    run = PostingsBuilder()
    starts = list(range(0, 60_000, 10))
    for document in range(3 * BLOCK + 5):
        run.documents.append(document + document // 7)
        run.weights.append(1 + document % 3)
        run.places.extend(starts[run.documents[-1]] + at for at in range(1 + document % 3))
    return run, starts


def test_a_window_reads_its_own_blocks_only() -> None:
    run, starts = _long()
    strip = PostingList(run.strip(starts), len(run.documents))

    for start, end in [(0, 1), (0, 10**6), (2000, 2001), (1500, 3000), (10**6, 10**7)]:
        blocks = strip.within(start, end)
        found = [one for block in blocks for one in strip.documents(block) if start <= one < end]
        assert found == [one for one in run.documents if start <= one < end]
    assert len(strip.within(2000, 2001)) == 1
    assert len(strip.among([0, 1, run.documents[-1]])) == 2


def test_every_block_has_its_own_weights_and_places() -> None:
    run, starts = _long()
    strip = PostingList(run.strip(starts), len(run.documents))

    assert b"".join(map(strip.weights, strip.blocks)) == bytes(run.weights)
    assert array("I", [at for block in strip.blocks for at in strip.places(block)]) == run.places
    last = strip.blocks[-1]
    assert strip.places(last) == [
        starts[document] + at
        for document, weight in zip(strip.documents(last), strip.weights(last), strict=True)
        for at in range(weight)
    ]
