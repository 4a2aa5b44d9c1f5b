"""Which passage of a later capture is which: arbitrary pages under arbitrary edits."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.reconcile import reconcile
from tests.library.pages import outline, thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from probation_reader.model import Passage

Said = list[tuple[int, str]]


def comments(said: str | Said) -> tuple[Passage, ...]:
    return thread(said, body=()).passages


def pairs(known: str | Said, found: str | Said) -> list[int | None]:
    return reconcile(comments(known), comments(found))


def words(number: int) -> str:
    """Return eight words that no other number has."""
    return " ".join(f"{letter}{number}" for letter in "abcdefgh")


def edited(text: str) -> str:
    return text.replace(" b", " changed ", 1) + " added"


@st.composite
def pages(draw: st.DrawFn, texts: st.SearchStrategy[str] | None = None) -> Said:
    """Return a page of any shape; each comment has words of its own unless texts are given."""
    said: Said = []
    for number in range(draw(st.integers(0, 25))):
        deepest = said[-1][0] + 1 if said else 0
        text = words(number) if texts is None else draw(texts)
        said.append((draw(st.integers(0, deepest)), text))
    return said


def branch_end(said: Said, start: int) -> int:
    end = start + 1
    while end < len(said) and said[end][0] > said[start][0]:
        end += 1
    return end


@st.composite
def edits(draw: st.DrawFn) -> tuple[Said, Said, list[int | None]]:
    """Return a page, a later capture of it, and for each later comment the earlier one it is."""
    before = draw(pages())
    after: list[tuple[int, str, int | None]] = []
    skip_to = 0
    for index, (depth, text) in enumerate(before):
        if index < skip_to:
            continue
        deed = draw(st.sampled_from(["keep", "keep", "keep", "edit", "delete", "insert"]))
        if deed == "delete":
            skip_to = branch_end(before, index)
            continue
        if deed == "insert":
            after.append((depth, words(1000 + index), None))
        after.append((depth, edited(text) if deed == "edit" else text, index))
    return before, [(d, t) for d, t, _ in after], [origin for _, _, origin in after]


@given(edits())
def test_every_passage_is_found_again(case: tuple[Said, Said, list[int | None]]) -> None:
    before, after, origins = case
    assert pairs(before, after) == origins


@given(pages(), st.randoms(use_true_random=False))
def test_unchanged_words_are_found_wherever_they_moved(before: Said, chance: random.Random) -> None:
    order = list(range(len(before)))
    chance.shuffle(order)
    depth = 0
    after: Said = []
    for index in order:
        after.append((depth, before[index][1]))
        depth = chance.randint(0, depth + 1)
    assert pairs(before, after) == order


FEW_TEXTS = st.sampled_from(["Agree.", "No.", "Hear, hear"])


@given(pages(FEW_TEXTS))
def test_a_page_full_of_equals_is_itself(said: Said) -> None:
    assert pairs(said, said) == list(range(len(said)))


@given(pages(FEW_TEXTS), pages(FEW_TEXTS))
def test_pairs_are_one_to_one_and_leave_no_equals_apart(before: Said, after: Said) -> None:
    found = pairs(before, after)
    taken = [index for index in found if index is not None]
    assert len(set(taken)) == len(taken)
    apart = {text for (_, text), match in zip(after, found, strict=True) if match is None}
    left = {before[index][1] for index in set(range(len(before))).difference(taken)}
    assert apart.isdisjoint(left)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            "Agree.\nLeft\nAgree.\nRight\nAgree.",
            "Left\nAgree.\nRight\nAgree.",
            [1, 2, 3, 4],
            id="of equals, the one whose neighbours stayed",
        ),
        pytest.param(
            "Agree.\nMiddle\nAgree.\nRight",
            "Something new\nAgree.\nRight",
            [None, 2, 3],
            id="of equals, the one before the same neighbour",
        ),
        pytest.param(
            "Agree.\n  One\nAgree.\n  Two", "Agree.\n  Two", [2, 3], id="of equals, by the replies"
        ),
        pytest.param(
            "The old words of it\n  Reply one\n  Reply two",
            "Something else entirely\n  Reply one\n  Reply two",
            [0, 1, 2],
            id="rewritten, but with the same replies",
        ),
        pytest.param(
            "Alpha\nThe lift is out again today\nOmega",
            "Alpha\nNothing like what stood there\nOmega",
            [0, None, 2],
            id="replaced by another",
        ),
        pytest.param(
            "Alpha\nThe lift is out again today\nOmega",
            "Alpha\nOmega\nThe lift is out again, today too",
            [0, 2, None],
            id="similar words between other neighbours are another comment",
        ),
        pytest.param(
            "Parent\n  Reply of few words",
            "Reply of few words\nParent",
            [1, 0],
            id="a reply that became a comment of its own",
        ),
        pytest.param(
            "".join(f"Gone comment with number {n}\n" for n in range(9)) + "Last of these remarks",
            "Last of these remarks, edited",
            [9],
            id="edited after many were removed",
        ),
        pytest.param(
            "A short remark about the stairs in the building",
            "A short remark about the stairs in the building " + "and then much more " * 9,
            [0],
            id="a long postscript",
        ),
        pytest.param(
            "Alpha\nNobody answered the telephone on Friday\nOmega",
            "Omega\nNobody answered the telephones on Friday\nAlpha",
            [2, 1, 0],
            id="edited and moved, by the letters it keeps",
        ),
        pytest.param(
            "Short words\nOmega",
            "Omega\nShort words.. and a few more of them",
            [1, None],
            id="few words that moved and grew are another comment",
        ),
        pytest.param(
            "Gone altogether from here\n  Hear, hear\nThe stairs were never mended at all",
            "THE STAIRS WERE NEVER MENDED AT ALL!\n  Hear, hear",
            [2, 1],
            id="its own words tell more than a short reply",
        ),
        pytest.param("", "One", [None], id="nothing known"),
        pytest.param("One", "", [], id="nothing found"),
    ],
)
def test_cases(before: str, after: str, expected: list[int | None]) -> None:
    assert pairs(before, after) == expected


def test_sections_and_comments_are_never_each_other() -> None:
    as_section = thread(body=("The very same words",)).passages
    as_comment = thread("The very same words", body=()).passages
    assert reconcile(as_section, as_comment) == [None]


def test_replies_that_are_gone_do_not_tell_equals_apart() -> None:
    known = list(comments([(0, "Agree."), (1, "One"), (0, "Agree."), (1, "One"), (1, "Two")]))
    for index in (1, 4):
        known[index] = replace(known[index], gone=datetime(2024, 5, 1, tzinfo=UTC))

    found = comments([(0, "Agree."), (0, "Agree."), (1, "One")])

    assert reconcile(known, found) == [0, 2, 3]


def test_an_edit_in_short_words_is_found_among_many() -> None:
    known: Said = [(0, words(number)) for number in range(9)]

    assert pairs(known, [(0, edited(words(7)))]) == [7]


def test_what_is_on_the_page_goes_before_what_was_gone() -> None:
    known = list(comments("Agree.\nAgree."))
    known[0] = replace(known[0], gone=datetime(2024, 5, 1, tzinfo=UTC))
    assert reconcile(known, comments("Agree.")) == [1]
    assert reconcile(known, comments("Agree.\nAgree.")) == [1, 0]


def deep(texts: list[str]) -> Said:
    return list(enumerate(texts))


def wide(texts: list[str]) -> Said:
    return [(0, text) for text in texts]


@pytest.mark.slow
@pytest.mark.parametrize("shape", [deep, wide])
def test_work_grows_with_the_page_not_with_its_square(
    shape: Callable[[list[str]], Said],
) -> None:
    took = []
    for size in (2_000, 20_000):
        texts = [words(number) for number in range(size)]
        before, after = comments(shape(texts)), comments(shape(list(map(edited, texts))))
        start = time.process_time()
        assert reconcile(before, after) == list(range(size))
        took.append(time.process_time() - start)
    assert took[1] < 40 * took[0]


def test_outline_of_the_cases_is_read_as_meant() -> None:
    assert outline("A\n  B\n\n    C\nD") == [(0, "A"), (1, "B"), (2, "C"), (0, "D")]
