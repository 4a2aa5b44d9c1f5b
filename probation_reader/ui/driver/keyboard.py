"""Reading the keyboard: what terminals send for keys, as Textual's events.

`control_sequences` tells where a sequence ends; here it is told which of them are
keys and reports that Textual asks for. Everything else is an answer to somebody
else's question and is dropped.

A terminal sends Esc before a character for two things, which nothing tells apart:
Alt held with it, and Esc pressed just before it. Each such pair comes as one event,
``alt+`` and the character; where that key means nothing, `apart` gives the two keys
it may have been.

Nothing that comes in ends the program but the end of the line: bytes that are no
UTF-8 come as a sign for that, and numbers that stand for no key are passed over.
"""

from __future__ import annotations

import os
import re
import select
import sys
from codecs import getincrementaldecoder, lookup
from typing import TYPE_CHECKING, Any

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Paste, Resize
from textual.keys import Keys

from probation_reader.ui.driver.control_sequences import ESC, Kind, Token, Tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.app import App
    from textual.message import Message

_PAIR = 2
#: Bytes read at a time.
_MOST = 4096
#: How often it is looked whether the screen closes, in seconds.
_TICK = 0.1

#: A key of the kitty protocol, or a function key with modifiers: its number, the
#: modifiers, whether it was pressed or released, the characters it types, its kind.
_EXTENDED_KEY = re.compile(
    r"\x1b\[(?P<key>\d{0,7})(?::\d{0,7}){0,2}"
    r"(?:;(?P<modifiers>\d{0,3})(?::(?P<event>\d))?(?:;(?P<typed>[\d:]{0,64}))?)?"
    r"(?P<final>[u~A-FHPQS])"
)
#: A key as xterm's modifyOtherKeys reports it: modifiers and a character.
_OTHER_KEY = re.compile(r"\x1b\[27;(\d{1,3});(\d{1,7})~")
_RELEASED = "3"
_MOST_MODIFIERS = 256
#: Characters that are keys of the kitty protocol though they are controls.
_CONTROLS = {9, 13, 27, 127}
#: The kitty protocol numbers keys that type nothing within this private use area.
_PRIVATE = range(0xE000, 0xF900)

#: What Textual asks for: focus, mouse (SGR), modes, the size of the window.
_REPORT = re.compile(
    r"\x1b\[(?:[IO]|<\d{1,4};-?\d{1,6};-?\d{1,6}[Mm]|\?(?:2026|2048);\d\$y"
    r"|48(?:;\d{1,6}(?::\d{0,6})?){4}t)"
)
#: Keys that come as ESC and a control character.
_ALT_CONTROLS = {"\x7f": "alt+backspace", "\x08": "alt+backspace", "\t": "shift+tab"}


def _extended_key(sequence: str) -> str | None:
    """Return a sequence as Textual reads it if it is a valid extended key.

    Returns:
        The sequence, reduced to key, modifiers and characters; None if it is no key.
    """
    if other := _OTHER_KEY.fullmatch(sequence):
        sequence = f"\x1b[{other[2]};{other[1]}u"
    found = _EXTENDED_KEY.fullmatch(sequence)
    if found is None or found["event"] == _RELEASED:
        return None
    key, modifiers, typed, final = found["key"], found["modifiers"], found["typed"], found["final"]
    if modifiers and not 1 <= int(modifiers) <= _MOST_MODIFIERS:
        return None
    if f"{key or 1}{final}" in FUNCTIONAL_KEYS:
        return f"\x1b[{key or 1};{modifiers or ''}{final}"
    characters = [part for part in (typed or "").split(":") if part]
    if final != "u" or not all(_is_character(int(part)) for part in characters):
        return None
    if characters and int(key or 0) in {0, *_PRIVATE}:
        key = characters[0]
    if not _is_character(int(key or 0)):
        return None
    return f"\x1b[{key};{modifiers or ''};{':'.join(characters)}u"


def _is_character(number: int) -> bool:
    """Return whether a number is that of a character that a key may type."""
    if number not in range(0x20, 0x110000) or number in _PRIVATE:
        return False
    return chr(number).isprintable() or number in _CONTROLS


