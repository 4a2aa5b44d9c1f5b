"""However a thing is written, it is found as it is typed, and marked where it stands.

Each row is what stands in a comment, what is typed, and the words that are marked;
none if it is not to be found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.search.search_fixture import SearchFixture, marked, thread

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS: list[tuple[str, str, list[str]]] = [
    # Names and short forms
    ("OASys takes hours", "OASys", ["OASys"]),
    ("OASys takes hours", "oasys", ["OASys"]),
    ("an OASYS review", "OASys", ["OASYS"]),
    ("the OASys's scores", "oasys", ["OASys's"]),
    ("after TR2 came", "TR2", ["TR2"]),
    ("after TR2 came", "tr2", ["TR2"]),
    ("after TR 2 came", '"TR 2"', ["TR", "2"]),
    ("after TR 2 came", "TR2", ["TR", "2"]),
    ("after TR-2 came", "tr2", ["TR", "2"]),
    ("after TR2 came", "TR 2", ["TR", "2"]),
    ("after TR2 came", "tr 2 came", ["TR", "2", "came"]),
    ("after TR2 came", "TR-2", ["TR2"]),
    ("after TR 2 came", "TR-2", ["TR", "2"]),
    ("after TR2 came", "TR NOT 2", []),
    ("after TR2 came", '"TR 2"', []),
    ("after TR 2 came", '"TR2"', []),
    ("after TR2 came", "=TR 2", []),
    ("after TR2 came", "by:TR 2", []),
    ("after TR came", "TR2", []),
    ("2 came after TR", "TR2", []),
    ("the Part A forms", "Part A", ["Part", "A"]),
    ("the Part A forms", '"part a"', ["Part", "A"]),
    ("the ‘Part A’ forms", '"Part A"', ["Part", "A"]),
    ("a part of it", '"part a"', []),
    ("two SPOs and POs", "spo", ["SPOs"]),
    ("two SPO’s left", "SPOs", ["SPO’s"]),
    ("the officers' view", "officer", ["officers"]),
    ("J.K. Rowling", "j.k. rowling", ["J", "K", "Rowling"]),
    # Numbers
    ("a rise of 27%", "27%", ["27", "%"]),
    ("a rise of 27%", "27 %", ["27", "%"]),
    ("a rise of 27 per cent", "27%", ["27", "per", "cent"]),
    ("a rise of 27 percent", "27%", ["27", "percent"]),
    ("a rise of 27 per cent", "27 per cent", ["27", "per cent"]),
    ("a rise of 27%", "27 per cent", ["27", "%"]),
    ("a rise of 27%", "27 percent", ["27", "%"]),
    ("a rise of 27 per cent", "27 percent", ["27", "per cent"]),
    ("27 went, 5% came", '"27%"', []),
    ("it cost £1.2m", "£1.2m", ["£", "1.2m"]),
    ("it cost £1.2m", "1.2m", ["1.2m"]),
    ("it cost £1.2 million", "£1.2m", ["£", "1.2", "million"]),
    ("it cost £1.2 million", "1.2m", ["1.2 million"]),
    ("it cost £1.2m", "£1.2 million", ["£", "1.2m"]),
    ("it cost £1.2m", "1.2 million", ["1.2", "m"]),
    ("it cost £1.2 million", "£1.2 million", ["£", "1.2 million"]),
    ("it cost €1.2m", "£1.2m", []),
    ("it cost £12m", "£1.2m", []),
    ("1,300 officers", "1300", ["1,300"]),
    ("1300 officers", "1,300", ["1300"]),
    ("two thirds, or 2/3", "2/3", ["2", "3"]),
    ("at 19:26 today", "19:26", ["19", "26"]),
    # Quotation marks and apostrophes
    ("they said “deck chairs”", '"deck chairs"', ["deck", "chairs"]),
    ('they said "deck chairs"', "“deck chairs”", ["deck", "chairs"]),
    ("they said deck chairs", "„deck chairs“", ["deck", "chairs"]),
    ("they said deck chairs", "«deck chairs»", ["deck", "chairs"]),
    ("they said deck chairs", "‘deck chairs’", ["deck", "chairs"]),
    ("they said deck of chairs", "“deck chairs”", []),
    ("I don’t know", "don't", ["don’t"]),
    ("I don't know", "don’t", ["don't"]),
    ("I don`t know", "don´t", ["don`t"]),
    ("I don’t know", "dont", ["don’t"]),
    ("I dont know", "don't", ["dont"]),
    ("O’Brien said", "O'Brien", ["O’Brien"]),
    ("O’Brien's view", "obrien", ["O’Brien's"]),
    ("signed 'Getafix", "getafix", ["Getafix"]),
    ("signed Getafix", "'Getafix", ["Getafix"]),
    # Hyphens and dashes
    ("it is re-offending", "reoffending", ["re-offending"]),
    ("it is reoffending", "re-offending", ["reoffending"]),
    ("it is re‑offending", "re-offending", ["re‑offending"]),
    ("it is re-offending", "re offending", ["re", "offending"]),
    ("to prevent re-offending", '"prevent reoffending"', ["prevent", "re", "offending"]),
    ("to prevent re-offending", '"prevent re-offending"', ["prevent", "re", "offending"]),
    ("an e-mail came", "email", ["e-mail"]),
    ("prison—probation", "prison", ["prison"]),
    ("prison–probation", '"prison probation"', ["prison", "probation"]),
    ("prison - probation", "prison–probation", ["prison", "probation"]),
    ("prison-led", "prison -- led", ["prison", "led"]),
    ("one size fits all", "one-size-fits-all", ["one", "size", "fits", "all"]),
    ("one-size-fits-all", '"one size fits all"', ["one", "size", "fits", "all"]),
    ("co-operate", "cooperated", ["co-operate"]),
    # Accents and other letters
    ("Kübler-Ross wrote", "Kubler-Ross", ["Kübler-Ross"]),
    ("Kubler-Ross wrote", "Kübler-Ross", ["Kubler-Ross"]),
    ("Kübler-Ross wrote", "kubler ross", ["Kübler", "Ross"]),
    ("the cafe\u0301 shut", "café", ["cafe\u0301"]),
    ("the CAFÉ shut", "cafe", ["CAFÉ"]),
    ("naïve", '"naive"', ["naïve"]),
    ("Straße", "strasse", ["Straße"]),
    ("ﬁnance", "finance", ["ﬁnance"]),
    (
        "pro\u00adbation zero\u200bwidth",
        "probation zerowidth",
        ["pro\u00adbation", "zero\u200bwidth"],
    ),
    ("ＴＲ２ full width", "TR2", ["ＴＲ２"]),
    # Addresses and their parts
    ("see https://www.gov.uk/licence-conditions/part_a.pdf", "gov.uk", ["gov", "uk"]),
    ("see https://www.gov.uk/licence-conditions/part_a.pdf", "www.gov.uk", ["www", "gov", "uk"]),
    (
        "see https://www.gov.uk/licence-conditions/part_a.pdf",
        "https://www.gov.uk/licence-conditions/part_a.pdf",
        ["https", "www", "gov", "uk", "licence", "conditions", "part", "a", "pdf"],
    ),
    ("see https://www.gov.uk/licence-conditions", "licence", ["licence"]),
    ("see https://www.gov.uk/licence-conditions", "licence-conditions", ["licence-conditions"]),
    (
        "see https://www.gov.uk/licence-conditions",
        "gov.uk/lic*",
        ["gov", "uk", "licence-conditions"],
    ),
    ("see https://www.gov.uk/a?b=1&c=caf%C3%A9", "b=1", ["b", "1"]),
    ("write to info@napo.org.uk", "info@napo.org.uk", ["info", "napo", "org", "uk"]),
    ("write to info@napo.org.uk", "napo.org", ["napo", "org"]),
    ("see gov.scot/uk", "gov.uk", []),
    # Forms, beginnings, likenesses
    ("they were recalled", "recall", ["recalled"]),
    ("recall is recall", "recalling", ["recall", "recall"]),
    ("policies", "policy", ["policies"]),
    ("they were recalled", "=recall", []),
    ("they were recalled", "recal*", ["recalled"]),
    ("the licence", "lisence~", ["licence"]),
    ("he ‘re-set’ it", "re-se*", ["re", "set"]),
]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchFixture]:
    with SearchFixture(tmp_path_factory.mktemp("written")) as fixture:
        texts = dict.fromkeys(text for text, _, _ in ROWS)
        fixture.put(thread("Rows", ["Nothing is said here.", *texts]))
        fixture.index.sync()
        yield fixture


@pytest.mark.parametrize(("text", "query", "words"), ROWS)
def test_it_is_found_and_marked(
    written: SearchFixture, text: str, query: str, words: list[str]
) -> None:
    answer = written.index.search(query, limit=200)

    found = [marked(hit) for hit in answer.hits if hit.snippet == text] if answer.asked else []
    assert found == ([words] if words else [])
