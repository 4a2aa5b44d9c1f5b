"""Breaks text into lines of a given number of cells. Pure and fast.

A line is not a copy but a pair of offsets into the text, with the columns it is
indented by, so that matches, links and selections can be placed on it. Lines
break at spaces, and between characters of scripts that have none between words
(but not before closing punctuation nor after an opening bracket); another word,
an address for one, is broken only where it is wider than the room. Further lines
of a list item stand under its first word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from probation_reader.text.widths import clusters, is_plain, word_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

_ITEM = re.compile(r" *(?:[•*·▪–-] +|\(?\d{1,3}[.)] +)?")
_ITEM_STARTS = frozenset(" •*·▪–-(0123456789")
#: Scripts that break between any two characters: Chinese and Japanese ones, wide forms.
_BETWEEN = "\u2e80-\u312f\u3190-\u31ff\u3400-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\uff01-\uff9f"
#: Thai, Lao, Burmese and Khmer have no spaces between words; where those end needs a dictionary.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_MAY_BREAK = re.compile(f"[{_BETWEEN}{_UNSPACED}\U00020000-\U0003ffff]")
#: Scripts that break within words, and spaces that may carry a mark.
_NOT_BY_WORDS = re.compile(
    f"[{_BETWEEN}{_UNSPACED}\U00020000-\U0003ffff]"
    "| [^\\w !-~\xa1-\xbf\u2010-\u2027]| [\u1160-\u11ff\ud7b0-\ud7fb]"
)
#: Of longer words the cells are not kept.
_LONGEST_WORD = 256
_NEVER_FIRST = frozenset(
    ")]},.!?:;%、。〃々〉》」』】〕〗〙〛〜〟！％），．：；？］｝～｠｡｣､･ﾞﾟ・ー’”…‥‼⁇⁈⁉"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯｰ"
    "ะาำๅๆฯະາຳຯ។៕៖ៗ၊။"
)
_NEVER_LAST = frozenset("([{〈《「『【〔〖〘〚〝（［｛｟｢‘“$£¥＄￡￥#＃เแโใไເແໂໃໄ")
#: An indent is kept on further lines up to this part of the room.
_WIDEST_HANG = 3


class Line(NamedTuple):
    """One line of wrapped text.

    Args:
        start: offset of its first character in the text.
        end: offset just past its last character.
        indent: columns left free before it.
    """

    start: int
    end: int
    indent: int


def wrap(text: str, room: int) -> list[Line]:
    """Return the lines of a text.

    Args:
        text: any number of lines, without tabs or control characters.
        room: cells a line may take, at least 1.

    Returns:
        At least one line; together they hold every character but newlines and
        the spaces at breaks.
    """
    lines: list[Line] = []
    for start, paragraph, hang in _paragraphs(text, room):
        indent = 0
        for first, last in _break(paragraph, room, hang):
            lines.append(Line(start + first, start + last, indent))
            indent = hang
    return lines


def count(text: str, room: int, *, plain: bool) -> int:
    """Return the number of lines `wrap` gives, in less time.

    Args:
        text: as for `wrap`.
        room: as for `wrap`.
        plain: whether `is_plain` says so of the text.
    """
    if not plain:
        return len(wrap(text, room))
    return sum(
        1 if len(paragraph) <= room else len(_break_plain(paragraph, room, hang))
        for _, paragraph, hang in _paragraphs(text, room)
    )


def _paragraphs(text: str, room: int) -> Iterator[tuple[int, str, int]]:
    """Yield where each paragraph starts, its text, and the indent of its further lines."""
    start = 0
    for paragraph in text.split("\n"):
        hang = 0
        if paragraph[:1] in _ITEM_STARTS and (item := _ITEM.match(paragraph)):
            hang = item.end() if item.end() <= room // _WIDEST_HANG else 0
        yield start, paragraph, hang
        start += len(paragraph) + 1


def _break(paragraph: str, room: int, hang: int) -> list[tuple[int, int]]:
    """Return (start, end) of each line of a paragraph."""
    if not is_plain(paragraph):
        words = _break_words(paragraph, room, hang)
        return _break_cells(paragraph, room, hang) if words is None else words
    if len(paragraph) <= room:
        return [(0, len(paragraph))]
    return _break_plain(paragraph, room, hang)


def _break_plain(paragraph: str, room: int, hang: int) -> list[tuple[int, int]]:
    end = len(paragraph)
    start, first, space = 0, hang, room
    lines = []
    while end - start > space:
        cut = paragraph.rfind(" ", first, start + space + 1)
        if cut <= first:
            cut = start + space
        lines.append((start, cut))
        start = cut  # spaces at a break belong to no line
        while start < end and paragraph[start] == " ":
            start += 1
        first, space = start, room - hang
    if start < end:
        lines.append((start, end))
    return lines


def _break_words(paragraph: str, room: int, hang: int) -> list[tuple[int, int]] | None:
    """As `_break_cells`, in less time, for what breaks at spaces only; None for anything else."""
    if _NOT_BY_WORDS.search(paragraph):
        return None
    words = paragraph.split(" ")
    if max(map(len, words)) > _LONGEST_WORD:
        return None
    spaces = list(accumulate((len(word) + 1 for word in words), initial=-1))[1:]
    sums = list(accumulate((width + 1 for width in map(word_cells, words)), initial=-1))[1:]
    whole, begun, start, first, space = sums[-1], 0, 0, hang, room
    lines = []
    while whole - begun > space:
        nearest = bisect_right(sums, begun + space) - 1
        if nearest < 0 or spaces[nearest] <= first:
            return None
        lines.append((start, spaces[nearest]))
        while nearest + 1 < len(spaces) and spaces[nearest + 1] == spaces[nearest] + 1:
            nearest += 1  # spaces at a break belong to no line
        start, begun = spaces[nearest] + 1, sums[nearest] + 1
        first, space = start, room - hang
    if start < len(paragraph) or not lines:
        lines.append((start, len(paragraph)))
    return lines


def _break_cells(paragraph: str, room: int, hang: int) -> list[tuple[int, int]]:
    """As `_break_plain`, for characters of any width, by clusters instead of characters.

    A space that carries a mark or a joiner is part of a cluster and no break.
    """
    between = _MAY_BREAK.search(paragraph) is not None
    held = clusters(paragraph)
    starts = [*(start for start, _, _ in held), len(paragraph)]
    spaces = [at for at, (start, end, _) in enumerate(held) if paragraph[start:end] == " "]
    sums = list(accumulate((width for _, _, width in held), initial=0))
    free = frozenset(spaces)
    at, first, space = 0, bisect_left(starts, hang), room
    lines = []
    while at < len(held):
        stop = max(at + 1, bisect_right(sums, sums[at] + space) - 1)
        if stop >= len(held):
            break
        nearest = bisect_right(spaces, stop) - 1
        cut = spaces[nearest] if nearest >= 0 and spaces[nearest] > first else 0
        if between:
            cut = _cut_between(paragraph, starts, max(first, cut), stop) or cut
        cut = cut or stop
        lines.append((starts[at], starts[cut]))
        at = cut
        while at in free:  # spaces at a break belong to no line
            at += 1
        first, space = at, room - hang
    if at < len(held) or not lines:
        lines.append((starts[at], len(paragraph)))
    return lines


def _cut_between(paragraph: str, starts: list[int], after: int, stop: int) -> int:
    """Return the last cluster after ``after``, up to ``stop``, that may begin a line; 0 if none.

    Args:
        paragraph: the text.
        starts: where each cluster starts in it.
        after: the cluster at the nearest space, or at the line's start.
        stop: the first cluster there is no room for.
    """
    for cut in range(stop, after, -1):
        before, begins = paragraph[starts[cut - 1]], paragraph[starts[cut]]
        if (
            before != " " != begins
            and (_MAY_BREAK.match(before) or _MAY_BREAK.match(begins))
            and begins not in _NEVER_FIRST
            and category(begins)[0] != "M"
            and before not in _NEVER_LAST
        ):
            return cut
    return 0
