"""A home with hostile text in every place that keeps text or takes it from outside.

The text of each place begins with a marker of its own and an escape: that a place was
shown, and the escape by its sign, is seen from the two. What a door of the program
would make safe or refuse is written into the file behind it.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from probation_reader import paths
from probation_reader.library.records import SourceRecord
from probation_reader.model import Span
from probation_reader.record import Drafts, exchange
from probation_reader.record.events import Event
from probation_reader.workspace import Workspace
from tests.ui.workspaces import make_thread

if TYPE_CHECKING:
    from pathlib import Path

    from probation_reader.model import Passage, Thread

C0 = "".join(map(chr, (*range(9), *range(11, 32), 127)))
C1 = "".join(map(chr, range(128, 160)))
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HIDDEN = "\u206a\ufff9\U000e0041"
LINES = "one\ntwo\tthree\u2028four\u2029five"
MARKUP = "[/] [bold]x[/bold] [link=y] \\["
SEQUENCES = "\x1bc\x1b]52;c;aGk=\x07\x1b]0;title\x1b\\\x1b[2J\x1bP+q544e\x1b\\\x9b6n"
#: All of it, as text that any place can hold which holds any text.
HOSTILE = f"{SEQUENCES}{C1}{C0}{BIDI}{HIDDEN}{MARKUP}{LINES}"
#: What a word to mute can hold.
MUTABLE = f"\u202e{BIDI}{HIDDEN}{MARKUP}".casefold().rstrip()
#: What a file can be called.
NAME = f"{SEQUENCES}{C0}{BIDI}".replace("\0", "").replace("/", "")

#: What reaches no screen row and no line of a command's output as itself.
NEVER = re.compile(
    f"[\x00-\x1f\x7f-\x9f\ud800-\udfff{BIDI}\u2028\u2029\u206a-\u206f\ufff9-\ufffb\U000e0001-\U000e007f]"
)
#: The same for text of several lines.
NEVER_IN_TEXT = re.compile(NEVER.pattern.replace("\x00-\x1f", "\x00-\x08\x0b-\x1f"))


def hostile(place: str) -> str:
    """Return the hostile text of a place."""
    return f"{mark(place)}{HOSTILE}\ud800"


def mark(place: str) -> str:
    """Return the marker of a place, which is a word of its own to every search."""
    return f"k{place}"


def shown(place: str, text: str) -> bool:
    """Return whether the text of a place stands somewhere, its first control as a sign."""
    found = re.search(f"{mark(place)}(␛|‹202[Ee]›|\\\\u001b|\\\\u202e)", text, re.IGNORECASE)
    return found is not None


LINK = "https://example.org/kLINK\u202e\x9b6n and https://kLINKHOST\u202eb.example/x"
#: What a reader opens without a question.
CALM_LINK = "https://example.org/calm"

_SAID = "The probation stairs are wet."


def _thread() -> Thread:
    replies = [
        (0, f"{_SAID} {hostile('COMMENT')}"),
        (1, f"{_SAID} {hostile('REPLY')} See {LINK}"),
        (0, f"{_SAID} Kept with words of its own, and {CALM_LINK}"),
        (0, f"{_SAID} Edited, the lift has been out since Easter. {hostile('LATER')}"),
    ]
    body = f"{_SAID} {hostile('BODY')}"
    thread = make_thread(hostile("TITLE"), replies, body=body, labels=(hostile("LABEL"),))
    post = replace(
        thread.post,
        author=hostile("POSTER"),
        url=f"https://example.org/{hostile('URL')}",
        announced=99,
    )
    return replace(thread, post=post, passages=tuple(map(_signed, thread.passages)))


def _signed(passage: Passage) -> Passage:
    link = Span("link", 0, 3, f"https://example.org/{hostile('TARGET')}")
    return replace(passage, author=hostile("AUTHOR"), spans=(link,))


def _before(thread: Thread) -> Thread:
    """Return the thread as it was before its last comment was edited."""
    *others, last = thread.passages
    text = f"{_SAID} Edited, the lift has been out since Easter. {hostile('EARLIER')}"
    return replace(thread, passages=(*others, replace(last, id=f"{last.id}0", text=text)))


def _events(thread: Thread) -> list[Event]:
    """Return what another machine brings."""
    comments = [comment.id for comment in thread.comments]
    did: list[tuple[str, str, dict[str, object]]] = [
        (
            "bookmark",
            comments[2],
            {"quote": hostile("QUOTE"), "note": hostile("NOTE"), "tags": [hostile("TAG"), "tag"]},
        ),
        ("bookmark", "pgone.x", {"quote": hostile("GONE"), "note": "", "tags": []}),
        ("save-search", f"search:{_kept(hostile('SAVED'))}", {"words": hostile("QUERY")}),
        ("mute", f"mute:word::{mark('MUTED').lower()}{MUTABLE}", {}),
        ("mute", f"mute:by::{mark('SILENCED').lower()}{MUTABLE}", {}),
        ("position", thread.post.id, {"passage": comments[0], "line": 0, "view": _VIEW}),
        ("of-a-later-version", _kept(hostile("TARGETED")), {hostile("KEY"): hostile("VALUE")}),
    ]
    return [Event("kMACHINE", n, n, 0, *deed) for n, deed in enumerate(did, 1)]


_VIEW = {"way": "tree", "but": [f"kFOLDED{SEQUENCES}"]}


#: What only another program writes into a library.
_ALTERED = {
    "NUMBER": "UPDATE passage SET number = ? WHERE depth = 1",
    "LAYOUT": "UPDATE source SET layout = ?",
}


def _kept(text: str) -> str:
    """Return text as an id can hold it."""
    return text.replace("\0", "").replace("\ud800", "")


def _options() -> str:
    values = {
        place: json.dumps(_kept(hostile(place))).replace("\x7f", "\\u007f")
        for place in ("CONFIG", "OPTION", "KEYNAME", "ACTION", "WHERE")
    }
    # TOML has no pairs of surrogates.
    values = {place: value.replace("\\udb40\\udc41", "") for place, value in values.items()}
    return (
        f"preset = {values['CONFIG']}\n{values['OPTION']} = 1\n[keys.thread]\n"
        f'{values["KEYNAME"]} = "fold"\nx = {values["ACTION"]}\n'
        f'[keys.{values["WHERE"]}]\nx = "fold"\n'
    )


def fill(root: Path) -> Thread:
    """Put hostile text into every place of a home.

    Args:
        root: the folder of everything, as ``--data-dir`` takes it.

    Returns:
        The thread that the home is about; its comments are a reply, a kept one and an edited one.
    """
    home = paths.resolve(root)
    thread = _thread()
    with Workspace.open(home) as workspace:
        for number, captured in enumerate((_before(thread), thread)):
            source = SourceRecord(f"/pages/{hostile('SOURCE')}", f"{number:064}", "numbered", 1)
            workspace.library.store(source, [captured])
        events = _events(thread)
        lines = [exchange.head(len(events)), *map(exchange.line, events)]
        refused: list[Exception] = []
        workspace.record.merge(
            exchange.read([line.encode() for line in lines], "elsewhere", refused.append)
        )
        assert not refused, refused
        workspace.record.remember_search("probation")
    with closing(sqlite3.connect(home.record)) as record, record:
        words = hostile("HISTORY").replace("\ud800", "")
        record.execute("INSERT INTO searched (words) VALUES (?)", (words,))
        record.execute(
            "INSERT INTO event (machine, number, at, visit, action, target, payload)"
            " VALUES (?, 1, 1, 0, 'read', ?, '{}')",
            (_kept(hostile("UNSOUND")), _kept(hostile("UNSOUND"))),
        )
    with closing(sqlite3.connect(home.library)) as library, library:
        for place, change in _ALTERED.items():
            library.execute(change, (_kept(hostile(place)),))
    drafts = Drafts(home.drafts)
    drafts.keep(thread.comments[1].id, hostile("DRAFT"))
    now = round(datetime.now(UTC).timestamp() * 1000)
    stray = {"target": hostile("STRAY"), "text": hostile("STRAY"), "at": now - 1}
    (home.drafts / f"{NAME[:40]}.json").write_text(json.dumps(stray))
    home.config.mkdir(parents=True, exist_ok=True)
    home.options_file.write_text(_options(), encoding="utf-8")
    return thread
