"""A tiny application around one thread pane, with every message it posts."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

import pytest
from textual.app import App

import probation_reader.ui
from probation_reader.ui.messages import (
    CopyWanted,
    CursorMoved,
    MoveRefused,
    PassagesRead,
    ThreadEnded,
)
from probation_reader.ui.thread.scene import ThreadMarks
from probation_reader.ui.thread.widget import ThreadPane

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection
    from contextlib import AbstractAsyncContextManager

    from textual.app import ComposeResult
    from textual.geometry import Region
    from textual.message import Message
    from textual.pilot import Pilot

    from probation_reader.model import Thread
    from probation_reader.ui.render.text_layout import Marker

SHEET = Path(probation_reader.ui.__file__).parent / "styles" / "thread_pane.tcss"


class WatchedPane(ThreadPane):
    """A pane that remembers which rows it was asked to draw again."""

    refreshed: set[int]

    def refresh(self, *regions: Region, **options: bool) -> Self:
        for region in regions or [self.size.region]:
            self.refreshed = getattr(self, "refreshed", set()) | set(range(region.y, region.bottom))
        return super().refresh(*regions, **options)


class PaneApp(App[None]):
    """Shows one pane, keeps what it says, and keeps and shows what was read."""

    CSS_PATH = SHEET

    def __init__(self, pane: WatchedPane) -> None:
        super().__init__(ansi_color=True)
        self.pane = pane
        self.said: list[Message] = []
        self.keeps = True
        self.read: set[str] = set()

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_passages_read(self, message: PassagesRead) -> None:
        self.said.append(message)
        if self.keeps:
            self.read.update(message.ids)
            self.pane.set_marks(ThreadMarks(self.read))

    def on_cursor_moved(self, message: CursorMoved) -> None:
        self.said.append(message)

    def on_move_refused(self, message: MoveRefused) -> None:
        self.said.append(message)

    def on_copy_wanted(self, message: CopyWanted) -> None:
        self.said.append(message)

    def on_thread_ended(self, message: ThreadEnded) -> None:
        self.said.append(message)


class Opened(NamedTuple):
    """A running pane."""

    app: PaneApp
    pane: WatchedPane
    pilot: Pilot[None]

    def lines(self) -> list[str]:
        """What stands on the screen."""
        return [self.pane.render_line(y).text.rstrip() for y in range(self.pane.size.height)]

    async def said(self) -> list[Message]:
        """What the pane has said since this was asked last."""
        await self.pilot.pause()
        said, self.app.said = self.app.said, []
        return said

    async def read(self) -> list[str]:
        """The passages that were reported as read since this was asked last."""
        return [i for said in await self.said() if isinstance(said, PassagesRead) for i in said.ids]

    async def do(self, *actions: str) -> None:
        """Run actions by name."""
        for action in actions:
            getattr(self.pane, f"action_{action}")()
            await self.pilot.pause()


class Show(Protocol):
    """Opens a thread in a pane."""

    def __call__(
        self,
        thread: Thread | None,
        *,
        size: tuple[int, int] = (80, 24),
        focus: bool = True,
        dwell: float = 0.0,
        read: Collection[str] = (),
        kept: Collection[str] = (),
        new: Collection[str] = (),
        at: str | None = None,
        line: int | None = None,
        only_path: bool = False,
        marker: Marker | None = None,
    ) -> AbstractAsyncContextManager[Opened]: ...


@pytest.fixture
def show() -> Show:
    @asynccontextmanager
    async def show(
        thread: Thread | None,
        *,
        size: tuple[int, int] = (80, 24),
        focus: bool = True,
        dwell: float = 0.0,
        read: Collection[str] = (),
        kept: Collection[str] = (),
        new: Collection[str] = (),
        at: str | None = None,
        line: int | None = None,
        only_path: bool = False,
        marker: Marker | None = None,
    ) -> AsyncIterator[Opened]:
        pane = WatchedPane(dwell=dwell)
        app = PaneApp(pane)
        async with app.run_test(size=size) as pilot:
            app.read = set(read)
            app.set_focus(pane if focus else None)
            await pilot.pause()
            marked = ThreadMarks(read, kept, new)
            if thread:
                pane.open(thread, marked, at=at, line=line, only_path=only_path, marker=marker)
            await pilot.pause()
            yield Opened(app, pane, pilot)

    return show
