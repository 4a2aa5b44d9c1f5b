"""Copies the text of a passage, or its address, to the clipboard of the terminal.

The terminal never says whether it took a copy, so what was copied is always
said, too, and the same key pressed again shows it as plain text to be selected
by hand. Where the terminal is known to take none, it is shown so at once.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from probation_reader import sanitize
from probation_reader.citation import cited, cited_post
from probation_reader.model import Section
from probation_reader.phrases import count
from probation_reader.text.widths import cells
from probation_reader.ui.terminal import clipboard, outside
from probation_reader.ui.widgets.thread_words import passage_said

if TYPE_CHECKING:
    from probation_reader.model import Passage, Thread
    from probation_reader.ui.screens.reader import ReaderScreen

_MARGIN = 2
_NOT_WANTED = "Your options keep copies from the clipboard"


class Copying:
    """The actions that copy.

    Args:
        screen: the screen with its parts.
    """

    def __init__(self, screen: ReaderScreen) -> None:
        self._screen = screen
        self._copied = ""

    def action_copy_text(self) -> None:
        """Copy the text of the current passage; pressed again, show it."""
        current = self._screen.pane.current
        if current is None:
            self._screen.status.explain("There is nothing here to copy")
            return
        name = passage_said(self._screen.pane.thread, current)
        what = f"{count(len(current.text), 'character')} of {name}"
        self._copy(current.text, what, key=self._screen.keymap.key("copy_text"))

    def action_copy_address(self) -> None:
        """Copy where the current passage stands; pressed again, show it."""
        thread, current = self._screen.pane.thread, self._screen.pane.current
        if thread is None:
            self._screen.status.explain("There is nothing here to copy")
            return
        self.copy_whole(address(thread, current))

    def copy_selection(self, text: str) -> None:
        """Copy what was selected."""
        self._copy(text, count(len(text), "character"))

    def copy_whole(self, text: str, before: str = "", *, stay: bool = False) -> None:
        """Copy a line of text that must be seen: said if there is room, else shown.

        Args:
            text: the line.
            before: a sentence to say first.
            stay: only say it, however much room there is.
        """
        text = sanitize.safe_line(text)
        hindrance = self._hindrance(text)
        asked_again = self._asked_again(text)
        said = f"{before} {hindrance or 'Copied'}".lstrip()
        if not hindrance and (stay or not asked_again):
            self._send(text)
        fits = cells(f"{said} {text}") <= self._screen.size.width - _MARGIN
        if stay or (fits and not hindrance and not asked_again):
            self._screen.status.say(f"{said} {text}")
        else:
            self._show(f"{said}:", text)

    def _copy(self, text: str, what: str, *, key: str = "") -> None:
        """Copy a text of any length; show it where it cannot be copied, or when asked again.

        Args:
            text: the text.
            what: what it is, ``312 characters of 9.1``.
            key: the key that shows it when pressed again; empty if there is none.
        """
        text = sanitize.safe(text)
        hindrance = self._hindrance(text)
        if hindrance or (key and self._asked_again(text)):
            self._show(f"{hindrance}. {what}:" if hindrance else f"Copied {what}:", text)
            return
        self._send(text)
        again = f"   {key} again shows it as plain text" if key else ""
        self._screen.status.say(f"Copied {what}{again}")

    def _asked_again(self, text: str) -> bool:
        return self._screen.again and text == self._copied

    def _send(self, text: str) -> None:
        self._copied = text
        self._screen.app.copy_to_clipboard(text)

    def _hindrance(self, text: str) -> str:
        if not self._screen.options.clipboard:
            return _NOT_WANTED
        return clipboard.hindrance(text, os.environ)

    def _show(self, said: str, text: str) -> None:
        if not outside.show(self._screen.app, said, text):
            self._screen.status.say(f"{said} {text}")


def address(thread: Thread, passage: Passage | None) -> str:
    """Return where a passage stands: the address of its page if that is known, and a citation.

    Args:
        thread: the thread.
        passage: a passage of it, or None for the post itself.
    """
    post = thread.post
    alone = isinstance(passage, Section) and len(thread.sections) == 1
    if passage is None or alone:
        return post.url or cited_post(post)
    citation = cited(post, passage)
    return f"{citation}, {post.url}" if post.url else citation
