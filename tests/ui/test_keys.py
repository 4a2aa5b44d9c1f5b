"""The registry of actions and the matching of chords."""

from __future__ import annotations

import pytest
from textual.keys import Keys

from probation_reader.ui.app import ReaderApp
from probation_reader.ui.keys import keymap, strokes
from probation_reader.ui.keys.actions import PLACES, Place, actions
from probation_reader.ui.screens.asking import Asking
from probation_reader.ui.screens.copying import Copying
from probation_reader.ui.screens.deeds import Deeds
from probation_reader.ui.screens.elsewhere import Elsewhere
from probation_reader.ui.screens.help import HelpScreen
from probation_reader.ui.screens.home import Home
from probation_reader.ui.screens.keeping import Keeping
from probation_reader.ui.screens.kept import KeptScreen
from probation_reader.ui.screens.linking import Linking
from probation_reader.ui.screens.linklist import LinkScreen
from probation_reader.ui.screens.looking import Looking
from probation_reader.ui.screens.marking import Marking
from probation_reader.ui.screens.moving import Moving
from probation_reader.ui.screens.muting import Muting
from probation_reader.ui.screens.noting import Noting
from probation_reader.ui.screens.peeking import Peeking
from probation_reader.ui.screens.pick import PickScreen
from probation_reader.ui.screens.reader import ReaderScreen
from probation_reader.ui.screens.recalling import Recalling
from probation_reader.ui.screens.saving import Saving
from probation_reader.ui.screens.undoing import Undoing
from probation_reader.ui.widgets.hitlist import HitList
from probation_reader.ui.widgets.lines import RowList
from probation_reader.ui.widgets.peek import PeekPane
from probation_reader.ui.widgets.sidebar import Sidebar
from probation_reader.ui.widgets.thread_pane import ThreadPane

MAIN = (
    *(Asking, Copying, Deeds, Elsewhere, Home, Linking, Looking, Marking, Moving, Noting, Peeking),
    *(Keeping, Muting, Recalling, Saving, Undoing, ReaderScreen, ReaderApp),
)
OWNERS: dict[Place, tuple[type, ...]] = {
    "thread": (ThreadPane, *MAIN),
    "found": (ThreadPane, *MAIN),
    "find": (ThreadPane, *MAIN),
    "peek": (PeekPane, *MAIN),
    "posts": (Sidebar, *MAIN),
    "filter": (Sidebar, *MAIN),
    "note": MAIN,
    "name": MAIN,
    "search": (HitList, *MAIN),
    "list": (RowList, PickScreen, ReaderApp),
    "kept": (RowList, KeptScreen, ReaderApp),
    "links": (RowList, LinkScreen, ReaderApp),
    "file": (KeptScreen, ReaderApp),
    "help": (RowList, HelpScreen, ReaderApp),
    "everywhere": (ReaderApp,),
}


@pytest.mark.parametrize("place", PLACES)
def test_no_key_does_two_things_in_one_place(place: Place) -> None:
    bound = [key for action in actions(place) for key in action.keys]
    assert sorted(bound) == sorted(set(bound))


@pytest.mark.parametrize("place", PLACES[:-1])
def test_what_holds_everywhere_is_not_taken_by_a_place(place: Place) -> None:
    everywhere = {key for action in actions("everywhere") for key in action.keys}
    assert not everywhere & {key for action in actions(place) for key in action.keys}


@pytest.mark.parametrize("place", PLACES)
def test_the_first_key_of_a_chord_does_nothing_by_itself(place: Place) -> None:
    table = keymap.DEFAULT.bindings(place)
    begun = {key.split(" ")[0] for key in table if " " in key}
    assert not begun & set(table)
    assert all(len(key.split(" ")) <= 2 for key in table)


@pytest.mark.parametrize("place", PLACES)
def test_every_action_is_a_method_of_its_place(place: Place) -> None:
    for action in keymap.DEFAULT.bindings(place).values():
        assert any(hasattr(owner, f"action_{action}") for owner in OWNERS[place]), action


@pytest.mark.parametrize("place", sorted(keymap.TYPING))
def test_where_one_types_no_printable_key_is_taken(place: Place) -> None:
    assert not [key for key in keymap.DEFAULT.bindings(place) if len(key.split(" ")[0]) == 1]


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        (
            "thread",
            (
                "j k Down Up Space Backspace Tab Shift+Tab P [ J K { } h l Enter G Home End Ctrl+d "
                "Ctrl+u PgUp PgDn N b B / s f Ctrl+f ? F1 : Ctrl+p = Ctrl+l q Q F Esc"
            ),
        ),
        ("found", "n N"),
        ("posts", "j k Down Up Enter l PgUp PgDn G Home End F / B ? : = q Q Tab Space"),
        ("search", "Down Up Ctrl+n Ctrl+p Enter Esc"),
    ],
)
def test_the_keys_people_were_promised_are_bound(place: Place, wanted: str) -> None:
    assert not set(wanted.split(" ")) - set(keymap.DEFAULT.bindings(place))


