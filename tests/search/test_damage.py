"""Whatever happens to the files of the index, searching goes on after a sync."""

from __future__ import annotations

import json
import os
import pickle
import random
import shutil
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from probation_reader.errors import DamagedIndexError, SearchError
from probation_reader.search import Index
from tests.search.search_fixture import SearchFixture, thread

if TYPE_CHECKING:
    from collections.abc import Callable

THREADS = [
    thread("One", ["opening one", *(f"licence {place} words" for place in range(40))]),
    thread("Two", ["opening two", "recall to custody", "licence ended"]),
]


@pytest.fixture
def synced(fixture: SearchFixture) -> SearchFixture:
    fixture.put(*THREADS)
    fixture.index.sync()
    return fixture


def _segment(folder: Path) -> Path:
    return max(folder.glob("b*/*.seg"), key=lambda path: path.stat().st_size)


def _delete_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def _delete_state(folder: Path) -> None:
    (folder / "state.json").unlink()


def _delete_builds(folder: Path) -> None:
    for build in folder.glob("b*"):
        shutil.rmtree(build)


def _delete_segments(folder: Path) -> None:
    for path in folder.glob("b*/*.seg"):
        path.unlink()


def _delete_table(folder: Path) -> None:
    for path in folder.glob("b*/*.toc"):
        path.unlink()


def _cut_segment(folder: Path) -> None:
    path = _segment(folder)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _empty_files(folder: Path) -> None:
    for path in folder.glob("b*/*"):
        path.write_bytes(b"")


def _garbage_table(folder: Path) -> None:
    for path in folder.glob("b*/*.toc"):
        path.write_bytes(b"\x5a" * path.stat().st_size)


def _state(folder: Path, **changes: Any) -> None:  # noqa: ANN401 - any JSON
    path = folder / "state.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def _state_file(content: bytes) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "state.json").write_bytes(content)

    return write


