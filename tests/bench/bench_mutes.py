"""What twenty mutes cost with the whole blog in the library.

Run: ``python tests/bench/bench_mutes.py [--small]``: 5,000 posts of 30 comments and one
of 5,000, all of that read; or 200 posts and one of 500. OVER marks what misses its
budget, which is the same with and without mutes. What rules mute is looked up beside
the reading, in pieces; of one rule the first is waited for by the key that makes it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from probation_reader import paths
from probation_reader.library import SourceRecord
from probation_reader.mutes import Rule
from probation_reader.workspace import Workspace
from tests.bench.bench_search import texts, threads
from tests.ui.workspaces import make_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_RULES, _EVERYWHERE = 20, 12
_TIMES = 15
#: Milliseconds. A list, the marks of a thread, and what is asked once a second.
_LIST, _THREAD, _LOOK = 15.0, 5.0, 2.0
#: What the key that mutes a word waits for.
_PIECE = 40.0


def _fill(workspace: Workspace, posts: int, longest: int) -> tuple[str, list[str]]:
    """Store the posts; return the id of the longest, and words, the most frequent first."""
    written = list(texts(posts * 30))
    long = make_thread("The longest", [(0, text) for text in texts(longest)])
    for number, thread in enumerate([*threads(written), long]):
        source = SourceRecord(f"page{number}.txt", f"{number:064}", "numbered", 1)
        workspace.library.store(source, [thread])
    workspace.record.mark_read(workspace.library.passage_ids(long.post.id))
    counts = Counter(word for text in written[:: max(1, posts // 50)] for word in text.split()[1:])
    return long.post.id, [word for word, _ in counts.most_common()]


def _milliseconds(deed: Callable[[], object]) -> float:
    began = perf_counter()
    deed()
    return (perf_counter() - began) * 1000


def _usual(deed: Callable[[], object]) -> float:
    return median(_milliseconds(deed) for _ in range(_TIMES))


def _pieces(workspace: Workspace, opened: str) -> list[float]:
    """Look up what the rules mute while a post is open; return how long each piece took."""
    steps, took = workspace.muted.catch_up(opened), []
    while True:
        began = perf_counter()
        more = next(steps, steps)
        took.append((perf_counter() - began) * 1000)
        if more is steps:
            return took


def _asked(workspace: Workspace, long: str) -> Iterator[tuple[str, float, float]]:
    """Yield what is asked, how long it takes and how long it may take."""
    record = workspace.record
    yield "list the posts", _usual(lambda: list(workspace.entries())), _LIST
    yield "count what is unread", _usual(workspace.unread), _LIST
    yield "what is muted in the longest", _usual(lambda: record.muted_in(long)), _THREAD
    yield "is anything behind?", _usual(workspace.muted.is_behind), _LOOK
    yield "is another muted?", _usual(record.muted_state), _LOOK


def _row(what: str, took: float, budget: float) -> None:
    print(f"  {what:34}{took:9.2f} ms   ≤ {budget:g}: {'ok' if took <= budget else 'OVER'}")


def _measure(workspace: Workspace, posts: int, longest: int) -> None:
    record = workspace.record
    long, words = _fill(workspace, posts, longest)
    print(f"{posts + 1:,} posts, {posts * 30 + longest:,} comments; nothing muted")
    for row in _asked(workspace, long):
        _row(*row)
    record.mute(Rule.word(words[40]))
    took = _pieces(workspace, long)
    print(f"one word, in {record.mutes_of(Rule.word(words[40])):,} comments: {sum(took):,.0f} ms")
    _row("the first piece, the longest post", took[0], _PIECE)
    for nth in range(_RULES - 1):
        record.mute(Rule.word(words[100 + nth * 20], "" if nth < _EVERYWHERE else long))
    took = _pieces(workspace, long)
    muted = len(record.all_muted())
    print(f"{_RULES} rules, {muted:,} comments muted; {_RULES - 1} at once: {sum(took):,.0f} ms")
    for row in _asked(workspace, long):
        _row(*row)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="200 posts")
    posts, longest = (200, 500) if parser.parse_args().small else (5_000, 5_000)
    with (
        TemporaryDirectory() as folder,
        Workspace.open(paths.resolve(Path(folder))) as workspace,
    ):
        _measure(workspace, posts, longest)


if __name__ == "__main__":
    main()
