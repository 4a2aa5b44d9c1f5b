"""A process that is killed at any step of writing, and several that write at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from probation_reader.search import Index
from tests.search.search_fixture import SearchFixture, thread

_OPEN = """
import pathlib, sys
from probation_reader.library import Library
from probation_reader.search import Index, sync
from probation_reader.errors import SearchError
sync.BATCH = 3
sync.MOST_SEGMENTS = 1
library = Library.open(pathlib.Path(sys.argv[1]))
index = Index.open(pathlib.Path(sys.argv[2]), library)
"""

_DIE = (
    _OPEN
    + """
import os, signal
from whoosh.filedb.compound import CompoundStorage
from whoosh.index import TOC
from probation_reader.search.engine.writer import CompactFieldWriter, CompactWriter
from probation_reader.search.engine.store import IndexStore

owner, name = {step}
before = getattr(owner, name)
calls = 0

def deadly(*args, **kwargs):
    global calls
    calls += 1
    if calls == {call} and {early}:
        os.kill(os.getpid(), signal.SIGKILL)
    result = before(*args, **kwargs)
    if calls == {call}:
        os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(owner, name, staticmethod(deadly) if owner is CompoundStorage else deadly)
index.sync()
print("survived")
"""
)
_STEPS = [
    "CompactFieldWriter, 'add_postings'",
    "CompoundStorage, 'assemble'",
    "TOC, 'write'",
    "CompactWriter, '_commit_toc'",
    "CompactWriter, 'add_reader'",
    "IndexStore, 'files'",
    "IndexStore, 'publish'",
    "IndexStore, 'sweep'",
]


def _answers(index: Index) -> list[tuple[int, list[str]]]:
    queries = ("licence", "NOT nothing", '"a licence"', "open*")
    found = [index.search(query, limit=1000) for query in queries]
    return [(one.total, sorted(hit.id for hit in one.hits)) for one in found]


def _afresh(fixture: SearchFixture, folder: Path) -> list[tuple[int, list[str]]]:
    index = Index.open(folder, fixture.library)
    index.sync()
    answers = _answers(index)
    index.close()
    return answers


def _run(program: str, fixture: SearchFixture, *more: str) -> subprocess.Popen[str]:
    library = str(fixture.folder.parent / "library.sqlite3")
    command = [sys.executable, "-c", program, library, str(fixture.folder), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
@pytest.mark.parametrize("built", [False, True], ids=["first build", "update"])
@pytest.mark.parametrize("early", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("step", _STEPS)
def test_a_kill_at_any_step_costs_nothing_but_time(
    fixture: SearchFixture, tmp_path: Path, step: str, *, early: bool, built: bool
) -> None:
    fixture.put(*(thread(f"Post {n}", [f"opening {n}", f"a licence {n}"]) for n in range(8)))
    if built:
        fixture.index.sync()
        fixture.put(thread("Post 3", ["opening 3", "no longer"]))
        fixture.put(*(thread(f"Post {n}", [f"opening {n}", f"licence {n}"]) for n in range(8, 12)))
    for call in (1, 2):
        with _run(_DIE.format(step=step, call=call, early=early), fixture) as dying:
            out, complaint = dying.communicate()
        assert complaint == ""
        assert out == ("" if dying.returncode else "survived\n")
        fixture.index.search("licence")  # answers, whatever was left

    fixture.put(thread("Last", ["opening last", "a last licence"]))
    fixture.reopen().sync()

    assert fixture.index.pending() == 0
    assert _answers(fixture.index) == _afresh(fixture, tmp_path / "afresh")
    assert len(list(fixture.folder.glob("b*"))) == 1
    left = {path.suffix for path in fixture.folder.glob("b*/*")} - {""}
    assert left == {".seg", ".toc"}


_BUSY = (
    _OPEN
    + """
from tests.search.search_fixture import thread
from probation_reader.library import SourceRecord
name = sys.argv[3]
for turn in range(12):
    one = thread(f"{name} {turn % 5}", [f"opening {name} {turn % 5}", f"a licence {name} {turn}"])
    library.store(SourceRecord(f"{one.post.id}.txt", "0" * 64, "bare", 1), [one])
    try:
        index.sync()
    except SearchError as error:
        assert "another copy" in str(error), error
    index.search("licence")
print("done")
"""
)


# Whoosh tries again where a segment was just taken away, and leaves to the collector
# what it had opened of the others.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_two_processes_write_and_search_at_once(fixture: SearchFixture, tmp_path: Path) -> None:
    fixture.put(thread("First", ["opening", "a licence"]))
    fixture.index.sync()
    with _run(_BUSY, fixture, "one") as one, _run(_BUSY, fixture, "other") as other:
        while one.poll() is None or other.poll() is None:
            assert fixture.index.search("licence").total >= 1
        for process in (one, other):
            out, complaint = process.communicate()
            assert (out, complaint) == ("done\n", "")

    fixture.index.sync()

    assert fixture.index.search("licence").total == 11
    assert _answers(fixture.index) == _afresh(fixture, tmp_path / "afresh")
