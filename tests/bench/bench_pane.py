"""What the thread pane takes with many comments against few.

Run: ``python tests/bench/bench_pane.py [--small]``. Every action is done in a
running application of 80 by 24 and timed with all that Textual does to show it
but the sending: the least processor time of some tries, so that other programs
count little. Threads: few comments, many, a chain of as many replies, and as
many of wide characters, which are compared with few of these. The floor of
memory is an empty Textual application.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import subprocess
import sys
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

from textual.app import App

import probation_reader.ui
from probation_reader.model import Comment, Post, SourceSpan, Thread
from probation_reader.outline import numbers
from probation_reader.ui.render.orders import Ordering
from probation_reader.ui.thread.find import SLICE, Finder
from probation_reader.ui.thread.scene import ThreadMarks
from probation_reader.ui.thread.widget import ThreadPane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

_SHEET = Path(probation_reader.ui.__file__).parent / "styles" / "thread_pane.tcss"
_FEW, _MANY, _MANY_SMALL = 115, 5_000, 1_000
#: All threads are gone through so often, for a machine whose speed changes.
_ROUNDS = 3
_WORDS = 73
_RATIO = 1.6
#: Differences that a person cannot feel and a ratio of small figures exaggerates.
_UNFELT_MS = 3.0
#: What grows with the thread, and how long it may take.
_LIMITS_MS = {"find a word": 250.0, "search a slice": 25.0}
_MEMORY_RATIO = 1.5
_WIDE = "界"
_SPAN = SourceSpan("page.txt", 1, 1)

_STATUS = Path("/proc/self/status")
_PEAK = """
from pathlib import Path
for line in Path("/proc/self/status").read_text().splitlines():
    if line.startswith("VmHWM"):
        print(line.split()[1])
"""
_EMPTY = """
import asyncio
from textual.app import App
async def run():
    async with App().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
