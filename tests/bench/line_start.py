"""How soon there is something to read, and how soon a key is answered, beside other programs.

A key is pressed at once, before the program has even been loaded (but not where such a
key makes the program skip its first screen). Readable is the time from the start until
words of the first screen have come; answered, until what the key did has; processor,
what the program and its threads had computed by then.
Every read of the line is noted with both clocks and looked through only afterwards,
so that looking costs the programs nothing.

The programs are started in turn, round by round and every other round backwards, so
that all meet the same machine. Printed are medians and the least of all; a ratio is
over its budget where the median of the rounds' ratios and the ratio of the least
both are, since other work on the machine disturbs now the one and now the other.
The reader is started by its installed command and left with Q, as by a person.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyte

from probation_reader import paths
from probation_reader.workspace import Workspace
from tests.bench.line_homes import Shape, fill, made, others, write_mailbox
from tests.bench.line_screens import Measured
from tests.e2e.terminal import PATIENCE, environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ROUNDS = 5
_POSTS, _COMMENTS, _WORDS = 3_000, 50, 8
_ITEMS = 500
_SIZE = (80, 24)
#: What is shown is looked at when nothing has come for so many seconds.
_LOOK = 0.05
#: Ratios: readable to newsboat's, answered to an empty Textual app's, and both with a
#: full library to both with the sample.
_READABLE, _ANSWERED, _GROWTH = 2.0, 1.35, 1.15

#: The command as it is installed.
_READER = str(Path(sys.executable).with_name("probation-reader"))

_EMPTY = """
from textual.app import App
from textual.widgets import Footer, Header, Static
class Empty(App):
    BINDINGS = [("question_mark", "help", "help"), ("Q", "quit", "quit")]
    def compose(self):
        yield Header()
        yield Static("Some words to read", id="text")
        yield Footer()
    def action_help(self):
        self.query_one("#text").update("Here is the help")
Empty(ansi_color=True).run()
"""
_SETTINGS = 'set folder={folder} sort=threads header_cache="" quit=yes wait_key=no\n'
_FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>
<title>A feed of posts</title><link>http://example.org/</link><description>-</description>
{items}</channel></rss>"""
_ITEM = "<item><title>Post {0}</title><guid>{0}</guid><description>It was {0}.</description></item>"


@dataclass(frozen=True, slots=True)
class Program:
    """A program to start.

    Args:
        name: in the table.
        home: its home.
        command: the program and its arguments.
        first: words of its first screen.
        leave: keys that leave the program at the end.
        key: the one that is pressed at once; none if empty.
        effect: words that are shown once it is answered.
    """

    name: str
    home: Path
    command: Sequence[str]
    first: str
    leave: str
    key: str = ""
    effect: str = ""


class Times(NamedTuple):
    """Milliseconds from the start."""

    readable: float
    answered: float
    processor: float


class _Noted(Measured):
    """A program that is started; every read of its line is noted with both clocks."""

    def __init__(self, home: Path, command: Sequence[str]) -> None:
        self.notes: list[tuple[float, float, int]] = []
        super().__init__(home, command, _SIZE)

    def read(self, wait: float) -> bool:
        """Read, and note when, what had been computed by then and how much has come."""
        got = super().read(wait)
        if got:
            now = time.perf_counter() - self.begun
            self.notes.append((now, time.clock_gettime(_clock(self.pid)), len(self.sent)))
        return got

    def until_quiet_with(self, words: str) -> None:
        """Wait until words are on the screen, looking only while nothing comes."""
        deadline = time.perf_counter() + PATIENCE
        while self.read(_LOOK) or words not in self.shown():
            assert time.perf_counter() < deadline, f"{words!r} not shown in\n{self.shown()}"

    def first_with(self, words: str) -> tuple[float, float]:
        """Return both clocks, in milliseconds, when words were first on the screen."""
        screen = pyte.Screen(*_SIZE)
        stream = pyte.ByteStream(screen)
        begun = 0
        for seconds, computed, end in self.notes:
            stream.feed(self.sent[begun:end])
            begun = end
            if words in "\n".join(screen.display):
                return seconds * 1000, computed * 1000
        message = f"{words!r} was never shown"
        raise AssertionError(message)


def _clock(pid: int) -> int:
    """Return the number of the clock of what a process computes, all its threads together."""
    return ~pid << 3 | 2


def timed(program_: Program) -> Times:
    """Start a program once."""
    terminal = _Noted(program_.home, program_.command)
    terminal.press(program_.key)
    terminal.until_quiet_with(program_.effect or program_.first)
    readable, computed = terminal.first_with(program_.first)
    answered = readable
    if program_.effect:
        answered, computed = terminal.first_with(program_.effect)
    for key in program_.leave:
        terminal.answer(key)
    terminal.close()
    return Times(readable, answered, computed)


