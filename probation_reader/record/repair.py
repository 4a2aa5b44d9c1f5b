"""Repairs a log that an older version, or another program, wrote: made-up times, unsound events.

All of the log is looked at when the state tables are made anew for a new version, and
what came into it since whenever it is opened. Afterwards all of it can be read, exported
and merged elsewhere. An unsound event is moved, as it is, to a table beside the log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from probation_reader.record import event_schema, events

if TYPE_CHECKING:
    import sqlite3

_LOOKED_AT = "looked at"
#: From so many events on it is written down that they were looked at.
_MANY = 500

_ASIDE = (
    "CREATE TABLE IF NOT EXISTS aside (seq, machine, number, at, visit, action, target, payload)"
)
_TYPES = " AND ".join(
    f"typeof({column}) = '{kind}'"
    for column, kind in (
        *((column, "text") for column in ("machine", "action", "target", "payload")),
        *((column, "integer") for column in ("number", "at", "visit")),
    )
)
#: What `exchange` takes, but for times past the horizon: those are moved.
_COLUMNS = (
    f"{_TYPES} AND at >= 0 AND number BETWEEN 1 AND {event_schema.MOST}"
    f" AND visit BETWEEN 0 AND {event_schema.MOST}"
    " AND length(CAST(machine AS BLOB)) BETWEEN 1 AND 64"
    " AND machine NOT GLOB '*[^0-9A-Za-z_-]*' AND length(CAST(action AS BLOB)) BETWEEN 1 AND 40"
    " AND action GLOB '[a-z]*' AND action NOT GLOB '*[^a-z-]*' AND NOT"
    " instr(machine || action, char(0))"
)
#: Nearly all of a log are these, and their columns say all that is to be known of them.
_PLAIN = (
    f"({_COLUMNS}) AND length(CAST(target AS BLOB)) = length(target)"
    " AND target NOT GLOB '*[^0-9A-Za-z_.-]*' AND payload IN ('{}', '{\"passing\":true}')"
    " AND ((action IN ('read', 'unread') AND instr(target, '.')) OR action = 'visit-begin')"
)
_OTHERS = (
    f"SELECT seq, {_COLUMNS}, CAST(action AS BLOB), CAST(target AS BLOB), CAST(payload AS BLOB)"  # noqa: S608 - constants
    f" FROM event WHERE seq > ? AND NOT ({_PLAIN})"
)
_MOVE = "INSERT INTO aside SELECT seq, " + events.COLUMNS + " FROM event WHERE seq = ?"  # noqa: S608 - constants


def is_needed(connection: sqlite3.Connection) -> bool:
    """Return whether anything that came into the log since it was looked at is unsound."""
    since = _looked_at(connection)
    late = "SELECT EXISTS (SELECT 1 FROM event WHERE seq > ? AND at > ?)"
    if connection.execute(late, (since, events.HORIZON)).fetchone()[0] and _moved(connection):
        return True
    rows = connection.execute(_OTHERS, (since,))
    return any(_sound_payload(row, {}) != row[-1] for _, *row in rows)


def note(connection: sqlite3.Connection) -> None:
    """Write down how far the log is sound, if that spares much; inside a transaction."""
    newest = _newest(connection)
    if newest - _looked_at(connection) >= _MANY and not is_needed(connection):
        events.set_meta(connection, _LOOKED_AT, str(newest))


def _newest(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0])


def _looked_at(connection: sqlite3.Connection) -> int:
    known = events.meta(connection, _LOOKED_AT) or ""
    newest = _newest(connection)
    # What nobody can have looked at, or a log that begins anew: all of it is looked at.
    sound = known.isascii() and known.isdigit() and len(known) <= len(str(newest))
    return int(known) if sound and int(known) <= newest else 0


def repair(connection: sqlite3.Connection) -> int:
    """Give made-up times sound ones, and set aside the events that are unsound.

    The order of the events stays, and so does which of them are one deed; undos and redos
    go on naming the deeds they named.

    Args:
        connection: where the log is, inside a transaction.

    Returns:
        How many events were set aside now.
    """
    aside = []
    moved = _moved(connection)
    # Ascending: a new time is free when it is given.
    connection.executemany(
        "UPDATE event SET at = ? WHERE at = ?", [(given, at) for at, given in moved.items()]
    )
    for seq, *row in connection.execute(_OTHERS, (0,)).fetchall():
        sound = _sound_payload(row, moved)
        if sound is None:
            aside.append((seq,))
        elif sound != row[-1]:
            connection.execute(
                "UPDATE event SET payload = ? WHERE seq = ?", (sound.decode("ascii"), seq)
            )
    if aside:
        connection.execute(_ASIDE)
        connection.executemany(_MOVE, aside)
        connection.executemany("DELETE FROM event WHERE seq = ?", aside)
    return len(aside)


def set_aside(connection: sqlite3.Connection) -> int:
    """Return how many events were ever set aside from a log."""
    there = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'aside')"
    if not connection.execute(there).fetchone()[0]:
        return 0
    return int(connection.execute("SELECT count(*) FROM aside").fetchone()[0])


def _sound_payload(row: list[Any], moved: dict[int, int]) -> bytes | None:
    """Return the payload that an event should have, None if the event is unsound.

    Args:
        row: what `_OTHERS` gives of it, without `seq`.
        moved: the times that become others.
    """
    columns, *texts = row
    if not columns:
        return None
    try:
        action, target, payload = (text.decode() for text in texts)
    except UnicodeDecodeError:
        return None
    said = events.unpacked(payload)
    if (not said and payload != "{}") or not event_schema.can_be_kept(said):
        return None
    sound = {name: _sound_value(name, value, moved) for name, value in said.items()}
    if event_schema.validate(action, target, sound):
        return None
    return texts[-1] if sound == said else events.packed(sound).encode("ascii")


def _moved(connection: sqlite3.Connection) -> dict[int, int]:
    """Return the times past the horizon that follow a gap, ascending, each with its new one."""
    horizon = events.HORIZON
    whole = "typeof(at) = 'integer'"
    known = connection.execute(
        f"SELECT max(at) FROM event WHERE at < ? AND {whole}",  # noqa: S608 - constant
        (horizon,),
    ).fetchone()
    newest, allowed = int(known[0] or 0), horizon
    beyond = f"SELECT DISTINCT at FROM event WHERE at >= ? AND {whole} ORDER BY at"  # noqa: S608 - constant
    moved: dict[int, int] = {}
    for (at,) in connection.execute(beyond, (horizon,)).fetchall():
        if at > allowed or moved:
            moved[at] = newest + len(moved) + 1
        else:
            newest, allowed = at, at + 1
    return moved


def _sound_value(name: str, value: object, moved: dict[int, int]) -> object:
    if type(value) is not int:
        return value
    if name == "deed":
        return moved.get(value, value)
    if name in {"until", "kept", "ended"}:
        value = moved.get(value, value)
        return value if event_schema.is_time(value) else events.sound_time(value)
    return value
