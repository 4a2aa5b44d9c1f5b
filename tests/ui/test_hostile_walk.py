"""No stored text steers the terminal: one home full of hostile text, every screen and bar.

Every action of the registry is done in each of its places, and lines to type in are
filled by Tab, Up and Down. The last wall is taken away first, so that what is seen is what
inputs and widgets themselves were given.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
from textual.widgets import Input

from probation_reader import config, paths
from probation_reader.ui.app import ReaderApp
from probation_reader.ui.keys.actions import ACTIONS, PLACES, Place, actions
from probation_reader.ui.keys.keymap import TYPING
from probation_reader.workspace import Workspace
from tests.hostile_home import NAME, NEVER, NEVER_IN_TEXT, fill, hostile, shown
from tests.ui.workspaces import press, settled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.pilot import Pilot

#: What leaves the program, and so shows nothing: the action, and where it does, if not everywhere.
LEAVING: dict[tuple[str, Place | None], str] = {
    ("quit", None): "ends the reader",
    ("suspend", None): "gives the terminal back to the shell",
    ("leave", "posts"): "ends the reader",
}
#: The keys that lead from the thread, at its first reply, to each place.
WAYS: dict[Place, Sequence[str]] = {
    "thread": (),
    "found": ("f", *"wet", "enter"),
    "peek": ("i",),
    "posts": ("escape",),
    "search": ("slash", *"wet"),
    "find": ("f", *"wet"),
    "filter": ("F", *"label:k"),
    "note": ("e",),
    "name": ("slash", *"wet", "ctrl+s"),
    "list": ("colon",),
    "kept": ("B",),
    "links": ("O",),
    "file": ("B", "ctrl+s"),
    "help": ("question_mark",),
    "everywhere": (),
}
#: Screens and rows that no action leads to without a choice: where they begin, and the keys.
BEYOND: Sequence[tuple[Place, Sequence[str]]] = (
    ("posts", ("g", "g", "enter")),  # the saved search, run
    ("posts", ("g", "g", "e")),  # its name, to be changed
    ("posts", ("g", "g", "e", *"abc", "enter")),
    ("posts", ("g", "g", "D", "u")),
    ("search", (*["backspace"] * 3, "up", "up", "up", "down", "ctrl+x")),
    ("search", (*["backspace"] * 3, *"is:read")),
    ("search", (*["backspace"] * 3, *"kCOMMENT")),
    ("search", (*["backspace"] * 3, *"tag:kTAG")),
    ("search", ("f1", "down", "enter")),
    ("search", ("enter", "n", "N", "escape")),
    ("note", ("ctrl+u", "#", "k", "tab", "tab", "enter")),
    ("kept", (*"tag:k", "tab", "tab")),
    ("kept", ("ctrl+o", "ctrl+x", "ctrl+x", "enter")),
    ("thread", ("v", "j", "enter")),
    ("thread", ("m", "m", "enter", "u", "ctrl+r", "u")),
    ("thread", ("M", "down", "enter", "enter", "u")),
    ("thread", ("M", "down", "down", "down", "enter", "enter", "m", "m", "escape", "u")),
    ("thread", ("y", "y", "Y", "Y", "O", "ctrl+y", "enter", "o", "enter")),
    ("thread", ("O", "enter", "o", "down", "enter")),
    ("thread", ("right_curly_bracket", "o", "down", "enter")),  # there is no such browser
    ("thread", ("z", "M", "z", "R", "t", "t", "t", "b", "b", "u", "ctrl+r")),
    ("thread", ("H", "t", "escape")),
    ("thread", ("G", "v", "j", "k", "escape", "e", "escape")),
)
_NAMES = {
    "Space": "space", "Backspace": "backspace", "Tab": "tab", "Shift+Tab": "shift+tab",
    "Enter": "enter", "Esc": "escape", "Up": "up", "Down": "down", "Left": "left",
    "Right": "right", "Home": "home", "End": "end", "PgUp": "pageup", "PgDn": "pagedown",
    "Delete": "delete", "F1": "f1",
}  # fmt: skip

#: Places of which the screen shows the text somewhere, in full or cut.
SEEN = (
    *("TITLE", "LABEL", "POSTER", "URL", "AUTHOR", "BODY", "COMMENT", "REPLY", "LATER"),
    *("EARLIER", "LINK", "LINKHOST", "QUOTE", "NOTE", "TAG", "GONE", "SAVED", "QUERY"),
    *("MUTED", "SILENCED", "HISTORY", "DRAFT", "NUMBER", "CONFIG", "BROWSER"),
)


def pressed(key: str) -> list[str]:
    """Return the keys of a key or chord of the registry, as they are pressed here."""
    return [_NAMES.get(part) or part.replace("Ctrl+", "ctrl+") for part in key.split(" ")]


def steps() -> Iterator[tuple[Place, list[str]]]:
    """Yield every action of every place, by its first key, and what lies beyond."""
    for place in PLACES:
        for action in actions(place):
            if (action.id, None) not in LEAVING and (action.id, place) not in LEAVING:
                yield place, pressed(action.keys[0])
    for place, keys in BEYOND:
        yield place, list(keys)


def written_here() -> str:
    """Return what the reader wrote where it was started."""
    return Path("bookmarks.md").read_text(encoding="utf-8")


class Walk:
    """What was seen of one reader on a hostile home.

    Args:
        pilot: presses the keys.
        app: the reader, without its last wall.
    """

    def __init__(self, pilot: Pilot[Any], app: ReaderApp) -> None:
        self.pilot, self.app = pilot, app
        self.seen: list[str] = []
        #: The keys that led there, and the text around the first control in it.
        self.faults: list[tuple[str, ...]] = []
        self.places: set[str] = set()
        self._done: list[str] = []

    async def to(self, place: Place, begun: str) -> None:
        """Go to a place from wherever the last step has led."""
        for _ in range(9):
            if self.app.screen is self.app.reader and self.app.reader.place in {"thread", "posts"}:
                break
            await self.press("escape")
        reader = self.app.reader
        reader.sidebar.set_filter("")
        reader.visiting.forget()
        reader.moving.open_post(begun.partition(".")[0], at=begun)
        await settled(self.pilot)
        assert reader.place == "thread"
        self._done.clear()
        await self.press(*WAYS[place])
        wanted = "thread" if place == "everywhere" else place
        assert getattr(self.app.screen, "place", "") == wanted

    async def press(self, *keys: str) -> None:
        """Press keys, and look at everything after each."""
        for key in keys:
            self._done.append(key)
            await press(self.pilot, key)
            self.look()

    def look(self) -> None:
        """Look at all that is on the screen, in the inputs, in the clipboard."""
        screen = self.app.screen
        self.places.add(getattr(screen, "place", ""))
        rows = [strip.text for strip in screen._compositor.render_strips()]
        lines = [line.value for line in screen.query(Input)]
        for text in (*rows, *lines, self.app.reader.status.text, self.app.title):
            if found := NEVER.search(text):
                self.faults.append((*self._done, text[max(0, found.start() - 60) :][:120]))
        if found := NEVER_IN_TEXT.search(self.app.clipboard):
            self.faults.append((*self._done, self.app.clipboard))
        self.seen += [*rows, *lines, self.app.clipboard]


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> paths.Paths:
    """Where a hostile home is, in an environment as hostile."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TERMUX_VERSION", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BROWSER", hostile("BROWSER").replace("\0", "").replace("\ud800", ""))
    monkeypatch.setenv("TERM", "xterm-256color")
    (work := tmp_path / f"kWORK{NAME}").mkdir()
    monkeypatch.chdir(work)
    return paths.resolve(tmp_path / f"kFOLDER{NAME}")


