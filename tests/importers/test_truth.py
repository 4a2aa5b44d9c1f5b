"""The five real captures, compared with their truth line by line.

The expected bodies are rebuilt here by rules of their own from the truth's line
numbers, so that reader and test do not share a mistake.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from probation_reader.importers.base import ImportResult
from probation_reader.model import Comment

Real = Callable[[str], tuple[list[str], ImportResult]]
Whole = Callable[[str, ImportResult], None]
Truth = dict[str, Any]

SENTENCES = ["numbered", "glued", "listing", "bare", "numbered"]


@pytest.mark.parametrize("key", ["000", "001", "002", "003", "004"])
def test_every_line_of_a_real_capture_is_accounted_for(key: str, real: Real, whole: Whole) -> None:
    lines, result = real(key)

    whole("\n".join(lines), result)


@pytest.mark.parametrize(
    ("key", "layout"), zip(["000", "001", "002", "003", "004"], SENTENCES, strict=True)
)
def test_each_capture_is_read_by_its_layout(key: str, layout: str, real: Real) -> None:
    assert real(key)[1].layout == layout


def numbered_body(lines: list[str], entry: dict[str, Any]) -> str:
    """Cut a numbered comment from its line down to its marker."""
    start = entry["line"] - 1
    margin = 4 + 2 * entry["level"]
    body = [lines[start].split(". ", 1)[1]]
    for line in lines[start + 1 :]:
        if line == " " * margin + entry["marker"]:
            break
        body.append(line[margin:])
    return "\n".join(body).strip("\n")


def glued_body(lines: list[str], entry: dict[str, Any]) -> str:
    """Cut a glued comment by the lines that truth gives it."""
    first, last = entry["lines"]
    body = []
    for line in lines[first - 1 : last]:
        for marker in ("ReplyDelete", "Delete"):
            if line.startswith(marker):
                line = line.removeprefix(marker)  # noqa: PLW2901 - one of the two at most
                break
        body.append(line)
    return "\n".join(body).removesuffix("\n")


@pytest.mark.parametrize("key", ["000", "001", "004"])
def test_every_comment_has_the_body_level_parent_and_number_of_the_truth(
    key: str, real: Real, truth: Truth
) -> None:
    lines, result = real(key)
    (thread,) = result.threads
    entries = truth[key]["list"]
    assert len(thread.comments) == len(entries) == truth[key]["comments"]
    cut = glued_body if key == "001" else numbered_body
    tops = 0
    below = 0
    for comment, entry in zip(thread.comments, entries, strict=True):
        assert comment.text == cut(lines, entry)
        assert comment.depth == entry["level"]
        parent = entry["parent"]
        assert comment.parent == (None if parent is None else thread.comments[parent - 1].id)
        tops, below = (tops, below + 1) if entry["level"] else (tops + 1, 0)
        assert comment.number == (f"{tops}.{below}" if entry["level"] else f"{tops}")
        assert_words(comment, entry)


def assert_words(comment: Comment, entry: dict[str, Any]) -> None:
    assert comment.text.startswith(entry["first_words"])
    assert comment.text.endswith(entry["last_words"])
    assert len(comment.text) == entry.get("chars", len(comment.text))
    assert comment.text.count("\n") + 1 == entry.get("n_lines", comment.text.count("\n") + 1)
    assert comment.source.first_line == (entry.get("line") or entry["lines"][0])


def test_194_comments_are_compared(truth: Truth) -> None:
    assert sum(len(truth[key]["list"]) for key in ("000", "001", "004")) == 194


@pytest.mark.parametrize("key", ["000", "004"])
def test_title_and_date_of_a_numbered_capture(key: str, real: Real, truth: Truth) -> None:
    post = real(key)[1].threads[0].post

    assert (post.title, post.title_made_up) == (truth[key]["title"], False)
    assert post.published == date.fromisoformat(truth[key]["date_iso"])
    assert post.announced == truth[key]["header_count"]


def test_a_missing_comment_is_said_on_the_line_that_announced_it(real: Real, truth: Truth) -> None:
    _, result = real("004")

    (note,) = result.diagnostics
    assert note.message == "115 announced, 114 captured"
    assert note.line == truth["004"]["header_line"]
    assert not real("000")[1].diagnostics


@pytest.mark.parametrize("key", ["000", "001", "004"])
def test_signatures_are_those_of_the_truth(key: str, real: Real, truth: Truth) -> None:
    comments = real(key)[1].threads[0].comments
    signed = {place: c.author for place, c in enumerate(comments, start=1) if c.author}

    assert signed == dict.fromkeys(truth[key]["signoffs_getafix"], "Getafix")
    assert all(comment.signed == (comment.author is not None) for comment in comments)


def test_what_the_glued_capture_cannot_tell_is_said(real: Real) -> None:
    lines, result = real("001")
    (thread,) = result.threads

    (body,) = thread.sections
    assert (body.source.first_line, body.source.last_line) == (1, 7)
    assert body.text == "\n".join(lines[:7])
    assert (thread.post.title_made_up, thread.post.published) == (True, None)
    assert lines[0].startswith(thread.post.title.removesuffix("…"))
    assert [note.line for note in result.diagnostics] == [13, 152]
    assert "which reply" in result.diagnostics[0].message
    assert "where the comments end" in result.diagnostics[1].message


def test_the_listing_holds_six_dated_posts_in_sections(real: Real, truth: Truth) -> None:
    lines, result = real("002")
    expected = truth["002"]["post_list"]
    assert len(result.threads) == len(expected) == 6
    for thread, entry in zip(result.threads, expected, strict=True):
        post = thread.post
        day = datetime.strptime(entry["date"], "%A, %d %B %Y").date()  # noqa: DTZ007 - a date
        assert (post.title, post.published, post.labels) == (entry["title"], day, ("YOT",))
        assert not thread.comments
        assert thread.passages[-1].source.last_line == entry["end_line"]
        assert thread.passages[-1].text.endswith(entry["last_words"])
        body = lines[entry["line"] + 3 : entry["end_line"]]
        ornaments = [line for line in body if line in ("*****", "****", "--oo00oo--")]
        assert len(thread.sections) == len(ornaments) + 1
        written = "".join(line for line in body if line not in ornaments)
        assert "".join(s.text for s in thread.sections).replace("\n", "") == written
    text = "".join(p.text for thread in result.threads for p in thread.passages)
    assert text.count("\xa0") == truth["002"]["nbsp_count"]


def test_the_bare_capture_is_one_unwrapped_post(real: Real, truth: Truth) -> None:
    lines, result = real("003")
    (thread,) = result.threads
    (body,) = thread.sections

    assert (thread.post.title_made_up, thread.post.published) == (True, None)
    assert " ".join(lines).startswith(thread.post.title.removesuffix("…"))
    assert body.text.endswith(truth["003"]["last_words"])
    paragraphs = body.text.split("\n")
    assert paragraphs[0] == " ".join(lines[:3])
    assert paragraphs[1] == " ".join(lines[3:7])
    assert " ".join(lines[37:43]) in paragraphs
    assert paragraphs[-3:] == [lines[88], lines[89], " ".join(lines[90:93])]
    assert sum(paragraph.startswith("- ") for paragraph in paragraphs) == 5
