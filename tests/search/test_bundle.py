"""Pieces of bytes in one string: what goes in comes out, and nothing else ever does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.search.engine.reader import bundle, unbundle

BUNDLES = st.dictionaries(st.text(max_size=4), st.lists(st.binary(max_size=9), max_size=4))


@given(BUNDLES)
def test_what_goes_in_comes_out(pieces: dict[str, list[bytes]]) -> None:
    assert unbundle(bundle(pieces)) == pieces


@given(BUNDLES, st.data())
def test_damage_gives_other_pieces_of_the_same_bytes_or_is_refused(
    pieces: dict[str, list[bytes]], data: st.DataObject
) -> None:
    damaged = bytearray(bundle(pieces))
    for _ in range(data.draw(st.integers(1, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(damaged[: data.draw(st.integers(0, len(damaged)))])
    try:
        found = unbundle(cut)
    except ValueError:
        return
    assert cut.endswith(b"".join(piece for those in found.values() for piece in those))


@pytest.mark.parametrize(
    "head", ["[]", "{", '{"a": 1}', '{"a": [-1, 1]}', '{"a": [0.0]}', '{"a": [true]}', '{"a": [9]}']
)
def test_a_head_of_another_shape_is_refused(head: str) -> None:
    data = len(head).to_bytes(4, "little") + head.encode()
    with pytest.raises(ValueError, match=r"."):
        unbundle(data)
