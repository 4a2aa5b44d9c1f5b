"""Puts random rows into records and files that are merged, and counts what goes wrong: nothing.

    python tests/bench/fuzz_record.py [500] [--seed 1]

For each an own home reads a page, meets the rows in its log or in a merged file, and then
every command that asks the record, undo and a bookmark are run: a fault is any traceback,
an exit code but 0 and 1, or a bookmark that another home does not take.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.cli.program import PAGE
from tests.record.hostile_rows import checked

_SHOWN = 10


def main() -> int:
    """Run so many cases, print what went wrong, and return whether anything did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    faults = 0
    for number in range(options.count):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder, "page.txt")
            page.write_text(PAGE, "utf-8")
            for fault in checked(Path(folder), page, f"{options.seed}-{number}"):
                faults += 1
                if faults <= _SHOWN:
                    print(f"-- case {number}: {fault}")
    print(f"{options.count} records: {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
