"""How long a record of a million events takes: to carry, to merge, to read by.

Run: ``python tests/bench/bench_merge.py [--small]``. OVER marks what misses its
budget. The library holds 5,000 posts with 30 comments each and one of 1,000; the
events are another machine's: reading, mostly, and some of everything else. The
floor is SQLite alone: one row in one durable transaction, beside a second process
that does the same and rests 2 ms in between, as one does that marks beside the
marks. A mark may take 2 ms, or on a slow disk three times the floor: of marks the
95th percentile counts, of what only reads the best of 40.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from probation_reader import paths
from probation_reader.record import Record, exchange
from probation_reader.record.events import Event
from probation_reader.workspace import Workspace
from tests.bench.line_homes import others
from tests.library.pages import source, thread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from probation_reader.errors import RecordError

_LIST_MS = 15.0
_THREAD_MS = 5.0
_MARK_MS = 2.0
_TIMES_FLOOR = 3.0
_COUNT_MS = 150.0
#: Longer than this a merge may keep no other session from marking.
_WAIT_MS = 2000.0
_FIRST = 1_600_000_000_000

_PLAIN_WRITER = """
import sqlite3, sys, time
with sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60) as plain:
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("PRAGMA synchronous = FULL")
    for number in range(10**9):
        plain.execute("INSERT INTO mark VALUES (?)", (f"other.{number}",))
        time.sleep(0.002)
        if number == 20:
            print("marking", flush=True)
"""
_WRITER = """
import sys, time
from pathlib import Path
from probation_reader.record import Record
with Record.open(Path(sys.argv[1])) as record:
    for number in range(10**9):
        record.mark_read([f"other.{number}"])
        time.sleep(0.002)
        if number == 20:
            print("marking", flush=True)
"""
_WAITER = """
import sys, time
from pathlib import Path
from probation_reader.record import Record
with Record.open(Path(sys.argv[1])) as record:
    most = number = 0
    print("marking", flush=True)
    while not Path(sys.argv[2]).exists():
        began = time.perf_counter()
        record.mark_read([f"waiting.{number}"])
        most = max(most, time.perf_counter() - began)
        number += 1
        time.sleep(0.01)
    print(most * 1000)
