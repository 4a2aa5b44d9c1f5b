"""How fast commands that open no screen start, against `import click, sqlite3`.

Each command is run in turn with the bare imports, so that both meet the same
machine. Printed are medians, the median of the pairs' ratios and the ratio of the
fastest; a command is too slow where both ratios say so, since other work on the
machine disturbs now the one and now the other.
Run with ``--small`` for a short one.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BUDGET = 2.0
BARE = [sys.executable, "-c", "import click, sqlite3"]
PAGE = """\
Tuesday, 4 March 2025

The Waiting Room {0}

A chair was broken ({0}) and nobody came to mend it.

1 comment:

  1. The chair in our office has been broken since spring.

    ReplyDelete
"""
COMMANDS = {
    "list": ["list"],
    "list --json": ["list", "--json"],
    "unread --count": ["unread", "--count"],
    "mark read ID": ["mark", "read", "ID"],
    "bookmarks": ["bookmarks"],
    "show ID": ["show", "ID"],
}


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Return how long one process takes from start to end."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Measure every command and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="fewer runs")
    rounds = 11 if parser.parse_args().small else 31
    program = [sys.executable, "-m", "probation_reader"]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PROBATION_READER_HOME": f"{folder}/home"}
        # A program that is installed was compiled; here no run may leave that to the next.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        pages = Path(folder, "pages")
        pages.mkdir()
        for number in range(20):
            (pages / f"{number}.txt").write_text(PAGE.format(number), encoding="utf-8")
        subprocess.run(
            [*program, "import", pages], check=True, env=environment, stdout=subprocess.DEVNULL
        )
        listed = subprocess.run(
            [*program, "list"], check=True, env=environment, capture_output=True, text=True
        )
        post = listed.stdout.splitlines()[1].split()[0]
        subprocess.run(
            [*program, "bookmark", post], check=True, env=environment, stdout=subprocess.DEVNULL
        )
        print(f"a ratio must stay below {BUDGET}")
        print(f"{'command':<16}{'bare ms':>10}{'command ms':>12}{'ratio':>8}{'fastest':>10}")
        for name, words in COMMANDS.items():
            command = [*program, *(post if word == "ID" else word for word in words)]
            pairs = [
                (seconds(BARE, environment), seconds(command, environment)) for _ in range(rounds)
            ]
            bare, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
            ratio = statistics.median(after / before for before, after in pairs)
            best = min(after for _, after in pairs) / min(before for before, _ in pairs)
            over = "  OVER" if min(ratio, best) >= BUDGET else ""
            print(
                f"{name:<16}{bare * 1000:>10.1f}{ours * 1000:>12.1f}"
                f"{ratio:>8.2f}{best:>10.2f}{over}"
            )


if __name__ == "__main__":
    main()