def test_every_place_can_be_walked_to() -> None:
    assert set(WAYS) == set(get_args(Place))
    known = {action.id for action in ACTIONS}
    assert {action for action, _ in LEAVING} <= known


@pytest.mark.slow
async def test_no_stored_text_gets_raw_into_an_input_or_a_widget(places: paths.Paths) -> None:
    thread = fill(places.data.parent)
    file = places.options_file
    configured = config.read(file.read_text(encoding="utf-8"), file.name)
    with Workspace.open(places) as workspace:
        app = ReaderApp(workspace, options=configured.options, problems=configured.problems)
        app._line_filters = ()
        async with app.run_test(size=(120, 30)) as pilot:
            walk = Walk(pilot, app)
            walk.look()
            await settled(pilot)
            walk.look()
            for place, keys in steps():
                await walk.to(place, thread.comments[1].id)
                await walk.press(*keys)
                if getattr(app.screen, "place", "") in TYPING:
                    await walk.press("tab", "up", "down")
    written = written_here()
    assert shown("QUOTE", written)
    assert not NEVER_IN_TEXT.search(written)
    assert walk.faults == []
    assert walk.places == set(PLACES) - {"everywhere"}
    said = "\n".join(walk.seen)
    assert {place for place in SEEN if not shown(place, said)} == set()
