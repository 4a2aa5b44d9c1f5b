"""Copies a passage or its address to the terminal's clipboard, and opens its links.

The terminal never says whether it took a copy, so what was copied is always
said, too, and the same key pressed again shows it as plain text to be selected
by hand. Where the terminal is known to take none, it is shown so at once.

A single link that is what it seems is opened at once, saying where it leads; any
other is chosen from a list that shows every host and every address whole. Where
there is no browser, the address is copied and shown instead.
"""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from probation_reader import sanitize
from probation_reader.citation import cited, cited_post
from probation_reader.model import Section
from probation_reader.phrases import count
from probation_reader.text.widths import cells, clip
from probation_reader.ui.render.headings import one_line
from probation_reader.ui.terminal import browser, clipboard, suspend
from probation_reader.ui.thread.labels import passage_said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.links.link import Link
    from probation_reader.model import Passage, Thread
    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.ui.terminal.browser import Browser


_MARGIN = 2

_NOT_WANTED = "Your options keep copies from the clipboard"


class CopyActions:
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
        if not suspend.show(self._screen.app, said, text):
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


_HINTED_HOST, _ROOM_FOR_HOST = 32, 60

_CONTEXT, _CONTEXT_WORDS = 60, 4

_MASKED = "not where it seems to lead"

_LONGER = "if the next line belongs to it"


class Goal(NamedTuple):
    """An address that a passage leads to.

    Args:
        address: what is opened.
        host: where that is, as it is said.
        note: what else there is to know of it: words before it, or a warning.
        refused: why it is not opened; empty if it is.
        clear: whether it is what it seems, so that it may be opened unseen.
    """

    address: str
    host: str
    note: str
    refused: str = ""
    clear: bool = True


def goals(links: Sequence[Link], text: str) -> list[Goal]:
    """Return what links lead to, each address once.

    Args:
        links: the links of a passage.
        text: the text they stand in.
    """
    found: dict[str, Goal] = {}
    ended = 0
    for link in links:
        words = text[max(ended, link.start - _CONTEXT) : link.start].split()[-_CONTEXT_WORDS:]
        ended = link.end
        found.setdefault(link.address, _goal(link, " ".join(words)))
        if link.longer:
            found.setdefault(link.longer.address, _goal(link.longer, _LONGER, clear=False))
    return list(found.values())


def _goal(link: Link, note: str, *, clear: bool = True) -> Goal:
    doubt = link.masked or link.refused or link.longer or link.spoken_host != link.host
    return Goal(
        link.address,
        link.spoken_host or "not opened",
        _MASKED if link.masked else note,
        link.refused,
        clear=clear and not doubt,
    )


class LinkActions:
    """The action that opens links, and the hint that there are some.

    Args:
        screen: the screen with its parts.
    """

    def __init__(self, screen: ReaderScreen) -> None:
        self._screen = screen
        self._starter = browser.Starter()
        self._links: Sequence[Link] = ()
        self._found: list[Goal] = []

    def hint(self) -> str:
        """Return ``o example.org`` or ``o 2 links`` if the current passage has any."""
        found = self._goals()
        if not found:
            return ""
        narrow = self._screen.status.room < _ROOM_FOR_HOST
        only = count(len(found), "link") if narrow or len(found) > 1 else found[0].host
        return f"{self._screen.keymap.key('open_link')} {clip(one_line(only), _HINTED_HOST)}"

    def action_open_link(self) -> None:
        """Open the link of the current passage, or choose one."""
        found = self._goals()
        if not found:
            self._screen.status.explain("No link in this passage")
        elif len(found) == 1 and found[0].clear:
            self._open(found[0])
        else:
            self._choose(found)

    def action_list_links(self) -> None:
        """List the links of the current passage, be it a single one."""
        if found := self._goals():
            self._choose(found)
        else:
            self._screen.status.explain("No link in this passage")

    def _choose(self, found: Sequence[Goal]) -> None:
        from probation_reader.ui.screens import link_list, picker  # noqa: PLC0415 - not needed to start

        choices = [
            picker.Choice(str(at), goal.host, goal.note, whole=goal.address)
            for at, goal in enumerate(found)
        ]

        def chosen(at: str | None) -> None:
            if at is not None:
                self._open(found[int(at)])

        def copy(at: str) -> None:
            self._screen.copying.copy_whole(found[int(at)].address)

        keymap = self._screen.keymap
        hints = [f"{keymap.key('choose', 'list')} open", f"{keymap.key('back', 'list')} back"]
        self._screen.app.push_screen(link_list.LinkScreen(choices, hints, copy), chosen)

    def _goals(self) -> list[Goal]:
        """Return what the current passage leads to; found out once for each passage."""
        view = self._screen.pane.view
        if view is None or view.cursor < 0:
            return []
        links = view.texts.links(view.cursor)
        if links is not self._links:
            self._links, self._found = links, goals(links, view.texts[view.cursor])
        return self._found

    def _open(self, goal: Goal) -> None:
        screen = self._screen
        if goal.refused:
            screen.status.say(goal.refused)
            return
        found = browser.find(os.environ)
        if found is None:
            named = os.environ.get("BROWSER")
            why = f"$BROWSER names no program here: {named}." if named else "No browser here."
            screen.copying.copy_whole(goal.address, why)
        elif found.in_terminal:
            if why := suspend.run(screen.app, found.opening(goal.address)):
                screen.copying.copy_whole(goal.address, _failed(found, why))
        else:
            screen.status.say(f"{goal.host} opens in {found.name}")
            screen.run_quietly(partial(self._start, found, goal))

    async def _start(self, found: Browser, goal: Goal) -> None:
        words = found.opening(goal.address)
        if why := await asyncio.to_thread(self._starter.start, words):
            # Whoever reads on meanwhile keeps the screen.
            self._screen.copying.copy_whole(goal.address, _failed(found, why), stay=True)


def _failed(found: Browser, why: str) -> str:
    return f"{found.name} did not open it: {why}."
