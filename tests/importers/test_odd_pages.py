"""Named cases: pages that extractors and people put together in ways of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probation_reader.errors import ImportFailure
from probation_reader.importers.base import ImportResult

Read = Callable[[str], ImportResult]
Whole = Callable[[str, ImportResult], None]

COMMENTS = """3 comments:

  1. One
    more

    ReplyDelete
    Replies
    1. Reply

      Delete
  2. Two

    ReplyDelete
"""


def page(title: str, day: str = "Monday, 3 June 2024", comments: str = COMMENTS) -> str:
    return f"{day}\n\n{title}\n\nBody of {title}.\n\n{comments}"


def flat(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n"))


def outline(result: ImportResult) -> list[list[tuple[str, str]]]:
    return [[(p.number, p.text) for p in thread.comments] for thread in result.threads]


THREE = [("1", "One\nmore"), ("1.1", "Reply"), ("2", "Two")]


@pytest.mark.parametrize("between", ["", "\n\n", "\nOlder Post\nHome\n\n"])
def test_two_pages_in_one_file_are_two_posts(between: str, read: Read, whole: Whole) -> None:
    text = page("First") + between + page("Second", "Tuesday, 4 June 2024")

    result = read(text)

    assert [thread.post.title for thread in result.threads] == ["First", "Second"]
    assert outline(result) == [THREE, THREE]
    assert [note.line for note in result.diagnostics] == ([21] if "Home" in between else [])
    second = result.threads[1].passages[0].source
    assert text.split("\n")[second.first_line - 1] == "Body of Second."
    whole(text, result)


def test_pages_without_indentation_in_one_file(read: Read, whole: Whole) -> None:
    text = flat(page("First") + page("Second", "Tuesday, 4 June 2024"))

    result = read(text)

    assert outline(result) == [THREE, THREE]
    whole(text, result)


def test_a_page_quoted_in_a_comment_is_its_text(read: Read, whole: Whole) -> None:
    quoted = "more\n\nTuesday, 4 June 2024\n\nTitle\n\n2 comments:\n\n1. my\n2. list"
    indented = quoted.replace("\n", "\n    ").replace("    \n", "\n")

    for text in (
        page("First", comments=COMMENTS.replace("more", indented)),
        flat(page("First", comments=COMMENTS.replace("more", quoted))),
    ):
        result = read(text)
        assert outline(result) == [[("1", f"One\n{quoted}"), *THREE[1:]]]
        whole(text, result)


def test_a_broken_page_among_several_is_named_by_its_line(read: Read) -> None:
    text = page("First") + page("Second", "Tuesday, 4 June 2024", "2 comments:\n\n1. a\n2. b\n")

    with pytest.raises(ImportFailure, match="none is closed") as refusal:
        read(text)
    assert refusal.value.where == "page.txt:28"


@pytest.mark.parametrize("gap", [" ", "\n    ", "\n\n    "])
def test_the_two_words_of_a_marker_may_stand_apart(gap: str, read: Read, whole: Whole) -> None:
    text = page("First").replace("ReplyDelete", f"Reply{gap}Delete")

    for spelling in (text, flat(text)):
        result = read(spelling)
        assert outline(result) == [THREE]
        assert not result.diagnostics
        whole(spelling, result)


def test_page_text_below_a_marker_of_two_lines_is_named(read: Read, whole: Whole) -> None:
    text = page("First").replace("ReplyDelete", "Reply\n    Delete") + "Home\n"

    result = read(text)

    assert outline(result) == [THREE]
    assert [note.line for note in result.diagnostics] == [22]
    whole(text, result)


def test_neither_header_nor_indentation(read: Read, whole: Whole) -> None:
    text = flat(page("First")).replace("3 comments:\n\n", "")

    result = read(text)

    assert result.layout == "numbered"
    assert outline(result) == [THREE]
    whole(text, result)


def test_a_last_marker_in_other_words_loses_nothing(read: Read, whole: Whole) -> None:
    text = page("First", comments=COMMENTS.removesuffix("ReplyDelete\n") + "AntwortenLöschen\n\n")

    result = read(text)

    assert outline(result) == [THREE]
    whole(text, result)


def test_numbers_in_brackets_are_not_taken_for_another_layout(read: Read) -> None:
    with pytest.raises(ImportFailure, match="no numbered comment follows"):
        read(page("First", comments=COMMENTS.replace("1. ", "(1) ").replace("2. ", "(2) ")))


@pytest.mark.parametrize("marker", ["    ReplyDelete", "Reply Delete"])
def test_a_marker_alone_in_a_glued_page_is_no_text(marker: str, read: Read, whole: Whole) -> None:
    text = f"Body\nOne\nReplyDeletetwo\nThree\n{marker}\nfour\n"

    result = read(text)

    assert outline(result) == [[("1", "One\ntwo"), ("2", "Three\nfour")]]
    whole(text, result)


def test_a_marker_at_the_end_of_a_line_after_a_space(read: Read) -> None:
    text = "Body\nOne ReplyDelete\ntwo\nThree ReplyDelete\nI pressed Delete\n"

    assert outline(read(text)) == [[("1", "One\ntwo"), ("2", "Three\nI pressed Delete")]]


def test_blank_lines_below_a_header_of_a_glued_page(read: Read, whole: Whole) -> None:
    text = "Body\n\n1 comment:\n\nOne\nReplyDeletetwo\n"

    result = read(text)

    assert outline(result) == [[("1", "One\ntwo")]]
    assert result.ledger == b"pbhbpg"
    whole(text, result)


@pytest.mark.parametrize("body", ["The same body.", "Another body."])
def test_a_post_that_stands_twice_in_a_listing_is_said(body: str, read: Read, whole: Whole) -> None:
    text = "Monday, 3 June 2024\n\nSame\n\nThe same body.\n\nMonday, 3 June 2024\n\nSame\n\n" + body

    result = read(text)

    assert [(note.line, "at line 5" in note.message) for note in result.diagnostics] == [(11, True)]
    whole(text, result)


def test_a_line_of_white_space_that_is_not_blank_in_wrapped_prose(read: Read) -> None:
    prose = "People of this town said that the scheme was running well so far.\n" * 5

    assert read(prose + "\f\n \u2028\n" + prose).layout == "bare"
