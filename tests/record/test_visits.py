"""When the last visit ended: closed, cut off, or still going on elsewhere."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from probation_reader.record import Record, events

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_VISITING = """
import sys
from pathlib import Path
from probation_reader.record import Record
with Record.open(Path(sys.argv[1])) as record:
    record.begin_visit()
    record.mark_read([sys.argv[2]])
    print("here", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _visitor(path: Path, marks: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that visits; it leaves when its input is closed."""
    with subprocess.Popen(
        [sys.executable, "-c", _VISITING, str(path), marks],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        yield process


def _moment(record: Record, action: str) -> datetime:
    """Return when something was done last."""
    times = [event.at for event in events.in_order(record._connection) if event.action == action]
    return datetime.fromtimestamp(times[-1] / 1000, UTC)


def test_the_first_visit_has_none_before_it(path: Path) -> None:
    with Record.open(path) as record:
        assert record.last_visit is None
        record.begin_visit()
        assert record.last_visit is None


def test_the_last_visit_is_the_one_that_ended_before_this_began(path: Path) -> None:
    with Record.open(path) as record:
        record.begin_visit()
    with Record.open(path) as record:
        ended = _moment(record, "visit-end")
        assert record.last_visit == ended
        record.mark_read(["p.a"])
        record.begin_visit()
        assert record.last_visit == ended
        record.end_visit()
        assert record.last_visit == _moment(record, "visit-end") > ended


def test_a_visit_that_was_cut_off_ended_with_its_last_event(path: Path) -> None:
    with _visitor(path, "p.a") as process:
        process.kill()
    with Record.open(path) as record:
        last = _moment(record, "read")
        record.mark_read(["p.b"])
        record.begin_visit()
        assert record.last_visit == last
    with Record.open(path) as record:
        assert record.last_visit == _moment(record, "visit-end") > last
        assert record.problems() == []


def test_a_visit_that_goes_on_elsewhere_has_not_ended(path: Path) -> None:
    with Record.open(path) as record:
        record.begin_visit()
    with _visitor(path, "p.a") as process:
        with Record.open(path) as record:
            ended = _moment(record, "visit-end")
            record.begin_visit()
            assert record.last_visit == ended
        with Record.open(path) as record:
            second = _moment(record, "visit-end")
            record.begin_visit()
            assert record.last_visit == second > ended
        assert process.stdin is not None
        process.stdin.close()
        process.wait()
    with Record.open(path) as record:
        assert record.last_visit == _moment(record, "visit-end") > second
        assert record.problems() == []


def test_a_visit_ends_by_the_clock_where_another_machine_is_ahead(path: Path) -> None:
    with Record.open(path) as record:
        record.begin_visit()
        record.merge([events.Event("fast", 1, 2_500_000_000_000, 0, "read", "p.a", {})])
        record.mark_read(["p.b"])
    with Record.open(path) as record:
        assert record.last_visit is not None
        assert record.last_visit <= datetime.now(UTC)
        assert record.posts_marked_since(record.last_visit) == {"p"}
    with _visitor(path, "p.c") as process:
        process.kill()
    with Record.open(path) as record:
        record.begin_visit()
        assert record.last_visit is not None
        assert record.last_visit <= datetime.now(UTC)
        assert record.problems() == []


def test_the_file_of_the_locks_is_private(path: Path) -> None:
    with Record.open(path) as record:
        record.begin_visit()
        assert (path.parent / "visits.lock").stat().st_mode & 0o777 == 0o600
