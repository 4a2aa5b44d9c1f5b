"""Search against plain whoosh and SQLite FTS5, over the same generated texts in the same run.

Run with `python tests/bench/bench_search.py [--small] [--comments N]`: 15,000
comments of 73 words on average, or as many as are wanted; 150,000 take half an
hour, most of it plain whoosh's, which `--without-whoosh` leaves out. Absolute
times drift with the machine; compare the ratios.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import tempfile
from collections import Counter
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import TYPE_CHECKING, Any

from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in
from whoosh.query import Prefix

from tests.search.search_fixture import SearchFixture, thread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from probation_reader.model import Thread

_PER_POST = 30
_WORDS = 73
_VOCABULARY = 40_000
_CONSONANTS, _VOWELS, _ENDS = "bcdfghklmnprstvw", "aeiou", ("ing", "tion", "ment", "er", "s")
_SYLLABLES = [c + v for c in _CONSONANTS for v in _VOWELS] + list(_ENDS)
_CHANCE = random.Random(1)  # noqa: S311 - the same texts in every run


def texts(count: int) -> Iterator[str]:
    """Yield texts whose words are as unevenly frequent as those of a language."""
    words: dict[str, None] = {}
    while len(words) < _VOCABULARY:
        words["".join(_CHANCE.choices(_SYLLABLES, k=_CHANCE.randint(1, 4)))] = None
    all_words = list(words)
    heaps = list(accumulate(1 / (rank + 2.7) ** 1.05 for rank in range(_VOCABULARY)))
    for number in range(count):
        size = max(3, int(_CHANCE.expovariate(1 / _WORDS)))
        yield f"{number} " + " ".join(_CHANCE.choices(all_words, cum_weights=heaps, k=size))


def threads(all_texts: list[str]) -> list[Thread]:
    """Return the texts as posts a day apart."""
    posts = [all_texts[at : at + _PER_POST] for at in range(0, len(all_texts), _PER_POST)]
    first = date(2010, 1, 1)
    return [
        thread(f"Post {place}", post, published=first + timedelta(place))
        for place, post in enumerate(posts)
    ]


def seconds(deed: Callable[[], object]) -> float:
    """Return how long something takes."""
    began = perf_counter()
    deed()
    return perf_counter() - began


def report(name: str, times: list[float]) -> float:
    """Print the median and the 95th percentile in ms; return the latter."""
    cuts = quantiles(times, n=100)
    print(f"{name:28} p50 {cuts[49] * 1000:8.1f}   p95 {cuts[94] * 1000:8.1f}")
    return cuts[94]


class Plain:
    """What a first look at whoosh's documentation would build."""

    def __init__(self, folder: str, posts: list[Thread]) -> None:
        schema = Schema(id=ID(stored=True, unique=True), body=TEXT(stored=True))
        self._index: Any = create_in(folder, schema)
        writer = self._index.writer()
        for post in posts:
            for passage in post.passages:
                writer.add_document(id=passage.id, body=passage.text)
        writer.commit()

    def prefixes(self, prefixes: list[str]) -> list[float]:
        """Return how long whoosh's own prefix queries take."""
        with self._index.searcher() as searcher:
            return [
                seconds(lambda q=prefix: searcher.search(Prefix("body", q), limit=20))  # type: ignore[misc]
                for prefix in prefixes
            ]


class Fts:
    """SQLite's full-text index over the same passages."""

    def __init__(self, folder: str, posts: list[Thread]) -> None:
        self.path = Path(folder) / "fts.sqlite3"
        self._connection = sqlite3.connect(self.path)
        self._connection.execute(
            "CREATE VIRTUAL TABLE passages USING fts5(body, day UNINDEXED, tokenize='porter')"
        )
        self.add(posts)

    def add(self, posts: list[Thread]) -> None:
        """Add posts and commit."""
        with self._connection:
            self._connection.executemany(
                "INSERT INTO passages VALUES (?, ?)",
                (
                    (passage.text, str(post.post.published))
                    for post in posts
                    for passage in post.passages
                ),
            )

    def ask(self, query: str, *, year: str = "") -> float:
        """Return how long a query takes: its twenty best and its number of matches."""
        where = "passages MATCH ?" + (f" AND day GLOB '{year}*'" if year else "")

        def deed() -> None:
            self._connection.execute(
                f"SELECT body FROM passages WHERE {where} ORDER BY rank LIMIT 20",  # noqa: S608 - no one else's text
                (query,),
            ).fetchall()
            self._connection.execute(
                f"SELECT count(*) FROM passages WHERE {where}",  # noqa: S608 - as above
                (query,),
            ).fetchone()

        return seconds(deed)


def _held(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def bench_build(
    fixture: SearchFixture, posts: list[Thread], folder: Path, size: int
) -> tuple[Fts, float]:
    """Compare building and size; return SQLite's index and how long ours took."""
    documents = sum(len(post.passages) for post in posts)
    ours = seconds(fixture.index.sync)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"build                        {documents / ours:.0f} documents/s")
    print(
        f"index size / text            {_held(fixture.folder) / size:.2f}   (budget: at most 2.5)"
    )
    print(f"peak memory with all texts   {memory:.0f} MB   (budget: at most 600)")
    began = perf_counter()
    fts = Fts(str(folder), posts)
    theirs = perf_counter() - began
    print(f"FTS5: build, size / text     {documents / theirs:.0f}/s, {_held(folder) / size:.2f}")
    return fts, ours