@pytest.mark.parametrize(
    "chord", ["g g", "z a", "z c", "z o", "z M", "z R", "z r", "z 1", "z 9", "m r", "m t", "m b"]
)
def test_the_chords_people_were_promised_are_bound_in_a_thread(chord: str) -> None:
    assert chord in keymap.DEFAULT.bindings("thread")


def test_while_matches_are_shown_n_steps_and_m_r_marks() -> None:
    assert keymap.DEFAULT.bindings("thread")["N"] == "toggle_read"
    found = keymap.DEFAULT.bindings("found")
    assert (found["N"], found["n"], found["m r"]) == ("find_previous", "find_next", "toggle_read")


def test_every_named_key_is_one_that_a_terminal_can_send() -> None:
    known = {key.value for key in Keys}
    for place in PLACES:
        for key in keymap.DEFAULT.bindings(place):
            for part in key.split(" "):
                if len(part) > 1:
                    name = part.lower().replace("pgdn", "pagedown").replace("pgup", "pageup")
                    name = name.replace("esc", "escape")
                    assert name in known, part
                    assert strokes.spelled(name, None) == part


@pytest.mark.parametrize(
    ("key", "character", "spelled"),
    [
        ("question_mark", "?", "?"),
        ("left_square_bracket", "[", "["),
        ("G", "G", "G"),
        ("space", " ", "Space"),
        ("ctrl+d", "\x04", "Ctrl+d"),
        ("escape", "\x1b", "Esc"),
        ("tab", "\t", "Tab"),
        ("f1", None, "F1"),
        ("alt+v", "v", "Alt+v"),
        ("alt+shift+v", "V", "Alt+V"),
        ("ctrl+underscore", "\x1f", "Ctrl+_"),
        ("shift+up", None, "Shift+Up"),
        ("ctrl+shift+left", None, "Ctrl+Shift+Left"),
        ("plus", "+", "+"),
    ],
)
def test_a_key_press_is_spelled_as_people_say_it(
    key: str, character: str | None, spelled: str
) -> None:
    assert strokes.spelled(key, character) == spelled


@pytest.mark.parametrize(
    ("bound", "said"),
    [
        (("z 1", "z 2", "z 3"), ["z1-z3"]),
        (("g g", "Home"), ["gg", "Home"]),
        (("1", "2", "4", "F1"), ["1-2", "4", "F1"]),
        (("-", "1"), ["-", "1"]),
    ],
)
def test_keys_from_one_digit_to_another_are_said_in_one(
    bound: tuple[str, ...], said: list[str]
) -> None:
    assert strokes.listed(bound) == said


class TestChords:
    table = keymap.DEFAULT.bindings("thread")

    def test_a_single_key_acts_at_once(self) -> None:
        assert strokes.Chords().press("j", self.table) == strokes.Pressed(action="next_passage")

    def test_two_keys_make_one_action(self) -> None:
        chords = strokes.Chords()
        assert chords.press("z", self.table) == strokes.Pressed(pending="z")
        assert chords.press("M", self.table) == strokes.Pressed(action="fold_all")
        assert chords.press("j", self.table).action == "next_passage"

    def test_escape_ends_a_chord_and_does_nothing_else(self) -> None:
        chords = strokes.Chords()
        chords.press("z", self.table)
        assert chords.press("Esc", self.table) == strokes.Pressed(cancelled=True)
        assert chords.press("Esc", self.table).action == "back"

    def test_an_unknown_second_key_ends_a_chord_and_is_named(self) -> None:
        chords = strokes.Chords()
        chords.press("z", self.table)
        assert chords.press("j", self.table) == strokes.Pressed(refused="zj")
        assert chords.press("j", self.table).action == "next_passage"

    def test_an_unknown_key_means_nothing(self) -> None:
        assert strokes.Chords().press("ö", self.table) == strokes.Pressed()


def test_the_table_tells_of_every_key_of_reading_and_searching() -> None:
    rows = [line.split(" | ") for line in keymap.as_table().splitlines()[2:]]
    assert {len(row) for row in rows} == {3}
    for place in ("thread", "found", "posts", "search", "find", "everywhere"):
        for action in actions(place):
            pressed = "| " + " ".join(f"`{key}`" for key in strokes.listed(action.keys))
            assert [pressed, action.words] in [row[:2] for row in rows]


def test_hints_end_with_help_where_there_is_help() -> None:
    assert keymap.DEFAULT.hints("thread")[0] == "Space read on"
    assert keymap.DEFAULT.hints("thread")[-1] == "? help"
    assert keymap.DEFAULT.hints("posts")[-1] == "? help"
