"""What the tests of the importers share: reading text, the real captures, the generator."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from probation_reader.importers import import_source, ledger
from probation_reader.importers.base import ImportResult
from probation_reader.importers.source import read_source, source_from_bytes
from probation_reader.model import Thread
from tests.importers.promise import broken

HERE = Path(__file__).resolve().parent
CAPTURES = HERE.parent.parent.parent / "shared" / "captures"

Read = Callable[[str], ImportResult]
Whole = Callable[[str, ImportResult], None]


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"importers_{name}", HERE / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def generate() -> ModuleType:
    return _load("generate")


@pytest.fixture(scope="session")
def read() -> Read:
    """Read a text as a capture."""

    def read_text(text: str) -> ImportResult:
        return import_source(source_from_bytes(text.encode(), "page.txt"))

    return read_text


@pytest.fixture(scope="session")
def truth() -> dict[str, Any]:
    if not CAPTURES.is_dir():
        pytest.skip("the real captures are not on this machine")
    result: dict[str, Any] = json.loads((CAPTURES / "truth.json").read_text(encoding="utf-8"))
    return result


@pytest.fixture(scope="session")
def real(truth: dict[str, Any]) -> Callable[[str], tuple[list[str], ImportResult]]:
    """Return the lines and the result of one of the real captures."""

    def read_real(key: str) -> tuple[list[str], ImportResult]:
        path = CAPTURES / truth[key]["file"]
        lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
        return lines, import_source(read_source(path))

    return read_real


@pytest.fixture(scope="session")
def whole() -> Whole:
    """Assert that every line of a text is accounted for and all words are there, in order."""

    def assert_whole(text: str, result: ImportResult) -> None:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
        assert len(result.ledger) == len(lines)
        _assert_spans(lines, result)
        kept = [
            word
            for thread in result.threads
            for passage in thread.passages
            for word in passage.text.split()
        ]
        assert kept == _words_of_passages(lines, result)
        assert broken(lines, result) == []

    return assert_whole


def _words_of_passages(lines: list[str], result: ImportResult) -> list[str]:
    """Return the words of the lines that the ledger gives to passages, markers left out."""
    coded = list(zip(lines, _codes(result), strict=True))
    unglued = _unglued([line for line, code in coded if code == ledger.GLUED])
    found = []
    for line, code in coded:
        if code == ledger.PASSAGE:
            found += line.split()
        elif code == ledger.ITEM:
            found += line.split()[1:]
        elif code == ledger.GLUED:
            found += next(unglued).split()
        elif code == ledger.BLANK:
            assert not line.strip()
    return found


def _unglued(lines: list[str]) -> Iterator[str]:
    """Yield lines without the markers glued to them, at the end that most of them use."""
    markers = {(reply + delete, delete) for reply, delete in MARKERS}
    front = {pair: sum(line.startswith(pair) for line in lines) for pair in markers}
    back = {pair: sum(line.endswith(pair) for line in lines) for pair in markers}
    if max(front.values()) > max(back.values()):
        for line in lines:
            top, reply = max(front, key=lambda pair: front[pair])
            yield line.removeprefix(top if line.startswith(top) else reply)
    else:
        for line in lines:
            top, reply = max(back, key=lambda pair: back[pair])
            yield line.removesuffix(top if line.endswith(top) else reply)


MARKERS = (
    ("Reply", "Delete"),
    ("Antworten", "Löschen"),
    ("Répondre", "Effacer"),
    ("Responder", "Eliminar"),
    ("Rispondi", "Elimina"),
    ("Responder", "Excluir"),
    ("Beantwoorden", "Verwijderen"),
)


def _codes(result: ImportResult) -> list[bytes]:
    return [bytes((code,)) for code in result.ledger]


def _assert_spans(lines: list[str], result: ImportResult) -> None:
    """Spans follow each other, and every line of text lies in exactly one of them."""
    last = 0
    inside: set[int] = set()
    for passage in (p for thread in result.threads for p in thread.passages):
        span = passage.source
        assert last <= span.first_line <= span.last_line <= len(lines)
        last = span.last_line
        inside.update(range(span.first_line, span.last_line + 1))
    for number, code in enumerate(_codes(result), start=1):
        if code in (ledger.PASSAGE, ledger.ITEM, ledger.GLUED):
            assert number in inside
        if code == ledger.NOTED:
            assert any(note.line and note.line <= number for note in result.diagnostics)


def outline(thread: Thread) -> list[tuple[int, str]]:
    """Return the depth and text of each comment."""
    return [(comment.depth, comment.text) for comment in thread.comments]
