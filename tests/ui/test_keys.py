"""The registry of actions and the matching of typed."""

from __future__ import annotations

import pytest
from textual.keys import Keys

from probation_reader.ui.app import ReaderApp
from probation_reader.ui.keys import chords, keymap
from probation_reader.ui.keys.actions import PLACES, Place, actions
from probation_reader.ui.posts.sidebar import Sidebar
from probation_reader.ui.reader.bookmark_actions import BookmarkActions
from probation_reader.ui.reader.home import Home
from probation_reader.ui.reader.live_updates import LiveUpdates
from probation_reader.ui.reader.mark_actions import MarkActions
from probation_reader.ui.reader.mute_actions import MuteActions
from probation_reader.ui.reader.navigation import Navigation
from probation_reader.ui.reader.note_actions import NoteActions
from probation_reader.ui.reader.peek_actions import PeekActions
from probation_reader.ui.reader.post_actions import PostActions
from probation_reader.ui.reader.saved_searches import SavedSearchActions
from probation_reader.ui.reader.screen import ReaderScreen
from probation_reader.ui.reader.search_actions import SearchActions
from probation_reader.ui.reader.search_history import SearchHistory
from probation_reader.ui.reader.share import CopyActions, LinkActions
from probation_reader.ui.reader.undo_actions import UndoActions
from probation_reader.ui.reader.view_actions import ViewActions
from probation_reader.ui.screens.bookmarks import BookmarksScreen
from probation_reader.ui.screens.help import HelpScreen
from probation_reader.ui.screens.link_list import LinkScreen
from probation_reader.ui.screens.picker import PickerScreen
from probation_reader.ui.search.hit_list import HitList
from probation_reader.ui.thread.peek import PeekPane
from probation_reader.ui.thread.widget import ThreadPane
from probation_reader.ui.widgets.row_list import RowList

MAIN = (
    *(
        SearchActions,
        CopyActions,
        PostActions,
        LiveUpdates,
        Home,
        LinkActions,
        ViewActions,
        MarkActions,
        Navigation,
        NoteActions,
        PeekActions,
    ),
    *(
        BookmarkActions,
        MuteActions,
        SearchHistory,
        SavedSearchActions,
        UndoActions,
        ReaderScreen,
        ReaderApp,
    ),
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
    "list": (RowList, PickerScreen, ReaderApp),
    "kept": (RowList, BookmarksScreen, ReaderApp),
    "links": (RowList, LinkScreen, ReaderApp),
    "file": (BookmarksScreen, ReaderApp),
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
                    assert chords.spelled(name, None) == part


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
    assert chords.spelled(key, character) == spelled


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
    assert chords.listed(bound) == said


class TestChords:
    table = keymap.DEFAULT.bindings("thread")

    def test_a_single_key_acts_at_once(self) -> None:
        assert chords.Chords().press("j", self.table) == chords.Pressed(action="next_passage")

    def test_two_keys_make_one_action(self) -> None:
        typed = chords.Chords()
        assert typed.press("z", self.table) == chords.Pressed(pending="z")
        assert typed.press("M", self.table) == chords.Pressed(action="fold_all")
        assert typed.press("j", self.table).action == "next_passage"

    def test_escape_ends_a_chord_and_does_nothing_else(self) -> None:
        typed = chords.Chords()
        typed.press("z", self.table)
        assert typed.press("Esc", self.table) == chords.Pressed(cancelled=True)
        assert typed.press("Esc", self.table).action == "back"

    def test_an_unknown_second_key_ends_a_chord_and_is_named(self) -> None:
        typed = chords.Chords()
        typed.press("z", self.table)
        assert typed.press("j", self.table) == chords.Pressed(refused="zj")
        assert typed.press("j", self.table).action == "next_passage"

    def test_an_unknown_key_means_nothing(self) -> None:
        assert chords.Chords().press("ö", self.table) == chords.Pressed()


def test_the_table_tells_of_every_key_of_reading_and_searching() -> None:
    rows = [line.split(" | ") for line in keymap.as_table().splitlines()[2:]]
    assert {len(row) for row in rows} == {3}
    for place in ("thread", "found", "posts", "search", "find", "everywhere"):
        for action in actions(place):
            pressed = "| " + " ".join(f"`{key}`" for key in chords.listed(action.keys))
            assert [pressed, action.words] in [row[:2] for row in rows]


def test_hints_end_with_help_where_there_is_help() -> None:
    assert keymap.DEFAULT.hints("thread")[0] == "Space read on"
    assert keymap.DEFAULT.hints("thread")[-1] == "? help"
    assert keymap.DEFAULT.hints("posts")[-1] == "? help"
