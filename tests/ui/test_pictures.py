"""What the reader looks like in the states that a person meets.

A picture is compared only after the words that make the state are found on the
screen. To accept new ones, having looked at them:
``.venv/bin/pytest tests/ui/test_pictures.py --snapshot-update``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.image import SVGImageSnapshotExtension

from probation_reader import config, ingest, paths
from probation_reader.library.records import SourceRecord
from probation_reader.model import Thread
from probation_reader.options import Options
from probation_reader.ui.app import ReaderApp
from probation_reader.workspace import Workspace
from tests.ui.picture import picture
from tests.ui.workspaces import ids, make_thread, press, screen_text, settled, visited_long_ago

#: The post of the sample that most pictures show.
POST = "Four Weeks of Reset"
#: Time marks nothing read.
_STILL = Options(read_after=3600.0)


@dataclass(frozen=True)
class State:
    """A state to look at.

    Args:
        name: what it is called.
        keys: what to press, as Textual names keys.
        says: words that must be on the screen.
        size: columns and rows.
        post: the title of the post to open, empty to start as at the first start.
        options: what the reader chose.
        sample: whether the sample is in the library.
        threads: threads to have in the library beside it.
        wrong: an options file with mistakes in it.
        pause: whether to pause after typing, so that the best hits are asked for.
        saved: words that are saved as searches, named as they are.
        later: a later capture of one of the threads, made on one day for good.
        arrived: threads that came in after a visit, in which ``threads`` were read.
    """

    name: str
    keys: tuple[str, ...]
    says: tuple[str, ...]
    size: tuple[int, int] = (80, 24)
    post: str = POST
    options: Options = _STILL
    sample: bool = True
    threads: tuple[Thread, ...] = ()
    wrong: str = ""
    pause: bool = False
    saved: tuple[str, ...] = ()
    later: Thread | None = None
    arrived: tuple[Thread, ...] = ()


_LINKS = make_thread(
    "Where to look",
    [
        (
            0,
            "The report is at https://example.org/report and its\nfigures are at http://example.com/figures.csv",
        ),
    ],
)

_BEFORE = make_thread(
    "Rooms for Rent",
    [
        (0, "Who signed the lease, and who was asked?"),
        (1, "Nobody on the ground floor."),
        (0, "We share one interview room between nine of us."),
        (1, "Nine? We are eleven."),
        (1, "There is a rota now."),
    ],
)
_AFTER = make_thread(
    "Rooms for Rent",
    [
        (0, "Who signed the lease, and who was asked?"),
        (1, "Nobody on the ground floor."),
        (0, "We share one interview room between nine of us."),
        (1, "Nine? We are eleven."),
        (1, "There is a rota now."),
        (2, "The rota hangs in the room, so nobody can read it while it is in use."),
        (
            0,
            "The lease runs out in the spring; then we shall see where we sit.",
        ),
    ],
)
_CAME = make_thread(
    "A Letter From the Region",
    [(0, "It says nothing."), (1, "It says it twice."), (0, "Mine has another signature.")],
    body="The letter that everybody had this morning, " * 30,
    published=date(2024, 5, 30),
)

#: A library that things came into since the last visit.
_SINCE: dict[str, Any] = {"post": "", "threads": (_BEFORE,), "arrived": (_AFTER, _CAME)}
#: From home to the second post, only what is new in it.
_NEWS = ("j", "tab", "t")

#: Three bookmarks: one with a tag, one with a note and two tags, one with neither.
_KEPT = (
    *("}", "e", *"#staffing", "enter"),
    *("}", "e", *"for the letter #staffing #law", "enter"),
    *("}", "b"),
)

_DAY = "2024-05-03T12:00:00+00:00"
_FIRST, _LATER = (
    make_thread("The stairs", said)
    for said in (
        [
            (0, "The lift has been out since Easter and nobody came to mend it."),
            (1, "Nobody ever comes to look at it."),
            (0, "The keys were handed back in an envelope."),
            (0, "There was a notice on the door, in pencil."),
        ],
        [
            (0, "The lift has been out since Easter. Somebody came, and could not mend it."),
            (1, "Nobody ever comes to look at it."),
            (0, "There was a notice on the door, in pencil."),
        ],
    )
)

STATES = (
    State("home", (), ("new since 2 Mar 2024", "+2 new in 2 branches"), (100, 30), **_SINCE),
    State("home-phone", ("j",), ("new since 2 Mar 2024", "+2 new"), (40, 20), **_SINCE),
    State("only-new", (*_NEWS, "g", "g"), ("(5 read)", "▸ 2.2", "2.2.1"), (100, 30), **_SINCE),
    State("only-new-phone", (*_NEWS, "+", "g", "g"), ("2.2.1",), (40, 20), **_SINCE),
    State("unread-list", ("escape",), ("Sample posts", "9 unread"), (100, 30)),
    State("open-thread", (), ("54 of 55 comments",), (100, 30)),
    State("folded-branches", ("z", "M"), ("▸ 11", "replies"), (100, 30)),
    State("deep-reply", ("}", *["space"] * 6), ("2.1.1.1",)),
    State("peek", ("}", *["space"] * 5, "i"), ("above",)),
    State("find", ("f", *"reset"), ("1 of",)),
    State("search-hits", ("/", *"caseload"), ("In this thread", "1 of 2"), (100, 30)),
    State(
        "saved-searches",
        ("escape", "g", "g"),
        ("saved searches", "caseload"),
        (100, 30),
        saved=("caseload", "is:bookmarked", "PSS date:2024", "supervisor"),
    ),
    State(
        "hits-not-grouped",
        ("/", *"room", "ctrl+o", "ctrl+t"),
        ("newest first", "1 of 5"),
        (100, 30),
    ),
    State("hits-phone", ("/", *"room"), ("1 of", "hits"), (40, 20)),
    State(
        "hits-ascii",
        ("/", *"room"),
        ("1 of", "hits"),
        options=replace(_STILL, signs="ascii", theme="terminal"),
    ),
    State("search-help", ("/", "?"), ("probat*", "words that begin so")),
    State("search-help-phone", ("/", "?"), ("officers leaving", "all of these"), (40, 20)),
    State("did-you-mean", ("/", *"caselaod lanyrad"), ("Did you mean",), pause=True),
    State("not-understood", ("/", *"after:never lanyards"), ("never",), pause=True),
    State("bookmarks", ("}", "b", "}", "b", "B"), ("Kept", "2 of 2")),
    State("bookmarks-filtered", (*_KEPT, "B", *"tag:st"), ("2 of 3", "#staffing 2"), (100, 30)),
    State("bookmarks-by-post", (*_KEPT, "B", "ctrl+o", "tab", "tab"), ("tag:staffing",), (40, 20)),
    State("tag-completion", (*_KEPT, "}", "e", *"why #st"), ("Tab #staffing",)),
    State(
        "links", ("}", "o"), ("example.org", "example.com"), post="Where to look", threads=(_LINKS,)
    ),
    State(
        "gone-and-edited",
        ("j",),
        ("gone from the capture of 3 May 2024", "edited"),
        post="The stairs",
        threads=(_FIRST,),
        later=_LATER,
    ),
    State(
        "both-texts",
        ("j", "v"),
        ("1 until 3 May 2024", "{+"),
        post="The stairs",
        threads=(_FIRST,),
        later=_LATER,
    ),
    State(
        "muted-branch",
        ("}", "M", "enter", "enter", "}", "M", *"word every", "enter", "enter"),
        ("muted: branch", "muted: word"),
        (100, 30),
    ),
    State(
        "mutes",
        ("}", "M", "enter", "enter", "}", "M", *"word every", "enter", "enter", "m", "m"),
        ("Muted, Enter lifts", "2 of 2"),
    ),
    State("help", ("?",), ("Reading a thread",)),
    State("empty-library", (), ("There are no posts here yet.",), post="", sample=False),
    State("error", (), ("config.toml:1",), wrong="theme = 'drak'", size=(100, 30)),
    State("phone", ("}", "}", "space"), ("2.1",), (40, 20)),
    State(
        "high-contrast", ("}", "b"), ("1 of 54",), options=replace(_STILL, theme="high-contrast")
    ),
    State("ascii", ("}", "}", "b"), ("2 of 54",), options=replace(_STILL, signs="ascii")),
)


def _on_one_day(library: Path) -> None:
    """Have all that changed in a library changed on the same day, whenever this runs."""
    with closing(sqlite3.connect(library)) as connection, connection:
        connection.execute("UPDATE passage SET gone = ? WHERE gone IS NOT NULL", (_DAY,))
        connection.execute("UPDATE passage_version SET replaced = ?", (_DAY,))


@pytest.fixture
def opened_at(tmp_path: Path) -> Iterator[Callable[[State], ReaderApp]]:
    """Return what makes the reader for a state."""
    with ExitStack() as closing:

        def make(state: State) -> ReaderApp:
            workspace = closing.enter_context(Workspace.open(paths.resolve(tmp_path)))
            corpus = paths.corpus()
            assert corpus is not None
            if state.sample:
                list(ingest.bring_sample(workspace, corpus))
                ingest.update_index(workspace, lambda *_: None)
            for thread in state.threads:
                workspace.library.store(SourceRecord("page.txt", "0" * 64, "numbered", 1), [thread])
            if state.arrived:
                workspace.record.mark_read([id_ for one in state.threads for id_ in ids(one)])
                visited_long_ago(workspace)
            for number, thread in enumerate(state.arrived):
                source = SourceRecord(f"later{number}.txt", f"{number:064}", "numbered", 1)
                workspace.library.store(source, [thread])
            if state.later is not None:
                workspace.library.store(SourceRecord("late.txt", "1" * 64, "", 1), [state.later])
                _on_one_day(workspace.paths.library)
            titles = {row.post.title: row.post.id for row in workspace.library.posts()}
            for words in state.saved:
                workspace.record.save_search(words, words)
            wrong = config.read(state.wrong, "config.toml").problems
            open_id = titles.get(state.post)
            return ReaderApp(workspace, open_id=open_id, options=state.options, problems=wrong)

        yield make


@pytest.mark.slow
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
async def test_the_screen_looks_as_it_did(
    state: State, opened_at: Callable[[State], ReaderApp], snapshot: SnapshotAssertion
) -> None:
    app = opened_at(state)
    async with app.run_test(size=state.size) as pilot:
        await settled(pilot)
        await press(pilot, *state.keys)
        if state.pause:
            app.reader.searching.ask_best()
        if not state.wrong:
            app.reader.status.clear_message()  # in a picture nothing passes
        await settled(pilot)
        shown = screen_text(app.screen)
        missing = [words for words in state.says if words not in shown]
        assert not missing, shown
        assert picture(app) == snapshot(extension_class=SVGImageSnapshotExtension)
