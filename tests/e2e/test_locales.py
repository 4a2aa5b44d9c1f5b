"""In a real 8-bit locale, and in C, everything is sent in that locale's encoding and readable.

The locales are made here with `localedef`. What goes to a file for other programs, a
mailbox or JSON, is not text for the terminal: a mailbox stays UTF-8.
"""

from __future__ import annotations

import mailbox
import os
import re
import subprocess
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pyte
import pytest

from probation_reader import paths
from tests.e2e.terminal import Pty, environment, need, program
from tests.ui.workspaces import ids, make_thread, open_workspace

pytestmark = pytest.mark.e2e

WORDS = "‘It’s’ “so” — x… ﬁne ½ café Łódź 漢 😀"
THREAD = make_thread(
    f"{WORDS} title",
    [
        (0, f"{WORDS} parent, see http://bücher.example/a for more"),
        (1, f"{WORDS} reply\u2028and ﬁnally a next line"),
    ],
    body=f"{WORDS} body",
    labels=("Łab’el ﬁ",),
)
THREAD = replace(
    THREAD, passages=tuple(replace(p, author="René O’Neill ﬁ") for p in THREAD.passages)
)
POST, (_, PARENT, REPLY) = THREAD.post.id, ids(THREAD)
WIDE = (80, 24)
NOTE, TAG = "note’s ½ ﬁrst…", "Łag’s"

LATIN_FORM = "'It's' \"so\" - x... fine ½ café Lódz ?? ??"
ASCII_FORM = "'It's' \"so\" - x... fine 1/2 cafe Lodz ?? ??"
#: Of a person at a terminal nothing but the locale is known.
AS_IT_IS = ["-u", "LANG", "-u", "PYTHONUTF8"]
#: Python has been told to take the locale at its word.
STRICT = ["-u", "LANG", "PYTHONUTF8=0", "PYTHONCOERCECLOCALE=0"]


class Locale(NamedTuple):
    """A locale, and what stands for the words in it."""

    setting: list[str]
    encoding: str
    words: str

    def form(self, latin: str, old: str) -> str:
        return latin if self.encoding == "latin-1" else old


@pytest.fixture(scope="module")
def latin_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("locales")
    localedef = need("localedef", "locales")
    command = [localedef, "-f", "ISO-8859-1", "-i", "en_GB", str(made / "en_GB")]
    subprocess.run(command, check=True, capture_output=True)
    return made


@pytest.fixture(params=["latin", "c", "c-strict"])
def locale(request: pytest.FixtureRequest, latin_folder: Path) -> Locale:
    latin = [f"LOCPATH={latin_folder}", "LC_ALL=en_GB"]
    return {
        "latin": Locale([*AS_IT_IS, *latin], "latin-1", LATIN_FORM),
        "c": Locale([*AS_IT_IS, "LC_ALL=C"], "ascii", ASCII_FORM),
        "c-strict": Locale([*STRICT, "LC_ALL=C"], "ascii", ASCII_FORM),
    }[str(request.param)]


@pytest.fixture
def library(home: Path) -> paths.Paths:
    """The paths of a reader with a post and a bookmark, of whom nothing is marked by itself."""
    with open_workspace(home / "reader", [THREAD]) as workspace:
        workspace.record.bookmark(PARENT, THREAD.passages[1].text, NOTE, [TAG])
        return workspace.paths


def choose(library: paths.Paths, output: str) -> None:
    library.options_file.parent.mkdir(parents=True, exist_ok=True)
    library.options_file.write_text(f'output = "{output}"\nread_after = 600\n')


class Screen:
    """The program on a terminal of a locale."""

    def __init__(self, terminal: Pty, encoding: str) -> None:
        self.terminal, self.encoding = terminal, encoding

    def rows(self) -> list[str]:
        """Return the rows as that terminal shows them; every byte must be of its encoding."""
        screen = pyte.Screen(*self.terminal.size)
        sent = self.terminal.sent.decode(self.encoding)
        pyte.Stream(screen).feed(sent)
        assert "\\u" not in sent
        assert not re.search("[\x80-\x9f]", sent)
        return list(screen.display)

    @property
    def text(self) -> str:
        """The words but those of the posts at the left, without guides and bars, as one line."""
        rows = self.rows()
        left = rows[-2].find("+") + 1
        main = [row[left:].lstrip(" >|") for row in rows[:-2]]
        return " ".join(" ".join((*main, *rows[-2:])).split())

    def until(self, words: str) -> list[str]:
        self.terminal.until(lambda _: words in self.text, words)
        self.terminal.settle(0.2)
        assert words in self.text
        return self.rows()

    def press(self, keys: str) -> None:
        self.terminal.press(keys)


