"""The keymap of one reader: presets, the reader's own keys, what is wrong with them."""

from __future__ import annotations

from typing import get_args

import pytest

from probation_reader.options import OwnKey, Preset
from probation_reader.ui.keys import chords
from probation_reader.ui.keys.actions import ACTIONS, PLACES, Place
from probation_reader.ui.keys.keymap import TYPING, Keymap
from probation_reader.ui.keys.presets import PRESETS

ALL: tuple[Preset, ...] = get_args(Preset)


def own(place: str, **bound: str) -> Keymap:
    return Keymap("vim", [OwnKey(place, key, action) for key, action in bound.items()])


def bound(place: str, key: str, action: str) -> Keymap:
    return Keymap("vim", [OwnKey(place, key, action, "config.toml:3")])


def said(keymap: Keymap) -> str:
    (problem,) = keymap.problems
    return str(problem)


class TestPresets:
    @pytest.mark.parametrize("preset", ALL)
    def test_every_action_is_reached_and_no_two_clash(self, preset: Preset) -> None:
        assert Keymap(preset).faults() == []

    @pytest.mark.parametrize("preset", ALL)
    def test_they_bind_real_keys_to_real_actions_of_their_places(self, preset: Preset) -> None:
        known = {action.id for action in ACTIONS}
        for places, changes in PRESETS[preset]:
            for place in places:
                assert set(changes.values()) <= known
                table = Keymap(preset).bindings(place)
                assert {key: table[key] for key in changes} == changes
            assert all(chords.parse(key) == key for key in changes)

    @pytest.mark.parametrize("preset", ALL)
    @pytest.mark.parametrize("place", sorted(TYPING))
    def test_where_one_types_they_take_no_letter(self, preset: Preset, place: Place) -> None:
        assert not [key for key in Keymap(preset).bindings(place) if chords.is_typed(key)]

    @pytest.mark.parametrize("preset", ALL)
    def test_help_quitting_and_reading_on_stay_where_they_are(self, preset: Preset) -> None:
        table = Keymap(preset).bindings("thread")
        assert (table["?"], table["Q"], table["Space"]) == ("help", "quit", "read_on")

    @pytest.mark.parametrize(
        ("preset", "place", "wanted"),
        [
            ("mutt", "thread", {"Tab": "next_unread", "N": "toggle_read", "P": "parent"}),
            ("mutt", "thread", {"Enter": "line_down", "l": "filter", "x": "leave"}),
            ("newsboat", "thread", {"n": "next_unread", "p": "previous_unread"}),
            ("newsboat", "found", {"n": "find_next", "N": "find_previous"}),
            ("emacs", "thread", {"Ctrl+n": "line_down", "Ctrl+v": "page_down"}),
            ("emacs", "thread", {"Ctrl+x Ctrl+c": "quit", "Ctrl+g": "back"}),
            ("emacs", "search", {"Ctrl+g": "back", "Ctrl+n": "row_down"}),
        ],
    )
    def test_hands_find_what_they_know(
        self, preset: Preset, place: Place, wanted: dict[str, str]
    ) -> None:
        table = Keymap(preset).bindings(place)
        assert {key: table[key] for key in wanted} == wanted


def test_one_types_in_every_place_but_those_where_letters_are_keys() -> None:
    lettered = {place for place in PLACES if any(map(chords.is_typed, Keymap().bindings(place)))}
    assert set(TYPING) == set(PLACES) - lettered - {"everywhere"}


