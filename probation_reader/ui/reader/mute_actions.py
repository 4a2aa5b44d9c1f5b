"""Muting on the main screen: what, for how long; the list of it all, where it is lifted.

What is muted in the open thread shows at once. Other threads are looked at beside
the reading, in small pieces with rests between them, as is what came into the
library; the list of posts follows when that is done.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from probation_reader.errors import LibraryError
from probation_reader.model import Comment
from probation_reader.mutes import Rule, told
from probation_reader.phrases import DONE
from probation_reader.text.widths import cells, clip
from probation_reader.ui.reader.background_tasks import in_pieces
from probation_reader.ui.reader.undo_actions import LEAST_TITLE
from probation_reader.ui.render.headings import one_line
from probation_reader.ui.thread.labels import passage_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from probation_reader.record import Mute, UndoEntry
    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.workspace import Workspace

#: So many characters of a muted branch name it.
_OPENING = 100


class MuteActions:
    """The actions that mute and lift.

    Args:
        screen: the screen with its parts.
        workspace: has the rules, and what they mute.
    """

    def __init__(self, screen: ReaderScreen, workspace: Workspace) -> None:
        self._screen = screen
        self._workspace = workspace
        self._record = workspace.record
        self._seen: object = None
        self._at_work = False

    def action_mute(self) -> None:
        """Ask what of the current passage to mute, then for how long."""
        from probation_reader.ui.screens import mute_list  # noqa: PLC0415 - not needed to start

        view = self._screen.pane.view
        if view is None or view.current is None:
            return
        held = self._record.muted_in(view.thread.post.id).get(view.current.id)
        lift = (held.rule, _told(held)) if held else None
        self._screen.app.push_screen(
            mute_list.of_passage(view, view.current, lift), self._ask_how_long
        )

    def _ask_how_long(self, chosen: str | None) -> None:
        from probation_reader.ui.screens import mute_list  # noqa: PLC0415 - as above

        rule = Rule.of(chosen.removeprefix(mute_list.LIFT)) if chosen else None
        if rule is None or chosen is None:
            return
        if chosen.startswith(mute_list.LIFT):
            self._lift(rule)
            return

        def mute(span: str | None) -> None:
            if span is not None:
                self._mute(rule, span, mute_list.SPANS[span])

        self._screen.app.push_screen(mute_list.of_spans(rule), mute)

    def _mute(self, rule: Rule, span: str, days: int) -> None:
        until = datetime.now(UTC) + timedelta(days=days) if days else None
        with self._screen.failures.told():
            self._record.mute(rule, until)
            self.follow()
            self._say(f"Muted {span}: ", rule)

    def action_mutes(self) -> None:
        """List what is muted; choosing one lifts it."""
        from probation_reader.ui.screens import mute_list  # noqa: PLC0415 - as above

        held = self._record.mutes()
        tops = [one.rule.what for one in held if one.rule.kind == "branch"]
        texts = {passage.id: passage.text for _, passage in self._workspace.library.passages(tops)}
        mutes = [
            (one.rule, _named(one, texts.get(one.rule.what, "")), self._where(one.rule))
            for one in held
        ]
        keymap = self._screen.keymap
        screen = mute_list.of_mutes(mutes, keymap.key("mute"), keymap.key("choose", "list"))
        self._screen.app.push_screen(screen, self._lift_chosen)

    def _where(self, rule: Rule) -> str:
        passages = f"{self._record.mutes_of(rule):,} "
        if not rule.post:
            return passages + "everywhere"
        line = self._screen.sidebar.line(rule.post)
        return passages + ("in " + line.title if line else "in a post that is gone")

    def _lift_chosen(self, target: str | None) -> None:
        if rule := Rule.of(target or ""):
            self._lift(rule)

    def _lift(self, rule: Rule) -> None:
        with self._screen.failures.told():
            self._record.unmute(rule)
            self.follow()
            self._say("No longer muted: ", rule)

    def _say(self, what: str, rule: Rule) -> None:
        undoes = f"   {self._screen.keymap.key('undo')} undoes"
        self._screen.status.say(what + self._said(rule, cells(what + undoes)) + undoes)

    def _said(self, rule: Rule, used: int) -> str:
        """Return what a rule is about and where; the title gives way where room is short.

        Args:
            rule: the rule.
            used: cells of the row for what else is said.
        """
        screen, what = self._screen, one_line(told(rule))
        if not rule.post:
            return what
        if rule.post == screen.reading.post_id:
            title = "this post"
        else:
            line = screen.sidebar.line(rule.post)
            title = one_line(line.title) if line else "a post that is gone"
        if rule.kind == "branch":
            what = self._branch(rule)
        room = screen.status.room - used - cells(f"{what} in ")
        return f"{what} in {clip(title, max(room, LEAST_TITLE))}"

    def _branch(self, rule: Rule) -> str:
        """Return what a branch is called by the passage that it begins with."""
        with suppress(LibraryError):  # it was taken out of the library, or cannot be read
            thread = self._workspace.library.thread(rule.post)
            for passage in thread.passages:
                if passage.id == rule.what:
                    name = passage_name(thread, passage)
                    return f"branch {name}" if isinstance(passage, Comment) else "own text"
        return "branch"

    def turned(self, step: UndoEntry, word: str) -> None:
        """Show what was undone or redone of the mutes, and say so."""
        self.follow()
        done, used = DONE[step.what], cells(f"{word}:  {DONE[step.what]}")
        said = ", ".join(self._said(rule, used) for rule in step.mutes)
        self._screen.status.say(f"{word}: {said} {done}")

    # Following

    def look(self) -> None:
        """Show what is muted now if that is another than the last time; nothing is sent if not."""
        state = self._record.muted_state()
        if state != self._seen and not self._at_work:
            if self._seen is not None:
                self._show()
            self._seen = state
        if not self._at_work and self._workspace.muted.is_behind():
            self._work(self._workspace.muted.catch_up(self._screen.reading.post_id))

    def follow(self) -> None:
        """Show at once what is muted in the open thread; look at the others beside the reading."""
        steps = self._workspace.muted.catch_up(self._screen.reading.post_id)
        next(steps, None)
        self._show()
        self._work(steps)

    def _work(self, steps: Iterator[None]) -> None:
        async def work() -> None:
            await in_pieces(steps)
            self._show()
            # Not after a failure: that is told once, and not tried again every second.
            self._at_work = False

        self._at_work = True
        self._screen.run_quietly(work)

    def _show(self) -> None:
        self._screen.reading.look_again()
        self._screen.show_place()
        self._screen.saving.counting.look()
        self._seen = self._record.muted_state()


def _named(held: Mute, text: str) -> str:
    return f"{_told(held)}: {text[:_OPENING]}" if text else _told(held)


def _told(held: Mute) -> str:
    until = held.until.astimezone() if held.until else None
    return told(held.rule, until, datetime.now(UTC).astimezone())