def rule_is_straight(rows: list[str]) -> bool:
    """Return whether the rule beside the posts stands in one column, from top to joint."""
    column = rows[-2].index("+")
    return all(row[column] == "|" for row in rows[:-2])


@pytest.fixture(params=["lean", "plain"])
def opened(
    request: pytest.FixtureRequest,
    library: paths.Paths,
    in_pty: Callable[..., Pty],
    locale: Locale,
) -> Callable[[tuple[int, int]], Screen]:
    choose(library, str(request.param))

    def start(size: tuple[int, int]) -> Screen:
        command = ["env", *locale.setting, *program("read", PARENT)]
        screen = Screen(in_pty(size=size, command=command), locale.encoding)
        screen.until("for more")
        return screen

    return start


def leaves(screen: Screen) -> bool:
    """Return whether the program ends well; all it sent has been looked at."""
    screen.press("Q")
    ended = screen.terminal.close() == 0
    screen.rows()
    return ended


each_size = pytest.mark.parametrize("size", [WIDE, (40, 20)], ids=["80x24", "40x20"])


@pytest.mark.slow
@each_size
def test_a_thread(opened: Callable[..., Screen], locale: Locale, size: tuple[int, int]) -> None:
    screen = opened(size)
    if size == WIDE:
        rows = screen.rows()
        assert rule_is_straight(rows)
        assert rows[0].startswith("Posts")
        assert "'It's' \"so\" - x" in rows[2][:31]
    shown = screen.text
    assert f"{locale.words} parent" in shown
    assert f"{locale.words} reply and finally a next line" in shown
    assert f"{locale.form('René', 'Rene')} O'Neill fi" in shown
    assert f"http://{locale.form('bücher', 'bucher')}.example/a" in shown
    screen.press("gg")
    screen.until("Lab'el fi")
    assert f"{locale.words} title" in screen.text
    assert leaves(screen)


@pytest.mark.slow
def test_a_note(opened: Callable[..., Screen], locale: Locale, library: paths.Paths) -> None:
    screen = opened(WIDE)
    written = f"note's {locale.form('½', '1/2')} first... #Lag's"
    screen.press("e")
    screen.until(f"note: {written}")
    screen.press("\x01x")
    screen.until(f"note: x{written}")
    screen.press("\r")
    screen.until("kept with a note and 1 tag")
    assert leaves(screen)
    with open_workspace(library.record.parents[1], []) as workspace:
        (kept,) = workspace.record.bookmarks()
        assert (kept.note, kept.tags) == (f"x{NOTE}", (TAG,))
        assert kept.quote == THREAD.passages[1].text


@pytest.mark.slow
@each_size
def test_lists_beside_the_thread(
    opened: Callable[..., Screen], locale: Locale, size: tuple[int, int]
) -> None:
    screen = opened(size)
    half = locale.form("½", "1/2")
    screen.press("ji")  # what the reply answers
    screen.until("1 above 1.1")
    screen.press("\x1b")
    screen.until("1.1 of 2")
    screen.press("B")
    assert "Kept:" in screen.until(f"n note's {half} first... #Lag's")[0]
    assert "'It's' \"so\" - x" in screen.rows()[1]
    screen.press("\x1b")
    screen.until("1.1 of 2")
    screen.press("/fine reply")
    rows = screen.until("reply and finally a")
    assert f"{locale.words} reply and finally a" in screen.text
    assert size != WIDE or rule_is_straight(rows)
    screen.press("\x1b")
    screen.until("1.1 of 2")
    screen.press("?")
    screen.until("Reading a thread")
    screen.press("\x1b")
    screen.until("1.1 of 2")
    assert leaves(screen)


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["latin"], indirect=True)
def test_what_is_typed_is_in_the_encoding_of_the_locale(
    opened: Callable[..., Screen], library: paths.Paths
) -> None:
    screen = opened(WIDE)
    screen.press("/")
    screen.until("search every thread")
    os.write(screen.terminal.line, "café reply".encode("latin-1"))
    screen.until("/ café reply")
    screen.until("1 of 1")
    screen.press("\x1b")
    screen.until("1 of 2")
    screen.press("e")
    screen.until("note:")
    os.write(screen.terminal.line, "\x01é½ ".encode("latin-1"))
    screen.until("note: é½ note's ½")
    screen.press("\r")
    screen.until("kept with")
    assert leaves(screen)
    with open_workspace(library.record.parents[1], []) as workspace:
        assert [kept.note for kept in workspace.record.bookmarks()] == [f"é½ {NOTE}"]


