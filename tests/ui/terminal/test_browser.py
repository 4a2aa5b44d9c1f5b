"""Which browser is taken, and that an address reaches it as one argument, whatever it holds."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from probation_reader.ui.terminal.browser import Browser, Starter, find

HOSTILE = [
    "https://a.org/$(touch x)",
    "https://a.org/`id`;id&id|id>x<y",
    "https://a.org/'\"\\ and spaces \n",
    "https://a.org/%s%20%d*?[a-z]~#!",
    "https://a.org/--help",
]
Program = Callable[..., Path]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Make a program that writes down how it was called, and ends with a code."""

    def make(name: str, code: int = 0) -> Path:
        made = tmp_path / name
        made.write_text(
            f"#!{sys.executable}\n"
            "import json, sys\n"
            f"json.dump(sys.argv[1:], open({str(tmp_path / 'called')!r}, 'w'))\n"
            f"sys.exit({code})\n"
        )
        made.chmod(0o755)
        return made

    return make


def test_the_first_command_of_browser_that_is_here_is_taken(program: Program) -> None:
    here = program("mine").parent
    environ = {"PATH": str(here), "BROWSER": "missing:'unclosed::mine -t %s:other"}
    assert find(environ) == Browser((str(here / "mine"), "-t", "%s"))
    assert find({"PATH": str(here), "BROWSER": "mine &"}) == Browser((str(here / "mine"),))
    assert find({"PATH": str(here), "BROWSER": "missing"}) is None


def test_without_browser_one_of_the_desktop_is_taken_only_on_a_desktop(program: Program) -> None:
    here = program("firefox").parent
    assert find({"PATH": str(here)}) is None
    for display in ("DISPLAY", "WAYLAND_DISPLAY"):
        found = find({"PATH": str(here), display: ":0"})
        assert found
        assert found.name == "firefox"
    program("xdg-open")
    found = find({"PATH": str(here), "DISPLAY": ":0"})
    assert found
    assert found.name == "xdg-open"
    program("termux-open-url")
    found = find({"PATH": str(here), "TERMUX_VERSION": "0.118"})
    assert found
    assert found.name == "termux-open-url"


def test_browsers_of_the_terminal_are_known() -> None:
    assert Browser(("/usr/bin/w3m",)).in_terminal
    assert Browser(("lynx", "-accept_all_cookies")).in_terminal
    assert not Browser(("firefox",)).in_terminal


@pytest.mark.parametrize("address", HOSTILE)
def test_an_address_is_one_argument_whatever_it_holds(program: Program, address: str) -> None:
    mine = program("mine")
    for words, argv in (
        ((), [address]),
        (("-new", "%s"), ["-new", address]),
        (("--url=%s", "-x"), [f"--url={address}", "-x"]),
    ):
        browser = Browser((str(mine), *words))
        assert not Starter().start(browser.opening(address))
        assert json.loads((mine.parent / "called").read_text()) == argv
    assert sorted(path.name for path in mine.parent.iterdir()) == ["called", "mine"]


@pytest.mark.parametrize(
    "address", ["-version", "file:///etc/passwd", "javascript:x", "", "httpx:"]
)
def test_nothing_but_addresses_of_the_web_is_ever_handed_over(address: str) -> None:
    with pytest.raises(ValueError, match="not an address to open"):
        Browser(("mine",)).opening(address)


def test_a_program_that_fails_says_so(program: Program, tmp_path: Path) -> None:
    assert Starter().start([str(program("failing", 3)), "x"]) == "it ended with 3"
    assert Starter().start([str(tmp_path / "missing")]) == "No such file or directory"
