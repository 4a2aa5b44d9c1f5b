"""The nearest form of a character in an encoding that lacks it. Pure.

Terminals of 8-bit and ASCII locales get readable text: quotes, dashes, ligatures
and fractions by other characters, letters without the marks the encoding lacks. What
has no form, such as an ideograph, becomes a question mark for each of its cells.
"""

from __future__ import annotations

import codecs
from unicodedata import combining, east_asian_width, normalize

#: What Unicode does not decompose, or decomposes into something less readable.
_FORMS = {
    **dict.fromkeys("‘’‚‛′ʼ", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    "‹": "<",
    "›": ">",
    "«": "<<",
    "»": ">>",
    **dict.fromkeys("‐‑‒–—―−⁃·", "-"),
    **dict.fromkeys("•●▪■◦‣★☆", "*"),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0e\ufe0f\u200e\u200f\u061c", ""),
    **dict.fromkeys("→⇒➔➜", "->"),
    **dict.fromkeys("←⇐", "<-"),
    "↔": "<->",
    "↑": "^",
    "↓": "v",
    "×": "x",
    "÷": "/",
    "±": "+/-",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~",
    "∞": "inf",
    "√": "sqrt",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "¢": "c",
    "©": "(c)",
    "®": "(R)",
    "™": "(TM)",
    "§": "s",
    "¶": "P.",
    "°": "deg",
    "ß": "ss",
    "ẞ": "SS",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
    "ð": "d",
    "Ð": "D",
    "þ": "th",
    "Þ": "Th",
    "ł": "l",
    "Ł": "L",
    "ı": "i",
    "ħ": "h",
    "Ħ": "H",
    "¿": "?",
    "¡": "!",
    "¦": "|",
    "✓": "v",
    "✔": "v",
    "✗": "x",
    "\u2044": "/",
    "\xa0": " ",
    **dict.fromkeys("─━", "-"),
    **dict.fromkeys("│┃║", "|"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯", "+"),
    **dict.fromkeys("▸▶►▹", ">"),
    **dict.fromkeys("▾▼", "v"),
    "═": "=",
    "†": "+",
    "‡": "++",
    "‰": "0/00",
    "ŋ": "ng",
    "Ŋ": "NG",
    "ŧ": "t",
    "Ŧ": "T",
    "ƒ": "f",
    "☐": "[ ]",
    "☑": "[x]",
    "☒": "[x]",
    # The pictures of control characters, in caret notation.
    **{chr(0x2400 + code): f"^{chr(0x40 + code)}" for code in range(0x20)},
    "␡": "^?",
}
#: The name of the error handler that codecs know `replaced` by.
ERRORS = "transliterate"


def form(character: str, encoding: str) -> str | None:
    """Return the nearest form of a character, None if an encoding has none of it.

    Args:
        character: the character.
        encoding: what the form is to be written in.
    """
    if _fits(character, encoding):
        return character
    known = _FORMS.get(character)
    if known is None:
        known = "".join(
            _FORMS.get(part, part) for part in normalize("NFKD", character) if not combining(part)
        )
    return known if known != character and _fits(known, encoding) else None


def transliterated(text: str, encoding: str) -> str:
    """Return text with the forms of what an encoding lacks; what has none, and marks, stay."""
    if text.isascii() or _fits(text, encoding):
        return text
    return "".join(
        character if character.isascii() or combining(character) else _or(character, encoding)
        for character in text
    )


def _or(character: str, encoding: str) -> str:
    nearest = form(character, encoding)
    return character if nearest is None else nearest


def replaced(error: UnicodeError) -> tuple[str, int]:
    """Return what to write instead of characters that cannot be encoded (see `codecs`)."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    failing = error.object[error.start : error.end]
    return "".join(_replaced(character, error.encoding) for character in failing), error.end


def _replaced(character: str, encoding: str) -> str:
    nearest = "" if combining(character) else form(character, encoding)
    if nearest is not None:
        return nearest
    return "??" if east_asian_width(character) in "WF" else "?"


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


codecs.register_error(ERRORS, replaced)