"""


def _log(ids: Sequence[str], count: int) -> Iterator[Event]:
    chance = random.Random(8)  # noqa: S311 - for figures
    at = _FIRST
    for number in range(1, count + 1):
        at += chance.choice((1, 800, 1200))
        id_, kind = ids[number % len(ids)], chance.random()
        action, target, payload = _did(id_, kind, at, chance)
        yield Event("elsewhere", number, at, 1, action, target, payload)


def _did(
    id_: str, kind: float, at: int, chance: random.Random
) -> tuple[str, str, dict[str, object]]:
    post = id_.partition(".")[0]
    table: list[tuple[float, str, str, dict[str, object]]] = [
        (0.70, "read", id_, {"passing": True}),
        (0.88, "read", id_, {}),
        (0.92, "unread", id_, {}),
        (0.96, "position", post, {"passage": id_, "line": chance.randrange(9)}),
        (0.98, "bookmark", id_, {"quote": "words " * 40, "note": None, "tags": ["law"]}),
        (0.99, "undo", "", {"deed": at - 800}),
        (1.00, "visit-end", "", {}),
    ]
    return next(row[1:] for row in table if kind <= row[0])


def _ms(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def _p95(work: Callable[[int], object], times: int) -> float:
    took = sorted(_ms(partial(work, number)) for number in range(times))
    return took[int(times * 0.95)]


def _best(work: Callable[[], object]) -> float:
    """Return what something takes when nothing else is going on."""
    return min(_ms(work) for _ in range(40))


@contextmanager
def _beside(writer: str, path: Path) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-c", writer, str(path)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield
        finally:
            process.kill()


def _row(name: str, took: float, budget: float | None = None) -> None:
    """Print what took how many milliseconds, and its budget."""
    verdict = ""
    if budget is not None:
        verdict = f"≤ {budget:.1f}: {'ok' if took <= budget else 'OVER'}"
    print(f"{name:52}{took:>12,.1f}  {verdict}".rstrip(), flush=True)


def _long_row(name: str, work: Callable[[], object]) -> None:
    """Do something that takes seconds; print how long, and how long on the processor."""
    before = process_time()
    _row(name, _ms(work))
    _row("  on the processor", (process_time() - before) * 1000)


def _refuse(error: RecordError) -> None:
    raise error


def _filled(workspace: Workspace, posts: int) -> tuple[list[str], str]:
    """Store the posts; return the ids of all passages, and the post with 1,000 comments."""
    words = next(others(1, 1000, 73)).passages
    said = [(passage.depth, passage.text) for passage in words[1:]]
    one = thread(said, title="The long one", day=date(2024, 4, 27), body=["It was long."])
    workspace.library.store(source("0" * 64, path="0.txt"), [one])
    (long,) = workspace.library.posts()
    threads = others(posts, 30, 73)
    workspace.library.store(source("1" * 64, path="1.txt"), list(threads))
    ids = [
        id_
        for row in workspace.library.posts()
        for id_ in workspace.library.passage_ids(row.post.id)
    ]
    return ids, long.post.id


def _carry(record: Record, file: Path, count: int) -> None:
    size = f"{count:,} events"

    def merge() -> None:
        with file.open("rb") as opened:
            record.merge(exchange.read(opened, file.name, _refuse))

    done = file.with_suffix(".done")
    with subprocess.Popen(
        [sys.executable, "-c", _WAITER, str(record.path), str(done)],
        stdout=subprocess.PIPE,
        text=True,
    ) as waiting:
        assert waiting.stdout is not None
        waiting.stdout.readline()
        _long_row(f"merge {size} into an empty record", merge)
        done.touch()
        waited = float(waiting.stdout.read())
    _row("  meanwhile another session waits to mark at most", waited, _WAIT_MS)
    _long_row("merge the same again", merge)
    more = [Event("third", n, _FIRST + 7 * n, 0, "read", f"p.{n}", {}) for n in range(1, 101)]
    _row("merge 100 more, older than most", _ms(lambda: record.merge(more)))
    _long_row(f"export {size}", lambda: sum(map(len, record.exported())))


def _read_by(workspace: Workspace, long: str) -> None:
    library, record = workspace.library, workspace.record
    _row("count what is read after the merge", _ms(workspace.refresh_counts))
    _row("list all posts, the first time", _ms(workspace.post_summaries))
    _row("list all posts", _best(workspace.post_summaries), _LIST_MS)

    def open_thread() -> None:
        library.thread(long)
        record.read_in(long)
        record.bookmarked_in(long)
        record.position(long)

    _row("a thread of 1,000 with its marks", _best(open_thread), _THREAD_MS)
    _row("the last 20 deeds", _best(lambda: record.deeds(20)))


def _mark(record: Record, folder: Path, times: int) -> None:
    plain_file = folder / "floor.sqlite3"
    with closing(sqlite3.connect(plain_file, isolation_level=None, timeout=60)) as plain:
        plain.execute("PRAGMA journal_mode = WAL")
        plain.execute("PRAGMA synchronous = FULL")
        plain.execute("CREATE TABLE mark (id TEXT PRIMARY KEY) WITHOUT ROWID")
        insert = "INSERT INTO mark VALUES (?)"
        with _beside(_PLAIN_WRITER, plain_file):
            floor = _p95(lambda n: plain.execute(insert, (f"p.{n}",)), times)
    _row("floor: one durable row, a second process writing", floor)
    with _beside(_WRITER, record.path):
        took = _p95(lambda n: record.mark_read([f"some.{n}"]), times)
    budget = max(_MARK_MS, _TIMES_FLOOR * floor)
    _row("durable mark, a second process writing", took, budget)
    _row("undo it", _p95(lambda _: record.undo(), 100))


def _count(root: Path) -> None:
    command = [sys.executable, "-m", "probation_reader", "--data-dir", str(root)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(10):
        subprocess.run([*command, "unread", "--count"], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    _row("unread --count, the program's time on the processor", took * 100, _COUNT_MS)


def main() -> None:
    """Print the table; what is over its budget says so."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a quick run on a tenth of the data")
    share = 10 if parser.parse_args().small else 1
    count = 1_000_000 // share
    print(f"{'milliseconds (of marks the 95th percentile)':52}{'':>12}")
    with TemporaryDirectory(dir=Path.home()) as folder:
        root = Path(folder) / "home"
        with Workspace.open(paths.resolve(root)) as workspace:
            ids, long = _filled(workspace, 5_000 // share)
            file = Path(folder) / "elsewhere.jsonl"
            lines = map(exchange.line, _log(ids, count))
            file.write_text("\n".join([exchange.head(count), *lines]) + "\n", encoding="ascii")
            _carry(workspace.record, file, count)
            _read_by(workspace, long)
            _mark(workspace.record, Path(folder), 1000 // share)
            _count(root)
            assert not workspace.record.problems()
        _row("open and close", _ms(lambda: Record.open(paths.resolve(root).record).close()))


if __name__ == "__main__":
    main()
