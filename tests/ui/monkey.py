"""Someone who presses anything: keys, mouse, pastes, sizes, another program beside.

Everything comes from one seed. After each deed the screen is looked at: nothing may
have been raised, both ways of sending must show the same, the cursor must be in
sight, and what is counted must be what is kept.
"""

from __future__ import annotations

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Size

from probation_reader import paths
from probation_reader.library.records import SourceRecord
from probation_reader.ui.app import ReaderApp
from probation_reader.workspace import Workspace
from tests.ui.driver.double_screen import Twice
from tests.ui.workspaces import make_thread, open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from probation_reader.model import Thread
    from probation_reader.options import Options
    from probation_reader.ui.terminal.capabilities import Terminal

_NAMED = {
    "Space": " ", "Backspace": "\x7f", "Tab": "\t", "Enter": "\r", "Esc": "\x1b[27u",
    "Up": "\x1b[A", "Down": "\x1b[B", "Left": "\x1b[D", "Right": "\x1b[C", "Home": "\x1b[H",
    "End": "\x1b[F", "PgUp": "\x1b[5~", "PgDn": "\x1b[6~", "Delete": "\x1b[3~",
    "Shift+Tab": "\x1b[Z", "F1": "\x1bOP",
}  # fmt: skip
_LEAVING = {"Q", "\x03"}
_OTHERS = [
    *"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789[]{}()<>/?:;'\"#~!",
    *("é", "漢", "👍", "\u0301", "\x01", "\x1b[13;5u", "\x1b[97;;55296u", "\x1b[I", "\x1b[O"),
    *("fcase", "Fcase\r", "/licence", "/licence\r", "eof mine #tag\r", "/case\x1b[B\r"),
]
_PASTED = [
    "case",
    "[/] [bold]x[/]\n\r\t\x1b[2J\u202e\u2028 two",
    "z" + "\u0301" * 300,
    "👩‍👩‍👧‍👦" * 40,
    "word " * 3000,
    "\x1b]52;c;x\x07\x9b31m",
]
_SIZES = [
    *((80, 24), (40, 20), (200, 60), (120, 30), (69, 12), (300, 100)),
    *((1, 1), (5, 2), (20, 3), (2, 40), (150, 1), (30, 6)),
]
MOUSE = 0.12
PASTE = 0.02
SIZE = 0.05
OTHER = 0.02
CHECK = 0.05


