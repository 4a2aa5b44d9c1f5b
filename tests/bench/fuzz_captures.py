"""Damages captures at random and counts what goes wrong: it should count nothing.

    python tests/bench/fuzz_captures.py [30000] [--seed 1]

Captures of the corpus, made-up ones and, where they are, real ones are cut, doubled,
spliced, re-indented, filled with hostile lines and numbers, and re-encoded. For each:
a traceback is anything but a refusal or a result, a lost line is one whose words are
nowhere, over time is more than half a second and 5 s per megabyte.
"""

from __future__ import annotations

import argparse
import random
import sys
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.importers.mutations import checked, damaged, originals

_SHOWN = 5


def main() -> int:
    """Damage so many captures, print what went wrong, and return whether anything did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=30_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    texts = originals()
    tally: Counter[str] = Counter()
    for number in range(options.count):
        data = damaged(texts, random.Random(f"{options.seed}-{number}"))  # noqa: S311 - no secrets
        try:
            outcome = checked(data)
        except Exception:  # noqa: BLE001 - any is counted
            tally["tracebacks"] += 1
            if tally["tracebacks"] <= _SHOWN:
                print(f"-- capture {number}\n{traceback.format_exc()}")
            continue
        tally["refused" if outcome.refused else "read"] += 1
        tally["over time"] += outcome.slow
        tally["lost lines"] += len(outcome.faults)
        if (outcome.faults and tally["lost lines"] <= 3 * _SHOWN) or outcome.slow:
            print(f"-- capture {number}{', over time' * outcome.slow}: {outcome.faults[:2]}")
    wrong = ("tracebacks", "lost lines", "over time")
    print(f"{options.count} captures: {tally['read']} read, {tally['refused']} refused")
    print(", ".join(f"{tally[name]} {name}" for name in wrong))
    return 1 if any(tally[name] for name in wrong) else 0


if __name__ == "__main__":
    raise SystemExit(main())
