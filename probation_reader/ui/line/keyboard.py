"""Reading the keyboard: what terminals send for keys, as Textual's events.

A terminal sends Esc before a character for two things, which nothing tells apart:
Alt held with it, and Esc pressed just before it. Textual takes letters for the
first and drops the Esc before everything else. Here each such pair comes as one
event, ``alt+`` and the character; where that key means nothing, `apart` gives the
two keys it may have been. Bytes that are no UTF-8 come as a sign for that.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key

if TYPE_CHECKING:
    from collections.abc import Iterable

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


class KeyboardDriver(LinuxDriver):
    """Textual's driver for a terminal, reading keys as this file says."""

    def run_input_thread(self) -> None:
        """Read what is typed until the screen closes; leave when the terminal is gone."""
        keys = Keys()
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_TICK):
                    try:
                        typed = os.read(self.fileno, _MOST)
                    except OSError:
                        typed = b""
                    if not typed:
                        self._app.call_later(self._app.exit)
                        return
                    text = decode(typed)
                    for message in keys.feed(text) if text else ():  # half a character: nothing yet
                        self.process_message(message)
                for message in keys.tick():
                    self.process_message(message)
