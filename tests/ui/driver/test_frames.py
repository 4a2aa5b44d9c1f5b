"""A turn is painted once: nothing is sent that the next frame takes back.

But for the bottom row, where the status says its last before a line to type in
takes its place, and for a sign that follows: the mark of a passage once it is
kept, the cursor of a line to type in.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.geometry import Size

from probation_reader.ui.app import ReaderApp
from probation_reader.ui.driver.ansi import AnsiReader
from probation_reader.ui.driver.cells import Grid, Row
from tests.ui.workspaces import settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from probation_reader.workspace import Workspace


#: Textual paints what has changed at most so often, in seconds.
_FRAME = 1 / 60


class Recorder(Driver):
    """Keeps the screens that follow each other and differ."""

    def __init__(self, app: ReaderApp, *, size: tuple[int, int], **_: object) -> None:
        super().__init__(app, size=size)
        self._keys = XTermParser()
        self._stream = AnsiReader(*size)
        self.screens: list[Grid] = []

    def press(self, keys: str) -> None:
        for event in self._keys.feed(keys):
            self.process_message(event)

    def write(self, data: str) -> None:
        if self._stream.size != self._app.size:
            self._stream.resize(*self._app.size)
        painted, _ = self._stream.feed(data)
        grid = self._stream.grid
        if painted and self._stream.whole and (not self.screens or grid != self.screens[-1]):
            self.screens.append(grid)

    def start_application_mode(self) -> None:
        self.send_message(events.Resize(self._app.size, self._app.size))

    def disable_input(self) -> None:
        pass

    def stop_application_mode(self) -> None:
        pass


async def all_painted(pilot: Pilot[object]) -> None:
    """Wait until nothing is left to do, nor to paint, also on a machine with much to do."""
    screen = pilot.app.screen
    while True:
        await settled(pilot)  # type: ignore[arg-type]  # any pilot will do
        if screen is pilot.app.screen and not (
            screen._dirty_widgets or screen._layout_required or screen._repaint_required
        ):
            return
        screen = pilot.app.screen
        await pilot.pause(_FRAME)


async def changes(workspace: Workspace, turn: Callable[[Recorder], None]) -> list[int]:
    """Return how often each row changes when the reader is opened, or in a turn after it."""
    app = ReaderApp(workspace, driver_class=Recorder)
    app.reader.pane._dwell = 3600.0
    found: list[list[Grid]] = []

    async def take(pilot: Pilot[object]) -> None:
        await all_painted(pilot)
        driver = app._driver
        assert isinstance(driver, Recorder)
        driver.screens = driver.screens[-1:]
        turn(driver)
        await all_painted(pilot)
        found.append(driver.screens)
        app.exit()

    await app.run_async(size=(80, 24), auto_pilot=take)
    (screens,) = found
    rows = zip(*(screen.rows for screen in screens), strict=True)
    return [sum(_repainted(old, new) for old, new in pairwise(row)) for row in rows]


def _repainted(old: Row, new: Row) -> bool:
    """Return whether a row changed by more than one sign."""
    return sum(was != cell for was, cell in zip(old, new, strict=True)) > 1


@pytest.mark.parametrize("keys", ["=", "j", "\x1b[B", "\x1b[6~", "h", "zM", "t", *"?:/fFiBbo"])
async def test_a_key(workspace: Workspace, keys: str) -> None:
    *rows, bottom = await changes(workspace, lambda driver: driver.press(keys))
    assert max(*rows, min(bottom, 1)) == 1


@pytest.mark.parametrize("size", [Size(60, 20), Size(100, 40), Size(200, 60), Size(79, 24)])
async def test_a_new_size(workspace: Workspace, size: Size) -> None:
    painted = []

    def resize(driver: Recorder) -> None:
        driver.screens.clear()
        driver.send_message(events.Resize(size, size))
        painted.append(driver.screens)

    assert max(await changes(workspace, resize)) == 0
    assert painted[0]
