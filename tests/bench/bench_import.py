"""How fast captures become threads, against bare iteration over the same lines.

    python tests/bench/bench_import.py [--small] [--megabytes 100] [--layout numbered]

The captures are written by tests/importers/generate.py: made-up words in the
statistics of the real captures. Each file is read once by ``for line in file``
and once by the importer, three times over; the best of each counts. Memory is
measured in a pass of its own, over the largest file.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

from probation_reader.importers import import_source
from probation_reader.importers.source import read_source

GENERATOR = Path(__file__).resolve().parent.parent / "importers" / "generate.py"
ROUNDS = 3


def iterate(files: list[Path]) -> float:
    """Return the seconds that bare line iteration takes."""
    started = time.perf_counter()
    for path in files:
        with path.open(encoding="utf-8") as file:
            for _ in file:
                pass
    return time.perf_counter() - started


def parse(files: list[Path]) -> tuple[float, int]:
    """Return the seconds that reading takes, and how many passages it gives."""
    passages = 0
    started = time.perf_counter()
    for path in files:
        result = import_source(read_source(path))
        passages += sum(len(thread.passages) for thread in result.threads)
    return time.perf_counter() - started, passages


def peak(path: Path) -> int:
    """Return the most memory that reading one file holds, in bytes."""
    tracemalloc.start()
    import_source(read_source(path))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def measure(layout: str, megabytes: float, comments: int) -> None:
    """Print one line of figures for one layout."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--megabytes", str(megabytes), "--layout", layout, "--comments", str(comments)]
        subprocess.run([sys.executable, str(GENERATOR), folder, *options], check=True)
        files = sorted(Path(folder).iterdir())
        size = sum(path.stat().st_size for path in files)
        bare = read = float("inf")
        for _ in range(ROUNDS):
            bare = min(bare, iterate(files))
            seconds, passages = parse(files)
            read = min(read, seconds)
        largest = max(files, key=lambda path: path.stat().st_size)
        memory = peak(largest) / largest.stat().st_size
    print(
        f"{layout:9} {size / 1e6:6.1f} MB {passages:7} passages"
        f"  lines {size / bare / 1e6:5.0f} MB/s  import {size / read / 1e6:5.1f} MB/s"
        f"  1/{read / bare:.1f} of lines  {read / passages * 1e6:5.1f} µs/passage"
        f"  peak {memory:.1f} × the largest file"
    )


def main() -> None:
    """Measure one layout, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="two megabytes only")
    parser.add_argument("--megabytes", type=float, default=100)
    parser.add_argument("--layout", help="one layout only")
    parser.add_argument("--comments", type=int, default=200, help="comments per file")
    options = parser.parse_args()
    megabytes = 2 if options.small else options.megabytes
    layouts = [options.layout] if options.layout else ["numbered", "glued", "listing", "single"]
    for layout in layouts:
        measure(layout, megabytes, options.comments)


if __name__ == "__main__":
    main()
