"""What can be asked, by example: for `search --help` and the help of the search bar. Pure."""

from __future__ import annotations

from typing import NamedTuple


class Example(NamedTuple):
    """One thing that can be asked.

    Args:
        query: as it is typed.
        meaning: what it finds, in a few words.
    """

    query: str
    meaning: str


#: Title of each part → its examples; the most wanted come first.
EXAMPLES: dict[str, tuple[Example, ...]] = {
    "Words": (
        Example("officers leaving", "all of these words, in any form"),
        Example('"part a"', "these words side by side"),
        Example("=officers", "just as written, not officer"),
        Example("recall OR breach", "either of them"),
        Example("oasys -delius", "one without the other"),
        Example("(recall OR breach) housing", "brackets group"),
        Example("probat*", "words that begin so"),
        Example("oasis~", "words like it, one or two letters apart"),
        Example("who pays for housing?", "a question: most of its telling words"),
    ),
    "Where": (
        Example("title:diktat", "in posts with this word in their title"),
        Example("by:getafix", "written or signed by"),
        Example("label:yot", "in posts with this label"),
        Example('in:"new diktat" recall', "in one post, by its title or id"),
        Example("depth:0", "not an answer; depth:>2 for deep ones"),
    ),
    "When": (
        Example("date:2024", "a year; date:2024-04 a month or a day"),
        Example("date:2023-11..2024-02", "from one to another, both included"),
        Example("before:2020", "2019 or earlier"),
        Example("after:2024-04", "May 2024 or later"),
    ),
    "What": (
        Example("has:link", "with a link in it"),
        Example("has:reply", "that somebody answered"),
        Example("is:post", "the post's own text; is:comment the others"),
        Example("is:unread oasys", "not read yet; also is:read"),
        Example("is:new", "came in since the last visit"),
        Example("is:muted", "what you muted, left out else"),
        Example("is:bookmarked", "with a bookmark"),
        Example("tag:housing", "with a bookmark that has this tag"),
    ),
}


def lines() -> list[str]:
    """Return the examples as lines of text, titles flush left."""
    width = max(len(one.query) for part in EXAMPLES.values() for one in part)
    found = []
    for title, part in EXAMPLES.items():
        found.append(f"{title}:")
        found += [f"  {one.query:{width}}  {one.meaning}" for one in part]
    return found
