"""Which key does what for one reader: the registry, a preset, the reader's own keys.

Each wins over the one before. In a place its own keys win over those of the
places below it (`LAYERS`). Whoever shows a key to a person asks here for it,
so that help, hints and messages name the keys that really work. No Textual here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.errors import OptionsError
from probation_reader.phrases import perhaps
from probation_reader.ui.keys import chords
from probation_reader.ui.keys.actions import PLACE_WORDS, PLACES, SECTIONS, actions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from probation_reader.options import OwnKey, Preset
    from probation_reader.ui.keys.actions import Action, Place

#: Places whose keys hold in a place, the strongest last; any other has `everywhere` below it.
LAYERS: dict[Place, tuple[Place, ...]] = {
    "found": ("everywhere", "thread", "found"),
    "kept": ("everywhere", "list", "kept"),
    "links": ("everywhere", "list", "links"),
    "everywhere": ("everywhere",),
}
#: Where one types: letters belong to the line.
TYPING: frozenset[Place] = frozenset(
    ("search", "find", "filter", "note", "name", "list", "kept", "links", "file")
)

#: How the places are called in the README; the others are left out there.
_SHORT: dict[Place, str] = {
    "thread": "thread",
    "found": "matches",
    "posts": "posts",
    "search": "search bar",
    "find": "find bar",
    "note": "note",
    "name": "name",
    "kept": "kept",
    "links": "links",
    "file": "file name",
    "everywhere": "everywhere",
}


def layers(place: Place) -> tuple[Place, ...]:
    """Return the places whose keys hold in a place, the strongest last."""
    return LAYERS.get(place, ("everywhere", place))


class Keymap:
    """The keys of one reader.

    Args:
        preset: the table to begin with.
        own: the reader's own keys.

    Attributes:
        problems: what is wrong with the reader's own keys; those were left out.
    """

    def __init__(self, preset: Preset = "vim", own: Sequence[OwnKey] = ()) -> None:
        self.problems: list[OptionsError] = []
        self._own: list[tuple[Place, str, str]] = []
        self._rows = {place: _rows(place) for place in PLACES}
        if preset != "vim":
            from probation_reader.ui.keys.presets import PRESETS  # noqa: PLC0415 - most need none

            for places, changes in PRESETS[preset]:
                for place in places:
                    self._change(place, changes)
        for name in dict.fromkeys(key.place for key in own):
            self._take([key for key in own if key.place == name])
        self._tables = {place: self._table(place) for place in PLACES}

    def bindings(self, place: Place) -> dict[str, str]:
        """Return what each key and chord does in a place: key to action id."""
        return self._tables[place]

    def actions(self, place: Place) -> Sequence[Action]:
        """Return the actions of exactly this place with their keys, in the order to show them."""
        return self._rows[place]

    def key(self, action: str, place: Place = "thread") -> str:
        """Return the key to name in a sentence: the first of an action in a place.

        What has no key is done by name, so that is what is returned then.
        """
        found = self._key(action, place)
        if not found and (palette := self._key("palette", "thread")):
            return f"{palette} {action}"
        return found

    def _key(self, action: str, place: Place) -> str:
        for layer in reversed(layers(place)):
            for row in self._rows[layer]:
                if row.id == action and row.keys:
                    return chords.shown(row.keys[0])
        return ""

    def hints(self, place: Place) -> list[str]:
        """Return ``key word`` for each action of a place worth a hint."""
        rows = self._rows[place]
        return [f"{chords.shown(row.keys[0])} {row.hint}" for row in rows if row.hint and row.keys]

    def named(self, place: Place, *ids: str) -> list[str]:
        """Return ``key id`` for these actions of a place."""
        return [f"{self.key(action, place)} {action}" for action in ids]

    # What is wrong

    def faults(self) -> list[str]:
        """Return what keeps an action from being reached, a sentence each."""
        return [fault for place in PLACES for fault in (*self._lost(place), *self._clashes(place))]

    def _lost(self, place: Place) -> list[str]:
        table = self._tables[place]
        sure = {action for key, action in table.items() if not chords.is_lost(key)}
        said = []
        for row in dict.fromkeys(row.id for row in actions(place)):
            if row not in table.values():
                said.append(f"{PLACE_WORDS[place]}: {row} has no key left")
            elif row not in sure:
                said.append(f"{PLACE_WORDS[place]}: {row} has only keys that terminals lose")
        return said

    def _clashes(self, place: Place) -> list[str]:
        words, table = PLACE_WORDS[place], self._tables[place]
        owner: dict[str, str] = {}
        said = []
        for row in self._rows[place]:
            for key in row.keys:
                other = owner.setdefault(key, row.id)
                if other != row.id:
                    said.append(f"{words}: {chords.shown(key)} is both {other} and {row.id}")
        below = self._tables["thread"] if place == "found" else {}  # said there already
        begun = dict.fromkeys(key.split(" ")[0] for key in table if " " in key)
        said += [
            f"{words}: {key} is {table[key]} and begins chords, which cannot be typed so"
            for key in begun
            if key in table and key not in below
        ]
        return said

    def warnings(self) -> list[str]:
        """Return which of the reader's own keys some terminals lose, a sentence each."""
        return [
            f"{PLACE_WORDS[place]}: some terminals lose {chords.shown(key)} ({action})"
            for place, key, action in self._own
            if action and chords.is_lost(key)
        ]

    # How it is made

    def _table(self, place: Place) -> dict[str, str]:
        table: dict[str, str] = {}
        for layer in layers(place):
            for row in self._rows[layer]:
                table.update(dict.fromkeys(row.keys, row.id))
        return table

    def _change(self, place: Place, changes: Mapping[str, str]) -> None:
        """Bind keys of a place to actions; an empty action unbinds a key."""
        rows = self._rows[place]
        for at, row in enumerate(rows):
            kept = tuple(key for key in row.keys if key not in changes)
            rows[at] = row._replace(keys=kept)
        for action in dict.fromkeys(filter(None, changes.values())):
            new = tuple(key for key, does in changes.items() if does == action)
            at = next((at for at, row in enumerate(rows) if row.id == action), len(rows))
            if at == len(rows):  # an action of a place below this one
                below = (row for layer in layers(place) for row in self._rows[layer])
                rows.append(next(row for row in below if row.id == action)._replace(keys=()))
            # The first key is the one that is named: rather one that every terminal sends.
            keys = tuple(sorted((*new, *rows[at].keys), key=chords.is_lost))
            rows[at] = rows[at]._replace(keys=keys)

    def _take(self, own: Sequence[OwnKey]) -> None:
        """Bind the reader's own keys of one place, as far as they mean something."""
        place = next((place for place in PLACES if place == own[0].place), None)
        if place is None:
            message = f"no place is called '{own[0].place}'{perhaps(own[0].place, PLACES)}"
            self._refuse(message, own[0], f"places: {', '.join(PLACES)}")
            return
        changes: dict[str, str] = {}
        for wanted in own:
            key = self._checked(place, wanted)
            if key is not None and changes.setdefault(key, wanted.action) != wanted.action:
                message = f"{chords.shown(key)} is bound twice, to {changes[key]}"
                self._refuse(f"{message} and to {wanted.action}", wanted)
        self._change(place, changes)
        self._own += [(place, key, action) for key, action in changes.items()]

    def _checked(self, place: Place, wanted: OwnKey) -> str | None:
        """Return the key of a binding as it is spelled; None if it was refused."""
        known = {row.id for layer in layers(place) for row in self._rows[layer]}
        key = chords.parse(wanted.key)
        if key is None:
            near = perhaps(wanted.key, chords.NAMED_KEYS)
            advice = (
                f"a character, {', '.join(chords.NAMED_KEYS[:8])} and so on, with Ctrl+ or Alt+"
            )
            self._refuse(f"no key is called '{wanted.key}'{near}", wanted, advice)
        elif place in TYPING and chords.is_typed(key):
            self._refuse(f"'{wanted.key}' is typed in {place} and cannot be a key there", wanted)
        elif wanted.action and wanted.action not in known:
            near = perhaps(wanted.action, known)
            message = f"no action of {place} is called '{wanted.action}'{near}"
            self._refuse(message, wanted, "'probation-reader keys' lists them")
        elif not wanted.action and not any(key in row.keys for row in self._rows[place]):
            self._refuse(f"'{wanted.key}' does nothing in {place}, so it cannot be freed", wanted)
        else:
            return key
        return None

    def _refuse(self, message: str, wanted: OwnKey, advice: str = "") -> None:
        self.problems.append(OptionsError(message, where=wanted.where, advice=advice))


def as_table() -> str:
    """Return the keys of the default preset as a Markdown table, for the README.

    What holds only in lists and on the help page goes without saying there.
    """
    lines = ["| Key | Does | In |", "|---|---|---|"]
    for section, rows in SECTIONS.items():
        lines.append(f"| | **{section}** | |")
        for action in rows:
            places = [_SHORT[place] for place in action.where if place in _SHORT]
            if places:
                pressed = " ".join(f"`{key}`" for key in chords.listed(action.keys))
                lines.append(f"| {pressed} | {action.words} | {', '.join(places)} |")
    return "\n".join(lines) + "\n"


def _rows(place: Place) -> list[Action]:
    return [action._replace(where=(place,)) for action in actions(place)]


#: The keys of someone who chose nothing.
DEFAULT = Keymap()