class Monkey:
    """One seed's worth of deeds on one library.

    Args:
        root: the folder of everything.
        seed: where all chance comes from.
        options: what the reader chose.
        terminal: what the terminal can show.
        other: whether another program works on the same library and record.
    """

    def __init__(
        self,
        root: Path,
        seed: int,
        options: Options,
        terminal: Terminal,
        *,
        other: bool = False,
    ) -> None:
        self.root, self.options, self.terminal = root, options, terminal
        self.dice = random.Random(seed)  # noqa: S311 - the same deeds every time
        self.other = other
        self.done: list[str] = []
        self.starts = 0
        self._came = 0
        self._in_turn: list[str] = []

    async def play(self, steps: int) -> None:
        """Do so many deeds, starting the reader again whenever a key left it."""
        while len(self.done) < steps:
            self.starts += 1
            with open_workspace(self.root, []) as workspace:
                app = ReaderApp(
                    workspace,
                    options=self.options,
                    terminal=self.terminal,
                    driver_class=Twice,
                )
                self._in_turn = self._keys(app)

                async def press(pilot: Pilot[object], app: ReaderApp = app) -> None:
                    await self._session(pilot, app, steps)

                size = self.dice.choice(_SIZES)
                with ThreadPoolExecutor() as threads:  # none outlives the screen, as in the program
                    asyncio.get_running_loop().set_default_executor(threads)
                    await app.run_async(size=size, auto_pilot=press)
                if app.failure is not None:
                    raise app.failure

    async def _session(self, pilot: Pilot[object], app: ReaderApp, steps: int) -> None:
        await pilot._wait_for_screen()
        driver = app._driver
        assert isinstance(driver, Twice)
        begun = len(self.done)
        while len(self.done) < steps:
            early = len(self.done) - begun < 100
            deed = self._deed(app, driver, stays=early)
            self.done.append(deed)
            await pilot._wait_for_screen()
            if not app.is_running or app._exit:
                return
            driver.compare(deed)
            assert in_sight(app), deed
            if self.dice.random() < CHECK:
                await pilot._wait_for_screen()
                app.reader.elsewhere.look()
                await pilot._wait_for_screen()
                check_counts(app)
        app.exit()

    def _deed(self, app: ReaderApp, driver: Twice, *, stays: bool) -> str:
        chance = self.dice.random()
        if (chance := chance - MOUSE) < 0:
            keys = self._mouse(app)
        elif (chance := chance - PASTE) < 0:
            keys = f"\x1b[200~{self.dice.choice(_PASTED)}\x1b[201~"
        elif (chance := chance - SIZE) < 0:
            size = Size(*self.dice.choice(_SIZES))
            app.post_message(events.Resize(size, size))
            return f"size {size}"
        elif self.other and (chance := chance - OTHER) < 0:
            return self._elsewhere()
        else:
            keys = self.dice.choice(self._in_turn if self.dice.random() < 0.75 else _OTHERS)
            if stays and (keys in _LEAVING or (keys in "qx" and app.reader.place == "posts")):
                keys = " "
        driver.press(keys)
        return repr(keys)

    def _keys(self, app: ReaderApp) -> list[str]:
        keymap = app.habits.keymap
        bound = {
            key
            for place in ("thread", "posts", "peek", "found", "search", "find", "filter", "list")
            for key in keymap.bindings(place)
        }
        found = ["".join(map(_typed, key.split(" "))) for key in sorted(bound)]
        return [keys for keys in found if keys != "\x1a"]

    def _mouse(self, app: ReaderApp) -> str:
        dice, (width, height) = self.dice, app.size
        x, y = dice.randint(1, width + 2), dice.randint(1, height + 2)
        kind = dice.choice(["click", "click", "drag", "wheel", "move", "press"])
        if kind == "wheel":
            return f"\x1b[<{dice.choice([64, 65])};{x};{y}M"
        if kind == "move":
            return f"\x1b[<35;{x};{y}M"
        if kind == "press":
            return f"\x1b[<0;{x};{y}M"
        to_x, to_y = (
            (x, y) if kind == "click" else (dice.randint(1, width), dice.randint(1, height))
        )
        drag = f"\x1b[<32;{to_x};{to_y}M" if kind == "drag" else ""
        return f"\x1b[<0;{x};{y}M{drag}\x1b[<0;{to_x};{to_y}m"

    def _elsewhere(self) -> str:
        dice = self.dice
        self._came += 1
        with Workspace.open(paths.resolve(self.root)) as workspace:
            rows = workspace.library.posts()
            what = dice.choice(["store", "store", "mark", "keep", "undo", "remove"])
            if what == "store":
                replies = [
                    (n % 3, f"late {self._came} {n} case") for n in range(dice.randint(0, 9))
                ]
                store(workspace, make_thread(f"Came {dice.randint(1, 3)}", replies))
            elif what == "undo":
                workspace.record.undo()
            elif rows:
                post = dice.choice(rows).post.id
                ids = sorted(workspace.library.passage_ids(post))
                if what == "remove":
                    if len(rows) > 2:
                        workspace.library.remove(post)
                elif what == "mark":
                    workspace.record.mark_read(ids[: dice.randint(0, len(ids))])
                elif ids:
                    workspace.record.bookmark(dice.choice(ids), "quote", "note", ["tag"])
        return f"elsewhere {what}"


def store(workspace: Workspace, thread: Thread) -> None:
    digest = f"{abs(hash((thread.post.id, len(thread.passages), thread.passages[-1].text))):064}"
    workspace.library.store(SourceRecord("late.txt", digest[:64], "numbered", 1), [thread])


def _typed(key: str) -> str:
    if key in _NAMED:
        return _NAMED[key]
    if key.startswith("Ctrl+"):
        return chr(ord(key[-1].upper()) & 0x1F)
    if key.startswith("Alt+"):
        return f"\x1b{key[-1]}"
    assert len(key) == 1, key
    return key


def in_sight(app: ReaderApp) -> bool:
    """Return whether the passage under the cursor is in the pane, if that can be seen."""
    screen = app.reader
    for rows in (screen.sidebar, screen.hits):
        assert -1 <= rows.cursor < max(1, len(rows.rows))
    pane, view = screen.pane, screen.pane.view
    if view is None or view.cursor < 0 or not screen.is_current or not pane.size:
        return True
    first, last = view.table.y_of(view.cursor), view.table.end_of(view.cursor)
    heading = view.cursor == 0 and view.top < first  # in a low pane it stands alone
    return (heading or first < view.top + pane.size.height) and last + 1 >= view.top


def check_counts(app: ReaderApp) -> None:
    """Fail if what is shown or kept as read is not what a new count gives."""
    screen, workspace = app.reader, app.reader._workspace
    if list(screen.workers):
        return
    workspace.refresh_counts()
    counts = workspace.record.read_counts()
    for row in workspace.library.posts():
        post = row.post.id
        there = workspace.library.passage_ids(post)
        read = there & workspace.record.read_in(post)
        assert counts.get(post, 0) == len(read), post
        line = screen.sidebar.line(post)
        if line is not None:
            assert line.unread == len(there) - len(read), (post, line.unread, len(there), len(read))


def kept(workspace: Workspace) -> object:
    """Return all that the record holds that can be undone."""
    record = workspace.record
    marks = {row.post.id: record.read_in(row.post.id) for row in workspace.library.posts()}
    marks = {post: read for post, read in marks.items() if read}
    return marks, record.bookmarks()