DAMAGES: dict[str, Callable[[Path], None]] = {
    "folder deleted": _delete_folder,
    "state deleted": _delete_state,
    "builds deleted": _delete_builds,
    "segments deleted": _delete_segments,
    "table deleted": _delete_table,
    "segment cut short": _cut_segment,
    "files emptied": _empty_files,
    "table overwritten": _garbage_table,
    "state empty": _state_file(b""),
    "state cut short": _state_file(b'{"version": "1'),
    "state of another kind": _state_file(b"[1, 2]"),
    "state not text": _state_file(b"\xff\x00"),
    "state with more": lambda folder: _state(folder, surprise=1),
    "files of another kind": lambda folder: _state(folder, files={"a": "b"}),
    "position of another kind": lambda folder: _state(folder, position="far"),
    "position past the library's": lambda folder: _state(folder, position=10**9),
    "another version": lambda folder: _state(folder, version="0 whoosh 2.7.4"),
    "another library": lambda folder: _state(folder, library="another"),
    "a build outside": lambda folder: _state(folder, build="../b"),
    "a build that is none": lambda folder: _state(folder, build="bnone"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_index_is_made_anew(
    synced: SearchFixture, damage: Callable[[Path], None]
) -> None:
    synced.index.close()
    damage(synced.folder)

    index = synced.reopen()
    answer = index.search("licence", limit=100)

    assert answer.total == 0
    assert answer.notes == ("some posts are not in the search index yet",)
    assert index.pending() == 2
    assert index.sync() == 2
    assert index.search("licence").total == 41
    assert index.search("licence").notes == ()
    assert len(list(synced.folder.glob("b*"))) == 1


def test_no_flipped_byte_changes_an_answer(synced: SearchFixture) -> None:
    synced.index.close()
    whole = [hit.id for hit in synced.reopen().search("licence words", limit=100).hits]
    chance = random.Random(5)  # noqa: S311 - the same flips in every run
    files = [path for path in synced.folder.rglob("*") if path.suffix in {".seg", ".toc", ".json"}]
    for path in files:
        good = path.read_bytes()
        for at in chance.sample(range(len(good)), 25):
            synced.index.close()
            flipped = bytearray(good)
            flipped[at] ^= 1 << chance.randrange(8)
            path.write_bytes(flipped)

            index = synced.reopen()
            found = [hit.id for hit in index.search("licence words", limit=100).hits]

            assert found in (whole, [])
            assert found == whole or index.pending() == 2
            path.write_bytes(good)


def _unproven(fixture: SearchFixture) -> None:
    """Damage a commit whose writer died before it wrote the state."""
    before = (fixture.folder / "state.json").read_bytes()
    fixture.put(thread("Three", ["opening three", *(f"licence {place}" for place in range(80))]))
    fixture.index.sync()
    fixture.index.close()
    (fixture.folder / "state.json").write_bytes(before)
    path = _segment(fixture.folder)
    data = path.read_bytes()
    words = data.index(b'"date": [')  # where the words of all fields begin
    path.write_bytes(data[:words] + b"\xff" * 8 + data[words + 8 :])
    fixture.reopen()


def test_damage_found_while_searching_is_an_error_with_advice_and_then_made_anew(
    synced: SearchFixture,
) -> None:
    _unproven(synced)

    with pytest.raises(SearchError, match="damaged") as failure:
        synced.index.search("licence")

    assert "search again" in failure.value.advice
    assert synced.index.search("licence").total == 0
    assert synced.index.sync() == 3
    assert synced.index.search("licence").total == 121


def test_damage_found_while_writing_is_made_anew_at_once(synced: SearchFixture) -> None:
    _unproven(synced)

    assert synced.index.sync() == 3
    assert synced.index.search("licence").total == 121


def test_the_index_of_another_library_is_not_searched(
    synced: SearchFixture, tmp_path: Path
) -> None:
    synced.index.close()
    with SearchFixture(tmp_path / "other") as other:
        index = Index.open(synced.folder, other.library)

        assert index.search("licence").total == 0
        assert index.sync() == 0
        index.close()


def test_what_a_killed_writer_left_is_cleared_away(synced: SearchFixture) -> None:
    stray = synced.folder / "bleft"
    stray.mkdir()
    (stray / "MAIN_1.toc").write_bytes(b"x")
    (synced.folder / "state-left").write_bytes(b"x")
    synced.put(thread("Three", ["opening three"]))

    synced.index.sync()

    assert sorted(path.name[:5] for path in synced.folder.iterdir() if path.name[0] != "b") == [
        "lock",
        "state",
    ]
    assert not stray.exists()


@pytest.mark.parametrize("left", [0.0, 0.1, 0.5, 0.99])
def test_an_open_index_that_is_cut_short_fails_with_advice_and_is_made_anew(
    synced: SearchFixture, left: float
) -> None:
    assert synced.index.search("words").total == 40
    path = _segment(synced.folder)
    os.truncate(path, int(left * path.stat().st_size))
    failed = False

    for query in ("licence", '"licence words"', "opening", "lic*", "title:one", "date:2024"):
        try:
            synced.index.search(query)
        except DamagedIndexError:
            failed = True
            break
        except SearchError as error:
            pytest.fail(str(error))
    if not failed:
        synced.reopen()

    assert synced.index.sync() == 2
    assert synced.index.search("licence").total == 41


class _Trap:
    """Makes a file as soon as it is unpickled."""

    def __init__(self, sprung: Path) -> None:
        self._sprung = sprung

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self._sprung,)


_PICKLED = pickle.PROTO + bytes([pickle.HIGHEST_PROTOCOL]) + pickle.FRAME


def _trapped(data: bytes, at: int, trap: _Trap) -> bytes:
    """Return a file of whoosh whose pickle at a place is another."""
    return data[:at] + pickle.dumps(trap)


def _trapped_table(build: Path, trap: _Trap) -> None:
    (table,) = build.glob("*.toc")
    data = table.read_bytes()
    table.write_bytes(_trapped(data, data.rindex(_PICKLED), trap))


def _trapped_later_table(build: Path, trap: _Trap) -> None:
    (table,) = build.glob("*.toc")
    data = table.read_bytes()
    at = data.rindex(_PICKLED)
    later = data[: at - 8] + (99).to_bytes(4, "big") + data[at - 4 : at]
    (build / "_MAIN_99.toc").write_bytes(later + pickle.dumps(trap))


def _trapped_segment(build: Path, trap: _Trap) -> None:
    (segment,) = build.glob("*.seg")
    data = segment.read_bytes()
    segment.write_bytes(_trapped(data, int.from_bytes(data[:8], "big"), trap))


def _claimed_whole(folder: Path) -> None:
    """Let the checksums be those of the files as they are."""
    state = json.loads((folder / "state.json").read_bytes())
    for name in state["files"]:
        data = (folder / state["build"] / name).read_bytes()
        state["files"][name] = len(data), zlib.crc32(data)
    (folder / "state.json").write_text(json.dumps(state))


@pytest.mark.parametrize("plant", [_trapped_table, _trapped_later_table, _trapped_segment])
def test_an_index_from_elsewhere_runs_nothing_and_is_made_anew(
    synced: SearchFixture, tmp_path: Path, plant: Callable[[Path, _Trap], None]
) -> None:
    synced.index.close()
    (build,) = synced.folder.glob("b*")
    plant(build, _Trap(tmp_path / "sprung"))
    _claimed_whole(synced.folder)

    index = synced.reopen()

    assert index.search("licence").total == 0
    assert index.sync() == 2
    assert index.search("licence").total == 41
    assert not (tmp_path / "sprung").exists()
