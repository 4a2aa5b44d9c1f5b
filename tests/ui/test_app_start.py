"""The first start, the work beside the reading, and leaving."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from probation_reader import paths
from probation_reader.errors import SearchError
from probation_reader.ui.app import ReaderApp
from probation_reader.workspace import Workspace
from tests.test_ingest import THREAD, misread, page
from tests.ui.workspaces import DIKTAT, ids, open_workspace, opened, press, screen_text, settled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(paths.resolve(tmp_path / "home")) as made:
        yield made


@pytest.mark.parametrize("size", [(80, 24), (40, 20), (200, 60)])
async def test_an_empty_library_says_how_to_fill_it(
    empty: Workspace, size: tuple[int, int]
) -> None:
    async with opened(empty, size) as (pilot, reader):
        text = " ".join(screen_text(reader).replace("│", " ").split())
        assert "There are no posts here yet." in text
        assert "probation-reader import FOLDER" in text
        await press(pilot, "j", "enter", "tab", "space", "slash", "x", "escape", "B", "escape", "F")
        await press(pilot, "escape", "question_mark", "q", "colon", "escape", "b", "N", "f")
        assert reader.is_current


async def test_the_sample_comes_by_itself_and_is_called_the_sample(empty: Workspace) -> None:
    sample = paths.corpus()
    assert sample is not None
    async with opened(empty, sample=sample) as (pilot, reader):
        assert reader.reading.post_id
        assert reader.pane.has_focus
        assert "Sample posts" in screen_text(reader)
        assert reader.status.message.startswith("This is the sample.")
        assert "import FOLDER" in reader.status.message
        await press(pilot, "slash", *"probation")
        assert reader.hits.hits


async def test_a_sample_that_was_put_away_stays_away(empty: Workspace) -> None:
    async with opened(empty, sample=paths.corpus()) as (_, reader):
        assert reader.reading.post_id
    empty.library.drop_sample()
    async with opened(empty, sample=paths.corpus()) as (_, reader):
        said = " ".join(screen_text(reader).replace("│", " ").split())
        assert "Or read the sample: probation-reader sample" in said


async def test_the_sample_stays_away_from_a_library_with_posts(tmp_path: Path) -> None:
    with open_workspace(tmp_path) as workspace:
        async with opened(workspace, sample=paths.corpus()) as (_, reader):
            assert len(reader.sidebar.lines) == 3
            assert "Sample" not in screen_text(reader)


async def test_a_file_that_an_older_importer_misread_is_said(
    empty: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "page.txt"
    file.write_text(page(*THREAD), encoding="utf-8")
    misread(empty, file)
    async with opened(empty) as (_, reader):
        said = f"'Half Days': 4 announced, 1 captured: import {file} again"
        assert reader.status.message == said


async def test_a_sample_that_an_older_importer_read_is_read_again_in_silence(
    empty: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    file = folder / "page.txt"
    file.write_text(page(*THREAD), encoding="utf-8")
    misread(empty, file, sample=True)
    async with opened(empty, sample=folder) as (_, reader):
        assert [line.comments for line in reader.sidebar.lines] == [4]
        assert "announced" not in reader.status.message


async def test_a_sample_that_cannot_be_read_is_said(empty: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02")
    async with opened(empty, sample=folder) as (_, reader):
        assert "broken.txt" in reader.status.message
        assert "There are no posts here yet." in screen_text(reader)


async def test_keys_work_while_the_index_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_workspace(tmp_path) as workspace:
        go_on = threading.Event()
        sync = type(workspace.index).sync

        def slow(self: object, progress: object = None) -> int:
            progress(1, 3)  # type: ignore[operator]  # the screen always gives one
            go_on.wait(60)
            return sync(self, progress)  # type: ignore[arg-type]  # as above

        monkeypatch.setattr(type(workspace.index), "sync", slow)
        from probation_reader.ui.app import ReaderApp  # noqa: PLC0415 - beside the one use

        app = ReaderApp(workspace)
        async with app.run_test() as pilot:
            while "building search 33 %" not in app.reader.status.text:
                await pilot.pause()
            await pilot.press("j")
            await pilot.pause()
            assert app.reader.pane.current is not None
            assert app.reader.pane.current.id == ids(DIKTAT)[1]
            go_on.set()
            await settled(pilot)
            assert "building" not in app.reader.status.text


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (SearchError("the disk is full", advice="Make room"), "The disk is full. Make room"),
        (ValueError("a fault\x1b[2J"), "ValueError: a fault␛[2J (more in "),
    ],
)
async def test_what_fails_in_the_background_is_said_and_logged_safely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    with open_workspace(tmp_path) as workspace:

        def fail(*_: object) -> int:
            raise error

        monkeypatch.setattr(type(workspace.index), "sync", fail)
        async with opened(workspace) as (pilot, reader):
            assert reader.status.message.startswith(said)
            await press(pilot, "j")
            assert reader.pane.current is not None
            assert reader.pane.current.id == ids(DIKTAT)[1]
        log = workspace.paths.log.read_text(encoding="utf-8")
        assert "Traceback" in log
        assert "\x1b" not in log


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="/dev/full is of Linux")  # noqa: PTH110 - a device
async def test_a_log_on_a_full_disk_keeps_nobody_from_reading(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_workspace(tmp_path) as workspace:
        workspace.paths.log.parent.mkdir()
        workspace.paths.log.symlink_to("/dev/full")
        async with opened(workspace) as (pilot, reader):
            reader.failures.tell(SearchError("something is amiss"))
            assert reader.status.message == "Something is amiss"
            await press(pilot, "j")
    assert capsys.readouterr() == ("", "")


async def test_a_notice_of_the_record_is_said_at_the_start(tmp_path: Path) -> None:
    with open_workspace(tmp_path) as workspace:
        workspace.record.notices.append("A damaged record was set aside")
        async with opened(workspace) as (_, reader):
            assert reader.status.message == "A damaged record was set aside"


async def test_a_visit_is_begun(tmp_path: Path) -> None:
    with open_workspace(tmp_path) as workspace:
        async with opened(workspace):
            assert workspace.record._visit > 0


async def test_told_to_leave_before_there_is_a_screen_it_leaves_in_peace(tmp_path: Path) -> None:
    with open_workspace(tmp_path) as workspace:
        app = ReaderApp(workspace)
        app.exit()
        await app.run_async(headless=True)
        assert app.failure is None


@pytest.mark.parametrize("action", ["bookmarks", "help", "palette"])
async def test_told_to_leave_while_another_screen_is_made_it_leaves_in_peace(
    tmp_path: Path, action: str
) -> None:
    with open_workspace(tmp_path) as workspace:
        async with opened(workspace) as (pilot, reader):
            await reader.perform(action)
            pilot.app.exit()
            while pilot.app.is_running:
                await pilot.pause()
        assert isinstance(pilot.app, ReaderApp)
        assert pilot.app.failure is None


async def test_garbage_is_collected_again_once_keys_are_answered(tmp_path: Path) -> None:
    gc.disable()  # as the command line does while it starts
    try:
        with open_workspace(tmp_path) as workspace:
            async with opened(workspace):
                assert gc.isenabled()
                assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        gc.enable()


async def test_what_one_types_in_is_made_when_it_is_first_used(tmp_path: Path) -> None:
    with open_workspace(tmp_path) as workspace:
        async with opened(workspace) as (pilot, reader):
            assert not reader.query(Input)
            await press(pilot, "slash", "a", "escape", "slash", "b")
            assert [line.value for line in reader.query(Input)] == ["b"]


#: What takes long to load and is not needed to show a thread.
LATER = (
    "whoosh",
    "probation_reader.config",
    "probation_reader.exports",
    "probation_reader.importers",
    "probation_reader.ingest",
    "probation_reader.library.thread_merge",
    "probation_reader.links.detect",
    "probation_reader.reconcile",
    "probation_reader.search",
    "probation_reader.ui.keys.presets",
    "probation_reader.ui.screens.help",
    "probation_reader.ui.screens.picker",
    "logging.handlers",
    "html",
    "webbrowser",
    "textual.widgets._footer",
    "textual.widgets._header",
    "textual.widgets._markdown",
)


def test_the_screen_loads_nothing_before_it_is_painted_that_can_wait() -> None:
    code = (
        "import sys, probation_reader.cli.commands.read, probation_reader.ui.app\n"
        f"print(*[name for name in {LATER} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.split() == []