def bench_plain(folder: str, posts: list[Thread], ours: float, prefixes: list[str]) -> None:
    """Compare with plain whoosh: building, and prefixes as they are typed."""
    began = perf_counter()
    plain = Plain(folder, posts)
    theirs = perf_counter() - began
    print(f"build / plain whoosh         {theirs / ours:.2f}   (budget: at least 1.5)")
    times = plain.prefixes(prefixes)
    print(f"plain Prefix, 1-2 letters    median {sorted(times)[len(times) // 2] * 1000:.0f} ms")


def bench_queries(
    fixture: SearchFixture, fts: Fts, words: Callable[[], str], pairs: list[str]
) -> None:
    """Time finished queries."""
    some = [words() for _ in range(100)]
    two = [(words(), words()) for _ in range(100)]
    kinds: dict[str, tuple[list[str], list[str], str]] = {
        "word": (some, some, ""),
        "two words": ([f"{a} {b}" for a, b in two], [f"{a} {b}" for a, b in two], ""),
        "OR": ([f"{a} OR {b}" for a, b in two], [f"{a} OR {b}" for a, b in two], ""),
        "phrase": ([f'"{pair}"' for pair in pairs], [f'"{pair}"' for pair in pairs], ""),
        "NOT": ([f"{a} -{b}" for a, b in two], [f"{a} NOT {b}" for a, b in two], ""),
        "word*": ([f"{a[:4]}*" for a in some], [f"{a[:4]}*" for a in some], ""),
        "word in a year": ([f"{a} date:2011" for a in some], some, "2011"),
    }
    worst = 0.0
    for kind, (asked, theirs, year) in kinds.items():
        ours = [seconds(lambda q=query: fixture.index.search(q)) for query in asked]  # type: ignore[misc]
        worst = max(worst, report(kind, ours))
        report("    FTS5", [fts.ask(query, year=year) for query in theirs])
    print(f"full query, worst p95        {worst * 1000:.1f} ms   (budget: 120 at 150,000)")


def bench_keys(fixture: SearchFixture, words: Callable[[], str], prefixes: list[str]) -> None:
    """Time keystrokes: until there is something to see, and until it is complete."""
    index = fixture.index
    first_key = seconds(lambda: index.search("q", typing=True))
    print(f"first key                    {first_key * 1000:.1f} ms")
    kinds = {
        "key: 1-2 letters": prefixes,
        "key: 3-6 letters": [words()[: _CHANCE.randint(3, 6)] for _ in range(100)],
        "key: word and prefix": [f"{words()} {words()[:3]}" for _ in range(100)],
        "key: three words": [f"{words()} {words()} {words()[:2]}" for _ in range(100)],
        "key: phrase": [f'"{words()} {words()[:2]}' for _ in range(100)],
    }
    for kind, queries in kinds.items():
        first = [
            seconds(lambda q=query: next(index.growing(q, typing=True)))  # type: ignore[misc]
            for query in queries
        ]
        report(kind, first)
        report("    whole", [seconds(lambda q=q: index.search(q, typing=True)) for q in queries])  # type: ignore[misc]
    best = [words() for _ in range(100)]
    report("pause: best, first seen", [seconds(lambda q=q: next(index.growing(q))) for q in best])  # type: ignore[misc]


def bench_more(fixture: SearchFixture, fts: Fts) -> None:
    """Time one more post."""
    more = thread("One more", list(texts(100)), published=date(2025, 1, 1))
    fixture.put(more)
    print(
        f"one more post of 100         {seconds(fixture.index.sync) * 1000:.0f} ms   (budget: 400)"
    )
    print(f"    FTS5                     {seconds(lambda: fts.add([more])) * 1000:.0f} ms")
    print(
        f"first search after it        {seconds(lambda: fixture.index.search('q')) * 1000:.0f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, default=15_000)
    parser.add_argument("--small", action="store_true", help="3,000 comments")
    parser.add_argument("--without-whoosh", action="store_true")
    wanted = parser.parse_args()
    if wanted.small:
        wanted.comments = 3_000
    all_texts = list(texts(wanted.comments))
    posts = threads(all_texts)
    seen = list(Counter(word for text in all_texts[::10] for word in text.split()[1:]).elements())
    size = sum(map(len, all_texts))

    def word() -> str:
        return _CHANCE.choice(seen)

    prefixes = [word()[: _CHANCE.randint(1, 2)] for _ in range(100)]
    pairs = [" ".join(text.split()[1:3]) for text in _CHANCE.sample(all_texts, 100)]
    pairs = [pair for pair in pairs if " " in pair]
    with (
        tempfile.TemporaryDirectory() as ours,
        tempfile.TemporaryDirectory() as theirs,
        tempfile.TemporaryDirectory() as plain,
        SearchFixture(Path(ours)) as fixture,
    ):
        fixture.put(*posts)
        print(f"{wanted.comments} comments, {size / 1e6:.1f} MB of text")
        fts, took = bench_build(fixture, posts, Path(theirs), size)
        print(f"open                         {seconds(fixture.reopen) * 1000:.0f} ms")
        bench_queries(fixture, fts, word, pairs)
        bench_keys(fixture, word, prefixes)
        bench_more(fixture, fts)
        if not wanted.without_whoosh:
            bench_plain(plain, posts, took, prefixes[:7])


if __name__ == "__main__":
    main()
