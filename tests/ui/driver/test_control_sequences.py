"""What arrives that is no key: answers of terminals, whole, split, cut off, and noise."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.keys import Keys as TextualKeys
from textual.message import Message

from probation_reader.ui.driver.control_sequences import Kind, Token, Tokenizer
from probation_reader.ui.driver.keyboard import Typed
from probation_reader.ui.keys import chords

#: Longer than any wait.
_LATER = 60.0
#: A lone Esc is heard by then.
_HEARD = 0.1

#: Answers of terminals to questions that nobody here asked.
ANSWERS = {
    "palette": b"\x1b]4;1;rgb:cdcd/0000/0000\x1b\\",
    "foreground": b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    "background": b"\x1b]11;rgb:1c1c/1c1c/1c1c\x07",
    "clipboard": b"\x1b]52;c;am9iIHdlbGwgZG9uZQ==\x07",
    "background, 8-bit": b"\x9d11;rgb:1c1c/1c1c/1c1c\x9c",
    "background, C1 as UTF-8": "\x9d11;rgb:1c1c/1c1c/1c1c\x9c".encode(),
    "version": b"\x1bP>|XTerm(390)\x1b\\",
    "version, ended by BEL": b"\x1bP>|XTerm(390)\x07",
    "terminfo": b"\x1bP1+r636f=323536\x1b\\",
    "setting": b'\x1bP1$r0;1"p\x1b\\',
    "image": b"\x1b_Gi=31;OK\x1b\\",
    "private message": b"\x1b^quit\x1b\\",
    "start of string": b"\x1bXb/?q\x1b\\",
    "window size": b"\x1b[8;24;80t",
    "pixels": b"\x1b[4;600;800t",
    "title": b"\x1b]lquit\x1b\\",
    "primary attributes": b"\x1b[?62;22;52c",
    "secondary attributes": b"\x1b[>41;390;0c",
    "tertiary attributes": b"\x1bP!|00000000\x1b\\",
    "attributes, 8-bit": b"\x9b?62;22;52c",
    "status": b"\x1b[0n",
    "cursor": b"\x1b[12;40R",
    "cursor, extended": b"\x1b[?12;40;1R",
    "colour scheme": b"\x1b[?997;1n",
    "kitty keyboard state": b"\x1b[?5u",
    "mode": b"\x1b[?1049;1$y",
    "rectangle checksum": b"\x1bP1!~ABCD\x1b\\",
    "X10 mouse": b"\x1b[M qb",
    "X10 mouse, far right": b"\x1b[M \xf0\xfe",
    "urxvt mouse": b"\x1b[32;10;20M",
}


class Line:
    """Input over time, and the events it makes."""

    def __init__(self) -> None:
        self.now = 0.0
        self._typed = Typed(Tokenizer(lambda: self.now))

    def sends(self, *reads: bytes, pause: float = 0.01) -> list[Message]:
        """Return the events of some reads, one after the other, and of a long wait."""
        made: list[Message] = []
        for data in reads:
            made += self._typed.read(data)
            self.now += pause
            if pause > _HEARD:
                made += self._typed.read(None)
        self.now += _LATER
        return [*made, *self._typed.read(None)]


def spelled(made: list[Message]) -> list[str]:
    return [chords.spelled(key.key, key.character) for key in made if isinstance(key, events.Key)]


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
class TestAnAnswer:
    def test_is_no_key(self, answer: bytes) -> None:
        line = Line()
        assert line.sends(answer) == []
        assert spelled(line.sends(b"j")) == ["j"]

    def test_is_none_split_in_two_anywhere(self, answer: bytes) -> None:
        for at in range(1, len(answer)):
            assert Line().sends(answer[:at], answer[at:]) == []

    def test_is_only_esc_where_the_rest_comes_late(self, answer: bytes) -> None:
        if answer[0] == 0x1B and not answer.startswith(b"\x1b[M"):
            line = Line()
            assert spelled(line.sends(answer[:1], answer[1:], b"j", pause=0.5)) == ["Esc", "j"]

    def test_is_none_byte_by_byte(self, answer: bytes) -> None:
        assert Line().sends(*(bytes([byte]) for byte in answer)) == []

    def test_is_none_cut_off_and_what_follows_later_is_heard(self, answer: bytes) -> None:
        for at in range(1, len(answer)):
            line = Line()
            made = line.sends(answer[:at])
            assert spelled(made) == (["Esc"] if at == 1 and answer[0] == 0x1B else [])
            half = ["�"] if answer[at - 1] >= 0xC0 else []  # of a character, and no key
            assert spelled(line.sends(b"j")) in (["j"], [*half, "j"])

    def test_is_none_after_another(self, answer: bytes) -> None:
        assert Line().sends(answer * 3) == []


KEYS = {
    b"\x1b[A": "Up",
    b"\x1bOA": "Up",
    b"\x9bA": "Up",
    b"\x8fP": "F1",
    b"\x1b[[A": "F1",
    b"\x1b[15~": "F5",
    b"\x1b[1;5C": "Ctrl+Right",
    b"\x1b[Z": "Shift+Tab",
    b"\x1b[106u": "j",
    b"\x1b[106;1u": "j",
    b"\x1b[106;1;106u": "j",
    b"\x1b[106:74;2;74u": "J",
    b"\x1b[106;1:2u": "j",
    b"\x1b[106;5u": "Ctrl+j",
    b"\x1b[106;3u": "Alt+j",
    b"\x1b[27u": "Esc",
    b"\x1b[27;1u": "Esc",
    b"\x1b[13u": "Enter",
    b"\x1b[9;2u": "Shift+Tab",
    b"\x1b[127;3u": "Alt+Backspace",
    b"\x1b[0;;233u": "é",
    b"\x1b[27;5;106~": "Ctrl+j",
    b"\x1b[27;3;106~": "Alt+j",
    b"\x1b[5~": "PgUp",
    b"\x1b[57376;1u": "F13",
    b"\x1b\x7f": "Alt+Backspace",
}


@pytest.mark.parametrize(("sent", "key"), KEYS.items(), ids=repr)
def test_keys_stay_keys(sent: bytes, key: str) -> None:
    assert spelled(Line().sends(sent)) == [key]
    assert spelled(Line().sends(*(bytes([byte]) for byte in sent))) == [key]


ABSURD = [
    b"\x1b[99~",
    b"\x1b[65A",
    b"\x1b[3u",
    b"\x1b[55296u",
    b"\x1b[1114112u",
    b"\x1b[" + b"9" * 5000 + b"u",
    b"\x1b[106;0u",
    b"\x1b[106;999u",
    b"\x1b[106;1:3u",
    b"\x1b[106;1;7u",
    b"\x1b[106;1;27:91u",
    b"\x1b[1;0A",
    b"\x1b[27;5;3~",
    b"\x1b[57999u",
    b"\x1b[106;5;106;106u",
]


@pytest.mark.parametrize("sent", ABSURD, ids=lambda sent: repr(sent[:20]))
def test_absurd_numbers_are_no_key(sent: bytes) -> None:
    assert Line().sends(sent) == []


class TestTyping:
    def test_a_lone_esc_is_heard_after_a_tenth_of_a_second(self) -> None:
        line = Line()
        typed = line._typed
        assert list(typed.read(b"\x1b")) == []
        assert typed.wait <= 0.1
        line.now += 0.1
        assert spelled(list(typed.read(None))) == ["Esc"]

    def test_esc_and_an_introducer_after_a_while_are_two_keys(self) -> None:
        line = Line()
        assert spelled(line.sends(b"\x1b")) == ["Esc"]
        assert spelled(line.sends(b"]")) == ["]"]

    @pytest.mark.parametrize("typed", [b"[[", b"]]P", b"PP", b"[j", b"__", b"[?", b"5j"])
    def test_keys_in_one_read_after_esc_are_keys(self, typed: bytes) -> None:
        made = Line().sends(b"\x1b", typed, pause=0.5)
        assert spelled(made) == ["Esc", *typed.decode()]

    @pytest.mark.parametrize(("rest", "key"), [(b"[A", "Up"), (b"OD", "Left"), (b"[6~", "PgDn")])
    def test_a_key_whose_rest_comes_late_is_esc_and_that_key(self, rest: bytes, key: str) -> None:
        assert spelled(Line().sends(b"\x1b", rest, pause=0.5)) == ["Esc", key]

    @pytest.mark.parametrize("introducer", [b"[", b"]", b"O", b"P", b"X", b"^", b"_"])
    def test_an_introducer_typed_at_once_holds_up_keys_for_two_seconds_at_most(
        self, introducer: bytes
    ) -> None:
        line = Line()
        list(line._typed.read(b"\x1b" + introducer))
        for _ in range(20):  # a key held down
            line.now += 0.11
            list(line._typed.read(b" "))
        assert spelled(line.sends(b"j")) == ["j"]

    def test_an_answer_that_keeps_coming_is_waited_for(self) -> None:
        line = Line()
        reads = [b"\x1b]52;c;", *[b"cXVpdA==" * 100] * 60, b"\x07"]
        assert line.sends(*reads, pause=0.2) == []

    def test_a_new_sequence_ends_an_unfinished_one(self) -> None:
        assert spelled(Line().sends(b"\x1b]11;rgb:1c\x1b[A")) == ["Up"]
        assert spelled(Line().sends(b"\x1b[8;2\x1bOB")) == ["Down"]

    def test_utf8_split_anywhere(self) -> None:
        assert spelled(Line().sends(*(bytes([byte]) for byte in "é漢›".encode()))) == list("é漢›")


class TestPaste:
    @staticmethod
    def pasted(made: list[Message]) -> list[str]:
        assert not spelled(made)
        return [message.text for message in made if isinstance(message, events.Paste)]

    @pytest.mark.parametrize(
        "text", ["two words", "q\x1b]11;rgb:0/0/0\x07b", "\x1b[A\x1b", "\x1b[201", "\x9b?62c", ""]
    )
    def test_whatever_is_pasted_is_text(self, text: str) -> None:
        sent = f"\x1b[200~{text}\x1b[201~".encode()
        assert self.pasted(Line().sends(sent)) == [text]
        assert self.pasted(Line().sends(*(bytes([byte]) for byte in sent))) == [text]
        for at in range(1, len(sent)):
            assert self.pasted(Line().sends(sent[:at], sent[at:])) == [text]

    def test_bytes_that_are_no_utf8_come_as_a_sign(self) -> None:
        assert self.pasted(Line().sends(b"\x1b[200~a\x9bb\xff\x1b[201~")) == ["a�b�"]

    def test_one_without_an_end_ends_after_a_while(self) -> None:
        line = Line()
        assert self.pasted(line.sends(b"\x1b[200~quit")) == ["quit"]
        assert spelled(line.sends(b"j")) == ["j"]

    def test_keys_typed_into_one_without_an_end_do_not_prolong_it(self) -> None:
        line = Line()
        made = []
        list(line._typed.read(b"\x1b[200~"))
        for _ in range(40):
            line.now += 0.1
            made += list(line._typed.read(b"j"))
        assert [type(message) for message in made[:1]] == [events.Paste]
        assert spelled(made[1:])


class TestReports:
    @pytest.mark.parametrize(
        ("sent", "kind"),
        [
            (b"\x1b[I", "AppFocus"),
            (b"\x1b[O", "AppBlur"),
            (b"\x1b[<0;3;3M", "MouseDown"),
            (b"\x1b[<64;3;3M", "MouseScrollUp"),
            (b"\x1b[?2026;2$y", "TerminalSupportsSynchronizedOutput"),
            (b"\x1b[48;24;80;480;800t", "Resize"),
        ],
    )
    def test_what_textual_asks_for_reaches_it(self, sent: bytes, kind: str) -> None:
        assert [type(message).__name__ for message in Line().sends(sent)] == [kind]


# Any input

_controls = st.sampled_from(["\x1b[", "\x1b]", "\x1bP", "\x1bX", "\x1b^", "\x1b_", "\x9b", "\x9d"])
_csi = st.builds(
    "\x1b[{}{}{}".format,
    st.text("0123456789:;<=>?", max_size=20),
    st.text(" !\"#$%&'()*+,-./", max_size=2),
    st.characters(min_codepoint=0x40, max_codepoint=0x7E),
)
_string = st.builds(
    "\x1b{}{}{}".format,
    st.sampled_from("PX]^_"),
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=60),
    st.sampled_from(["\x1b\\", "\x07", "\x9c"]),
)


def split(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({cut % (len(data) + 1) for cut in cuts} | {0, len(data)})
    return [data[start:end] for start, end in pairwise(places)]


@given(_string, st.lists(st.integers(0, 200), max_size=4))
def test_no_control_string_makes_anything(sent: str, cuts: list[int]) -> None:
    assert Line().sends(*split(sent.encode(), cuts)) == []


@given(_csi, st.lists(st.integers(0, 200), max_size=4))
def test_a_control_sequence_is_one_key_at_most(sent: str, cuts: list[int]) -> None:
    line = Line()
    made = line.sends(*split(sent.encode(), cuts))
    whole = Line().sends(sent.encode())
    assert [type(message) for message in made] == [type(message) for message in whole]
    keys = [message for message in made if isinstance(message, events.Key)]
    assert len(keys) <= 64
    assert all(key.key != TextualKeys.Ignore for key in keys)
    if sent[2:3] not in "M[" and "200~" not in sent:
        assert spelled(line.sends(b"j")) == ["j"]


@given(st.lists(st.one_of(_csi, _string, _controls, st.text(max_size=9), st.binary(max_size=9))))
def test_portions_make_no_difference(pieces: list[str | bytes]) -> None:
    data = b"".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces)
    text = data.decode(errors="surrogateescape")

    def tokens(*portions: str) -> list[Token]:
        now = [0.0]
        tokenizer = Tokenizer(lambda: now[0])
        found = [token for portion in portions for token in tokenizer.feed(portion)]
        now[0] = _LATER
        found += tokenizer.expire()
        assert tokenizer.wait is None
        return found

    assert tokens(*text) == tokens(text)
    assert all(token.text or token.kind is Kind.PASTE for token in tokens(text))
