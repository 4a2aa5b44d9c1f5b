"""An id depends on what a thing is, never on where it stood."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from probation_reader.identity import PassageIds, canonical_address, post_id, post_keys, squeeze

DAY = date(2024, 4, 27)


def test_the_surest_key_comes_first() -> None:
    keys = post_keys("https://Blog.example.org/2024/04/a.html?m=1#c7", "A  Title", DAY, "Body")
    assert keys[0] == "url:blog.example.org/2024/04/a.html"
    assert keys[1] == "title:2024-04-27:a title"
    assert keys[2].startswith("text:")


def test_a_title_without_a_date_does_not_identify() -> None:
    assert post_keys(None, "Open thread", None, "Body") == post_keys(None, None, None, "Body")


def test_an_empty_post_has_an_id_too() -> None:
    assert len(post_id(post_keys(None, None, None, ""))) == 12


def test_copies_of_an_address_are_one_address() -> None:
    copies = ["http://b.example/x.html", "https://B.example/x.html/", "b.example/x.html?m=1#top"]
    assert len({canonical_address(copy) for copy in copies}) == 1


@given(st.text())
def test_white_space_never_counts(text: str) -> None:
    assert squeeze(text) == squeeze(" \n\t\u00a0".join(text)) == squeeze("".join(text.split()))


@given(st.text(st.characters(max_codepoint=127)))
def test_the_quick_way_for_ascii_agrees(text: str) -> None:
    assert squeeze(text) == "".join(text.split()).encode()


def test_passages_are_known_by_post_parent_and_words() -> None:
    one, other = PassageIds("aa"), PassageIds("bb")
    first = one.comment(None, "I agree.")
    assert first.startswith("aa.")
    assert first.split(".")[1] == other.comment(None, "I agree.").split(".")[1]
    assert one.comment(first, "I agree.") != first
    assert one.section("I agree.") != first


def test_equals_are_told_apart_by_their_order() -> None:
    ids = PassageIds("aa")
    same = [ids.comment(None, words) for words in ("Agree.", "Agree. ", "Agree.")]
    assert same[1:] == [f"{same[0]}-2", f"{same[0]}-3"]


def test_lone_surrogates_have_an_id() -> None:
    assert PassageIds("aa").comment(None, "\ud800") != PassageIds("aa").comment(None, "\ud801")
