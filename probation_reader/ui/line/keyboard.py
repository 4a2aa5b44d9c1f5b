"""Reading the keyboard: what terminals send for keys, as Textual's events.

A terminal sends Esc before a character for two things, which nothing tells apart:
Alt held with it, and Esc pressed just before it. Textual takes letters for the
first and drops the Esc before everything else. Here each such pair comes as one
event, ``alt+`` and the character; where that key means nothing, `apart` gives the
two keys it may have been.

Nothing that comes in ends the program but the end of the line: bytes that are no
UTF-8 come as a sign for that, and numbers that stand for no key are passed over.
"""

from __future__ import annotations

import os
import select
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Resize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.message import Message

_ESC = "\x1b"
#: After Esc these may begin a longer sequence; what follows them within a moment tells.
_BEGINNING = "[OP]_^X"
_PAIR = 2
#: Bytes read at a time.
_MOST = 4096
#: How often it is looked whether a lone Esc has been one long enough, in seconds.
_TICK = 0.1


class Keys(XTermParser):
    """Textual's reading of the line, but for Esc and a character after it."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:  # noqa: FBT001, FBT002 - Textual's own
        last = sequence[-1]
        paired = len(sequence) == _PAIR and sequence[0] == _ESC and last not in _BEGINNING
        if last.isprintable() and (alt or paired):
            return [Key("alt+space" if last == " " else f"alt+{last}", _ESC + last)]
        return super()._sequence_to_key_events(sequence, alt)


def apart(event: Key) -> list[Key]:
    """Return Esc and the key after it, if that is what a terminal may have meant.

    Args:
        event: a key; pairs are those that came as Esc and a character, not Alt
            as terminals of the newer kind report it.

    Returns:
        Two keys, or none.
    """
    sent = event.character or ""
    if len(sent) != _PAIR or sent[0] != _ESC:
        return []
    after = [message for message in XTermParser().feed(sent[1]) if isinstance(message, Key)]
    return [Key("escape", _ESC), *after]


class Typed:
    """Turns what is typed into events, as it comes in."""

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._keys = Keys()

    def read(self, data: bytes | None) -> Iterator[Message]:
        """Yield the events that bytes make.

        Args:
            data: the bytes; none where time has passed without any.
        """
        text = self._decode(data) if data else ""
        try:
            if text:  # half a character is nothing yet
                yield from self._keys.feed(text)
            yield from self._keys.tick()
        except (ArithmeticError, ValueError):  # Textual makes characters of any numbers
            self._keys = Keys()


class KeyboardDriver(LinuxDriver):
    """Textual's driver for a terminal, reading keys as this file says."""

    def run_input_thread(self) -> None:
        """Read what is typed until the screen closes; leave when the terminal is gone."""
        typed = Typed()
        while not self.exit_event.is_set():
            data = None
            if select.select([self.fileno], [], [], _TICK)[0]:
                data = self._read()
            for message in typed.read(data):
                self.process_message(message)
            if data == b"":
                self._app.call_later(self._app.exit)
                return

    def _read(self) -> bytes:
        """Return what is there; nothing if the terminal is gone."""
        try:
            return os.read(self.fileno, _MOST)
        except OSError:
            return b""

    def disable_input(self) -> None:
        """Read no more keys; from then on, what is typed is for others and left to them."""
        if self._key_thread is not None:
            super().disable_input()
            self._key_thread = None

    def _sigcont_application(self, *_: object) -> None:
        """Take the terminal over again; stopped without notice, give it back first.

        Stopped while it was leaving, the program goes on leaving.
        """
        if self._auto_restart and not self._app._exit:  # noqa: SLF001 - Textual has no other name for it
            if self._key_thread is not None:
                self.suspend_application_mode()
                self._must_signal_resume = True
            self.resume_application_mode()

    def process_message(self, message: Message) -> None:
        """Pass on an event; a size only where the terminal was asked to tell its sizes."""
        if not isinstance(message, Resize) or self._in_band_window_resize:
            super().process_message(message)
