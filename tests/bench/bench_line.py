"""What each key sends down the line and how long it takes, beside other readers.

Run: ``python tests/bench/bench_line.py [--small]``. The reader runs on a real
pseudo-terminal of 80 by 24 and of 200 by 60, on threads of 115 and 5,000
comments and on a chain of 5,000 replies, all of them read; beside it, turn by turn so
that both meet the same machine, another one with Textual's own output; then neomutt,
where it is installed, on the same thread as a mailbox.
Printed is the median of several presses: bytes, milliseconds until the line is
quiet (see `line_screens`), and the bytes as ratios to plain Textual, to the
floor (see `line_floor`) and to neomutt's. Last come the starts (see `line_start`),
but not with ``--small``. OVER marks what misses its budget.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from probation_reader import paths
from tests.bench.line_floor import floor
from tests.bench.line_homes import OTHERS, Shape, fill, made, mark_read, others, write_mailbox
from tests.bench.line_screens import QUIET, Measured
from tests.bench.line_start import print_starts
from tests.e2e.terminal import program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from probation_reader.model import Thread

Size = tuple[int, int]

_SIZES: tuple[Size, ...] = ((80, 24), (200, 60))
_SHAPES = (Shape("of 115", 115), Shape("of 5,000", 5_000), Shape("5,000 deep", 5_000, chain=True))

_IDLE_SECONDS, _IDLE_SMALL = 10.0, 2.0

_SETTINGS = """
set folder={folder} sort=threads header_cache="" quit=yes confirm_append=no wait_key=no
set resolve=no strict_threads=yes
"""

#: Stands in the status row once a thread is open, and on top of neomutt's list of messages.
_OPENED, _OPENED_NEOMUTT = "read on", "anonymous"
DOWN, PAGE, ESC = "\x1b[B", "\x1b[6~", "\x1b"


class Part(NamedTuple):
    """Keys measured in turn, what is pressed before them and after.

    Args:
        pairs: names and keys; each name has its own median.
        times: how often the keys are gone through.
        before: keys that lead there.
        after: keys that lead back.
        quiet: after how many seconds without a byte an answer is over.
    """

    pairs: tuple[tuple[str, str], ...]
    times: int
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    quiet: float = QUIET


#: To the first comment, with the short ones that answer it in sight.
_COMMENTS = ("gg", "}", "j", "j", "j", "j", "j", "k", "k", "k", "k", "k")
_OURS = (
    Part((("line down", DOWN),), 20, ("=", "gg")),
    Part((("page down", PAGE),), 5, ("gg",)),
    Part((("line down, comments", DOWN),), 20, ("gg", "}", PAGE)),
    Part((("page down, comments", PAGE),), 8, ("gg", "}")),
    Part((("next passage", "j"), ("next passage", "k")), 8, _COMMENTS),
    Part((("fold a branch", "h"), ("unfold it", "l")), 6, _COMMENTS),
    Part((("fold all", "zM"), ("unfold all", "zR")), 5, ("gg", "}")),
    Part((("end", "G"), ("top", "gg")), 5),
    Part((("mark", "N"),), 6, _COMMENTS),
    Part((("bookmark", "b"),), 6),
    Part((("resize", "width:{narrower}"), ("resize", "width:{wide}")), 5, ("gg",)),
    Part((("line down, sidebar", DOWN),), 20, ("=", "gg"), ("=",)),
    Part(tuple(("search, a letter", letter) for letter in "delvomen"), 1, ("/",), (ESC, ESC), 0.2),
)
_NEOMUTT = (
    Part((("next passage", "j"), ("next passage", "k")), 8),
    Part((("line down", "\r"),), 20, ("\r",), ("q",)),
    Part((("page down", " "),), 5, ("\r",), ("q",)),
    Part((("end", "*"), ("top", "=")), 5),
    Part((("mark", "N"),), 6),
    Part((("bookmark", "F"),), 6),
    Part((("fold all", "\x1bv"), ("unfold all", "\x1bv")), 5),
    Part((("resize", "width:{narrower}"), ("resize", "width:{wide}")), 5),
)


#: The budgets. Bytes at most, at one size or at any; ratios of bytes to neomutt's and to
#: the floor; milliseconds, or, where the machine is slow, as a ratio to plain Textual's.
_MOST_BYTES = {
    ("idle", None): 0,
    ("next passage", None): 300,
    ("line down, sidebar", (80, 24)): 1_400,
}
_TO_NEOMUTT = {("line down", size): 1.3 for size in _SIZES} | {
    ("page down", (80, 24)): 1.4,
    ("page down", (200, 60)): 1.8,
}
_TO_FLOOR = {"fold a branch": 1.5, "unfold it": 1.5}
_ANY = float("inf")
_MS = {(80, 24): 12.0, (200, 60): 25.0}
_TO_PLAIN_MS = 2.2
_SLOW = {"open", "resize", "search, a letter"}


@dataclass(frozen=True, slots=True)
class Figures:
    """The medians of one action: bytes, milliseconds, bytes of the floor (None without one)."""

    size: float
    ms: float
    floor: float | None


def walk(terminal: Measured, parts: tuple[Part, ...], width: int) -> Iterator[tuple[str, Figures]]:
    """Do all parts on a program that shows its thread; yield each action with its figures."""
    for part in parts:
        for key in part.before:
            terminal.answer(key)
        taken: dict[str, list[Figures]] = {}
        for _ in range(part.times):
            for name, key in part.pairs:
                taken.setdefault(name, []).append(_press(terminal, key, part.quiet, width))
        for key in part.after:
            terminal.answer(key)
        for name, all_figures in taken.items():
            floors = [one.floor for one in all_figures if one.floor is not None]
            yield (
                name,
                Figures(
                    statistics.median(one.size for one in all_figures),
                    statistics.median(one.ms for one in all_figures),
                    statistics.median(floors) if floors else None,
                ),
            )


def _press(terminal: Measured, key: str, quiet: float, width: int) -> Figures:
    answer = terminal.answer(key.format(narrower=width - 2, wide=width), quiet)
    same_size = len(answer.before[0]) == len(answer.after[0])
    return Figures(
        answer.size, answer.ms, floor(answer.before, answer.after) if same_size else None
    )


class Bench:
    """One thread in one home, measured on terminals of any size.

    Args:
        home: a folder of its own.
        shape: the kind of thread.
        idle_seconds: how long nothing is done.
    """

    def __init__(self, home: Path, shape: Shape, idle_seconds: float) -> None:
        self._home, self._idle = home, idle_seconds
        self._thread: Thread = made(shape)
        fill(home / "reader", [self._thread, *others(OTHERS, 5, 10)])

    def unread(self, output: str, size: Size) -> Iterator[tuple[str, Figures]]:
        """Open the thread with all of it unread, and read on."""
        terminal = self._open(output, size)
        opened = terminal.until_shown(_OPENED)
        terminal.quiet()
        yield "open", Figures(len(terminal.sent), opened * 1000, None)
        yield from walk(terminal, (Part((("read on", " "),), 8, ("=", "gg")),), size[0])
        terminal.end()

    def read(self, output: str, size: Size) -> Iterator[tuple[str, Figures]]:
        """Do everything else, with all of it read."""
        mark_read(self._home / "reader", self._thread)
        terminal = self._open(output, size)
        terminal.until_shown(_OPENED)
        terminal.quiet()
        yield from walk(terminal, _OURS, size[0])
        yield "idle", Figures(terminal.idle(self._idle), 0.0, None)
        terminal.end()

    def _open(self, output: str, size: Size) -> Measured:
        chosen = paths.resolve(self._home / "reader").options_file
        chosen.parent.mkdir(parents=True, exist_ok=True)
        chosen.write_text(f'output = "{output}"\n', encoding="utf-8")
        return Measured(self._home, program("read", self._thread.post.id), size)

    def neomutt(self, size: Size) -> dict[str, Figures]:
        """Do in neomutt what it has; nothing where it is not installed."""
        neomutt = shutil.which("neomutt")
        if neomutt is None:
            return {}
        box, settings = self._home / "box", self._home / "muttrc"
        write_mailbox(box, self._thread)
        settings.write_text(_SETTINGS.format(folder=self._home), encoding="utf-8")
        terminal = Measured(self._home, [neomutt, "-n", "-F", str(settings), "-f", str(box)], size)
        opened = terminal.until_shown(_OPENED_NEOMUTT)
        terminal.quiet()
        figures = {"open": Figures(len(terminal.sent), opened * 1000, None)}
        figures.update(walk(terminal, _NEOMUTT, size[0]))
        figures["idle"] = Figures(terminal.idle(self._idle), 0.0, None)
        terminal.end()
        return figures


def _over(name: str, size: Size, ours: Figures, plain: Figures, mutt: Figures | None) -> str:
    """Return in which of its budgets an action fails, empty if in none."""
    most = _MOST_BYTES.get((name, size), _MOST_BYTES.get((name, None)))
    over = most is not None and ours.size > most
    over |= ours.floor is not None and ours.size > ours.floor * _TO_FLOOR.get(name, _ANY)
    ratio = _TO_NEOMUTT.get((name, size))
    over |= mutt is not None and ratio is not None and ours.size > ratio * mutt.size
    late = name not in _SLOW and ours.ms > max(_MS[size], _TO_PLAIN_MS * plain.ms)
    return "  OVER in bytes" * over + "  OVER in ms" * late


_HEADING = (
    f"{'':<22}{'bytes':>7}{'ms':>7}   {'plain':>7}{'ms':>7}{'ratio':>7}"
    f"   {'floor':>7}{'ratio':>7}   {'neomutt':>7}{'ms':>7}{'ratio':>7}"
)


def _line(name: str, ours: Figures, plain: Figures, mutt: Figures | None) -> str:
    lowest = f"{ours.floor:>7,.0f}{_ratio(ours.size, ours.floor)}" if ours.floor else f"{'–':>14}"
    theirs = f"{mutt.size:>7,.0f}{mutt.ms:>7.1f}{_ratio(ours.size, mutt.size)}" if mutt else ""
    return (
        f"{name:<22}{ours.size:>7,.0f}{ours.ms:>7.1f}"
        f"   {plain.size:>7,.0f}{plain.ms:>7.1f}{_ratio(ours.size, plain.size)}"
        f"   {lowest}   {theirs:<21}"
    )


def _ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:>7.2f}" if theirs else f"{'–':>7}"


def main() -> None:
    """Print a table for each size and thread."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="one size, the smallest thread")
    small = parser.parse_args().small
    sizes, shapes = (_SIZES[:1], _SHAPES[:1]) if small else (_SIZES, _SHAPES)
    idle = _IDLE_SMALL if small else _IDLE_SECONDS
    for shape in shapes:
        with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as plain:
            benches = Bench(Path(ours), shape, idle), Bench(Path(plain), shape, idle)
            _print_thread(*benches, sizes, shape.name)
    if not small:
        with tempfile.TemporaryDirectory() as folder:
            print_starts(Path(folder))


def _print_thread(ours: Bench, plain: Bench, sizes: tuple[Size, ...], name: str) -> None:
    unread = [_beside(ours.unread("auto", size), plain.unread("plain", size)) for size in sizes]
    for size, begun in zip(sizes, unread, strict=True):
        figures = begun | _beside(ours.read("auto", size), plain.read("plain", size))
        mutt = ours.neomutt(size)
        print(f"\n{size[0]}x{size[1]}, a thread {name}\n{_HEADING}")
        for action, (mine, theirs) in figures.items():
            beside = mutt.get(action)
            over = _over(action, size, mine, theirs, beside)
            print(_line(action, mine, theirs, beside) + over, flush=True)


def _beside(
    ours: Iterator[tuple[str, Figures]], plain: Iterator[tuple[str, Figures]]
) -> dict[str, tuple[Figures, Figures]]:
    """Go through two readers together, each action in one and at once in the other."""
    return {name: (mine, theirs) for (name, mine), (_, theirs) in zip(ours, plain, strict=True)}


if __name__ == "__main__":
    main()
