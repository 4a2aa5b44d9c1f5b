"""Bad ends for a record, and what must hold after each: for the tests and for `bench_ends`."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from probation_reader.record import Record

if TYPE_CHECKING:
    import random
    from pathlib import Path

_LIVING = """
import sys
from pathlib import Path
from probation_reader.record import Record
with Record.open(Path(sys.argv[1])) as record:
    number = 0
    while True:
        ids = [f"{sys.argv[2]}.{number}-{part}" for part in range(number % 4 + 1)]
        record.mark_read(ids)
        record.bookmark(ids[0], "words")
        print(*ids, flush=True)
        number += 1
"""


def killed(path: Path, life: int, chance: random.Random) -> int:
    """Mark and bookmark as fast as can be, be killed; return how often that was confirmed.

    Args:
        path: the record.
        life: a number no earlier life had.
        chance: says when to be killed.
    """
    post = f"life{life}"
    with subprocess.Popen(
        [sys.executable, "-c", _LIVING, str(path), post], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        confirmed = [process.stdout.readline() for _ in range(chance.randrange(60))]
        process.kill()
        confirmed += process.stdout.read().splitlines(keepends=True)
    whole = [line.split() for line in confirmed if line.endswith("\n")]
    with Record.open(path) as record:
        assert record.notices == []
        assert record.problems() == []
        read, kept = record.read_in(post), record.bookmarked_in(post)
    assert read.issuperset(name for ids in whole for name in ids)
    assert kept.issuperset(ids[0] for ids in whole)
    for name in read:
        number = int(name.partition(".")[2].partition("-")[0])
        assert {f"{post}.{number}-{part}" for part in range(number % 4 + 1)} <= read
    return len(whole)


_FULL_DISK = """
import resource, sys
from pathlib import Path
from probation_reader.errors import RecordError
from probation_reader.record import Record
path, post, room = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with Record.open(path) as record:
    record.mark_read([f"{post}.first"])
    largest = max(file.stat().st_size for file in path.parent.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + room, resource.RLIM_INFINITY))
    refused = number = 0
    while refused < 3:
        try:
            record.mark_read([f"{post}.{number}"])
            record.bookmark(f"{post}.{number}", "words " * 20)
            print(number, flush=True)
        except RecordError as error:
            assert "not kept" in str(error) and "Free some space" in str(error), error
            refused += 1
        number += 1
        assert len(record.read_in(post)) > 0
"""


def disk_full(path: Path, life: int, room: int) -> int:
    """Mark and bookmark until the disk is full; return how often that was confirmed.

    Args:
        path: the record.
        life: a number no earlier life had.
        room: bytes the files may still grow by.
    """
    post = f"full{life}"
    said = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(path), post, str(room)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    with Record.open(path) as record:
        assert record.notices == []
        assert record.problems() == []
        confirmed = {f"{post}.{number}" for number in said}
        assert confirmed <= record.read_in(post)
        assert confirmed <= record.bookmarked_in(post)
        assert record.mark_read([f"{post}.afterwards"]) == 1
    return len(said)


def cut_short(path: Path, whole: bytes, size: int) -> None:
    """Open a record of which only the beginning is left: it is set aside or as good as new.

    Args:
        path: where it is.
        whole: what stood in it.
        size: how many bytes of that are left.
    """
    path.write_bytes(whole[:size])
    before = {each.name for each in path.parent.iterdir()}
    with Record.open(path) as record:
        assert record.keeps
        assert record.mark_read(["new.a"]) == 1
        assert record.problems() == []
        assert len(record.notices) == (1 if size < len(whole) else 0)
        aside = {each.name for each in path.parent.iterdir()} - before
        aside -= {path.name + end for end in ("-wal", "-shm")}
        for name in aside:
            assert (path.parent / name).read_bytes() == whole[:size]
            (path.parent / name).unlink()
        assert len(aside) == (1 if 0 < size < len(whole) else 0)


_ONE_OF_TWO = """
import json, sys, time
from pathlib import Path
from probation_reader.record import Record
path, own, other, seconds = Path(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4])

def name(who, number):
    return f"{who}{number // 100}", f"{who}{number // 100}.{number}"

with Record.open(path) as record:
    print(flush=True)
    sys.stdin.readline()
    until = time.time() + seconds
    marked, seen, looking = [], [], True
    while looking:
        now = time.time()
        if now < until:
            assert record.mark_read([name(own, len(marked))[1]]) == 1
            marked.append(time.time())
        looking = now < until + 2
        post, wanted = name(other, len(seen))
        read = record.read_in(post)
        while wanted in read:
            seen.append(time.time())
            post, wanted = name(other, len(seen))
            read = record.read_in(post)
    print(json.dumps([marked, seen, record.notices]))
"""


def two_at_once(path: Path, seconds: float) -> tuple[int, int, float]:
    """Let two processes mark without a pause, each looking for the marks of the other.

    Args:
        path: the record.
        seconds: how long they mark.

    Returns:
        How many marks each made, and how many seconds passed at most from a mark
        till the other one saw it.
    """
    both = [
        subprocess.Popen(
            [sys.executable, "-c", _ONE_OF_TWO, str(path), *names, str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for names in (("p", "q"), ("q", "p"))
    ]
    for process in both:
        assert process.stdout is not None
        process.stdout.readline()
    said = []
    for process in both:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for process in both:
        said.append(json.loads(process.communicate()[0]))
        assert process.returncode == 0
    (ours, seen, notices), (theirs, seen_there, notices_there) = said
    assert notices == notices_there == []
    assert (len(seen), len(seen_there)) == (len(theirs), len(ours))
    delays = [
        at - marked
        for made, found in ((theirs, seen), (ours, seen_there))
        for marked, at in zip(made, found, strict=True)
    ]
    with Record.open(path) as record:
        assert record.problems() == []
        counts = record.read_counts()
        for name, marks in (("p", ours), ("q", theirs)):
            assert sum(n for post, n in counts.items() if post[0] == name) == len(marks)
    return len(ours), len(theirs), max(delays)
