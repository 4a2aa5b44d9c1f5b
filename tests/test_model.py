"""A thread that exists is well-formed: order, depth and ids are checked once."""

from __future__ import annotations

import pytest

from probation_reader.model import Comment, Passage, Post, Section, SourceSpan, Thread

POST = Post("aa", "A post")


def passage(
    ident: str, parent: str | None = None, depth: int = 0, kind: type[Passage] = Comment
) -> Passage:
    return kind(ident, parent, depth, "1", None, False, None, "words", SourceSpan("f", 1, 1))  # noqa: FBT003 - the fields in order


def test_sections_come_before_comments() -> None:
    section, comment = passage("aa.s", kind=Section), passage("aa.c")
    thread = Thread(POST, (section, comment))
    assert thread.sections == (section,)
    assert thread.comments == (comment,)
    with pytest.raises(ValueError, match="stands after a comment"):
        Thread(POST, (comment, section))


@pytest.mark.parametrize(
    "passages",
    [
        (passage("aa.2", parent="aa.1", depth=1),),
        (passage("aa.1"), passage("aa.2", parent="aa.1", depth=2)),
        (passage("aa.1"), passage("aa.2", parent=None, depth=1)),
    ],
    ids=["parent missing", "level skipped", "depth without parent"],
)
def test_a_passage_stands_below_its_parent(passages: tuple[Passage, ...]) -> None:
    with pytest.raises(ValueError, match=r"aa\.2 has no parent"):
        Thread(POST, passages)


def test_ids_stand_once() -> None:
    with pytest.raises(ValueError, match="an id twice"):
        Thread(POST, (passage("aa.1"), passage("aa.1")))
