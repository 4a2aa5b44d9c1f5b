"""Search against plain whoosh, over the same generated texts in the same run.

Run with `python -m tests.bench.bench_search [--small]`: 30,000 comments of 73
words on average, or 3,000. Absolute times drift with the machine; compare the ratios.
"""

from __future__ import annotations

import argparse
import random
import resource
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

from tests.search.shelf import Shelf, thread

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
    heaps = list(accumulate(1 / (rank + 2.7) ** 1.05 for rank in range(_VOCABULARY)))
    for number in range(count):
        size = max(3, int(_CHANCE.expovariate(1 / _WORDS)))
        yield f"{number} " + " ".join(_CHANCE.choices(list(words), cum_weights=heaps, k=size))


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


def plain_build(folder: str, posts: list[Thread]) -> Any:  # noqa: ANN401 - whoosh is untyped
    """Build what a first look at whoosh's documentation would."""
    index = create_in(folder, Schema(id=ID(stored=True, unique=True), body=TEXT(stored=True)))
    writer = index.writer()
    for post in posts:
        for passage in post.passages:
            writer.add_document(id=passage.id, body=passage.text)
    writer.commit()
    return index


def bench_build(shelf: Shelf, posts: list[Thread], size: int, documents: int) -> None:
    """Compare building, size and adding one more post."""
    ours = seconds(shelf.index.sync)
    held = sum(path.stat().st_size for path in shelf.folder.rglob("*") if path.is_file())
    with tempfile.TemporaryDirectory() as folder:
        theirs = seconds(lambda: plain_build(folder, posts))
    print(f"build: {documents / ours:.0f} documents/s, plain whoosh {documents / theirs:.0f}")
    print(f"build ratio                  {theirs / ours:.2f}   (budget: at least 1.5)")
    print(f"index size / text            {held / size:.2f}   (budget: at most 2.5)")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of both          {memory:.0f} MB   (budget: at most 600)")


def bench_queries(shelf: Shelf, words: Callable[[], str], pairs: list[str]) -> None:
    """Time finished queries."""
    index = shelf.index
    kinds = {
        "word": [words() for _ in range(100)],
        "two words": [f"{words()} {words()}" for _ in range(100)],
        "OR": [f"{words()} OR {words()}" for _ in range(50)],
        "phrase": [f'"{pair}"' for pair in pairs],
        "NOT": [f"{words()} -{words()}" for _ in range(50)],
        "word*": [f"{words()[:4]}*" for _ in range(50)],
        "word in a year": [f"{words()} date:2011" for _ in range(50)],
    }
    worst = max(
        report(kind, [seconds(lambda q=query: index.search(q)) for query in queries])  # type: ignore[misc]
        for kind, queries in kinds.items()
    )
    print(f"full query, worst p95        {worst * 1000:.1f} ms   (budget: 120 at 150,000)")


def bench_keys(shelf: Shelf, words: Callable[[], str], plain: Any) -> None:  # noqa: ANN401 - untyped
    """Time keystrokes, beside whoosh's own prefix query."""
    index = shelf.index
    first = seconds(lambda: index.search("q", typing=True))
    print(f"first key                    {first * 1000:.1f} ms")

    short = [words()[: _CHANCE.randint(1, 2)] for _ in range(100)]
    long = [words()[: _CHANCE.randint(3, 6)] for _ in range(100)]
    both = [f"{words()} {words()[:3]}" for _ in range(100)]

    def key(query: str) -> float:
        return seconds(lambda: index.search(query, typing=True))

    ours = report("key: 1-2 letters", [key(query) for query in short])
    report("key: 3-6 letters", [key(query) for query in long])
    report("key: word and prefix", [key(query) for query in both])
    with plain.searcher() as searcher:
        theirs = report(
            "plain Prefix, 1-2 letters",
            [
                seconds(lambda q=query: searcher.search(Prefix("body", q), limit=20))  # type: ignore[misc]
                for query in short[:20]
            ],
        )
    print(f"key / plain Prefix, p95      1/{theirs / ours:.0f}   (budget: 1/500 at 150,000)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the comments")
    documents = 3_000 if parser.parse_args().small else 30_000
    all_texts = list(texts(documents))
    posts = threads(all_texts)
    count = Counter(word for text in all_texts[::10] for word in text.split()[1:])
    seen = list(count.elements())

    def word() -> str:
        return _CHANCE.choice(seen)

    with tempfile.TemporaryDirectory() as folder, Shelf(Path(folder)) as shelf:
        shelf.put(*posts)
        print(f"{documents} documents, {sum(map(len, all_texts)) / 1e6:.1f} MB of text")
        bench_build(shelf, posts, sum(map(len, all_texts)), documents)
        print(f"open                         {seconds(shelf.reopen) * 1000:.0f} ms")
        pairs = [" ".join(text.split()[1:3]) for text in _CHANCE.sample(all_texts, 100)]
        bench_queries(shelf, word, pairs)
        with tempfile.TemporaryDirectory() as plain:
            bench_keys(shelf, word, plain_build(plain, posts))
        shelf.put(thread("One more", list(texts(100)), published=date(2025, 1, 1)))
        added = seconds(shelf.index.sync)
        print(f"one more post of 100         {added * 1000:.0f} ms   (budget: 400)")


if __name__ == "__main__":
    main()
