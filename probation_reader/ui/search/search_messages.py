"""What is said above the hits, and where there are none. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from probation_reader.search import Results
    from probation_reader.ui.keys.keymap import Keymap

_NOTHING = "Nothing found"
_ADVICE = f"{_NOTHING}: take a word away, or end one with * for all that begins so."
_KEYS = ("open_hit", "back", "older_words", "save_search", "ask_help")
_EMPTY = (
    "There is nothing to search yet.",
    "Bring your own pages with: probation-reader import FOLDER",
)


def how(keymap: Keymap, *, empty: bool) -> tuple[str, ...]:
    """Return what is said while nothing has been asked for.

    Args:
        keymap: the keys of the reader.
        empty: whether there is no post to search.
    """
    if empty:
        return _EMPTY
    opens, back, earlier, saves, helping = (keymap.key(action, "search") for action in _KEYS)
    return (
        f"Type what you look for: hits come as you type, {opens} opens one, {back} returns.",
        "",
        'All words must be there. "in this order"  either OR other  -without  begin*',
        "by:name  title:word  label:word  date:2024-04",
        "",
        f"{earlier} brings back earlier words, {saves} saves those in the bar under a name.",
        "",
        f"? or {helping} shows all that can be asked, by example.",
    )


def offer_of(results: Results) -> str:
    """Return the words that are offered instead, empty if none are: those for hits are no offer."""
    return results.suggestion if _offered(results) in results.notes else ""


def _offered(results: Results) -> str:
    return f"did you mean “{results.suggestion}”?"


def remarks_on(results: Results) -> list[str]:
    """Return what has to be said of an answer, without what an offer of its own says."""
    remarks = [note for note in results.notes if note != _offered(results)]
    if not results.hits:
        fields_alone = all(":" in word for word in results.query.split())
        remarks.append(_NOTHING if remarks or results.suggestion or fields_alone else _ADVICE)
    return remarks


def tally(at: int, shown: int, results: Results) -> str:
    """Return which hit it is, of how many.

    Args:
        at: the place of the hit, counted from 1; 0 for none.
        shown: how many hits there are to go to.
        results: the answer they are from.
    """
    more = "" if results.exact else "+"
    total = max(results.total, shown)
    first = f", first {shown:,}" if shown < total and at else ""
    return f"{at:,} of {total:,}{more}{first}"
