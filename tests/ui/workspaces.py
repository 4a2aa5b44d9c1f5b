"""Small libraries for the tests of the screen, and how to wait for what works beside it."""

from __future__ import annotations

import sqlite3
from contextlib import asynccontextmanager, closing
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from probation_reader import paths
from probation_reader.identity import PassageIds, post_id, post_keys
from probation_reader.library.records import SourceRecord
from probation_reader.model import Comment, Passage, Post, Section, SourceSpan, Thread
from probation_reader.outline import numbers
from probation_reader.ui.app import ReaderApp
from probation_reader.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.screen import Screen

    from probation_reader.errors import OptionsError
    from probation_reader.options import Options
    from probation_reader.ui.reader.screen import ReaderScreen

_SPAN = SourceSpan("page.txt", 1, 1)
Made = TypeVar("Made", Section, Comment)


def _passage(
    kind: type[Made],
    made: str,
    number: str,
    text: str,
    *,
    parent: str | None = None,
    depth: int = 0,
) -> Made:
    return kind(
        id=made,
        parent=parent,
        depth=depth,
        number=number,
        author=None,
        signed=False,
        published=None,
        text=text,
        source=_SPAN,
    )


def make_thread(
    title: str,
    replies: Sequence[tuple[int, str]],
    *,
    body: str = "What the post itself says.",
    published: date | None = date(2024, 4, 27),
    labels: tuple[str, ...] = (),
) -> Thread:
    """Return a thread; replies are (depth, text) in reading order."""
    post = post_id(post_keys(None, title, published, body))
    ids = PassageIds(post)
    section = _passage(Section, ids.section(body), "§1", body)
    passages: list[Passage] = [section]
    path: list[str] = []
    for number, (depth, text) in zip(numbers([d for d, _ in replies]), replies, strict=True):
        del path[depth:]
        parent = path[-1] if path else None
        made = ids.comment(parent, text)
        path.append(made)
        passages.append(_passage(Comment, made, number, text, parent=parent, depth=depth))
    return Thread(Post(post, title, published=published, labels=labels), tuple(passages))


GUEST = make_thread(
    "Guest Blog 97",
    [
        (0, "How long can a caseload grow before anyone counts it?"),
        (1, "Until the inspectors come."),
        (1, "They came, and the caseload grew."),
        (0, "Licence conditions are another matter."),
        (0, "\n".join(f"Line {number} of a long comment." for number in range(60))),
    ],
)
DIKTAT = make_thread(
    "A New Diktat",
    [(0, "Nobody asked the staff."), (0, "Nobody ever does, whatever the caseload.")],
    body="Another post altogether.",
    published=date(2025, 2, 13),
    labels=("Café",),
)
NOTE = make_thread(
    "A note without a date", [], body="Only a note.", published=None, labels=("YOT",)
)


def open_workspace(root: Path, threads: Iterable[Thread] = (GUEST, DIKTAT, NOTE)) -> Workspace:
    """Return a workspace under a folder, with these threads in its library."""
    workspace = Workspace.open(paths.resolve(root))
    for number, thread in enumerate(threads):
        source = SourceRecord(f"page{number}.txt", f"{number:064}", "numbered", 1)
        workspace.library.store(source, [thread])
    return workspace


def visited_long_ago(workspace: Workspace) -> None:
    """Have all that is here come in early in 2024 and the last visit end on the 2nd of March."""
    workspace.record.begin_visit()
    workspace.record.end_visit()
    came, ended = 1_704_100_000_000, 1_709_380_000_000
    with closing(sqlite3.connect(workspace.paths.library)) as library, library:
        library.execute("UPDATE arrival SET at = ?", (came,))
        library.execute("UPDATE passage SET arrived = ?", (came,))
    with closing(sqlite3.connect(workspace.paths.record)) as record, record:
        record.execute("UPDATE visit SET ended = ?", (ended,))


async def settled(pilot: Pilot[None]) -> None:
    """Wait until all workers have ended and what they said has been shown."""
    await pilot.pause()
    while list(pilot.app.workers):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


@asynccontextmanager
async def opened(
    workspace: Workspace,
    size: tuple[int, int] = (80, 24),
    *,
    open_id: str | None = None,
    sample: Path | None = None,
    dwell: float = 3600.0,
    options: Options | None = None,
    problems: Sequence[OptionsError] = (),
) -> AsyncIterator[tuple[Pilot[None], ReaderScreen]]:
    """Run the reader on a screen of this size; by default only moving on marks read."""
    app = ReaderApp(workspace, open_id=open_id, sample=sample, options=options, problems=problems)
    app.reader.pane._dwell = dwell
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield pilot, app.reader


async def press(pilot: Pilot[None], *pressed: str) -> None:
    """Press keys one after the other, each with all that follows from it."""
    for key in pressed:
        await pilot.press(key)
        await settled(pilot)


def ids(thread: Thread) -> list[str]:
    """Return the ids of a thread's passages."""
    return [passage.id for passage in thread.passages]


def screen_text(screen: Screen[Any]) -> str:
    """Return what a screen shows, as lines."""
    strips = screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)
