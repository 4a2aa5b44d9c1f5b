"""What a search gives back, over a real index of a real library."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probation_reader.errors import SearchError
from tests.search.search_fixture import Marked, SearchFixture, marked, thread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DIKTAT = thread(
    "A New Diktat",
    [
        "The officers said that OASys and TR2 cost £1.2m, or 27% more.",
        "I don’t mind the officer’s café. See https://www.gov.uk/licence-conditions/part_a",
        "Part A is done; re-offending is up. Officer said no.",
    ],
    published=date(2025, 2, 13),
    labels=("YOT", "Serious Further Offence"),
    authors=("Jim", None, "'Getafix"),
)
GUEST = thread(
    "Guest Blog 97",
    [
        "Prisons are full.",
        "One \ud800 lone \x00 nul.",
        "x" * 100_000 + " שלום עולם",
        "The café is shut.",
    ],
    published=date(2024, 4, 27),
)
UNDATED = thread("Without a day", ["Nobody knows when."])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchFixture]:
    with SearchFixture(tmp_path_factory.mktemp("filled")) as fixture:
        fixture.put(DIKTAT, GUEST, UNDATED)
        fixture.index.sync()
        yield fixture


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("officer", ["1", "2", "§1"]),
        ("officers", ["1", "2", "§1"]),
        ('"officers"', ["§1"]),
        ('"officers said"', ["§1"]),
        ("oasys tr2", ["§1"]),
        ("27%", ["§1"]),
        ("27", ["§1"]),
        ("£1.2m", ["§1"]),
        ("Part A", ["1", "2"]),
        ("www.gov.uk/licence-conditions", ["1"]),
        ("licence", ["1"]),
        ("don't", ["1"]),
        ("dont", ["1"]),
        ("cafe", ["1", "3"]),
        ("cafe -officer", ["3"]),
        ("re* -officer", []),
        ("reoffending", ["2"]),
        ("re-offending", ["2"]),
        ("=reoffending", ["2"]),
        ("re-offended", ["2"]),
        ("oasis~", ["§1"]),
        ("gov.uk/licence*", ["1"]),
        ("in:diktat said", ["2", "§1"]),
        (f"in:{DIKTAT.post.id[:5]} said", ["2", "§1"]),
        (f"in:{DIKTAT.passages[1].id} licence", ["1"]),
        ("in:ffffffffffff", []),
        ("is:post date:2024..2025", ["§1", "§1"]),
        ("has:link", ["1"]),
        ("depth:1", []),
        ("is:read", []),
        ("is:unread officer", ["1", "2", "§1"]),
        ("by:jim is:post", ["§1"]),
        ("prisons OR oasys", ["§1", "§1"]),
        ("reoff* OR offend*", ["2"]),
        ("שלום", ["2"]),
        ("x" * 100_000, ["2"]),
        ("lone nul", ["1"]),
        ("title:diktat", ["1", "2", "§1"]),
        ('title:"new diktat" said', ["2", "§1"]),
        ("title:dik*", ["1", "2", "§1"]),
        ("author:getafix", ["2"]),
        ("by:get*", ["2"]),
        ("label:yot -officer", []),
        ('label:"further offence" officers', ["1", "2", "§1"]),
        ('label:"yot serious"', []),
        ("date:2025", ["1", "2", "§1"]),
        ("date:2024-04 cafe", ["3"]),
        ("date:2024-04-28", []),
        ("-date:2025 -date:2024", ["§1"]),
        ("absent", []),
        ("", []),
    ],
)
def test_what_is_typed_is_found(filled: SearchFixture, query: str, numbers: list[str]) -> None:
    results = filled.index.search(query)

    assert sorted(hit.number for hit in results.hits) == numbers
    assert results.total == len(numbers)
    assert results.exact
    assert results.query == query
    assert results.notes == ()
    assert results.asked


@pytest.mark.parametrize(
    ("query", "suggestion", "numbers"),
    [
        ("oficers", "officers", ["1", "2", "§1"]),
        ("oasyss TR2", "oasys TR2", ["§1"]),
        ("title:diktta said", "title:diktat said", ["2", "§1"]),
        ("by:getafx", "by:getafix", ["2"]),
        ("priso", "prisons", ["§1"]),
        ('"oficer said"', '"officer said"', ["2"]),
        ("auther:getafix", "author:getafix", ["2"]),
        ("tilte:diktta said", "title:diktat said", ["2", "§1"]),
    ],
)
def test_a_word_that_stands_nowhere_is_taken_for_a_slip(
    filled: SearchFixture, query: str, suggestion: str, numbers: list[str]
) -> None:
    results = filled.index.search(query)

    assert not results.asked
    assert results.suggestion == suggestion
    assert suggestion in results.notes[-1]
    assert sorted(hit.number for hit in results.hits) == numbers


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ('"said officers"', {"§1", "1", "2"}),
        ("oasys café prisons", {"§1", "1", "3"}),
        ("café unheardof label:yot", {"1"}),
        ("re-offending rises unheardof", {"2"}),
        ("27% unheardof", {"§1"}),
    ],
)
def test_if_nothing_has_all_the_words_some_will_do(
    filled: SearchFixture, query: str, best: set[str]
) -> None:
    results = filled.index.search(query)

    assert not results.asked
    assert "some of the words" in results.notes[0]
    assert {hit.number for hit in results.hits} == best


@pytest.mark.parametrize("query", ["who does the officer tell?", "does an officer get told"])
def test_a_question_is_answered_by_its_telling_words(filled: SearchFixture, query: str) -> None:
    results = filled.index.search(query)

    assert results.asked
    assert results.notes == ()
    assert {hit.number for hit in results.hits} == {"1", "2", "§1"}


@pytest.mark.parametrize("query", ["unheardof", "unheardof label:yot", "x1y2z3 -officer", "qqqq~"])
def test_nothing_near_is_nothing(filled: SearchFixture, query: str) -> None:
    results = filled.index.search(query)

    assert results.hits == ()
    assert results.asked


def test_a_slip_is_not_put_right_where_nothing_has_it_beside_the_other_words(
    filled: SearchFixture,
) -> None:
    results = filled.index.search("prisons oasyss")

    assert [hit.title for hit in results.hits] == ["Guest Blog 97"]
    assert results.suggestion == "prisons oasys"


def test_a_frequent_word_is_suggested_for_a_rare_one_and_the_rare_one_found(
    fixture: SearchFixture,
) -> None:
    texts = [f"The licence ran out {place} times." for place in range(40)]
    fixture.put(thread("Order", [*texts, "A lisence."]))
    fixture.index.sync()

    results = fixture.index.search("lisence")

    assert [hit.number for hit in results.hits] == ["40"]
    assert results.asked
    assert results.suggestion == "licence"
    assert results.notes == ("did you mean “licence”?",)
    assert fixture.index.search("lisence", typing=True).suggestion == ""


def test_words_side_by_side_come_first_and_all_of_them_before_some(fixture: SearchFixture) -> None:
    apart = "The board of the bank met. Some time later it spoke of parole."
    texts = [
        "start",
        apart,
        "The parole board met some time ago in a bank far from here.",
        "Parole.",
    ]
    fixture.put(thread("Order", texts))
    fixture.index.sync()

    assert [hit.number for hit in fixture.index.search("parole board").hits] == ["2", "1"]
    found = fixture.index.search("what is a parole board?")
    assert [hit.number for hit in found.hits] == ["2", "1", "3"]


def test_a_short_form_joined_with_its_number_counts_like_both_side_by_side(
    fixture: SearchFixture,
) -> None:
    fixture.put(thread("TR", ["2 of us left when all this TR came", "when all this TR2 came"]))
    fixture.index.sync()

    assert [hit.number for hit in fixture.index.search("TR 2 came").hits] == ["1", "§1"]
    assert [hit.number for hit in fixture.index.search("TR2 came").hits] == ["1"]


def test_a_title_with_all_the_words_comes_first(fixture: SearchFixture) -> None:
    fixture.put(
        thread("Other", ["start", "The guest blog is a guest blog, a good guest blog."]),
        thread("Guest Blog 97", ["Long words about many other things. " * 20]),
    )
    fixture.index.sync()

    assert fixture.index.search("guest blog").hits[0].title == "Guest Blog 97"


def test_pages_follow_each_other_beyond_what_is_put_in_order(fixture: SearchFixture) -> None:
    texts = [f"licence of the {place}th officer" for place in range(250)]
    fixture.put(thread("Many", texts))
    fixture.index.sync()

    pages = [
        fixture.index.search("officer licence", limit=30, offset=at) for at in range(0, 270, 30)
    ]

    ids = [hit.id for page in pages for hit in page.hits]
    assert len(ids) == len(set(ids)) == 250


def test_marks_are_asked_for_anew_when_they_change(tmp_path: Path) -> None:
    marks = Marked()
    with SearchFixture(tmp_path, marks) as fixture:
        fixture.put(DIKTAT)
        fixture.index.sync()
        assert fixture.index.search("is:unread").total == 3
        marks.made["read"] = frozenset(passage.id for passage in DIKTAT.passages[:2])
        assert [hit.number for hit in fixture.index.search("is:unread").hits] == ["2"]
        fixture.put(GUEST)
        fixture.index.sync()
        assert fixture.index.search("is:unread").total == 5
        assert fixture.index.search("is:read said").total == 1


def test_a_hit_says_where_it_is_and_shows_why(filled: SearchFixture) -> None:
    (hit,) = filled.index.search('"officer said"').hits

    passage = DIKTAT.passages[2]
    assert (hit.id, hit.post_id, hit.number) == (passage.id, DIKTAT.post.id, passage.number)
    assert (hit.title, hit.published) == ("A New Diktat", date(2025, 2, 13))
    assert hit.snippet == passage.text
    assert marked(hit) == ["Officer", "said"]
    assert [text for text, match in hit.pieces() if match] == ["Officer", "said"]
    assert "".join(text for text, _ in hit.pieces()) == hit.snippet


def test_a_title_counts_for_its_post_and_more_than_a_mention(fixture: SearchFixture) -> None:
    mention = "The diktat is mentioned here and there are many other words around it."
    fixture.put(thread("Other", ["Nothing.", mention]), DIKTAT)
    fixture.index.sync()

    found = [hit.id for hit in fixture.index.search("diktat").hits]

    assert found[0] == DIKTAT.passages[0].id
    assert len(found) == 2


def test_short_texts_come_before_long_ones_with_the_same_word(fixture: SearchFixture) -> None:
    fixture.put(thread("Order", ["start", "licence " + "other words " * 40, "licence recalled"]))
    fixture.index.sync()

    assert [hit.number for hit in fixture.index.search("licences").hits] == ["2", "1"]


def test_pages_follow_each_other_without_gap_or_overlap(fixture: SearchFixture) -> None:
    fixture.put(thread("Many", [f"licence number {place}" for place in range(50)]))
    fixture.index.sync()

    pages = [fixture.index.search("licence", limit=20, offset=at) for at in (0, 20, 40, 60)]

    ids = [hit.id for page in pages for hit in page.hits]
    assert [len(page.hits) for page in pages] == [20, 20, 10, 0]
    assert len(set(ids)) == 50
    assert {page.total for page in pages} == {50}


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("off", ["1", "2", "§1"]),
        ("officers", ["1", "2", "§1"]),
        ("officer sa", ["2", "§1"]),
        ('"officers sa', ["§1"]),
        ("licence-con", ["1"]),
        ("title:dik", ["1", "2", "§1"]),
        ("zzz", []),
        ("officer -ca", ["2", "§1"]),
    ],
)
def test_while_typing_the_last_word_is_a_beginning(
    filled: SearchFixture, typed: str, numbers: list[str]
) -> None:
    results = filled.index.search(typed, typing=True)

    assert sorted(hit.number for hit in results.hits) == numbers


def test_while_typing_the_newest_come_first_and_the_total_is_a_lower_bound(
    fixture: SearchFixture,
) -> None:
    for year in (2012, 2024, 2018):
        texts = [f"licence {year} {place}" for place in range(800)]
        fixture.put(thread(f"Year {year}", texts, published=date(year, 1, 1)))
    fixture.index.sync()

    results = fixture.index.search("lic", limit=30, typing=True)
    whole = fixture.index.search("licence", limit=1)

    assert {hit.published for hit in results.hits} == {date(2024, 1, 1)}
    assert not results.exact
    assert 30 <= results.total < whole.total == 2400


def test_a_prefix_of_too_many_words_says_which_it_stands_for(fixture: SearchFixture) -> None:
    fixture.put(thread("Many words", [f"word{place}" for place in range(100)] + ["word7"] * 3))
    fixture.index.sync()

    results = fixture.index.search("word*", limit=200)

    assert results.total == 64 + 3
    assert results.notes == (
        "101 words begin with “word”; the 64 most frequent of them are looked for",
    )


_TYPED = st.lists(
    st.sampled_from(
        [
            *("off", "Café", "is:unread", "depth:>", "~2", "=", "in:"),
            '"',
            "(",
            ")",
            "-",
            "*",
            " ",
            " OR ",
            " NOT ",
            "title:",
            "date:20",
            "is:unread",
            "depth:>",
            "~2",
            "=",
            "in:",
        ]
    )
    | st.text(st.characters(codec=None), max_size=3)
).map("".join)


@settings(max_examples=200)
@given(query=_TYPED, typing=st.booleans(), limit=st.integers(-1, 30), offset=st.integers(-1, 5))
def test_whatever_is_typed_gets_an_answer(
    filled: SearchFixture,
    query: str,
    limit: int,
    offset: int,
    typing: bool,  # noqa: FBT001 - given
) -> None:
    results = filled.index.search(query, limit, offset, typing=typing)

    assert len(results.hits) <= max(0, limit)
    assert len(results.hits) <= results.total
    assert results.took_ms > 0


def test_searches_go_on_in_other_threads_while_the_index_is_brought_up_to_date(
    fixture: SearchFixture,
) -> None:
    fixture.put(thread("First", ["licence"]))
    fixture.index.sync()
    for number in range(30):
        fixture.put(thread(f"More {number}", [f"licence {number} {place}" for place in range(20)]))
    totals: list[int] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            totals.append(fixture.index.search("licence", limit=5).total)

    searching = [threading.Thread(target=search) for _ in range(3)]
    for one in searching:
        one.start()
    fixture.index.sync()
    done.set()
    for one in searching:
        one.join()

    assert set(totals) <= {1, 601}
    assert fixture.index.search("licence").total == 601


def test_a_closed_index_says_so(fixture: SearchFixture) -> None:
    fixture.index.close()
    fixture.index.close()

    with pytest.raises(SearchError, match="closed"):
        fixture.index.search("x")


def test_the_index_is_private(fixture: SearchFixture) -> None:
    fixture.put(DIKTAT)
    fixture.index.sync()

    assert fixture.folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_made_is_refused_with_advice(
    fixture: SearchFixture, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(SearchError, match="cannot be made") as refusal:
        type(fixture.index).open(tmp_path / "file" / "index", fixture.library)

    assert "reindex" in refusal.value.advice


def test_importing_the_room_does_not_import_whoosh() -> None:
    program = "import sys, probation_reader.search; print('whoosh' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout == "False\n"


def test_opening_an_index_shows_no_warning() -> None:
    program = "from probation_reader.search import Index"
    told = subprocess.run(
        [sys.executable, "-W", "always", "-X", "pycache_prefix=/nonexistent", "-c", program],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stderr == ""


def test_no_phrase_goes_from_one_passage_into_the_next(fixture: SearchFixture) -> None:
    fixture.put(thread("Order", ["early release", "early release", "on early"]))
    fixture.index.sync()

    assert not list(fixture.index.matching('"release early"'))
    assert not list(fixture.index.matching('"release on"'))
    assert len(list(fixture.index.matching('"early release"'))) == 2
