"""The sample reading: what is shipped, and that it reads as a person would outline it.

Beside each capture of `corpus/` stands ``NAME.expected.txt``, its outline: the layout; for each
post its title and date, its labels, how many comments it has and announces; one line per passage,
indented by depth: number, signature, how many words (and lines, blank ones aside, where there are
several), and the words themselves (of more than ten, the first five and the last five). At the end
come the notes an import makes, each with its line.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from probation_reader.importers import import_source, ledger
from probation_reader.importers.source import read_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from probation_reader.importers.base import ImportResult
    from probation_reader.model import Passage, Thread

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
REAL = ROOT.parent / "shared" / "captures"
OUTLINES = sorted(CORPUS.glob("*.expected.txt"))
CAPTURES = sorted(set(CORPUS.glob("*.txt")) - set(OUTLINES))
LAYOUTS = {"numbered", "glued", "listing", "single", "bare"}
RUN = 8

each_capture = pytest.mark.parametrize("capture", CAPTURES, ids=lambda path: path.stem)


def read(capture: Path) -> ImportResult:
    return import_source(read_source(capture))


def outline(result: ImportResult) -> str:
    lines = [f"layout: {result.layout}", ""]
    for thread in result.threads:
        lines += [*heading(thread), *map(passage_line, thread.passages), ""]
    lines.append("notes:" if result.diagnostics else "notes: none")
    lines += [f"  line {note.line}: {note.message}" for note in result.diagnostics]
    return "\n".join(lines) + "\n"


def heading(thread: Thread) -> list[str]:
    post = thread.post
    when = post.published.isoformat() if post.published else "undated"
    made_up = "; made-up title" if post.title_made_up else ""
    announced = "not" if post.announced is None else str(post.announced)
    return [
        f"# {post.title} ({when}{made_up})",
        f"labels: {', '.join(post.labels) or 'none'}",
        f"comments: {len(thread.comments) or 'none'}, {announced} announced",
    ]


def passage_line(passage: Passage) -> str:
    words = passage.text.split()
    signature = f" '{passage.author}" if passage.signed else ""
    lines = sum(1 for line in passage.text.split("\n") if line.strip())
    count = "1 word" if len(words) == 1 else f"{len(words)} words"
    if lines > 1:
        count += f" in {lines} lines"
    if len(words) > 10:
        words[5:-5] = ["…"]
    indent = "  " * (passage.depth + 1)
    return f"{indent}{passage.number}{signature} | {count} | {' '.join(words)}"


def words_of(code: bytes, line: str) -> list[str]:
    """Return the words of a line that belong to a passage, by what became of the line."""
    if code == ledger.PASSAGE:
        return line.split()
    if code == ledger.ITEM:
        return line.split()[1:]
    if code == ledger.GLUED:
        return re.sub("^(Reply)?Delete", "", line).split()
    assert code != ledger.BLANK or not line.strip()
    return []


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every run of eight words, without case and punctuation."""
    words = re.findall(r"\w+", re.sub("['’]", "", text.casefold()))
    return zip(*(islice(words, start, None) for start in range(RUN)), strict=False)


def test_every_capture_has_its_outline() -> None:
    stems = [path.name.removesuffix(".expected.txt") for path in OUTLINES]
    assert stems == [path.stem for path in CAPTURES]


@each_capture
def test_a_capture_reads_as_its_outline_says(capture: Path) -> None:
    expected = capture.with_suffix(".expected.txt").read_text(encoding="utf-8")
    assert outline(read(capture)) == expected


@each_capture
def test_every_line_and_word_is_accounted_for(capture: Path) -> None:
    result = read(capture)
    lines = capture.read_text(encoding="utf-8").splitlines()
    assert len(result.ledger) == len(lines)
    told = [words_of(result.ledger[at : at + 1], line) for at, line in enumerate(lines)]
    texts = [passage.text.split() for thread in result.threads for passage in thread.passages]
    assert list(chain(*told)) == list(chain(*texts))
    noted = {at + 1 for at, code in enumerate(result.ledger) if code == ledger.NOTED[0]}
    assert noted <= {note.line for note in result.diagnostics}


def test_the_five_layouts_are_there_with_posts_and_comments_enough() -> None:
    results = [read(capture) for capture in CAPTURES]
    threads = [thread for result in results for thread in result.threads]
    assert {result.layout for result in results} == LAYOUTS
    assert len(threads) >= 7
    assert sum(len(thread.comments) for thread in threads) >= 100
    assert max(passage.depth for thread in threads for passage in thread.passages) >= 4
    assert max(len(thread.sections) for thread in threads) >= 4


def test_no_sentence_is_borrowed_from_the_real_captures() -> None:
    if not REAL.is_dir():
        pytest.skip(f"the real captures are not at {REAL}")
    # Every label listing opens with this line, twice: a blog wrote it, nobody did.
    labels = re.compile(r"^Showing posts with label .*\. Show all posts$", re.MULTILINE)
    theirs = {run for path in REAL.glob("*.txt") for run in runs(path.read_text(encoding="utf-8"))}
    assert theirs
    for capture in CAPTURES:
        ours = runs(labels.sub("", capture.read_text(encoding="utf-8")))
        assert not theirs.intersection(ours), capture.name
