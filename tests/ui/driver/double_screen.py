"""A driver that sends every frame to two terminals, each its own way, and compares them."""

from __future__ import annotations

from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver

from probation_reader.ui.app import ReaderApp
from probation_reader.ui.driver.ansi import AnsiReader
from probation_reader.ui.driver.cells import Grid, first_unsure
from probation_reader.ui.driver.diff import Standing, update
from tests.ui.driver.emulator import Emulator, looks, plainly


class Twice(Driver):
    """Sends every frame to two terminals, each its own way."""

    def __init__(self, app: ReaderApp, **_: object) -> None:
        super().__init__(app)
        self._keys = XTermParser()
        self.standing = Standing()
        self.sent, self.compared = [0, 0], 0
        self.start()

    def start(self) -> None:
        """Begin with two terminals of the present size, and nothing known of them."""
        self.plain, self.lean = (Emulator(*self._app.size) for _ in range(2))
        self.stream = AnsiReader(*self._app.size)
        self.shown: Grid | None = None
        #: Rows that held unsure text since: Textual's own way may have spoilt them.
        self.unsure: set[int] = set()

    def press(self, keys: str) -> None:
        for event in self._keys.feed(keys):
            self.process_message(event)

    def write(self, data: str) -> None:
        if self.stream.size != self._app.size:
            self.start()
        painted, handed_on = self.stream.feed(data)
        if not painted:
            return
        assert not handed_on
        self.plain.feed(data)
        self.sent[0] += len(data)
        if self.stream.whole:
            grid = self.stream.grid
            output, self.standing = update(self.shown, grid, self.standing)
            self.lean.feed(output)
            self.sent[1] += len(output)
            self.shown = grid
            rows = enumerate(grid.rows)
            self.unsure.update(y for y, row in rows if first_unsure(row) is not None)

    def compare(self, after: str) -> None:
        grid = self.stream.grid
        if not self.stream.whole:  # a new size that has not been painted yet
            return
        self.compared += 1
        assert self.shown == grid
        assert (self.lean.cursor.x, self.lean.cursor.y) == grid.cursor, after
        plain, lean = looks(self.plain), looks(self.lean)
        if self.unsure:
            drawn = Emulator(grid.width, grid.height)
            drawn.feed(plainly(grid))
            other = looks(drawn)
            for y in self.unsure:
                plain[y] = other[y]
        for y, (wanted, found) in enumerate(zip(plain, lean, strict=True)):
            assert found == wanted, f"row {y} after {after}"

    def start_application_mode(self) -> None:
        self.send_message(events.Resize(self._app.size, self._app.size))

    def disable_input(self) -> None:
        pass

    def stop_application_mode(self) -> None:
        pass
