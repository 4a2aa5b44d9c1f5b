"""In words what was done in one go: ``42 passages of A New Diktat marked read``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.errors import UnknownIdError
from probation_reader.identity import is_passage, post_of
from probation_reader.mutes import Rule, told
from probation_reader.phrases import DONE, count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.cli.session import Session
    from probation_reader.model import Thread
    from probation_reader.record import LogEntry


class Teller:
    """Says what deeds were about.

    Args:
        session: has the library in which titles and numbers are looked up.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._threads: dict[str, Thread | None] = {}

    def deed(self, deed: LogEntry) -> str:
        """Return what an entry of the log was about."""
        targets = list(dict.fromkeys(event.target for event in deed.events if event.target))
        what = deed.events[0].action
        if what in ("save-search", "drop-search"):
            return self.searches(what, [target.partition(":")[2] for target in targets])
        if what in ("mute", "unmute"):
            return self.mutes(what, tuple(filter(None, map(Rule.of, targets))))
        return self.passages(what, targets)

    def passages(self, what: str, ids: Sequence[str]) -> str:
        """Return what was done to some passages, or to nothing in particular.

        Args:
            what: the action.
            ids: of passages, or of posts.
        """
        done = DONE.get(what, what)
        posts = list(dict.fromkeys(map(post_of, ids)))
        if not posts:
            return done
        passages = count(len(ids), "passage")
        if len(posts) > 1:
            return f"{passages} of {len(posts):,} posts {done}"
        thread = self._thread(posts[0])
        title = thread.post.title if thread else f"a post that is gone ({posts[0]})"
        if len(ids) > 1:
            return f"{passages} of {title} {done}"
        return f"{self._one(thread, ids[0])}{title} {done}"

    def searches(self, what: str, names: Sequence[str]) -> str:
        """Return what was done to some saved searches."""
        said = ", ".join(f"'{name}'" for name in names)
        return f"{'searches' if len(names) > 1 else 'search'} {said} {DONE[what]}"

    def mutes(self, what: str, rules: Sequence[Rule]) -> str:
        """Return what was muted, or is no longer."""
        return f"{', '.join(map(self.rule, rules))} {DONE[what]}"

    def rule(self, rule: Rule) -> str:
        """Return what a rule is about: ``word 'x' in A New Diktat``."""
        if not rule.post:
            return told(rule)
        thread = self._thread(rule.post)
        title = thread.post.title if thread else f"a post that is gone ({rule.post})"
        if rule.kind == "branch":
            return f"the branch of {self._one(thread, rule.what)}{title}"
        return f"{told(rule)} in {title}"

    def _one(self, thread: Thread | None, id_: str) -> str:
        if not is_passage(id_):
            return ""
        passages = thread.passages if thread else ()
        number = next((passage.number for passage in passages if passage.id == id_), None)
        if number is None:
            return "a passage of "
        section = number.startswith("§")
        return f"section {number[1:]} of " if section else f"comment {number} of "

    def _thread(self, post_id: str) -> Thread | None:
        if post_id not in self._threads:
            try:
                self._threads[post_id] = self._session.workspace.library.thread(post_id)
            except UnknownIdError:
                self._threads[post_id] = None
        return self._threads[post_id]
