"""Nothing is lost on import: the promise, held by content over everything there is to read."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from probation_reader.importers import import_source
from probation_reader.importers.base import ImportResult
from probation_reader.importers.source import read_source, source_from_bytes
from tests.importers.generate import captures
from tests.importers.mutations import checked, damaged, originals
from tests.importers.promise import broken

Read = Callable[[str], ImportResult]

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
REAL = Path(__file__).resolve().parents[3] / "shared" / "captures"
PAGES = [file for file in sorted(CORPUS.glob("*.txt")) if "expected" not in file.name]
HEAD = "Monday, 3 June 2024\n\nA Title\n\nBody of the post.\n\n"
ITEMS = "  1. One\n    more\n\n    ReplyDelete\n  2. Two\n\n    ReplyDelete\n"


def texts(result: ImportResult) -> list[str]:
    return [passage.text for thread in result.threads for passage in thread.passages]


def notes(result: ImportResult) -> dict[int, str]:
    return {note.line: note.message for note in result.diagnostics}


@pytest.mark.parametrize("page", [*PAGES, *sorted(REAL.glob("*.txt"))], ids=lambda page: page.name)
def test_every_line_of_a_capture_is_somewhere(page: Path) -> None:
    source = read_source(page)

    assert broken(source.lines, import_source(source)) == []


@pytest.mark.parametrize("layout", ["numbered", "glued", "listing", "single", "bare"])
def test_every_line_of_a_made_up_capture_is_somewhere(layout: str) -> None:
    for text in captures(layout, 200_000, 40, seed=3):
        source = source_from_bytes(text.encode(), "page.txt")
        assert broken(source.lines, import_source(source)) == []


def test_damaged_captures_are_refused_or_read_whole() -> None:
    """The same as tests/bench/fuzz_captures.py, and as much of it as a test may take."""
    known = originals()
    for number in range(400):
        outcome = checked(damaged(known, random.Random(number)))  # noqa: S311 - not for secrets
        assert not outcome.faults, number
        assert not outcome.slow, number


def test_a_broken_promise_is_seen(read: Read) -> None:
    text = HEAD + "2 comments:\n\n" + ITEMS + "\nOlder Post\n"
    lines, result = text.removesuffix("\n").split("\n"), read(text)
    assert broken(lines, result) == []
    (thread,) = result.threads
    short = replace(thread.comments[0], text="One")
    without = replace(thread, passages=(thread.sections[0], short, thread.comments[1]))
    untitled = replace(thread, post=replace(thread.post, title="Another"))
    miscounted = replace(thread, post=replace(thread.post, announced=3))

    for lost, line in ((without, 10), (untitled, 3), (miscounted, 7)):
        assert [
            fault[:2].strip(":") for fault in broken(lines, replace(result, threads=(lost,)))
        ] == [str(line)]
    assert broken(lines, replace(result, diagnostics=()))
    for code in b"mhbn":
        assert broken(lines, replace(result, ledger=result.ledger.replace(b"p", bytes((code,)))))


SAID = "The Chief Inspector, Martin Jones, said:"


@pytest.mark.parametrize("line", [SAID, "Have your say:", "He got 5 years.", "In 2024, 12 more:"])
@pytest.mark.parametrize("blank", ["", "\n"])
def test_a_line_that_is_no_header_is_the_last_of_the_post(
    line: str, blank: str, read: Read
) -> None:
    text = HEAD + line + "\n" + blank + ITEMS

    result = read(text)

    assert texts(result) == [f"Body of the post.\n\n{line}", "One\nmore", "Two"]
    assert result.threads[0].post.announced is None
    assert "no line announces" in notes(result)[8 + len(blank)]


def test_a_line_that_may_have_been_a_header_is_named(read: Read) -> None:
    result = read(HEAD + SAID + "\n\n" + ITEMS)

    expected = f"“{SAID}” is kept in the post: nothing says that it announces comments"
    assert notes(result)[7] == expected


@pytest.mark.parametrize("header", ["2 reactions", "Your thoughts (2)", "Said so far: 2"])
def test_a_header_of_the_owner_is_named(header: str, read: Read) -> None:
    result = read(HEAD + header + "\n\n" + ITEMS)

    assert texts(result)[0] == "Body of the post."
    assert result.threads[0].post.announced == 2
    assert notes(result) == {7: f"“{header}” is taken for the header of the comments"}


@pytest.mark.parametrize("header", ["Comments:", "kommentare :", "No comments:"])
def test_a_header_of_known_words_needs_no_number(header: str, read: Read) -> None:
    result = read(HEAD + header + "\n\n" + ITEMS)

    assert texts(result)[0] == "Body of the post."
    assert result.threads[0].post.announced == (0 if header[0] == "N" else None)


@pytest.mark.parametrize("digits", [8, 20, 5000])
@pytest.mark.parametrize("body", [ITEMS, "", "One\nReplyDeletetwo\n"])
def test_a_number_that_counts_nothing_is_named(digits: int, body: str, read: Read) -> None:
    header = "9" * digits + " comments:"

    result = read(HEAD + header + "\n\n" + body)

    assert result.threads[0].post.announced is None
    assert notes(result)[7].startswith("no number of comments is taken from “999")


@pytest.mark.parametrize("digits", [8, 20, 5000])
def test_a_number_that_is_no_count_is_text(digits: int, read: Read) -> None:
    number = "7" * digits

    assert number in texts(read(HEAD + f"{number} thoughts\n\n" + ITEMS))[0]
    item = f"  {number}. no item\n\n    ReplyDelete\n"
    assert number in texts(read(HEAD + "2 comments:\n\n" + ITEMS + item))[-1]
    assert number in texts(read(HEAD + "More.\n\n" + f"Monday, 3 June {number}\n\nmore"))[0]


def test_lines_left_out_are_named_with_their_text(read: Read) -> None:
    menu = "Newer Post\n\nOlder Post " + "and so on " * 50 + "\nHome\n\n"

    result = read(HEAD + "2 comments:\n\n" + ITEMS + "\n" + menu)

    (message,) = notes(result).values()
    assert message.startswith("4 lines after the last comment left out: “Newer Post / Older Post")
    assert message.endswith("…”")
    assert len(message) < 400
    far = read(HEAD + "2 comments:\n\n" + ITEMS + "\n" + " " * 999 + "Home" + " " * 999)
    assert list(notes(far).values()) == ["1 line after the last comment left out: “Home”"]


@pytest.mark.parametrize("line", ["0-0", "00-00", "o*o", "-0-0", "0 – 0"])
def test_a_score_is_no_ornament(line: str, read: Read) -> None:
    assert texts(read(HEAD + line + "\n\nmore\n")) == [f"Body of the post.\n\n{line}\n\nmore"]


def test_comments_that_cannot_be_told_apart_are_kept_in_the_last_one(read: Read) -> None:
    odd = "   7. An item in no column\n\n     Delete\nHome\n"

    result = read(HEAD + "3 comments:\n\n" + ITEMS + odd)

    assert "An item in no column" in texts(result)[-1]
    assert "no marker closes this last comment; it runs to the end" in notes(result).values()


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\u2003"])
def test_a_line_without_words_is_no_title(sign: str, read: Read) -> None:
    text = f"Monday, 3 June 2024\n\n{sign}\n\nBody of the post.\n"

    result = read(text)

    (post,) = (thread.post for thread in result.threads)
    assert (post.title, post.title_made_up) == ("Body of the post", True)
    assert broken(text.removesuffix("\n").split("\n"), result) == []


@pytest.mark.parametrize(
    "title", ["Tuesday, 4 June 2024", "Showing posts with label X. Show all posts"]
)
def test_a_title_may_look_like_another_heading(title: str, read: Read) -> None:
    text = f"Monday, 3 June 2024\n\n{title}\n\nBody\nOne\nReplyDeletetwo\n"

    result = read(text)

    assert result.threads[0].post.title == title
    assert broken(text.removesuffix("\n").split("\n"), result) == []


@pytest.mark.parametrize(
    ("marker", "delete", "word"),
    [
        ("ReplyDelete", "Delete", "Deleted"),
        ("ResponderEliminar", "Eliminar", "Eliminaron"),
        ("RépondreSupprimer", "Supprimer", "Supprimeraient"),
        ("RispondiElimina", "Elimina", "Eliminando"),
        ("ResponderExcluir", "Excluir", "Excluirão"),
    ],
)
def test_a_word_that_begins_like_a_marker_is_whole(
    marker: str, delete: str, word: str, read: Read
) -> None:
    result = read(f"Body\nOne\n{marker}two\nThree\n{delete}four\n{word} it all\n")

    assert texts(result) == ["Body", "One\ntwo", f"Three\nfour\n{word} it all"]
