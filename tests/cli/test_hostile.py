"""No character of a capture, and none of an argument, steers the terminal.

Every command that opens no screen is run in a real terminal on a page whose
title, body, names, file name, notes and tags are full of hostile characters.
"""

from __future__ import annotations

import json
import re

import pytest

from probation_reader.record import exchange
from probation_reader.record.events import Event
from tests.cli.program import Home

STEERING = "".join(map(chr, (*range(1, 9), *range(11, 13), *range(14, 32), *range(127, 160))))
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SEQUENCES = (
    "\x1b]52;c;SGVsbG8=\x07\x1b]0;title\x1b\\\x1b]8;;http://example.org/\x1b\\link\x1b]8;;\x1b\\"
    "\x1b[2J\x1b[H\x1b[?1049l\x1b[6n\x1bP+q544e\x1b\\\x1bc\x1b(0\x9b31m\x90q\x9c"
)
HOSTILE = f"{STEERING}{BIDI}{SEQUENCES}"
#: As on the command line, which can hold no NUL but bytes that are no text.
ARGUMENT = f"a{HOSTILE}\udc9bb"

PAGE = f"""\
Tuesday, 4 March 2025

The {HOSTILE} Room

{"So much plain text that the file is taken for text. " * 200}

A chair {HOSTILE} was broken.

2 comments:

  1. The stairs {HOSTILE} are \x00 wet.

    'Name{HOSTILE}

    ReplyDelete
  2. Ours {HOSTILE} too.

    ReplyDelete
"""

#: All that may be sent beside text: ends of lines, tabs, and the program's own two styles.
OWN_STYLE = re.compile("\x1b\\[[012]m")
NEVER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def hostile(home: Home) -> Home:
    name = f"page{HOSTILE.replace('/', '')}.txt"
    code, sent = home.in_terminal("import", home.write(PAGE, name), NO_COLOR="1", TERM="dumb")
    assert code == 0, sent
    assert "1 post" in sent
    assert not NEVER.search(sent)
    return home


COMMANDS = [
    ["list"],
    ["list", "--json"],
    ["unread"],
    ["unread", "--count"],
    ["show", "POST"],
    ["show", "POST", "--plain"],
    ["show", "POST", "--json"],
    ["show", "POST:1"],
    ["show", "POST:" + ARGUMENT],
    ["show", ARGUMENT],
    ["search", "stairs"],
    ["search", "stairs", "--json"],
    ["search", ARGUMENT],
    ["search", ARGUMENT, "--json"],
    ["mark", "read", "POST"],
    ["mark", ARGUMENT, "POST"],
    ["mark", "unread", ARGUMENT],
    ["bookmark", "POST:1", "--note", ARGUMENT, "--tag", ARGUMENT],
    ["bookmarks"],
    ["bookmarks", "--json"],
    ["bookmarks", "--markdown"],
    ["bookmark", ARGUMENT, "--remove"],
    ["doctor"],
    ["doctor", "--json"],
    ["bookmarks", "--import", "FILE"],
    ["bookmarks", "--import", ARGUMENT],
    ["personal", "log"],
    ["personal", "log", "--json"],
    ["personal", "undo"],
    ["personal", "redo"],
    ["personal", "export", "-"],
    ["personal", "export", ARGUMENT.replace("/", "") + "/x"],
    ["personal", "merge", "FILE"],
    ["personal", "merge", "FILE", "--lenient"],
    ["personal", "merge", ARGUMENT],
    ["personal", ARGUMENT],
    ["reindex"],
    ["import", "FILE"],
    ["import", "FILE", "--dry-run"],
    ["import", "FILE", "--json"],
    ["import", ARGUMENT],
    ["import", "--json", ARGUMENT],
    ["sample"],
    ["sample", "--aside"],
    ["completion", ARGUMENT],
    [ARGUMENT],
    ["--" + ARGUMENT],
    ["--data-dir", "FILE", "list"],
    ["bookmarks", "--markdown"],
    ["keys"],
    ["keys", "--check"],
    ["config"],
    ["doctor"],
    ["read", ARGUMENT],
    ["export", "POST", "--format", "mbox"],
    ["export", "POST", "--format", ARGUMENT],
    ["export", ARGUMENT, "--format", "mbox"],
    ["remove", ARGUMENT],
    ["remove", "POST"],
]


