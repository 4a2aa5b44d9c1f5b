"""No stored text steers the terminal: one home full of hostile text, every command.

The commands, their arguments and options are taken from the program itself; each
argument and option is tried with several values. What is sent to a terminal, on standard
output and standard error, is looked at byte by byte.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from typing import TYPE_CHECKING

import click
import pytest

from probation_reader.cli import main
from probation_reader.sanitize import safe_line
from tests.cli.program import PAGE, Home
from tests.hostile_home import HOSTILE, NAME, NEVER_IN_TEXT, fill, hostile, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Without NUL, which no argument can hold, and with a byte that is no text.
ARGUMENT = f"kARGUMENT{HOSTILE}\udc9b".replace("\0", "")
#: Commands that show nothing by themselves, and why.
NOT_RUN = {"read": "opens the screen: `tests/ui/test_hostile_walk.py` walks that"}

#: Places of which a command shows the text somewhere.
SEEN = (
    *("TITLE", "LABEL", "POSTER", "URL", "AUTHOR", "BODY", "COMMENT", "REPLY", "LATER"),
    *("EARLIER", "LINK", "LINKHOST", "SOURCE", "QUOTE", "NOTE", "TAG", "GONE", "SAVED", "QUERY"),
    *("MUTED", "SILENCED", "HISTORY", "CONFIG", "OPTION", "KEYNAME", "ACTION", "WHERE"),
    *("TARGETED", "KEY", "VALUE", "FOLDER", "PAGE", "ARGUMENT", "COLORTERM", "NUMBER"),
)
#: Those that JSON gives, too.
SEEN_IN_JSON = (
    *("TITLE", "LABEL", "POSTER", "URL", "AUTHOR", "BODY", "COMMENT", "SOURCE", "QUOTE", "NOTE"),
    *("TAG", "SAVED", "QUERY", "MUTED", "HISTORY", "CONFIG", "TARGETED", "KEY", "VALUE", "FOLDER"),
)


def as_argument(text: str) -> str:
    """Return text as a command line and its environment can hold it."""
    return text.replace("\0", "").replace("\ud800", "")


def leaves(
    command: click.Command, context: click.Context, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command that is no group, with the words that call it."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from leaves(found, context, (*path, name))


LEAVES = dict(leaves(main.program, click.Context(main.program)))


def values(parameter: click.Parameter) -> list[str]:
    """Return what to give an argument or option that takes a value."""
    kind = parameter.type
    if isinstance(kind, click.Choice):
        return [*map(str, kind.choices), ARGUMENT]
    if isinstance(kind, click.IntRange | click.types.IntParamType):
        return ["3", ARGUMENT]
    if isinstance(kind, click.DateTime):
        return ["2024-01-31", ARGUMENT]
    if isinstance(kind, click.Path) or parameter.name in {"files", "file", "paths"}:
        return ["RECORD", "PAGE", "NEW", "-", ARGUMENT]
    return ["POST", "POST:1", "wet", "SAVED", ARGUMENT]


def runs(command: click.Command) -> Iterator[list[str]]:
    """Yield the words to run a command with, its options one at a time."""
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    options = [one for one in command.params if isinstance(one, click.Option)]
    given: list[list[str]] = [[]]
    for argument in arguments:
        given = [[*words, value] for words in given for value in values(argument)]
    if not all(argument.required for argument in arguments) or not arguments:
        yield []
    yield from given if arguments else ()
    usual = [words for words in given[:2] if ARGUMENT not in words] or [[]]
    has_json = any("--json" in option.opts for option in options)
    for option in options:
        for value in [""] if option.is_flag else values(option):
            for words in ([], *usual) if arguments else ([],):
                ran = [option.opts[-1], *([value] if value else []), *words]
                yield ran
                if has_json and "--json" not in ran:
                    yield ["--json", *ran]
    yield ["--help"]
    yield [f"--{ARGUMENT}"]


class Walker:
    """Runs commands on copies of one home, and looks at what they send.

    Args:
        folder: where the copies are made.
    """

    def __init__(self, folder: Path) -> None:
        self.whole, self.home = folder / "whole", Home(folder / f"kFOLDER{NAME}"[:60])
        self.post = fill(self.whole / "home").post.id
        self.sent: list[str] = []
        self.in_json: list[str] = []
        self.faults: list[tuple[list[str], str]] = []
        page = PAGE.replace("chair", f"chair {HOSTILE}").replace("Clock", f"Clock{HOSTILE}")
        whole = Home(self.whole)
        whole.write(page * 3, f"kPAGE{NAME}"[:60])
        whole.run("search", "wet")
        whole.run("personal", "export", whole.folder / "record.jsonl")

    def begin(self) -> None:
        """Make the home anew."""
        shutil.rmtree(self.home.folder, ignore_errors=True)
        shutil.copytree(self.whole, self.home.folder)

    def run(self, *words: str) -> None:
        """Run a command in a terminal, and answer no to what it asks."""
        files = {
            "RECORD": str(self.home.folder / "record.jsonl"),
            "PAGE": str(next(self.home.folder.glob("kPAGE*"))),
            "NEW": str(self.home.folder / "new" / f"kNEW{NAME[:40]}"),
            "SAVED": as_argument(hostile("SAVED")),
        }
        filled = [files.get(word, word.replace("POST", self.post)) for word in words]
        around = {"NO_COLOR": "1", "COLORTERM": as_argument(hostile("COLORTERM"))}
        if "-" in words:
            line = f"{shlex.join(self.home.command(*filled))} < {shlex.quote(files['RECORD'])}"
            code, sent = self.home.in_terminal_of(line, **around)
        else:
            code, sent = self.home.in_terminal(*filled, keys="n\n", after="[y/N]", **around)
        if code not in {0, 1, 2}:
            self.faults.append((list(words), f"ended with {code}: {sent[-300:]}"))
        if found := NEVER_IN_TEXT.search(sent):
            self.faults.append((list(words), sent[max(0, found.start() - 60) :][:120]))
        (self.in_json if "--json" in words else self.sent).append(sent)


def test_every_command_is_run() -> None:
    assert set(NOT_RUN) <= {" ".join(path) for path in LEAVES}
    for command in LEAVES.values():
        assert len(list(runs(command))) >= 3


@pytest.mark.slow
def test_no_stored_text_is_sent_raw_by_any_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walker = Walker(tmp_path)
    (work := tmp_path / "work").mkdir()
    monkeypatch.chdir(work)  # some of the names that are tried are taken for files to write
    for path, command in LEAVES.items():
        if " ".join(path) in NOT_RUN:
            continue
        walker.begin()
        for words in runs(command):
            walker.run(*path, *words)
    walker.run("--data-dir", ARGUMENT[:40], "list")
    walker.run(ARGUMENT)
    assert walker.faults == []
    said, in_json = "\n".join(walker.sent), "\n".join(walker.in_json)
    assert [place for place in SEEN if not shown(place, said)] == []
    assert [place for place in SEEN_IN_JSON if not shown(place, in_json)] == []


def test_no_completion_is_sent_raw(tmp_path: Path) -> None:
    walker = Walker(tmp_path)
    walker.begin()
    for shell in ("bash", "zsh", "fish"):
        for word in (walker.post[:3], f"{walker.post}.", as_argument(ARGUMENT)):
            _, sent = walker.home.in_terminal(
                _PROBATION_READER_COMPLETE=f"{shell}_complete",
                COMP_WORDS=f"probation-reader show {word}",
                COMP_CWORD=word if shell == "fish" else "2",
            )
            assert not NEVER_IN_TEXT.search(sent), (shell, word)
            assert shown("TITLE", sent) == (shell != "bash" and word == walker.post[:3])


PROGRESS = """
import os
from probation_reader.cli import output
output._PATIENCE = -1
with output.progress(os.environ["WHAT"]) as advance:
    for done in range(3):
        advance(done, 3)
