"""Repairs a log that an older version wrote or took in: made-up times, unsound events.

It is done once, when the state tables are made anew for a new version, and comes to the
same on every machine that has the same log. Afterwards all of the log can be exported
and merged elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.personal import events, shapes

if TYPE_CHECKING:
    import sqlite3

#: The action of an event that could not be applied; its payload says what it was.
SET_ASIDE = "set-aside"

_OF_MARKS = "('read', 'unread', 'visit-begin')"


def repair(connection: sqlite3.Connection) -> int:
    """Give made-up times sound ones, and set aside the events that are not of their shape.

    The order of the events stays, and so does which of them are one deed; undos and redos
    go on naming the deeds they named.

    Args:
        connection: where the log is, inside a transaction.

    Returns:
        How many events were set aside now.
    """
    aside = 0
    moved = _move_times(connection)
    # Reading marks are nearly all of a log, and none was ever written unsound.
    rows = connection.execute(
        f"SELECT seq, action, target, payload FROM event WHERE action NOT IN {_OF_MARKS}"  # noqa: S608 - constants
    )
    for seq, action, target, payload in rows.fetchall():
        said = events.unpacked(payload)
        sound = {name: _sound_value(name, value, moved) for name, value in said.items()}
        if sound != said:
            connection.execute(
                "UPDATE event SET payload = ? WHERE seq = ?", (events.packed(sound), seq)
            )
        if shapes.fault(action, target, sound) or (not said and payload != "{}"):
            was = events.packed({"action": str(action), "target": str(target), "was": str(payload)})
            connection.execute(
                "UPDATE event SET action = ?, target = '', payload = ? WHERE seq = ?",
                (SET_ASIDE, was, seq),
            )
            aside += 1
    return aside


def _move_times(connection: sqlite3.Connection) -> dict[int, int]:
    """Close the gap before times past the horizon; return the new time of each."""
    horizon = events.HORIZON
    known = connection.execute("SELECT max(at) FROM event WHERE at < ?", (horizon,)).fetchone()
    newest, allowed = int(known[0] or 0), horizon
    beyond = "SELECT DISTINCT at FROM event WHERE at >= ? AND typeof(at) = 'integer' ORDER BY at"
    moved: dict[int, int] = {}
    for (at,) in connection.execute(beyond, (horizon,)).fetchall():
        if at > allowed or moved:
            moved[at] = newest + len(moved) + 1
        else:
            newest, allowed = at, at + 1
    # Ascending: a new time is free when it is given.
    connection.executemany(
        "UPDATE event SET at = ? WHERE at = ?", [(given, at) for at, given in moved.items()]
    )
    return moved


def _sound_value(name: str, value: object, moved: dict[int, int]) -> object:
    if type(value) is not int:
        return value
    if name == "deed":
        return moved.get(value, value)
    if name in {"until", "kept", "ended"}:
        value = moved.get(value, value)
        return value if shapes.is_time(value) else events.sound_time(value)
    return value
