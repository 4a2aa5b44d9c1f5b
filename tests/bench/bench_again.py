"""What a later capture of a post of 5,000 comments costs, and whether its marks stay.

Run: ``python tests/bench/bench_again.py [--small]``: 5,000 comments, or 500. All of it
is read, every tenth comment is kept; then the page is captured again with one comment
edited, one more in the middle and one gone. There is no budget for this; the first
capture stands beside it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from probation_reader import ingest, paths
from probation_reader.workspace import Workspace
from tests.bench.bench_search import texts


def _page(comments: list[str]) -> str:
    head = [
        "Saturday, 4 May 2024",
        "The longest of all",
        "A few words.",
        f"{len(comments)} comments:",
    ]
    numbered = (f"  {n}. {text}\n\n    ReplyDelete\n" for n, text in enumerate(comments, 1))
    return "\n\n".join([*head, "".join(numbered)])


def _capture(workspace: Workspace, file: Path, comments: list[str]) -> str:
    """Import a page; return what that changed and how long its two parts took."""
    file.write_text(_page(comments), encoding="utf-8")
    began = perf_counter()
    (report,) = ingest.import_files(workspace, [file])
    stored = perf_counter()
    ingest.update_index(workspace)
    took = f"import {stored - began:6.2f} s   index {perf_counter() - stored:6.2f} s"
    return f"{took}   {report.new:,} new, {report.changed} changed, {report.gone} gone"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="500 comments")
    comments = list(texts(500 if parser.parse_args().small else 5_000))
    with (
        TemporaryDirectory() as folder,
        Workspace.open(paths.resolve(Path(folder) / "home")) as workspace,
    ):
        file, record = Path(folder) / "page.txt", workspace.record
        print("first capture  ", _capture(workspace, file, comments))
        (row,) = workspace.library.posts()
        passages = workspace.library.thread(row.post.id).passages
        record.mark_read(passage.id for passage in passages)
        for passage in passages[::10]:
            record.bookmark(passage.id, passage.text)
        middle = len(comments) // 2
        comments[10] += " and some words more"
        del comments[-10]
        comments.insert(middle, "One more that nobody has read.")
        print("a later one    ", _capture(workspace, file, comments))
        kept, there = record.bookmarked_in(row.post.id), workspace.library.passage_ids(row.post.id)
        print(
            f"{workspace.unread()} unread, {len(kept & there):,} of {len(kept):,} bookmarks stand"
        )


if __name__ == "__main__":
    main()
