"""How soon there is something to read, and how soon a key is answered, beside other programs.

Each program is started in turn, round by round, so that all meet the same machine.
Readable is the moment from the start when words of its first screen are shown; the
key for help is pressed then, and answered is the moment from the start when the
help is shown. The reader is left with Q each time, as a person leaves it.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from probation_reader import paths
from probation_reader.workspace import Workspace
from tests.bench.line_homes import Shape, fill, made, others, write_mailbox
from tests.bench.line_screens import Measured
from tests.e2e.terminal import environment, program

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_ROUNDS = 9
_POSTS, _COMMENTS, _WORDS = 3_000, 50, 8
_ITEMS = 500
_SIZE = (80, 24)
#: Ratios of medians: readable to newsboat's, answered to an empty Textual app's, and
#: both with a full library to both with the sample.
_READABLE, _ANSWERED, _GROWTH = 2.0, 1.35, 1.15

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
        keys: for help, and those that leave the program from there.
        help: words of its help.
    """

    name: str
    home: Path
    command: Sequence[str]
    first: str
    keys: tuple[str, ...]
    help: str


class Times(NamedTuple):
    """Milliseconds from the start."""

    readable: float
    answered: float


def timed(program_: Program) -> Times:
    """Start a program once."""
    terminal = Measured(program_.home, program_.command, _SIZE)
    readable = terminal.until_shown(program_.first)
    terminal.press(program_.keys[0])
    answered = terminal.until_shown(program_.help)
    for key in program_.keys[1:]:
        terminal.answer(key)
    terminal.close()
    return Times(readable * 1000, answered * 1000)


def programs(folder: Path) -> Iterator[Program]:
    """Yield the programs there are, with something to read for each.

    Args:
        folder: an empty one, for their homes.
    """
    yield from _others(folder / "others")
    empty = [sys.executable, "-c", _EMPTY]
    yield Program("empty Textual app", folder, empty, "Some words", ("?", "Q"), "Here is the help")
    sample, full = folder / "sample", folder / "full"
    subprocess.run(
        program("sample"), check=True, env=environment(sample), stdout=subprocess.DEVNULL
    )
    fill(full / "reader", others(_POSTS, _COMMENTS, _WORDS))
    yield _reader("reader, the sample", sample)
    yield _reader(f"reader, {_POSTS * _COMMENTS:,} comments", full)


def _reader(name: str, home: Path) -> Program:
    with Workspace.open(paths.resolve(home / "reader")) as workspace:
        title = workspace.shelf()[0].row.post.title
    return Program(name, home, program(), title[:20], ("?", "\x1b", "Q"), "Reading a thread")


def _others(home: Path) -> Iterator[Program]:
    home.mkdir()
    if less := shutil.which("less"):
        text = home / "text"
        text.write_text("Some words to read\n" * 5_000, encoding="utf-8")
        yield Program("less", home, [less, str(text)], "Some words", ("h", "q", "q"), "SUMMARY OF")
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
            yield Program(name, home, command, "anonymous", ("?", "q", "q"), "Help for")


def _newsboat(newsboat: str, home: Path) -> Program:
    feed, urls, settings = home / "feed.xml", home / "urls", home / "config"
    items = "\n".join(_ITEM.format(number) for number in range(_ITEMS))
    feed.write_text(_FEED.format(items=items), encoding="utf-8")
    urls.write_text(f"file://{feed}\n", encoding="utf-8")
    settings.write_text("auto-reload no\n", encoding="utf-8")
    command = [newsboat, "-u", str(urls), "-c", str(home / "cache.db"), "-C", str(settings)]
    subprocess.run([*command, "-x", "reload"], check=True, env={**os.environ, "HOME": str(home)})
    return Program(f"newsboat, {_ITEMS} items", home, command, "A feed of", ("?", "q", "q"), "Help")


def print_starts(folder: Path) -> None:
    """Measure all programs and print a line for each.

    Args:
        folder: an empty one.
    """
    all_programs = list(programs(folder))
    for one in all_programs:
        timed(one)  # what is kept for the next start is there from now on
    rounds = [[timed(one) for one in all_programs] for _ in range(_ROUNDS)]
    medians = {
        one.name: Times(*(statistics.median(each) for each in zip(*taken, strict=True)))
        for one, taken in zip(all_programs, zip(*rounds, strict=True), strict=True)
    }
    print(f"\n{'start (ms)':<28}{'readable':>10}{'answered':>10}")
    for name, times in medians.items():
        print(f"{name:<28}{times.readable:>10.0f}{times.answered:>10.0f}")
    *_, empty, sample, full = medians.values()
    newsboat = next((medians[name] for name in medians if name.startswith("newsboat")), None)
    if newsboat is not None:
        _print_ratio("readable, to newsboat", sample.readable / newsboat.readable, _READABLE)
    _print_ratio("answered, to an empty app", sample.answered / empty.answered, _ANSWERED)
    _print_ratio("readable, full to sample", full.readable / sample.readable, _GROWTH)
    _print_ratio("answered, full to sample", full.answered / sample.answered, _GROWTH)


def _print_ratio(name: str, ratio: float, most: float) -> None:
    print(f"{name:<28}{ratio:>10.2f}  (at most {most}){'' if ratio <= most else '  OVER'}")
