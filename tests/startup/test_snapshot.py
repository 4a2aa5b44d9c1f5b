"""What was kept of the last screen is shown where it still holds, and nowhere else."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from probation_reader.startup import snapshot, styled_rows
from probation_reader.startup.frame import Frame, Run

SIZE = (20, 3)
PICTURE = Frame(
    *SIZE,
    ((Run(0, "1;31", "Notice"), Run(8, "", "“of” a meeting")), (), (Run(3, "", "漢字"),)),
    (3, 2),
)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    file = tmp_path / "library"
    file.write_text("threads")
    return file


@pytest.fixture
def kept(tmp_path: Path, library: Path) -> Path:
    file = tmp_path / "cache" / "kept.json"
    snapshot.keep(file, PICTURE, [library, tmp_path / "none"])
    return file


def test_what_was_shown_is_shown_again(kept: Path) -> None:
    found = snapshot.load(str(kept), SIZE)
    assert found is not None
    assert styled_rows.output(*found) == styled_rows.output(PICTURE.cells(), PICTURE.cursor)


def test_it_is_private_and_nothing_else_is_left(kept: Path) -> None:
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert list(kept.parent.iterdir()) == [kept]


def test_it_stays_private_when_it_is_kept_again(kept: Path, library: Path) -> None:
    kept.chmod(0o644)
    snapshot.keep(kept, PICTURE, [library])
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    snapshot.keep(tmp_path / "cache" / "kept.json", PICTURE, [])
    assert snapshot.load(str(tmp_path / "cache" / "kept.json"), SIZE) is None


@pytest.mark.parametrize("size", [(20, 4), (21, 3), (3, 20), (0, 0)])
def test_another_size_shows_nothing(kept: Path, size: tuple[int, int]) -> None:
    assert snapshot.load(str(kept), size) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("TERM", "vt220"), ("NO_COLOR", "1"), ("COLORTERM", "truecolor"), ("LC_ALL", "C")],
)
def test_another_terminal_shows_nothing(
    kept: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, f"{value}, and not as before")
    assert snapshot.load(str(kept), SIZE) is None


def test_another_line_shows_the_same_only_where_there_was_one(
    kept: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")
    assert snapshot.load(str(kept), SIZE) is None
    snapshot.keep(kept, PICTURE, [library])
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50001 192.0.2.2 22")
    assert snapshot.load(str(kept), SIZE) is not None


def test_another_version_shows_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "__version__", "0.0.0")
    assert snapshot.load(str(kept), SIZE) is None


def test_a_file_that_changed_shows_nothing(kept: Path, library: Path) -> None:
    library.write_text("changed")
    assert snapshot.load(str(kept), SIZE) is None


def test_a_file_touched_later_shows_nothing(kept: Path, library: Path) -> None:
    was = library.stat()
    os.utime(library, ns=(was.st_atime_ns, was.st_mtime_ns + 1))
    assert snapshot.load(str(kept), SIZE) is None


def test_a_file_that_went_shows_nothing(kept: Path, library: Path) -> None:
    library.unlink()
    assert snapshot.load(str(kept), SIZE) is None


def test_a_file_that_came_shows_nothing(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "none").write_text("")
    assert snapshot.load(str(kept), SIZE) is not None, "an empty file says nothing"
    (tmp_path / "none").write_text("marks")
    assert snapshot.load(str(kept), SIZE) is None


DAMAGED: dict[str, Any] = {
    "rows of another number": {"rows": [[]]},
    "rows that are none": {"rows": 7},
    "a row that is none": {"rows": [[], None, []]},
    "a run of two parts": {"rows": [[[0, "text"]], [], []]},
    "a sequence in a text": {"rows": [[[0, "", "\x1b[2J"]], [], []]},
    "a sequence in a style": {"rows": [[[0, "1m\x1b[2J", "text"]], [], []]},
    "a text that turns its row round": {"rows": [[[0, "", "\u202etext"]], [], []]},
    "a sequence of eight bits": {"rows": [[[0, "", "\x9b6n"]], [], []]},
    "a text of two lines": {"rows": [[[0, "", "one\u2028two"]], [], []]},
    "half a character": {"rows": [[[0, "", "\ud800"]], [], []]},
    "a text that is none": {"rows": [[[0, "", 7]], [], []]},
    "a style that is none": {"rows": [[[0, None, "text"]], [], []]},
    "a column beyond the edge": {"rows": [[[20, "", "text"]], [], []]},
    "a column that is none": {"rows": [[["0", "", "text"]], [], []]},
    "a column in part": {"rows": [[[0.5, "", "text"]], [], []]},
    "columns out of order": {"rows": [[[5, "", "a"], [0, "", "b"]], [], []]},
    "a cursor beyond the edge": {"cursor": [20, 0]},
    "a cursor of words": {"cursor": "ab"},
    "a cursor that is none": {"cursor": None},
    "files that are none": {"files": ["a"]},
    "a file of an odd name": {"files": {"a\0b": None, "c": [1, 1]}},
}


@pytest.mark.parametrize("part", DAMAGED.values(), ids=DAMAGED.keys())
def test_what_was_not_written_here_is_not_believed(kept: Path, part: dict[str, Any]) -> None:
    kept.write_text(json.dumps(json.loads(kept.read_text()) | part))
    assert snapshot.load(str(kept), SIZE) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"null", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000, b'"' + b"x" * 3_000_000 + b'"'],
    ids=["empty", "cut off", "null", "list", "object", "bytes", "deep", "long"],
)
def test_what_is_no_picture_is_passed_over(kept: Path, content: bytes) -> None:
    kept.write_bytes(content)
    assert snapshot.load(str(kept), SIZE) is None


def test_it_cannot_be_read_from_a_folder(tmp_path: Path) -> None:
    assert snapshot.load(str(tmp_path), SIZE) is None


def test_a_pipe_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(pipe := tmp_path / "last-screen.json")
    assert snapshot.load(str(pipe), SIZE) is None


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_link_to_a_device_is_passed_over(tmp_path: Path, device: str) -> None:
    (link := tmp_path / "last-screen.json").symlink_to(device)
    assert snapshot.load(str(link), SIZE) is None


def test_what_cannot_be_kept_leaves_nothing_behind(tmp_path: Path) -> None:
    (place := tmp_path / "last-screen.json").mkdir()
    snapshot.keep(place, PICTURE, [])
    assert list(tmp_path.iterdir()) == [place]
