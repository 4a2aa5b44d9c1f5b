"""Opens the links of a passage, or says why it does not.

A single link that is what it seems is opened at once, saying where it leads; any
other is chosen from a list that shows every host and every address whole. Where
there is no browser, the address is copied and shown instead.
"""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from probation_reader.phrases import count
from probation_reader.text.widths import clip
from probation_reader.ui.render.heading import one_line
from probation_reader.ui.terminal import browser, outside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.links.link import Link
    from probation_reader.ui.screens.reader import ReaderScreen
    from probation_reader.ui.terminal.browser import Browser

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


class Linking:
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
        from probation_reader.ui.screens import linklist, pick  # noqa: PLC0415 - not needed to start

        choices = [
            pick.Choice(str(at), goal.host, goal.note, whole=goal.address)
            for at, goal in enumerate(found)
        ]

        def chosen(at: str | None) -> None:
            if at is not None:
                self._open(found[int(at)])

        def copy(at: str) -> None:
            self._screen.copying.copy_whole(found[int(at)].address)

        keymap = self._screen.keymap
        hints = [f"{keymap.key('choose', 'list')} open", f"{keymap.key('back', 'list')} back"]
        self._screen.app.push_screen(linklist.LinkScreen(choices, hints, copy), chosen)

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
            if why := outside.run(screen.app, found.opening(goal.address)):
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
