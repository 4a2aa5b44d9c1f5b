"""Whether reading grows with what is read: each shape at one size and at twice that size.

    python tests/bench/bench_growth.py [--small] [--shape NAME] [--target NAME]

Every shape (a text that repeats one thing) is put into every place of every layout, and
is given to the query parser, the mute rules, the reader of config.toml and the finder
of links. The figure is the time at twice the size against the time at the size: 2 where
it is linear, 4 where it is quadratic. Times are of the processor, the least of several;
the size is the one that is long enough to be measured. What takes next to no time at the
largest size is shown as a dash.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from probation_reader import config, mutes
from probation_reader.errors import ReaderError
from probation_reader.importers import captures, import_source
from probation_reader.importers.source import source_from_bytes
from probation_reader.links import links_of
from probation_reader.model import Comment, SourceSpan
from probation_reader.search.query.parser import parse
from tests.bench.growth_shapes import PLACES, SHAPES

if TYPE_CHECKING:
    from probation_reader.importers.base import Importer

BUDGET = 2.6
#: A size is long enough if it takes so many seconds, and is never more than so many characters.
ENOUGH, LARGEST, SMALLEST = 0.004, 128_000, 16_000
SMALL_ENOUGH, SMALL_LARGEST = 0.002, 16_000
#: How often each is measured, and again where the figure is over the budget.
RUNS, MORE_RUNS = 3, 9

Work = Callable[[str], object]


def works() -> Iterator[tuple[str, Work]]:
    """Yield each target with what it does with a shape, once for every place in captures."""
    for layout in captures.LAYOUTS:
        for before, after in PLACES[layout.name].values():
            yield layout.name, _in_layout(layout, before, after)
            yield "import", _in_import(before, after)
    yield "import", _in_import("", "")
    yield "query", parse
    yield "query", lambda text: parse(text, typing=True)
    yield "links", links_of
    yield "links", lambda text: links_of(f"see http://a.example/{text} or www.b.example\n")
    yield "mutes", _muted_in
    yield "mutes", _muted_by
    yield "config", lambda text: config.read(text, "config.toml")


def _in_layout(layout: Importer, before: str, after: str) -> Work:
    def read(text: str) -> None:
        with suppress(ReaderError):
            source = source_from_bytes(f"{before}{text}{after}".encode(), "page.txt")
            if layout.recognises(source):
                layout.read(source)

    return read


def _in_import(before: str, after: str) -> Work:
    def read(text: str) -> None:
        with suppress(ReaderError):
            import_source(source_from_bytes(f"{before}{text}{after}".encode(), "page.txt"))

    return read


def _muted_in(text: str) -> object:
    rules = [mutes.Rule.word(word) for word in ("word", "x", "1 1", "mute me")]
    return mutes.muted([*rules, mutes.Rule.by("Getafix")], [_comment(f"{text} mute\n{text}")])


def _muted_by(text: str) -> object:
    with suppress(ValueError):
        return mutes.muted([mutes.Rule.word(text)], [_comment(f"{text} and {text}")])
    return None


def _comment(text: str) -> Comment:
    id_ = "0123456789ab.0123456789"
    return Comment(id_, None, 0, "1", None, False, None, text, SourceSpan("page.txt", 1, 1))  # noqa: FBT003 - a plain tuple of fields


def seconds(work: Work, text: str, runs: int) -> float:
    """Return the least processor time of several runs."""
    best = float("inf")
    for _ in range(runs):
        started = time.process_time()
        work(text)
        best = min(best, time.process_time() - started)
    return best


def growth(
    work: Work, shape: Callable[[int], str], enough: float = ENOUGH, largest: int = LARGEST
) -> float | None:
    """Return how many times longer twice the size takes, None if it takes no time."""
    size = min(SMALLEST, largest // 2)
    while (taken := seconds(work, shape(size), 1)) < enough and size < largest:
        size *= 2
    if taken < enough / 2:
        return None
    ratio = float("inf")
    for times, runs in ((1, RUNS), (1, MORE_RUNS), (2, MORE_RUNS)):
        once = seconds(work, shape(times * size), runs)
        ratio = min(ratio, seconds(work, shape(2 * times * size), runs) / once)
        if ratio <= BUDGET:
            break
    return ratio


def main() -> int:
    """Print one line for each shape, and return whether any is over the budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="smaller sizes")
    parser.add_argument("--shape", help="this shape only")
    parser.add_argument("--target", help="this target only")
    options = parser.parse_args()
    sizes = (SMALL_ENOUGH, SMALL_LARGEST) if options.small else (ENOUGH, LARGEST)
    todo = [(name, work) for name, work in works() if options.target in {None, name}]
    targets = list(dict.fromkeys(name for name, _ in todo))
    print(f"{'':34}", *(f"{target:>8}" for target in targets))
    over = []
    for name, shape in SHAPES.items():
        if options.shape not in {None, name}:
            continue
        worst: dict[str, float] = {}
        for target, work in todo:
            ratio = growth(work, shape, *sizes)
            worst[target] = max(worst.get(target, 0), ratio or 0)
        figures = [f"{worst[target]:8.1f}" if worst[target] else f"{'–':>8}" for target in targets]
        print(f"{name:34}", *figures, flush=True)
        over += [
            f"{name}, {target}: {ratio:.1f}" for target, ratio in worst.items() if ratio > BUDGET
        ]
    print(f"{len(over)} over {BUDGET}" + "".join(f"\n  {line}" for line in over))
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main())
