"""What to look for when nothing, or hardly anything, has all that was asked for.

First a word that stands nowhere is taken for a slip of the words that do, or for
the beginning of one; then passages with some of the words will have to do
instead of all of them. A question is answered so from the start.
"""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING

from probation_reader.search.analysis import FUNCTION_WORDS, spans
from probation_reader.search.query.ast import And, Or, TermQuery, joined, wanted_words
from probation_reader.search.query.warnings import field_like
from probation_reader.search.schema import AS_WRITTEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from probation_reader.search.engine.term_dictionary import Lexicon
    from probation_reader.search.query.ast import Node

#: Words this short have too many neighbours to guess from.
_SHORTEST = 4
_TWO_SLIPS_FROM = 6
#: A slip weighs as much as being in e^2.5, or twelve, times fewer passages.
_SLIP = 2.5
#: A word that stands somewhere is only questioned if another is so much more frequent.
_FAR_MORE = 20

# With fewer words it may as well be a name or a saying.
_QUESTION_WORDS = 4
_QUESTION = frozenset(
    "how what when where which who whom whose why can could did do does is are was were".split()  # noqa: SIM905 - as for words.FUNCTION_WORDS
)


def correct_spelling(
    text: str,
    root: Node | None,
    lexicon: Lexicon,
    frequency: Callable[[TermQuery, str], int],
    *,
    doubtful: bool = True,
) -> str:
    """Return a query with the words that seem to be slips put right; empty if none does.

    Args:
        text: the query.
        root: what was understood of it; its words know where they stand in the text.
        lexicon: the words there are.
        frequency: tells in how many passages a word is found, as it is asked for.
        doubtful: also question words that are there, if a like one is far more frequent.
    """
    changes: dict[tuple[int, int], str] = {}
    for words in wanted_words(root):
        start, end = words.at
        for first, last, form in spans(text[start:end]):
            # A word with a hyphen is asked for in two ways; its parts are put right.
            if words.how in {"stem", "exact"} and form in words.forms:
                here = frequency(words, form)
                if text[start + last : start + last + 1] == ":":
                    changes[start + first, start + last] = field_like(form)
                elif doubtful or not here:
                    changes[start + first, start + last] = _better(form, words, lexicon, here)
    right = text
    for (start, end), better in sorted(changes.items(), reverse=True):
        right = right[:start] + better + right[end:] if better else right
    return right if right != text else ""


def _better(form: str, words: TermQuery, lexicon: Lexicon, here: int) -> str:
    """Return the word that was probably meant instead, empty if this one was."""
    if len(form) < _SHORTEST or not form.isalpha():
        return ""
    where, mark = ("exact", "") if words.where == "text" else (words.where, AS_WRITTEN)
    slips = 1 if here or len(form) < _TWO_SLIPS_FROM else 2
    found = Counter[str]()
    fewest: dict[str, int] = {}
    # Hardly anybody mistakes the first letter, and that spares most of the words.
    for word, count, many in lexicon.near(where, form[1:], slips, mark + form[0]):
        plain = word.removeprefix(mark)
        if many and plain.isalpha():
            found[plain] += count
            fewest[plain] = many
    worth = {
        word: log(count) - _SLIP * fewest[word]
        for word, count in sorted(found.items())
        if not here or count >= _FAR_MORE * here
    }
    if worth:
        return max(worth, key=lambda word: worth[word])
    whole, _ = ([], 0) if here else lexicon.beginning(where, mark + form, 1)
    return whole[0].removeprefix(mark) if whole else ""


def is_question(text: str) -> bool:
    """Tell whether a query is put as a question: it ends in ``?``, or begins like one."""
    words = text.split()
    asks = len(words) >= _QUESTION_WORDS and words[0].lower() in _QUESTION
    return asks or (len(words) > 1 and words[-1].endswith("?"))


def relax(root: Node, *, apart: bool) -> Node | None:
    """Return what has some of the words instead of all of them, None if there is one only.

    Fields, ranges and what is excluded still hold; of the words only those that
    say what it is about are looked for, if there are any.

    Args:
        root: what has all of them.
        apart: True to take words that must stand side by side for words like others.
    """
    parts = root.parts if isinstance(root, And) else (root,)
    words: list[Node] = []
    others: list[Node] = []
    for part in parts:
        plain = _plain(part, apart=apart)
        words += plain
        others += [] if plain else [part]
    telling = [word for word in words if not _is_function_word(word)]
    wanted = list(dict.fromkeys(telling or words))
    if len(words) <= 1 or not wanted:
        return None
    return joined(And, [*others, joined(Or, wanted)])


def _plain(part: Node, *, apart: bool) -> list[Node]:
    """Return the words of a part that is nothing but words in the text, none of another."""
    if isinstance(part, Or):
        return [part] if all(_plain(each, apart=False) for each in part.parts) else []
    if not isinstance(part, TermQuery) or part.where != "text":
        return []
    if len(part.forms) == 1 or not apart:
        return [part]
    start, end = part.at
    # A sign says nothing without its number.
    telling = [form for form in part.forms if form.isalnum()] or part.forms
    return [TermQuery((form,), at=(start + n, end)) for n, form in enumerate(telling)]


def _is_function_word(node: Node) -> bool:
    return isinstance(node, TermQuery) and node.forms[0] in FUNCTION_WORDS