def sent(home: Path, setting: list[str], *arguments: str) -> tuple[bytes, bytes]:
    command = ["env", *setting, *program(*arguments)]
    done = subprocess.run(
        command, capture_output=True, check=False, env=environment(home), timeout=120
    )
    return done.stdout, done.stderr


COMMANDS: Mapping[str, tuple[list[str], str]] = {
    "list": (["list"], "{0} title"),
    "show": (["show", POST], "{0} parent"),
    "search": (["search", "finally"], "{0} reply and finally a next line"),
    "bookmarks": (["bookmarks"], "    {0} parent"),
    "markdown": (["bookmarks", "--markdown"], "> {0} parent"),
    "tags": (["bookmarks", "--tags"], "1  Lag's"),
    "help": (["--help"], "Read long comment threads"),
    "help-search": (["search", "--help"], "Find QUERY"),
}


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(("arguments", "expected"), COMMANDS.values(), ids=COMMANDS)
def test_commands_write_the_encoding_of_the_locale(
    home: Path, locale: Locale, arguments: list[str], expected: str
) -> None:
    out, complaints = sent(home, locale.setting, *arguments)
    text = out.decode(locale.encoding)
    assert expected.format(locale.words) in text
    assert "\\u" not in text
    assert not complaints


@pytest.mark.usefixtures("library")
def test_titles_offered_by_a_shell_can_be_read_in_any_locale(home: Path, locale: Locale) -> None:
    asked = ["COMP_WORDS=probation-reader show ", "COMP_CWORD=2"]
    zsh = "_PROBATION_READER_COMPLETE=zsh_complete"
    out, complaints = sent(home, [*locale.setting, *asked, zsh])
    assert ASCII_FORM in out.decode("ascii")
    assert not complaints


@pytest.mark.usefixtures("library")
def test_complaints_do_so_on_standard_error(home: Path, locale: Locale) -> None:
    (home / "½ ‘ﬁle’.txt").write_text("")
    out, complaints = sent(home, locale.setting, "show", "nothing-so-called")
    assert not out
    assert b"'nothing-so-called'" in complaints
    _, refused = sent(home, locale.setting, "import", str(home / "½ ‘ﬁle’.txt"))
    assert b"Refused" in refused
    text = refused.decode(locale.encoding)
    assert "\\u" not in text


@pytest.mark.usefixtures("library")
def test_on_a_terminal_rows_end_where_it_ends(in_pty: Callable[..., Pty], locale: Locale) -> None:
    for arguments in (["list"], ["show", POST], ["bookmarks", "--tags"]):
        command = ["env", *locale.setting, *program(*arguments)]
        terminal = in_pty(size=(72, 60), command=command)
        assert terminal.close() == 0
        lines = re.sub("\x1b\\[[0-9;]*m", "", terminal.sent.decode(locale.encoding)).split("\r\n")
        assert max(map(len, lines)) <= 72
        assert "\\u" not in "".join(lines)
        assert any("'It's'" in line or "Lag's" in line for line in lines)


@pytest.mark.usefixtures("library")
def test_a_mailbox_stays_utf_8(home: Path, locale: Locale) -> None:
    file = home / "out.mbox"
    assert sent(home, locale.setting, "export", "--all", "-o", str(file))[0] == b""
    with closing(mailbox.mbox(file)) as box:
        texts = [bytes(message.get_payload(decode=True)).decode("utf-8") for message in box]
    assert f"{WORDS} body" in texts[0]
    assert sent(home, locale.setting, "export", "--all")[0] == file.read_bytes()