asyncio.run(run())
"""
_FULL = """
import asyncio, sys
sys.path.insert(0, {folder!r})
import bench_pane
asyncio.run(bench_pane.hold({size}))
"""


class Timed(NamedTuple):
    """An action: how it is done, and how often; before each time perhaps something else is."""

    name: str
    times: int
    act: Callable[[ThreadPane], object]
    before: Callable[[ThreadPane], object] | None = None


def make_thread(size: int, *, chain: bool = False, letter: str = "x") -> Thread:
    """Return a thread of comments with the word lengths of English prose.

    Args:
        size: how many comments.
        chain: whether each answers the one before.
        letter: what the words are made of.
    """
    dice = random.Random(1)  # noqa: S311 - the same thread every time
    depths: list[int] = []
    for position in range(size):
        deepest = depths[-1] + 1 if depths else 0
        depths.append(position if chain else dice.randint(0, min(deepest, 8)))
    above: list[str] = []
    comments: list[Comment] = []
    for number, depth in zip(numbers(depths), depths, strict=True):
        del above[depth:]
        lengths = dice.choices(range(1, 13), [3, 16, 20, 16, 11, 8, 8, 6, 5, 3, 2, 2], k=_WORDS)
        comments.append(
            Comment(
                id=f"p.{len(comments)}",
                parent=above[-1] if above else None,
                depth=depth,
                number=number,
                author=None,
                signed=False,
                published=None,
                text=" ".join(letter * length for length in lengths) + "’",
                source=_SPAN,
            )
        )
        above.append(comments[-1].id)
    return Thread(Post("p", "A thread"), tuple(comments))


class Bench(App[None]):
    """One pane."""

    CSS_PATH = _SHEET

    def compose(self) -> ComposeResult:
        """Show the pane."""
        yield ThreadPane()


def _there_and_back(pane: ThreadPane) -> None:
    pane.action_bottom()
    pane.action_top()


def _resize(pane: ThreadPane) -> None:
    view = pane.view
    if view is not None:
        view.resize(60 + (view.layout.width + 7) % 20, view.height)
        pane._settle()


def _turn(pane: ThreadPane) -> None:
    if pane.view is not None:
        ways = list(Ordering)
        pane.turn(ways[(ways.index(pane.view.way) + 1) % len(ways)])


def _search_slice(pane: ThreadPane) -> None:
    if pane.view is not None:
        finder = Finder(pane.view.texts)
        finder.search("not there")
        finder.look(SLICE)


def _actions(thread: Thread) -> list[Timed]:
    return [
        Timed("open", 30, lambda pane: pane.open(thread, ThreadMarks())),
        Timed("next passage", 50, ThreadPane.action_next_passage),
        Timed("line down", 50, ThreadPane.action_line_down),
        Timed("page down", 20, ThreadPane.action_page_down),
        Timed("next unread", 20, ThreadPane.action_next_unread),
        Timed("bottom, top", 10, _there_and_back),
        Timed("resize", 12, _resize),
        Timed("time, new, tree", 9, _turn),
        Timed("fold a branch", 20, ThreadPane.action_toggle_fold),
        Timed("fold all", 10, ThreadPane.action_fold_all, ThreadPane.action_unfold_all),
        Timed("unfold all", 10, ThreadPane.action_unfold_all, ThreadPane.action_fold_all),
        Timed(
            "mark one",
            10,
            lambda pane: pane.set_marks(ThreadMarks({"p.1"}, {"p.2"}), only=("p.1",)),
        ),
        Timed("find a word", 5, lambda pane: pane.find(thread.comments[7].text[:7])),
        Timed("search a slice", 5, _search_slice),
        Timed("next match", 20, ThreadPane.action_find_next),
    ]


async def measure(thread: Thread) -> dict[str, float]:
    """Return the milliseconds of each action."""
    least = {}
    app = Bench(ansi_color=True)
    async with app.run_test(size=(80, 24)) as pilot:
        pane = app.query_one(ThreadPane)
        pane.focus()
        await pilot.pause()
        for name, times, act, before in _actions(thread):
            pane.action_top()
            took = []
            for _ in range(times):
                if before is not None:
                    before(pane)
                    await pilot.pause()
                began = process_time()
                act(pane)
                await pilot.pause()
                took.append((process_time() - began) * 1000)
            least[name] = min(took)
    return least


async def hold(size: int) -> None:
    """Open a thread of so many comments, fold and unfold it."""
    async with Bench(ansi_color=True).run_test(size=(80, 24)) as pilot:
        pane = pilot.app.query_one(ThreadPane)
        pane.open(make_thread(size), ThreadMarks())
        await pilot.pause()
        for act in (pane.action_bottom, pane.action_fold_all, pane.action_unfold_all):
            act()
            await pilot.pause()


def _least(rounds: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: min(each[name] for each in rounds) for name in rounds[0]}


def _is_met(name: str, few: float, many: float) -> bool:
    if name in _LIMITS_MS:
        return many <= _LIMITS_MS[name]
    return many <= few * _RATIO or many - few <= _UNFELT_MS


def _megabytes(program: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", program + _PEAK], capture_output=True, text=True, check=True
    )
    return int(done.stdout) / 1024


def _memory(size: int) -> None:
    if not _STATUS.exists():
        print("memory: not measured, this system does not say")
        return
    folder = str(Path(__file__).resolve().parent)
    empty, full = _megabytes(_EMPTY), _megabytes(_FULL.format(folder=folder, size=size))
    met = full <= empty * _MEMORY_RATIO
    print(
        f"memory: {full:.0f} MB with {size:,} comments open, an empty Textual app {empty:.0f} MB,"
        f" ratio {full / empty:.2f} (at most {_MEMORY_RATIO}){'' if met else '  OVER'}"
    )


def main() -> None:
    """Print the table; what is over its budget says so."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="fewer comments, for a quick run")
    small = parser.parse_args().small
    size, rounds = (_MANY_SMALL, 1) if small else (_MANY, _ROUNDS)
    threads = (
        *(make_thread(_FEW), make_thread(size), make_thread(size, chain=True)),
        *(make_thread(_FEW, letter=_WIDE), make_thread(size, letter=_WIDE)),
    )
    measured = [[asyncio.run(measure(thread)) for thread in threads] for _ in range(rounds)]
    few, many, deep, few_wide, wide = map(_least, zip(*measured, strict=True))
    heads = (f"{_FEW:,}", f"{size:,}", f"{size:,} deep", f"{_FEW:,} wide", f"{size:,} wide")
    print(f"{'ms':<16}" + "".join(f"{head:>12}" for head in heads) + f"{'ratio':>7}")
    for name in few:
        pairs = (few[name], many[name]), (few[name], deep[name]), (few_wide[name], wide[name])
        over = "" if all(_is_met(name, *pair) for pair in pairs) else "  OVER"
        times = (few[name], many[name], deep[name], few_wide[name], wide[name])
        worst = max(after / before for before, after in pairs)
        print(f"{name:<16}" + "".join(f"{ms:>12.2f}" for ms in times) + f"{worst:>7.1f}{over}")
    _memory(size)


if __name__ == "__main__":
    main()
