"""Named cases of the layouts: what looks like a page and is not, what is broken, what is huge."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from probation_reader.errors import ImportFailure
from probation_reader.importers import IMPORTERS, VERSION
from probation_reader.importers.base import ImportResult
from probation_reader.importers.captures import LAYOUTS
from probation_reader.importers.captures.post import is_separator, made_up_title
from probation_reader.importers.ledger import BLANK, ITEM, PASSAGE, Ledger

Read = Callable[[str], ImportResult]
Whole = Callable[[str, ImportResult], None]

HEAD = "Monday, 3 June 2024\n\nA Title\n\nBody of the post.\n\n"


def texts(result: ImportResult) -> list[str]:
    return [comment.text for comment in result.threads[0].comments]


def numbers(result: ImportResult) -> list[str]:
    return [comment.number for comment in result.threads[0].comments]


def notes(result: ImportResult) -> list[tuple[int, str]]:
    return [(note.line, note.message) for note in result.diagnostics]


def test_the_tables_are_in_order() -> None:
    assert [importer.name for importer in IMPORTERS] == ["captures"]
    names = [layout.name for layout in LAYOUTS]
    assert names == ["numbered", "glued", "listing", "single", "bare"]
    assert VERSION >= 1


def test_the_garbage_collector_is_left_as_it_was(read: Read) -> None:
    assert gc.isenabled()
    read(HEAD)
    with pytest.raises(ImportFailure):
        read(HEAD + "2 comments:\n\nOne\n\nTwo\n")
    assert gc.isenabled()


def test_a_bullet_left_of_its_comment_keeps_its_words(read: Read, whole: Whole) -> None:
    page = HEAD + "1 comment:\n\n  1. A list:\n  • one\n      deeper\n    end\n\n    ReplyDelete\n"

    result = read(page)

    assert texts(result) == ["A list:\n• one\n  deeper\nend"]
    assert result.threads[0].comments[0].source.first_line == 9
    whole(page, result)


def test_the_text_of_an_item_may_begin_below_its_number(read: Read, whole: Whole) -> None:
    page = HEAD + "2 comments:\n\n  1.\n\n    Below.\n\n    ReplyDelete\n  2.\n\n    ReplyDelete\n"

    result = read(page)

    assert texts(result) == ["Below.", ""]
    assert [c.source.first_line for c in result.threads[0].comments] == [11, 14]
    whole(page, result)


def test_numbers_aligned_to_the_right_are_one_level(read: Read, whole: Whole) -> None:
    items = [f"{n:4}. Words {n}\n\n      ReplyDelete\n" for n in range(1, 12)]
    page = HEAD + "11 comments:\n\n" + "".join(items)

    result = read(page)

    assert numbers(result) == [str(n) for n in range(1, 12)]
    assert not result.diagnostics
    whole(page, result)


def test_text_indented_as_wide_as_its_number_is_one_level(read: Read, whole: Whole) -> None:
    items = [
        f"{n}. Words {n}\n{' ' * len(f'{n}. ')}more\n\n{' ' * len(f'{n}. ')}ReplyDelete\n"
        for n in range(8, 13)
    ]
    page = HEAD + "5 comments:\n\n" + "".join(items)

    result = read(page)

    assert texts(result) == [f"Words {n}\nmore" for n in range(8, 13)]
    assert notes(result) == []
    whole(page, result)


def test_a_gap_in_the_numbers_is_said_and_nothing_is_lost(read: Read, whole: Whole) -> None:
    page = (
        HEAD
        + "4 comments:\n\n"
        + "".join(f"  {n}. Words {n}\n\n    ReplyDelete\n" for n in (1, 2, 5))
    )

    result = read(page)

    assert texts(result) == ["Words 1", "Words 2", "Words 5"]
    assert numbers(result) == ["1", "2", "3"]
    assert (15, "number 5 stands where 3 would follow") in notes(result)
    assert (7, "4 announced, 3 captured") in notes(result)
    whole(page, result)


def test_a_marker_that_is_missing_keeps_the_words_and_is_said(read: Read, whole: Whole) -> None:
    page = HEAD + (
        "3 comments:\n\n  1. One\n\n  2. Two\n\n    ReplyDelete\n  3. Three\n\n    ReplyDelete\n"
    )

    result = read(page)

    assert texts(result) == ["One\n\n2. Two", "Three"]
    assert (7, "3 announced, 2 captured") in notes(result)
    assert any("number 3 stands where 2" in message for _, message in notes(result))
    whole(page, result)


def test_lookalikes_of_markers_are_text(read: Read, whole: Whole) -> None:
    body = (
        "Delete\n    Deleted\n    Delete the file\n    ReplyDelete it\n    Reply to all\n    Delete"
    )
    page = HEAD + f"1 comment:\n\n  1. Well\n    {body}\n\n    ReplyDelete\n"

    result = read(page)

    assert texts(result) == [("Well\n" + body).replace("\n    ", "\n")]
    assert [line for line, _ in notes(result)] == [10, 15]
    whole(page, result)


def test_text_of_the_page_after_the_last_comment_is_named(read: Read, whole: Whole) -> None:
    page = HEAD + "1 comment:\n\n  1. One\n\n    ReplyDelete\n\nOlder Post\nHome\n"

    result = read(page)

    assert texts(result) == ["One"]
    assert notes(result) == [(13, "2 lines after the last comment left out: “Older Post / Home”")]
    whole(page, result)


def test_a_capture_cut_in_its_last_comment_is_kept_and_said(read: Read, whole: Whole) -> None:
    page = HEAD + "2 comments:\n\n  1. One\n\n    ReplyDelete\n  2. Two and\n    cut"

    result = read(page)

    assert texts(result) == ["One", "Two and\ncut"]
    assert any("no marker closes" in message for _, message in notes(result))
    whole(page, result)


@pytest.mark.parametrize("header", ["7 reactions", "Your thoughts (7)", "Have your say:"])
def test_a_header_that_the_owner_renamed(header: str, read: Read, whole: Whole) -> None:
    body = "  1. in a list of the body\n  2. of the post\n\n"
    page = HEAD + body + header + "\n\n  1. One\n\n    ReplyDelete\n"

    result = read(page)

    assert texts(result) == ["One"]
    assert result.threads[0].post.announced == (7 if "7" in header else None)
    whole(page, result)


def test_no_header_at_all_is_said(read: Read, whole: Whole) -> None:
    page = HEAD + "  1. One\n\n    ReplyDelete\n"

    result = read(page)

    assert texts(result) == ["One"]
    assert notes(result) == [(7, "no line announces the comments that begin here")]
    whole(page, result)


def test_numbered_comments_that_nothing_closes_are_refused(read: Read) -> None:
    with pytest.raises(ImportFailure, match="ReplyDelete") as refusal:
        read(HEAD + "2 comments:\n\n  1. One\n  2. Two\n")
    assert refusal.value.where == "page.txt:9"


def test_comments_announced_and_not_numbered_are_refused(read: Read) -> None:
    with pytest.raises(ImportFailure, match="no numbered comment follows") as refusal:
        read(HEAD + "2 comments:\n\nOne\n\nTwo\n")
    assert refusal.value.where == "page.txt:7"


def test_announced_comments_that_were_not_captured_are_said(read: Read, whole: Whole) -> None:
    page = HEAD + "12 comments:\n"
    result = read(page)

    assert notes(result) == [(7, "12 announced, 0 captured")]
    assert result.threads[0].post.announced == 12
    whole(page, result)


def test_a_glued_reply_before_any_comment_is_kept_and_said(read: Read, whole: Whole) -> None:
    page = "Body\nA reply\nDeleteNext comment\nReplyDeleteits second line\n"

    result = read(page)

    assert texts(result) == ["A reply", "Next comment\nits second line"]
    assert [c.depth for c in result.threads[0].comments] == [0, 0]
    assert notes(result)[0] == (2, "a reply without a comment before it is kept as a comment")
    whole(page, result)


def test_lookalikes_of_glued_markers_are_text(read: Read, whole: Whole) -> None:
    page = (
        "Body\nOne\nReplyDeleteDelete the file\nDeleted, I said\nDelete.\nDelete-key\n"
        "Two\nDelete... and more\n"
    )

    result = read(page)

    assert texts(result) == [
        "One\nDelete the file\nDeleted, I said\nDelete.\nDelete-key",
        "Two\n... and more",
    ]
    whole(page, result)


@pytest.mark.parametrize(
    "line",
    [
        "(Friday 25thJanuary 2022)",
        "It was on Friday, 28 October 2022",
        "28 October 2022",
        "Friday, 31 February 2022",
        "Friday, 28 October 2022 at noon",
    ],
)
def test_what_is_no_date_line_opens_no_post(line: str, read: Read, whole: Whole) -> None:
    page = HEAD + line + "\n\nStill the body.\n"

    result = read(page)

    (thread,) = result.threads
    assert result.layout == "single"
    assert line in thread.passages[0].text
    whole(page, result)


def test_a_date_line_in_a_paragraph_opens_no_post(read: Read) -> None:
    page = HEAD + "As he wrote:\nFriday, 28 October 2022\nwas the day.\n"

    assert len(read(page).threads) == 1


def test_a_listing_of_one_post_keeps_its_label(read: Read) -> None:
    page = "Showing posts with label A & B. Show all posts\n\n" + HEAD

    assert read(page).threads[0].post.labels == ("A & B",)


def test_lines_above_the_first_post_of_a_listing_are_named(read: Read, whole: Whole) -> None:
    page = "Showing posts with label X. Show all posts\nMenu\n\n" + HEAD

    result = read(page)

    assert notes(result) == [(2, "1 line above the first post left out: “Menu”")]
    whole(page, result)


def test_a_digest_under_a_numbered_post_is_cut_into_sections(read: Read, whole: Whole) -> None:
    page = HEAD + "*****\nFirst.\n\n*****\n\n--oo00oo--\nLast.\n\n"
    page += "1 comment:\n\n  1. One\n    *****\n    not cut\n\n    ReplyDelete\n"

    result = read(page)

    (thread,) = result.threads
    assert [section.text for section in thread.sections] == ["Body of the post.", "First.", "Last."]
    assert [section.number for section in thread.sections] == ["§1", "§2", "§3"]
    assert texts(result) == ["One\n*****\nnot cut"]
    whole(page, result)


@pytest.mark.parametrize(
    "line", ["***", "*****", "--oo00oo--", "* * *", "=====", "—————", "~~~", "-oOo-", "____", "•••"]
)
def test_ornaments_separate(line: str) -> None:
    assert is_separator(line)


@pytest.mark.parametrize(
    "line",
    ["**", "--", "", "ooo", "000", "...", "- o", "• ", "*a*", "???", "1-2-3", "***!", "-1000"],
)
def test_what_is_no_ornament_does_not_separate(line: str) -> None:
    assert not is_separator(line)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Short. And more.", "Short"),
        ("Really?! Yes.", "Really?!"),
        ("\n• One thing leads to another", "One thing leads to another"),
        ("word " * 40, "word " * 13 + "word…"),
        ("x" * 90, "x" * 70 + "…"),
        ("", "Untitled"),
    ],
)
def test_a_title_is_made_from_the_first_sentence(text: str, title: str) -> None:
    assert made_up_title(text) == title


def test_the_same_page_in_another_form_has_the_same_ids(generate: ModuleType, read: Read) -> None:
    said = tuple(generate.Said(level, f"Comment {level}\nmore") for level in (0, 1, 1, 0))
    page = generate.Page(("Body",), said, "A Title", date(2024, 5, 1))
    plain, wide = generate.Style(), generate.Style(margin=0, offset=4, step=4, newline="\r\n")

    first, second = (read(generate.numbered(page, style)).threads[0] for style in (plain, wide))

    assert [p.id for p in first.passages] == [p.id for p in second.passages]


def test_a_made_comment_is_an_ordinary_frozen_one(generate: ModuleType, read: Read) -> None:
    page = generate.Page(("Body",), (generate.Said(0, "Words\n\n'Getafix"),), "T", date(2024, 5, 1))
    (comment,) = read(generate.numbered(page)).threads[0].comments

    assert replace(comment) == comment
    assert hash(replace(comment.source)) == hash(comment.source)
    assert (comment.author, comment.signed) == ("Getafix", True)
    with pytest.raises(AttributeError):
        comment.text = "other"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        comment.source.file = "other"  # type: ignore[misc]


def test_a_file_without_a_name_on_disk_names_its_source_in_every_span(read: Read) -> None:
    assert {p.source.file for p in read(HEAD).threads[0].passages} == {"page.txt"}
    assert not Path("page.txt").exists()


def test_the_ledger_takes_each_line_once() -> None:
    ledger = Ledger(4)
    ledger.take(2, PASSAGE)
    ledger.take_codes(ITEM)
    with pytest.raises(AssertionError, match="cannot be taken"):
        ledger.take(2, BLANK)
    with pytest.raises(AssertionError, match="left over"):
        ledger.close()
    ledger.take(4, BLANK)
    with pytest.raises(AssertionError, match="cannot be taken"):
        ledger.take(5, BLANK)
    assert ledger.close() == b"ppib"


def test_an_address_broken_by_the_wrapping_of_prose_is_put_together(read: Read) -> None:
    lines = [
        "The office on the corner closes at the end of the month, and then",
        "everybody moves in with the other team, who have no room for them",
        "either, as the plans say that anybody can find on the page itself",
        "https://example.org/the-plans-for-the-office-on-the-corner-of-the-",
        "street-and-what-becomes-of-it and which nobody has read until the",
        "present day, as far as anybody here has said so to anybody at all.",
    ]

    result = read("\n".join(lines) + "\n")

    assert result.layout == "bare"
    assert result.ledger == PASSAGE * len(lines)
    assert "corner-of-the-street-and-what-becomes-of-it and" in result.threads[0].sections[0].text