def apart(event: Key) -> list[Key]:
    """Return Esc and the key after it, if that is what a terminal may have meant.

    Args:
        event: a key; pairs are those that came as Esc and a character, not Alt
            as terminals of the newer kind report it.

    Returns:
        Two keys, or none.
    """
    sent = event.character or ""
    if len(sent) != _PAIR or sent[0] != ESC:
        return []
    after = [message for message in XTermParser().feed(sent[1]) if isinstance(message, Key)]
    return [Key("escape", ESC), *after]


def _input_encoding() -> str:
    """Return the encoding of what is typed: the locale's, but UTF-8 where that is only ASCII."""
    known = sys.__stdin__.encoding if sys.__stdin__ is not None else "utf-8"
    return "utf-8" if lookup(known).name == "ascii" else known


class Typed:
    """Turns what is typed into events, as it comes in.

    Args:
        tokenizer: splits the input; a new one without it.
        encoding: the encoding of the input.
    """

    def __init__(self, tokenizer: Tokenizer | None = None, encoding: str = "utf-8") -> None:
        self._decode = getincrementaldecoder(encoding)("surrogateescape").decode
        self._tokenizer = tokenizer or Tokenizer(encoding=encoding)
        self._parser = XTermParser()

    @property
    def wait(self) -> float:
        """Seconds after which `read` has something to do though nothing was typed."""
        wait = self._tokenizer.wait
        return _TICK if wait is None else min(wait, _TICK)

    def read(self, data: bytes | None) -> Iterator[Message]:
        """Yield the events that bytes make.

        Args:
            data: the bytes; none where time has passed without any.
        """
        if data:
            for token in self._tokenizer.feed(self._decode(data)):
                yield from self._events(token)
        for token in self._tokenizer.expire():
            yield from self._events(token)

    def _events(self, token: Token) -> Iterable[Message]:
        kind, text = token
        if kind is Kind.PASTE:
            return [Paste(text)]
        if kind is Kind.CHARACTER:
            return [Key("escape", ESC)] if text == ESC else self._keys(text)
        if kind is Kind.SEQUENCE:
            return self._sequence(text)
        return self._alt(text[1])

    def _alt(self, character: str) -> Iterable[Key]:
        """Return Alt and a character; from what was sent `apart` can tell two keys."""
        if character in _ALT_CONTROLS:
            return [Key(_ALT_CONTROLS[character], None)]
        if not character.isprintable():
            return self._keys(character)
        return [Key("alt+space" if character == " " else f"alt+{character}", ESC + character)]

    def _sequence(self, sequence: str) -> Iterable[Message]:
        """Return what a whole sequence means here; nothing if it is no key and no report."""
        extended = _extended_key(sequence)
        if extended is not None:
            return self._keys(extended)
        if sequence in ANSI_SEQUENCES_KEYS:
            keys = ANSI_SEQUENCES_KEYS[sequence]
            if isinstance(keys, str):
                return self._keys(keys)
            named = keys if isinstance(keys, tuple) else ()
            return [Key(key.value, None) for key in named if key is not Keys.Ignore]
        if _REPORT.fullmatch(sequence):
            try:
                return list(self._parser.feed(sequence))
            except (ArithmeticError, ValueError):  # a size of nothing
                self._parser = XTermParser()
        return []

    def _keys(self, sequence: str) -> list[Key]:
        keys = self._parser._sequence_to_key_events(sequence)  # noqa: SLF001 - Textual has no other name for it
        return [key for key in keys if key.key != Keys.Ignore]


class KeyboardDriver(LinuxDriver):
    """Textual's driver for a terminal, reading keys as this file says.

    Args:
        app: the application.
        debug: as Textual's.
        mouse: as Textual's.
        size: as Textual's.
    """

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file = sys.__stdout__  # standard error may be a file for messages

    def run_input_thread(self) -> None:
        """Read what is typed until the screen closes; leave when the terminal is gone."""
        typed = Typed(encoding=_input_encoding())
        while not self.exit_event.is_set():
            data = None
            if select.select([self.fileno], [], [], typed.wait)[0]:
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
