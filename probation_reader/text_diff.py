"""What an edit changed, marked in words so that no colour is needed for it. Pure.

Words that went stand as ``[-so-]``, words that came as ``{+so+}``, in the text as it
is after the edit. Where two long texts have little in common, finding the least
change would take long: what lies between their same beginning and end is then taken
as changed as a whole.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: So many pairs of words are compared at most.
_PAIRS = 500_000
_WORD = re.compile(r"\S+")

#: The words of a text from one to another on either side, the same or not.
_Part = tuple[bool, int, int, int, int]


def changed(old: str, new: str) -> str:
    """Return a text with what went since an earlier one and what came marked in it.

    Args:
        old: the earlier text.
        new: the text.
    """
    before, after = (list(_WORD.finditer(text)) for text in (old, new))
    parts, at = [], 0
    for same, i, i_end, j, j_end in _parts([m[0] for m in before], [m[0] for m in after]):
        if same:
            continue
        start = after[j].start() if j < len(after) else len(new.rstrip())
        parts.append(new[at:start])
        went = [f"[-{old[before[i].start() : before[i_end - 1].end()]}-]"] if i < i_end else []
        at = after[j_end - 1].end() if j < j_end else start
        came = ["{+" + new[start:at] + "+}"] if j < j_end else []
        lead = " " if j == len(after) and j else ""
        trail = " " if j < len(after) and not came else ""
        parts.append(lead + " ".join(went + came) + trail)
    return "".join([*parts, new[at:]])


def _parts(old: Sequence[str], new: Sequence[str]) -> Iterator[_Part]:
    """Yield the runs of words that are the same and those that are not, in order."""
    start, less = 0, min(len(old), len(new))
    while start < less and old[start] == new[start]:
        start += 1
    end = 0
    while end < less - start and old[-1 - end] == new[-1 - end]:
        end += 1
    old_end, new_end = len(old) - end, len(new) - end
    if (old_end - start) * (new_end - start) > _PAIRS:
        yield False, start, old_end, start, new_end
        return
    matcher = SequenceMatcher(None, old[start:old_end], new[start:new_end], autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        yield tag == "equal", start + i, start + i_end, start + j, start + j_end
