"""Drafts of notes: written whole, bounded, and nothing but a draft is taken for one."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from probation_reader.record import drafts
from probation_reader.record.drafts import Drafts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "drafts"


def test_what_was_typed_last_stands_until_it_is_dropped(folder: Path) -> None:
    one, other = Drafts(folder), Drafts(folder)
    one.keep("p.a", "first")
    other.keep("p.a", "second ␊ #tag")
    other.keep("p.b", "another")
    draft = one.of("p.a")
    assert draft is not None
    assert draft.text == "second ␊ #tag"
    assert {each.target for each in one.newest_first()} == {"p.a", "p.b"}
    one.drop("p.a")
    one.drop("p.never")
    assert other.of("p.a") is None


def test_number_and_length_are_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST", 3)
    monkeypatch.setattr(drafts, "LONGEST", 5)
    kept = Drafts(folder)
    for number in range(5):
        kept.keep(f"p.{number}", f"{number} is long")
        os.utime(
            next(iter(set(folder.iterdir()) - {kept._file(f"p.{n}") for n in range(number)})),
            ns=(number, number),
        )
    assert [(each.target, each.text) for each in kept.newest_first()] == [
        ("p.4", "4 is "),
        ("p.3", "3 is "),
        ("p.2", "2 is "),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[]",
        b'"words"',
        b'{"target": "p.a", "text": 5, "at": 5}',
        b'{"target": "p.a", "text": "words", "at": 1e400}',
        json.dumps({"target": "p.a", "text": "words", "at": 10**30}).encode(),
        json.dumps({"target": "p.other", "text": "words", "at": 5}).encode(),
        b"x" * (drafts.LONGEST * 8 + 1),
    ],
)
def test_what_is_no_draft_of_a_passage_is_none(folder: Path, content: bytes) -> None:
    kept = Drafts(folder)
    kept.keep("p.a", "words")
    kept._file("p.a").write_bytes(content)
    assert kept.of("p.a") is None
    kept.newest_first()


def test_nothing_in_a_draft_steers_the_terminal(folder: Path) -> None:
    kept = Drafts(folder)
    kept.keep("p.a", "a\x1bc\x9b31m\nb")
    draft = kept.of("p.a")
    assert draft is not None
    assert draft.text.isprintable()


def test_where_nothing_can_be_written_there_are_no_drafts(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    kept = Drafts(tmp_path / "file" / "drafts")
    kept.keep("p.a", "words")
    assert kept.of("p.a") is None
    assert kept.newest_first() == []
    kept.drop("p.a")