def programs(folder: Path) -> Iterator[Program]:
    """Yield the programs there are, with something to read for each.

    Args:
        folder: an empty one, for their homes.
    """
    yield from _others(folder / "others")
    empty = [sys.executable, "-c", _EMPTY]  # its title: the key may change the rest at once
    yield Program("empty Textual app", folder, empty, "Empty", "Q", "?", "Here is the help")
    sample, full = folder / "sample", folder / "full"
    subprocess.run(
        [_READER, "sample"], check=True, env=environment(sample), stdout=subprocess.DEVNULL
    )
    fill(full / "reader", others(_POSTS, _COMMENTS, _WORDS))
    yield _reader("reader, the sample", sample)
    yield _reader(f"reader, {_POSTS * _COMMENTS:,} comments", full)


def _reader(name: str, home: Path) -> Program:
    with Workspace.open(paths.resolve(home / "reader")) as workspace:
        title = workspace.post_summaries()[0].row.post.title
    return Program(name, home, [_READER], title[:20], "kQ", "j", " 1 of ")


def _others(home: Path) -> Iterator[Program]:
    home.mkdir()
    if less := shutil.which("less"):
        text = home / "text"
        text.write_text("Some words to read\n" * 5_000, encoding="utf-8")
        yield Program("less", home, [less, str(text)], "Some words", "q")
    if newsboat := shutil.which("newsboat"):
        yield _newsboat(newsboat, home)
    if neomutt := shutil.which("neomutt"):
        settings = home / "muttrc"
        settings.write_text(_SETTINGS.format(folder=home), encoding="utf-8")
        for shape in (Shape("115", 115), Shape("5,000", 5_000)):
            box = home / f"box{shape.comments}"
            write_mailbox(box, made(shape))
            command = [neomutt, "-n", "-F", str(settings), "-f", str(box)]
            name = f"neomutt, {shape.name} messages"
            yield Program(name, home, command, "anonymous", "q")


def _newsboat(newsboat: str, home: Path) -> Program:
    feed, urls, settings = home / "feed.xml", home / "urls", home / "config"
    items = "\n".join(_ITEM.format(number) for number in range(_ITEMS))
    feed.write_text(_FEED.format(items=items), encoding="utf-8")
    urls.write_text(f"file://{feed}\n", encoding="utf-8")
    settings.write_text("auto-reload no\n", encoding="utf-8")
    command = [newsboat, "-u", str(urls), "-c", str(home / "cache.db"), "-C", str(settings)]
    subprocess.run([*command, "-x", "reload"], check=True, env={**os.environ, "HOME": str(home)})
    return Program(f"newsboat, {_ITEMS} items", home, command, "A feed of", "q")


def print_starts(folder: Path) -> None:
    """Measure all programs, print a line for each and what they come to.

    Args:
        folder: an empty one.
    """
    all_programs = list(programs(folder))
    for one in all_programs:
        timed(one)  # what is compiled and kept for the next start is there from now on
    taken: dict[str, list[Times]] = {one.name: [] for one in all_programs}
    for number in range(_ROUNDS):
        for one in all_programs[:: -1 if number % 2 else 1]:
            taken[one.name].append(timed(one))
    print(
        f"\n{'start (ms), median and least':<30}{'readable':>16}{'answered':>16}{'processor':>16}"
    )
    for name, times in taken.items():
        print(f"{name:<30}" + "".join(_both(each) for each in zip(*times, strict=True)))
    *_, empty, sample, full = taken.values()
    newsboat = next((taken[name] for name in taken if name.startswith("newsboat")), None)
    print(f"\n{'ratio':<34}{'of medians':>12}{'of pairs':>12}{'of least':>12}")
    if newsboat is not None:
        _print_ratio("readable, to newsboat", sample, newsboat, 0, _READABLE)
    _print_ratio("answered, to an empty app", sample, empty, 1, _ANSWERED)
    _print_ratio("processor, to an empty app", sample, empty, 2, _ANSWERED)
    _print_ratio("readable, full to sample", full, sample, 0, _GROWTH)
    _print_ratio("answered, full to sample", full, sample, 1, _GROWTH)
    _print_ratio("processor, full to sample", full, sample, 2, _GROWTH)


def _both(figures: Sequence[float]) -> str:
    return f"{statistics.median(figures):>10.0f}{min(figures):>6.0f}"


def _print_ratio(
    name: str, ours: Sequence[Times], theirs: Sequence[Times], which: int, most: float
) -> None:
    """Print how one figure of two programs compares, and whether that is over its budget."""
    mine, other = ([times[which] for times in taken] for taken in (ours, theirs))
    medians = statistics.median(mine) / statistics.median(other)
    pairs = statistics.median(a / b for a, b in zip(mine, other, strict=True))
    least = min(mine) / min(other)
    over = "  OVER" if min(pairs, least) > most else ""
    print(f"{name:<34}{medians:>12.2f}{pairs:>12.2f}{least:>12.2f}  (at most {most}){over}")
