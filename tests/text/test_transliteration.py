"""Text in encodings that lack some of it stays readable."""

from __future__ import annotations

import pytest

from probation_reader.text.transliteration import ERRORS, transliterated

CASES = [
    ("it’s “so” – ok…", 'it\'s "so" - ok...', 'it\'s "so" - ok...'),
    ("oﬃce ﬁle ½ 2×3", "office file 1/2 2x3", "office file ½ 2×3"),
    ("café Straße €5 → •", "cafe Strasse EUR5 -> *", "café Straße EUR5 -> *"),
    ("Łódź", "Lodz", "Lódz"),
    ("‹a› «b» · § 3", "<a> <<b>> - s 3", "<a> «b» · § 3"),
    ("a\u2400\u241b[2J\u2421", "a^@^[[2J^?", "a^@^[[2J^?"),
    ("┌─┐ ☐ 5‰ ▸", "+-+ [ ] 50/00 >", "+-+ [ ] 50/00 >"),
]


@pytest.mark.parametrize(("text", "ascii_form", "latin"), CASES)
def test_what_an_encoding_lacks_has_a_form(text: str, ascii_form: str, latin: str) -> None:
    assert text.encode("ascii", ERRORS).decode() == ascii_form == transliterated(text, "ascii")
    assert text.encode("latin-1", ERRORS).decode("latin-1") == latin
    assert transliterated(text, "iso-8859-1") == latin
    assert transliterated(text, "utf-8") is text


def test_what_has_no_form_is_a_question_mark_for_each_cell() -> None:
    assert "缓a👍e\u0301".encode("ascii", ERRORS) == b"??a??e"
    assert transliterated("缓", "ascii") == "缓"