class TestOwnKeys:
    def test_an_own_key_wins_over_the_preset_and_is_the_one_shown(self) -> None:
        keymap = own("thread", x="toggle_bookmark")
        assert keymap.bindings("thread")["x"] == "toggle_bookmark"
        assert keymap.bindings("thread")["b"] == "toggle_bookmark"
        assert keymap.key("toggle_bookmark") == "x"
        assert "x keep" in keymap.hints("thread")

    def test_a_key_taken_from_another_action_leaves_it_the_others(self) -> None:
        keymap = own("thread", P="find")
        assert keymap.bindings("thread")["P"] == "find"
        assert keymap.key("parent") == "["
        assert keymap.faults() == []

    def test_an_empty_action_frees_the_key(self) -> None:
        keymap = own("thread", s="")
        assert "s" not in keymap.bindings("thread")
        assert keymap.bindings("posts")["s"] == "search"
        assert keymap.key("search") == "/"

    def test_they_win_over_a_preset_other_than_the_first(self) -> None:
        keymap = Keymap("newsboat", [OwnKey("thread", "n", "next_passage")])
        assert keymap.bindings("thread")["n"] == "next_passage"
        assert keymap.bindings("thread")["p"] == "previous_unread"

    def test_chords_can_be_bound(self) -> None:
        keymap = bound("thread", "z z", "page_down")
        assert chords.Chords().press("z", keymap.bindings("thread")).pending == "z"
        assert keymap.key("page_down") == "zz"

    def test_what_holds_everywhere_can_get_a_key_in_one_place(self) -> None:
        keymap = bound("thread", "Ctrl+t", "suspend")
        assert keymap.bindings("thread")["Ctrl+t"] == "suspend"
        assert "Ctrl+t" not in keymap.bindings("posts")
        assert keymap.actions("thread")[-1].words == Keymap().actions("everywhere")[1].words

    def test_an_action_without_a_key_is_named_as_the_palette_knows_it(self) -> None:
        assert own("thread", B="").key("bookmarks") == ": bookmarks"

    @pytest.mark.parametrize(
        ("place", "key", "action", "complaint"),
        [
            ("thred", "x", "fold", "no place is called 'thred', perhaps 'thread'"),
            ("thread", "x", "fold_al", "no action of thread is called 'fold_al', perhaps"),
            ("thread", "Spce", "fold", "no key is called 'Spce', perhaps 'Space'"),
            ("thread", "", "fold", "no key is called ''"),
            ("thread", "a b c", "fold", "no key is called 'a b c'"),
            ("thread", "Ctrl+x", "", "'Ctrl+x' does nothing in thread, so it cannot be freed"),
            ("search", "x", "row_down", "'x' is typed in search and cannot be a key there"),
            ("posts", "x", "fold", "no action of posts is called 'fold'"),
        ],
    )
    def test_what_means_nothing_is_refused_with_its_line(
        self, place: str, key: str, action: str, complaint: str
    ) -> None:
        keymap = bound(place, key, action)
        assert said(keymap).startswith(f"config.toml:3: {complaint}")
        assert {p: keymap.bindings(p) for p in PLACES} == {p: Keymap().bindings(p) for p in PLACES}

    def test_one_key_spelled_twice_with_two_meanings_is_refused(self) -> None:
        pair = [OwnKey("thread", "Ctrl+t", "fold"), OwnKey("thread", "ctrl+T", "unfold")]
        keymap = Keymap("vim", pair)
        assert said(keymap) == "Ctrl+t is bound twice, to fold and to unfold"
        assert keymap.bindings("thread")["Ctrl+t"] == "fold"


class TestFaults:
    def test_an_action_that_lost_its_last_key_is_named(self) -> None:
        assert own("thread", b="").faults() == ["Reading a thread: toggle_bookmark has no key left"]

    def test_an_action_with_only_keys_that_get_lost_is_named(self) -> None:
        keymap = Keymap(
            "vim", [OwnKey("thread", "b", ""), OwnKey("thread", "Alt+b", "toggle_bookmark")]
        )
        fault = "Reading a thread: toggle_bookmark has only keys that terminals lose"
        assert keymap.faults() == [fault]
        assert keymap.warnings() == [
            "Reading a thread: some terminals lose Alt+b (toggle_bookmark)"
        ]

    def test_the_first_key_of_a_chord_that_is_bound_itself_is_named(self) -> None:
        faults = own("thread", z="page_down").faults()
        assert faults[0] == (
            "Reading a thread: z is page_down and begins chords, which cannot be typed so"
        )


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("x", "x"),
        ("space", "Space"),
        (" ", "Space"),
        ("PageUp", "PgUp"),
        ("return", "Enter"),
        ("ctrl+D", "Ctrl+d"),
        ("Shift+a", "A"),
        ("shift+tab", "Shift+Tab"),
        ("Alt+V", "Alt+V"),
        ("f12", "F12"),
        ("z M", "z M"),
        ("ctrl+x Ctrl+c", "Ctrl+x Ctrl+c"),
        ("", None),
        ("Hyper+x", None),
        ("xx", None),
        ("Ctrl+", None),
        ("F25", None),
        ("\x1b", None),
    ],
)
def test_a_key_may_be_written_in_more_than_one_way(written: str, spelled: str | None) -> None:
    assert chords.parse(written) == spelled