#: What a file of options cannot hold as it is, it names by its code.
CODED = "".join(f"\\u{ord(char):04X}" for char in HOSTILE)
CONFIG = f"""
preset = "{CODED}"
"{CODED}" = 1
read_after = "{CODED}"

[keys.thread]
"{CODED}" = "fold"
x = "{CODED}"

[keys."{CODED}"]
x = "fold"
"""
BROKEN = f"preset = {HOSTILE}"


@pytest.mark.parametrize("text", [CONFIG, BROKEN, f'theme = "dark"\n# {HOSTILE}'])
def test_no_file_of_options_steers_the_terminal(home: Home, text: str) -> None:
    (folder := home.folder / "home" / "config").mkdir(parents=True)
    (folder / "config.toml").write_bytes(text.encode())
    for command in (["config"], ["keys"], ["keys", "--check"], ["doctor"], ["doctor", "--json"]):
        code, sent = home.in_terminal(*command, NO_COLOR="1", TERM="dumb")
        assert code in {0, 1}, (command, sent)
        found = NEVER.search(sent)
        assert not found, (command, sent[max(0, found.start() - 40) :][:120])


@pytest.mark.slow
def test_no_command_steers_the_terminal(hostile: Home) -> None:
    post = hostile.post()
    (file,) = hostile.folder.glob("*.txt")
    for command in COMMANDS:
        words = [word.replace("POST", post).replace("FILE", str(file)) for word in command]
        for plain in ({"NO_COLOR": "1", "TERM": "dumb"}, {"PROBATION_READER_DEBUG": "0"}):
            code, sent = hostile.in_terminal(*words, keys="n\n", after="[y/N]", **plain)
            assert code in {0, 1, 2}, (command, sent)
            found = NEVER.search(sent if "NO_COLOR" in plain else OWN_STYLE.sub("", sent))
            assert not found, (command, sent[max(0, found.start() - 40) :][:120])
            if code == 0 and "--json" in command:
                json.loads(sent)


def test_no_record_from_elsewhere_steers_the_terminal(home: Home) -> None:
    target = f"p{HOSTILE}.a"
    did: list[tuple[str, str, dict[str, object]]] = [
        ("read", target, {}),
        ("bookmark", target, {"quote": HOSTILE, "note": HOSTILE, "tags": [HOSTILE]}),
        ("save-search", f"search:{HOSTILE}", {"words": HOSTILE}),
        ("of-a-later-version", HOSTILE, {HOSTILE: HOSTILE}),
        ("position", f"p{HOSTILE}", {"passage": target, "line": 0}),
    ]
    log = [Event("m", n, n, 0, *each) for n, each in enumerate(did, 1)]
    lines = [exchange.head(len(log)), *map(exchange.line, log)]
    file = home.write("\n".join(lines), "record.jsonl")
    assert "5 new events" in home.run("personal", "merge", file).stdout
    for command in (
        *(["personal", "log"], ["personal", "log", "--json"], ["personal", "export", "-"]),
        *(["bookmarks"], ["bookmarks", "--json"], ["bookmarks", "--markdown"], ["doctor"]),
    ):
        code, sent = home.in_terminal(*command, NO_COLOR="1", TERM="dumb")
        assert code in {0, 1}, (command, sent)
        assert not NEVER.search(sent), (command, sent)


def test_hostile_text_is_shown_by_signs(hostile: Home) -> None:
    _, sent = hostile.in_terminal("show", hostile.post())
    for sign in ("␛", "␇", "␡", "␀", "‹009B›", "‹202E›"):
        assert sign in sent


def test_json_gives_the_text_back_unchanged(hostile: Home) -> None:
    shown = hostile.json("show", hostile.post())
    assert all(char in shown["sections"][0]["text"] for char in ("\x1b", "\x7f", "\x9b", "\u202e"))


def test_completion_steers_nothing(hostile: Home) -> None:
    for shell in ("bash", "zsh", "fish"):
        _, sent = hostile.in_terminal(
            _PROBATION_READER_COMPLETE=f"{shell}_complete",
            COMP_WORDS="probation-reader show ",
            COMP_CWORD="" if shell == "fish" else "2",
        )
        assert hostile.post() in sent
        assert not NEVER.search(sent)
