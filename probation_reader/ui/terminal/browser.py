"""Which program opens an address here, and how it is started.

``$BROWSER`` comes first, read as other programs read it: commands between colons,
the first one that is here, ``%s`` for the address. Without it a browser of the
desktop is looked for, where there is a desktop. A program gets the address as
one argument of a list; no shell ever sees it.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ON_DESKTOP = ("xdg-open", "x-www-browser", "firefox", "chromium", "google-chrome")
#: Browsers that need the terminal for themselves.
_IN_TERMINAL = frozenset(
    ("w3m", "lynx", "links", "links2", "elinks", "www-browser", "browsh", "carbonyl", "cha")
)
#: A program that fails does so within this time; one that lasts is a browser.
_PATIENCE = 1.0


class Browser(NamedTuple):
    """A program that opens addresses.

    Args:
        command: its words, ``%s`` standing for the address.
    """

    command: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is called."""
        return PurePath(self.command[0]).name

    @property
    def in_terminal(self) -> bool:
        """Whether it needs the terminal."""
        return self.name in _IN_TERMINAL

    def opening(self, address: str) -> list[str]:
        """Return the words to start it with.

        Args:
            address: an address that begins with ``http://`` or ``https://``.

        Raises:
            ValueError: if it does not; nothing else may be opened.
        """
        if not address.lower().startswith(("http://", "https://")):
            message = f"not an address to open: {address!r}"
            raise ValueError(message)
        words = [word.replace("%s", address) for word in self.command[1:]]
        placed = any("%s" in word for word in self.command[1:])
        return [self.command[0], *words, *([] if placed else [address])]


def find(environ: Mapping[str, str]) -> Browser | None:
    """Return the browser to use, None if there is none here."""
    for words in _candidates(environ):
        if words and (program := shutil.which(words[0], path=environ.get("PATH"))):
            return Browser((program, *words[1:]))
    return None


def _candidates(environ: Mapping[str, str]) -> Iterator[list[str]]:
    for command in environ.get("BROWSER", "").split(os.pathsep):
        try:
            words = shlex.split(command)
        except ValueError:  # a quote that is not closed: no command at all
            continue
        yield words[:-1] if words[-1:] == ["&"] else words
    if "TERMUX_VERSION" in environ:
        yield ["termux-open-url"]
    if "WSL_DISTRO_NAME" in environ:
        yield ["wslview"]
    if sys.platform == "darwin" and "SSH_CONNECTION" not in environ:
        yield ["open"]
    if environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        yield from ([program] for program in _ON_DESKTOP)


class Starter:
    """Starts programs that have windows of their own, and lets them be."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self, words: list[str]) -> str:
        """Start a program apart from this terminal; wait a moment whether it fails.

        Args:
            words: the program and its arguments.

        Returns:
            Why it failed, in words; empty if it did not.
        """
        self._running = [program for program in self._running if program.poll() is None]
        try:
            program = subprocess.Popen(  # noqa: S603 - a list, never a shell
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            return error.strerror or str(error)
        try:
            code = program.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._running.append(program)
            return ""
        return f"it ended with {code}" if code else ""
