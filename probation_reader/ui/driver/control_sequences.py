"""Splitting terminal input into characters and control sequences (ECMA-48).

A terminal sends keys and its answers to queries down the same line. The grammar
tells where a sequence ends, whether or not anyone knows it:

- CSI: ``ESC [``, parameters 0x30-3F, intermediates 0x20-2F, a final 0x40-7E;
- SS3: ``ESC O``, digits and semicolons, one character;
- DCS, SOS, OSC, PM, APC: ``ESC`` and ``P X ] ^ _``, then anything up to ST or BEL;
- each of them with the 8-bit introducer (0x80-9F) in place of ``ESC`` and a letter.

Beyond ECMA-48 there are mouse reports of X10 (``CSI M`` and three bytes), function
keys of the Linux console (``CSI [`` and a letter) and bracketed paste. Escape
sequences of ECMA-35 (``ESC``, intermediates, final) are not recognised: no terminal
answers with one, and Esc, ``/`` and a word are typed.

A slow line may hold up a sequence after its ESC for so long that Esc was heard. What
then comes at once and reads as the rest of a sequence is taken for that, not for keys.

Control strings are dropped here. A sequence that does not end is dropped after a
wait, whole: none of its characters becomes a key. People type slowly and programs
send much at once, so that wait is extended by many characters, not by a few.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ESC = "\x1b"
PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"

_BEL, _ST, _CAN, _SUB = "\x07", "\x9c", "\x18", "\x1a"
_STRINGS = "PX]^_"
#: After ESC these begin something longer, or end it. With nothing after them they are
#: what is left of a sequence, and no keys either: Alt with them is not told from that.
_INTRODUCERS = f"[O\\{_STRINGS}"
#: Bytes after ``CSI M``: the button, the column and the row.
_X10_BYTES = 3

#: How long a lone ESC may become a sequence, in seconds.
_ESCAPE_WAIT = 0.1
#: How long after a lone ESC the rest of a sequence is recognised, and how: an arrow key,
#: CSI with parameters, the number of an OSC, a control string with its end.
_REST_WAIT = 2.0
_REST = re.compile(
    r"[\[O][A-D]|\[[<-?]?[0-9][ -?]*[@-~]|\][0-9]+;|[]PX^_][^\x1b\x07\x9c]*(?:\x1b\\|[\x07\x9c])"
)
#: How long a begun sequence waits for its next character, and how long for its end.
_IDLE, _LONGEST = 0.5, 2.0
#: How long a paste waits for its end.
_PASTE_WAIT = 3.0
#: As many characters at once are sent by a program: they extend the wait for an end.
_MANY = 16
#: Characters of a sequence; a longer one is nothing known.
_MOST = 128
#: Characters of a paste that are taken.
_MOST_PASTED = 1_000_000

_INVALID = re.compile("[\udc80-\udcff]")


class Kind(Enum):
    """What a token is."""

    CHARACTER = auto()
    #: ESC and a character sent at once.
    PAIR = auto()
    #: A whole CSI or SS3 sequence, with its 7-bit introducer.
    SEQUENCE = auto()
    #: Pasted text, without its markers.
    PASTE = auto()


class Token(NamedTuple):
    """A piece of input: what it is, and its characters."""

    kind: Kind
    text: str


class _State(Enum):
    GROUND = auto()
    ESCAPE = auto()
    CSI = auto()
    SS3 = auto()
    STRING = auto()
    #: ESC within a control string: the first half of ST, or of a new sequence.
    STRING_ESCAPE = auto()
    CONSOLE = auto()
    X10 = auto()
    PASTE = auto()


class Tokenizer:
    """Splits input as it comes in, in whatever portions.

    Args:
        clock: returns seconds that only grow.
        encoding: the encoding of the input, in which some sequences count their bytes.
    """

    def __init__(self, clock: Callable[[], float] = monotonic, encoding: str = "utf-8") -> None:
        self._clock, self._encoding = clock, encoding
        self._state = _State.GROUND
        #: The sequence so far; of a control string, its introducer.
        self._text = ""
        self._bytes = 0
        self._pasted = ""
        self._since = self._now = clock()
        self._deadline: float | None = None
        self._rest_until = self._now

    @property
    def wait(self) -> float | None:
        """Seconds until `expire` has something to do; None if it has nothing."""
        return None if self._deadline is None else max(0.0, self._deadline - self._clock())

    def feed(self, text: str) -> Iterator[Token]:
        """Yield the tokens that end in a portion of input.

        Args:
            text: decoded; bytes that are no characters as `surrogateescape` gives them.
        """
        self._now = self._clock()
        if self._now < self._rest_until and _REST.match(text):
            text = ESC + text
        self._rest_until = self._now
        at = 0
        while at < len(text):
            if self._state is _State.PASTE:
                pasted, at = self._paste(text, at)
                yield from pasted
            else:
                yield from self._take(text[at])
                at += 1
        if len(text) >= _MANY:
            self._since = self._now
        self._deadline = self._next_deadline()

    def expire(self) -> Iterator[Token]:
        """Yield what an unfinished sequence amounts to once it has waited long enough."""
        if self._deadline is None or self._clock() < self._deadline:
            return
        state, pasted = self._state, self._pasted
        self._reset()
        self._deadline = None
        if state is _State.ESCAPE:
            self._rest_until = self._clock() + _REST_WAIT
            yield Token(Kind.CHARACTER, ESC)
        elif state is _State.PASTE:
            yield Token(Kind.PASTE, _INVALID.sub("\ufffd", pasted))

    def _next_deadline(self) -> float | None:
        if self._state is _State.GROUND:
            return None
        if self._state is _State.ESCAPE:
            return self._now + _ESCAPE_WAIT
        if self._state is _State.PASTE:
            return self._since + _PASTE_WAIT
        return min(self._now + _IDLE, self._since + _LONGEST)

    def _reset(self) -> None:
        self._state, self._text, self._pasted = _State.GROUND, "", ""

    def _begin(self, state: _State, text: str) -> None:
        self._state, self._text, self._since = state, text, self._now

    def _take(self, character: str) -> Iterator[Token]:
        if "\udc80" <= character <= "\udc9f":  # an 8-bit control that is no UTF-8
            character = chr(ord(character) - 0xDC00)
        if self._state is _State.GROUND:
            yield from self._ground(character)
        elif self._state is _State.ESCAPE:
            yield from self._escape(character)
        elif self._state is _State.STRING:
            self._string(character)
        elif self._state is _State.STRING_ESCAPE:
            if character == "\\":
                self._reset()
            else:
                self._begin(_State.ESCAPE, ESC)
                yield from self._escape(character)
        elif self._state is _State.X10 and character != ESC:
            self._bytes -= len(character.encode(self._encoding, "surrogateescape"))
            if self._bytes <= 0:
                self._reset()
        else:
            yield from self._sequence(character)

    def _ground(self, character: str) -> Iterator[Token]:
        if character == ESC:
            self._begin(_State.ESCAPE, ESC)
        elif "\x80" <= character <= "\x9f":
            letter = chr(ord(character) - 0x40)
            if letter in _INTRODUCERS and character != _ST:
                self._introduce(letter)
        else:
            yield Token(Kind.CHARACTER, _INVALID.sub("\ufffd", character))

    def _escape(self, character: str) -> Iterator[Token]:
        if character == ESC:
            self._since = self._now
            yield Token(Kind.CHARACTER, ESC)
        elif character == "\\":  # ST that ends nothing
            self._reset()
        elif character in _INTRODUCERS:
            self._introduce(character)
        elif "\x80" <= character <= "\x9f":
            self._reset()
            yield from self._ground(character)
        else:
            self._reset()
            yield Token(Kind.PAIR, ESC + _INVALID.sub("\ufffd", character))

    def _introduce(self, letter: str) -> None:
        states = {"[": _State.CSI, "O": _State.SS3}
        self._begin(states.get(letter, _State.STRING), ESC + letter)

    def _string(self, character: str) -> None:
        if character in (_BEL, _ST, _CAN, _SUB):
            self._reset()
        elif character == ESC:
            self._state = _State.STRING_ESCAPE

    def _sequence(self, character: str) -> Iterator[Token]:
        """Take a character of a CSI or SS3 sequence."""
        state, text = self._state, self._text
        if character in (_CAN, _SUB):
            self._reset()
            return
        if not " " <= character <= "~":  # it is cut off; this begins something else
            self._reset()
            yield from self._ground(character)
            return
        self._text = (text + character)[:_MOST]
        if state is _State.SS3 and (character.isdigit() or character == ";"):
            return
        if state is _State.CSI and character < "@":
            return
        if state is _State.CSI and text == "\x1b[" and character == "[":
            self._state = _State.CONSOLE
        elif state is _State.CSI and self._text == "\x1b[M":
            self._state, self._bytes = _State.X10, _X10_BYTES
        elif state is _State.CSI and self._text == PASTE_START:
            self._begin(_State.PASTE, "")
        else:
            whole, overlong = self._text, len(text) >= _MOST
            self._reset()
            if not overlong:
                yield Token(Kind.SEQUENCE, whole)

    def _paste(self, text: str, start: int) -> tuple[list[Token], int]:
        """Take pasted text from a place on; return the paste if it ends, and where it does."""
        before = self._text  # as much of what came before as may be a part of the end marker
        window = before + text[start:]
        end = window.find(PASTE_END)
        if end < 0:
            self._text = window[1 - len(PASTE_END) :]
            self._pasted = (self._pasted + text[start:])[:_MOST_PASTED]
            return [], len(text)
        after = start + end + len(PASTE_END) - len(before)
        pasted = (self._pasted + text[start:after]).removesuffix(PASTE_END)
        self._reset()
        return [Token(Kind.PASTE, _INVALID.sub("\ufffd", pasted))], after
