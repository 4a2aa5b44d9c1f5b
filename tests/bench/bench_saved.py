"""What twenty saved searches cost someone who is reading, with the whole blog in the library.

Run: ``python -m tests.bench.bench_saved [--small]``: 5,000 posts of 30 comments, or
200. OVER marks what misses its budget. Keys are pressed on a real pseudo-terminal
from the first frame on, without saved searches and with twenty of them, which are
counted in the meantime; how much longer the keys take is what a person would feel.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from probation_reader import ingest, paths
from probation_reader.library import SourceRecord
from probation_reader.saved_search_counts import SavedSearchCounts
from probation_reader.workspace import Workspace
from tests.bench.bench_search import texts, threads
from tests.bench.line_screens import Measured
from tests.e2e.terminal import program

_SEARCHES = 20
_KEYS = 60
#: A key may be late by so much while everything is counted anew, in milliseconds.
_LATE_MS = 40.0
#: After a mark the counts are right again within so much work.
_MARK_MS = 50.0


def fill(workspace: Workspace, posts: int) -> list[str]:
    """Store posts, index them, and return words to search for, the most frequent first."""
    written = list(texts(posts * 30))
    for number, thread in enumerate(threads(written)):
        source = SourceRecord(f"page{number}.txt", f"{number:064}", "numbered", 1)
        workspace.library.store(source, [thread])
    began = perf_counter()
    ingest.update_index(workspace)
    print(f"index of {posts * 30:,} comments made in {perf_counter() - began:.0f} s")
    dice = random.Random(4)  # noqa: S311 - the same words every time
    common = [word for text in dice.sample(written, 40) for word in text.split()[1:]]
    counts = {word: common.count(word) for word in common}
    return sorted(counts, key=lambda word: -counts[word])


def searches(words: list[str]) -> list[str]:
    """Return searches of several kinds, half of them for frequent words."""
    half = _SEARCHES // 2
    frequent, rare = words[:half], words[half * 4 : half * 5]
    queries = [*frequent, *(f"{a} {b}" for a, b in zip(rare, frequent, strict=True))]
    queries[2] = f"{words[2]} OR {words[3]}"
    queries[3] = f'"{words[4]} {words[5]}"'
    queries[4] = f"{words[6][:3]}*"
    return queries


def work(tallies: SavedSearchCounts, queries: list[str]) -> list[float]:
    """Count to the end and return how long each piece of work took, in milliseconds."""
    took, began = [], perf_counter()
    for _ in tallies.catch_up(queries):
        took.append((perf_counter() - began) * 1000)
        began = perf_counter()
    return took


def keys(home: Path, post: str) -> list[float]:
    """Open a post, press keys at once and return how long each took, in milliseconds."""
    terminal = Measured(home, program("read", post), (80, 24))
    terminal.until_shown("read on")
    answers = [terminal.answer("jk"[number % 2], pause=0.03) for number in range(_KEYS)]
    terminal.end()
    return [answer.ms for answer in answers[1:]]


def count(workspace: Workspace, queries: list[str]) -> float:
    """Count everything, then again after a mark; return what the latter took."""
    tallies = SavedSearchCounts(workspace)
    took = work(tallies, queries)
    found = sum(tallies.tally(query).found for query in queries)
    row(f"a piece of counting {found:,} hits", took)
    print(f"{'everything counted in':34} {sum(took):.0f} ms")
    unread = set(workspace.index.matching(queries[0])) - workspace.record.all_read()
    workspace.record.mark_read([min(unread)])
    return sum(work(tallies, queries))


def row(name: str, took: list[float]) -> float:
    """Print a row and return the 95th percentile."""
    p95 = quantiles(took, n=20)[-1]
    print(f"{name:34} p50 {median(took):7.1f}   p95 {p95:7.1f}   most {max(took):7.1f} ms")
    return p95


def _against(took: float, budget: float) -> str:
    return f"{took:.1f} ms   (at most {budget:.0f}: {'ok' if took <= budget else 'OVER'})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", action="store_true")
    posts = 200 if parser.parse_args().small else 5000
    with TemporaryDirectory() as folder:
        home = Path(folder)
        with Workspace.open(paths.resolve(home / "reader")) as workspace:
            queries = searches(fill(workspace, posts))
            rows = workspace.library.posts()
            post = rows[posts // 2].post.id
            for one in rows[posts // 2 :]:
                workspace.record.mark_read(workspace.library.passage_ids(one.post.id))
            marked = count(workspace, queries)
            idle = row("a key, nothing saved", keys(home, post))
            for query in queries:
                workspace.record.save_search(query, query)
            busy = row("a key while all is counted", keys(home, post))
            print(f"{'late by (p95)':34} {_against(busy - idle, _LATE_MS)}")
            print(f"{'counted again after a mark in':34} {_against(marked, _MARK_MS)}")


if __name__ == "__main__":
    main()
