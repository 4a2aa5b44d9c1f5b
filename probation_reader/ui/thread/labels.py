"""What is said of the places of a thread, and of movements that lead nowhere. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.model import Comment, Section
from probation_reader.ui.render.headings import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from probation_reader.model import Passage, Thread
    from probation_reader.ui.thread.viewport import Viewport


def passage_name(thread: Thread | None, passage: Passage) -> str:
    """Return what a passage is called: its number, or that it is all of the post."""
    if isinstance(passage, Section) and thread and len(thread.sections) == 1:
        return "post"
    return one_line(passage.number)


def passage_said(thread: Thread | None, passage: Passage) -> str:
    """Return what a passage is called where its number alone could be taken for an amount."""
    kind = "comment " if isinstance(passage, Comment) else ""
    return kind + passage_name(thread, passage)


def refusal(action: str, view: Viewport) -> str:
    """Return why a movement or fold came to nothing; what is left out is told from what is not.

    Args:
        action: the id of the action.
        view: the thread as it stands; it has passages.
    """
    here = passage_name(view.thread, view.thread.passages[view.cursor])
    return _WHY[action](view, here)


def _among(view: Viewport, here: str, which: str) -> str:
    above = view.outline.parents[view.cursor]
    shown = ", of those shown" if view.order.left_out else ""
    if above < 0:
        return f"{here} is the {which} at the top level{shown}"
    return f"{here} is the {which} reply to {_name(view, above)}{shown}"


def _name(view: Viewport, index: int) -> str:
    return passage_name(view.thread, view.thread.passages[index])


def _parentless(view: Viewport, here: str) -> str:
    if (above := view.outline.parents[view.cursor]) >= 0:
        return f"{here} answers {_name(view, above)}, which is left out here"
    if isinstance(view.thread.passages[view.cursor], Section):
        return "The post answers nothing"
    return f"{here} answers the post itself"


def _folded(view: Viewport, here: str) -> str:
    if view.outline.parents[view.cursor] >= 0:
        return _parentless(view, here)
    return f"{here} is folded, and stands at the top level"


def _replyless(view: Viewport, here: str) -> str:
    if view.outline.size(view.cursor):
        return f"{here} is open, and its replies are left out here"
    return f"{here} is open and has no replies"


_WHY: dict[str, Callable[[Viewport, str], str]] = {
    "next_sibling": lambda view, here: _among(view, here, "last"),
    "previous_sibling": lambda view, here: _among(view, here, "first"),
    "parent": _parentless,
    "branch_root": lambda _, here: f"{here} is the top of its branch",
    "next_top": lambda _, here: f"{here} is in the last branch",
    "fold": _folded,
    "unfold": _replyless,
    "fold_on": lambda _, here: f"{here} is the last branch",
    "fold_to": lambda *_: "It is folded so",
    "fold_all": lambda *_: "Everything is folded",
    "unfold_all": lambda *_: "Nothing is folded",
    "peek": lambda _, here: f"That is all that {here} answers",
    "show_left_out": lambda *_: "Nothing is left out here",
    "fold_read": lambda *_: "Exactly what is read is folded",
}
