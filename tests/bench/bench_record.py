"""How long the personal record takes, against its budgets.

Run: ``python tests/bench/bench_record.py [--small]``. OVER marks what misses its
budget. Each mark is one call, on disk before it returns; the second writer
is another process that marks without a pause. The floor is the least SQLite
can do: one row in one durable transaction.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from probation_reader.record import Record, projections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MARK_MS = 2.0
_COUNTS_MS = 5.0
_UNDO_MS = 100.0

_SECOND_WRITER = """
import sys
from pathlib import Path
from probation_reader.record import Record
with Record.open(Path(sys.argv[1])) as record:
    number = 0
    while True:
        record.mark_read([f"other.{number}"])
        number += 1
        if number == 20:
            print("marking", flush=True)
"""


def _each(work: Callable[[int], object], times: int) -> tuple[float, float, float]:
    """Return the median, 95th percentile and maximum of some calls, in milliseconds."""
    took = []
    for number in range(times):
        began = perf_counter()
        work(number)
        took.append((perf_counter() - began) * 1000)
    return statistics.median(took), statistics.quantiles(took, n=20)[-1], max(took)


@contextmanager
def _second_writer(path: Path) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-c", _SECOND_WRITER, str(path)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield
        finally:
            process.kill()


def _floor(folder: Path, times: int) -> tuple[float, float, float]:
    with closing(sqlite3.connect(folder / "floor.sqlite3", isolation_level=None)) as plain:
        plain.execute("PRAGMA journal_mode = WAL")
        plain.execute("PRAGMA synchronous = FULL")
        plain.execute("CREATE TABLE mark (id TEXT PRIMARY KEY) WITHOUT ROWID")
        return _each(lambda n: plain.execute("INSERT INTO mark VALUES (?)", (f"p.{n}",)), times)


def _open_and_close(path: Path) -> None:
    Record.open(path).close()


def _fold(record: Record) -> None:
    connection = record._connection
    connection.execute("BEGIN")
    projections.fold(connection)
    connection.execute("ROLLBACK")


def _measure(path: Path, posts: int, marks: int, times: int) -> Iterator[tuple[str, ...]]:
    per_post = marks // posts
    ids = [[f"{post:012x}.{n:010x}" for n in range(per_post)] for post in range(posts)]
    with Record.open(path) as record:

        def mark(number: int) -> None:
            record.mark_read([f"some.{number}"])

        def mark_more(number: int) -> None:
            record.mark_read([f"more.{number}"])

        def mark_thread(number: int) -> None:
            record.mark_read([f"thread{number}.{part:010x}" for part in range(5000)])

        def mark_branch(number: int) -> None:
            record.mark_read([f"branch{number}.{part}" for part in range(1000)])

        began = perf_counter()
        record.mark_read(passage for of_post in ids for passage in of_post)
        took = (perf_counter() - began) * 1000
        yield (f"mark {marks:,} read in one deed", f"{took:.0f}", "", "", "")
        yield _row("durable mark", _each(mark, times), _MARK_MS)
        with _second_writer(path):
            row = _each(mark_more, times)
        yield _row("durable mark, second process writing", row, _MARK_MS)
        yield _row("mark 1,000 in one deed", _each(mark_branch, 20))
        mark_thread(0)
        yield _row("undo 5,000 marks of one step", _turns(record.undo, record.redo), _UNDO_MS)
        record.undo()
        yield _row("redo them", _turns(record.redo, record.undo), _UNDO_MS)
        size = f"{marks:,} marks, {posts:,} posts"
        yield _row(f"read counts ({size})", _each(lambda _: record.read_counts(), 50), _COUNTS_MS)
        yield _row("read marks of a post of 1,000", _each(lambda _: record.read_in("branch1"), 50))
        yield _row("changed elsewhere?", _each(lambda _: record.changed_elsewhere(), 1000))
        yield _row("open and close", _each(lambda _: _open_and_close(path), 20))
        live = {of_post[0].partition(".")[0]: frozenset(of_post[1:]) for of_post in ids}
        again = _each(lambda n: record.recount(live, library="one", reached=n), 3)
        yield _row("count every post anew", again)
        yield _row("fold the whole log", _each(lambda _: _fold(record), 3))
        assert not record.problems()


def _turns(turn: Callable[[], object], back: Callable[[], object]) -> tuple[float, float, float]:
    """Time one way of turning a step; the way back is not counted."""
    took = []
    for _ in range(20):
        began = perf_counter()
        turn()
        took.append((perf_counter() - began) * 1000)
        back()
    return statistics.median(took), statistics.quantiles(took, n=20)[-1], max(took)


def _row(
    name: str, took: tuple[float, float, float], budget: float | None = None
) -> tuple[str, ...]:
    verdict = "" if budget is None else f"p95 ≤ {budget:g}: {'ok' if took[1] <= budget else 'OVER'}"
    return (name, *(f"{value:.3f}" for value in took), verdict)


def main() -> None:
    """Print the table; what is over its budget says so."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a quick run on a tenth of the data")
    small = parser.parse_args().small
    posts, marks, times = (500, 15_000, 300) if small else (5_000, 150_000, 2_000)
    print(f"{'milliseconds':44}{'p50':>10}{'p95':>10}{'max':>10}")
    with TemporaryDirectory(dir=Path.home()) as folder:
        rows = [_row("floor: one row, one transaction", _floor(Path(folder), times))]
        rows += _measure(Path(folder) / "record" / "personal.sqlite3", posts, marks, times)
        for name, p50, p95, most, verdict in rows:
            print(f"{name:44}{p50:>10}{p95:>10}{most:>10}  {verdict}".rstrip())


if __name__ == "__main__":
    main()
