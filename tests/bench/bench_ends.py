"""Brings a record to many bad ends and counts what was confirmed and is there afterwards.

Run: ``python tests/bench/bench_ends.py [--small]``. 200 times a process marks and
bookmarks as fast as it can and is killed at a random moment; 50 times the disk
gets full; 200 times the file is cut short at a random byte; for 30 seconds two
processes mark at once. It stops at the first mark that is lost.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from tempfile import TemporaryDirectory

from probation_reader.record import Record
from tests.record import ends

_SEEN_WITHIN = 2.0


def main() -> None:
    """Print a line for each kind of end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of it")
    share = 10 if parser.parse_args().small else 1
    chance = random.Random(20260405)  # noqa: S311 - moments and places, not secrets
    with TemporaryDirectory(dir=Path.home()) as folder:
        path = Path(folder) / "killed" / "personal.sqlite3"
        lives = 200 // share
        confirmed = sum(ends.killed(path, life, chance) for life in range(lives))
        print(f"killed {lives} times: {confirmed:,} deeds were confirmed, all are there")
        lives = 50 // share
        full = Path(folder) / "full" / "personal.sqlite3"
        confirmed = sum(ends.disk_full(full, n, chance.randrange(3_000_000)) for n in range(lives))
        print(f"disk full {lives} times: {confirmed:,} deeds were confirmed, all are there")
        cuts, whole = 200 // share, full.read_bytes()
        for _ in range(cuts):
            ends.cut_short(full, whole, chance.randrange(len(whole)))
        print(f"cut short {cuts} times: set aside untouched each time, and gone on afresh")
        both = Path(folder) / "two" / "personal.sqlite3"
        ours, theirs, delay = ends.two_at_once(both, 30 / share)
        verdict = "ok" if delay <= _SEEN_WITHIN else "OVER"
        print(f"two at once: {ours:,} and {theirs:,} marks, none lost; seen by the other one")
        print(f"  after {delay:.3f} s at most (≤ {_SEEN_WITHIN:g}: {verdict})")
        with Record.open(both) as record:
            print(f"  and no problem in the record: {not record.problems()}")


if __name__ == "__main__":
    main()