"""
#: What rich draws a bar with: colours, erasing, moving by rows, hiding the cursor.
DRAWN = re.compile("\x1b\\[[0-9;]*[mKA]|\x1b\\[\\?25[lh]|\r")


def test_no_progress_bar_is_sent_raw(home: Home) -> None:
    command = [sys.executable, "-c", PROGRESS]
    _, sent = home._in_terminal(command, "", "", "200x24", {"WHAT": as_argument(hostile("WHAT"))})
    assert "kWHAT␛c" in sent
    found = NEVER_IN_TEXT.search(DRAWN.sub("", sent))
    assert not found, sent


def test_what_a_list_shows_by_signs_is_taken_back_by_them(tmp_path: Path) -> None:
    home = Home(tmp_path)
    thread = fill(tmp_path / "home")
    (saved,) = home.json("searches")
    home.run("searches", "--remove", safe_line(saved["name"]))
    assert home.json("searches") == []
    home.run("searches", "--forget", safe_line(hostile("HISTORY").replace("\ud800", "")))
    assert home.json("searches", "--history") == ["probation"]
    for mute in home.json("mutes"):
        home.run("unmute", safe_line(mute["id"]))
    assert home.json("mutes") == []
    kept = thread.comments[2].id
    home.run("bookmark", kept, "--untag", safe_line(hostile("TAG")))
    assert [each["tags"] for each in home.json("bookmarks") if each["id"] == kept] == [["tag"]]
