"""The note and tags of a passage, edited in one line in the place of the status row.

What is typed is kept whole or not at all: Enter keeps it, Esc drops it, and where
it cannot be kept the line stays open with the words in it. Until then it is a draft
that outlives the program, and stands in the line when that is opened there again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.errors import RecordError
from probation_reader.identity import post_of
from probation_reader.phrases import count
from probation_reader.record import Drafts
from probation_reader.ui.reader import note_syntax
from probation_reader.ui.render.headings import day, one_line
from probation_reader.ui.thread.labels import passage_said

if TYPE_CHECKING:
    from textual.timer import Timer

    from probation_reader.model import Passage
    from probation_reader.record import Bookmark
    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.workspace import Workspace

#: What is typed is a draft on disk within so many seconds.
_DRAFT_SECONDS = 1.0


class NoteActions:
    """The line for a note, and the passage it is about.

    Args:
        screen: the screen with its parts.
        workspace: has the bookmarks.
    """

    def __init__(self, screen: ReaderScreen, workspace: Workspace) -> None:
        self._screen = screen
        self._bar = screen.note_bar
        self._record, self._library = workspace.record, workspace.library
        self._drafts = Drafts(workspace.paths.drafts)
        #: Passages whose notes are pending: their drafts go when these are on disk.
        self._unsaved: list[str] = []
        self._timer: Timer | None = None
        self._passage: Passage | None = None
        self._kept: Bookmark | None = None
        self._tags: list[str] = []
        #: What Tab offers in turn, and which of them it gave last.
        self._offers: list[str] = []
        self._offered = -1

    def action_note(self) -> None:
        """Open the line for the current passage."""
        self._passage = self._screen.pane.current
        if self._passage is None:
            return
        self._kept, self._tags = self._record.kept(self._passage.id), self._record.tags()
        draft = self._drafts.of(self._passage.id)
        if draft is not None and draft.text != self._begun_with:
            self._bar.set_value(draft.text)
            self._bar.set_note(f"unsaved draft of {day(draft.at.astimezone())} ")
        else:
            self._bar.set_value(self._begun_with)
            self._look()
        self._screen.arrangement.bottom("note-prompt")
        self._screen.set_focus(self._bar.line)

    @property
    def _begun_with(self) -> str:
        kept = self._kept
        return (
            note_syntax.written(kept.note, filter(note_syntax.is_writable, kept.tags))
            if kept
            else ""
        )

    def action_keep_note(self) -> None:
        """Keep what was typed, and the passage with it."""
        if self._passage is None:
            return
        if self._kept is None or self._bar.value != self._begun_with:
            try:
                self._keep(self._passage)
            except RecordError as error:
                self._screen.failures.tell(error)
                self._bar.set_note(f"{error.message} ")
                return
        if self._record.pending:
            self.save_draft()
            self._unsaved.append(self._passage.id)
        else:
            self._drafts.drop(self._passage.id)
        self._close()

    def settled(self) -> None:
        """Drop the drafts of notes that were pending: they are on disk now."""
        if not self._record.pending:
            while self._unsaved:
                self._drafts.drop(self._unsaved.pop())

    def save_draft(self) -> None:
        """Write down what has been typed so far."""
        self._timer = None
        if self._passage is None:
            return
        if self._bar.value.strip() and self._bar.value != self._begun_with:
            self._drafts.keep(self._passage.id, self._bar.value)
        else:
            self._drafts.drop(self._passage.id)

    def offer(self) -> None:
        """Say in one line that there is a draft, and where, if its passage is there."""
        drafts = self._drafts.newest_first()
        for _, passage in self._library.passages([draft.target for draft in drafts[:1]]):
            line = self._screen.sidebar.line(post_of(passage.id))
            if line is not None:
                where = f"{passage.number} of {one_line(line.title)}"
                others = f" and {len(drafts) - 1:,} more" if drafts[1:] else ""
                key = self._screen.keymap.key("note")
                draft = f"Unsaved draft of a note ({key} there): {where}{others}"
                self._screen.status.say(draft, stay=True)

    def _keep(self, passage: Passage) -> None:
        note, tags = note_syntax.parsed(self._bar.value)
        others = [tag for tag in (self._kept.tags if self._kept else ()) if tag not in tags]
        tags += [tag for tag in others if not note_syntax.is_writable(tag)]
        self._screen.reading.marks.keep(passage, note, tags)
        name = passage_said(self._screen.pane.thread, passage)
        self._screen.status.say(f"{name} kept with {_amount(note, tags)}")

    def action_complete_tag(self) -> None:
        """Complete the tag before the cursor; again: the next that fits. Else begin one."""
        line = self._bar.line
        before, after = line.value[: line.cursor_position], line.value[line.cursor_position :]
        again = self._offered >= 0 and before == self._offers[self._offered]
        if not again:
            self._offers, self._offered = note_syntax.completions(before, self._tags), -1
        if self._offers:
            self._offered = (self._offered + 1) % len(self._offers)
            before = self._offers[self._offered]
        elif note_syntax.begun(before) is None:
            before = f"{before} #" if before.strip() and not before.endswith(" ") else f"{before}#"
        self._bar.set_value(before + after)
        self._draft_soon()
        line.cursor_position = len(before)
        self._look()

    def action_break_note(self) -> None:
        """End a line of the note at the cursor."""
        line = self._bar.line
        at = line.cursor_position
        self._bar.set_value(line.value[:at] + note_syntax.BREAK + line.value[at:])
        line.cursor_position = at + len(note_syntax.BREAK)
        self.look()

    def look(self) -> None:
        """Say what Tab would make of what has just been typed, which is a draft from now on."""
        self._draft_soon()
        self._offered = -1
        self._look()

    def _look(self) -> None:
        line = self._bar.line
        fitting = note_syntax.completions(line.value[: line.cursor_position], self._tags)
        complete = self._screen.keymap.key("complete_tag", "note")
        tags = [offer[offer.rindex("#") :] for offer in fitting[:1]]
        self._bar.set_note("".join(f"{complete} {tag} " for tag in tags))

    def _draft_soon(self) -> None:
        if self._timer is None:
            self._timer = self._screen.set_timer(_DRAFT_SECONDS, self.save_draft)

    def cancel(self) -> None:
        """Close the line and drop what was typed."""
        if self._passage is not None:
            self._drafts.drop(self._passage.id)
        self._close()

    def _close(self) -> None:
        self._passage = None
        self._screen.arrangement.bottom("status")
        self._screen.set_focus(self._screen.pane)


def _amount(note: str, tags: list[str]) -> str:
    if not tags:
        return "a note" if note else "neither note nor tags"
    tagged = count(len(tags), "tag")
    return f"a note and {tagged}" if note else tagged
