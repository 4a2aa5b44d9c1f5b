"""What the keys of the main screen do, beyond moving the widget they are pressed in.

One method ``action_<id>`` for each action of the registry that no widget has for
itself; each only passes on to who knows how.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.ui.keys import chords

if TYPE_CHECKING:
    from probation_reader.ui.keys.actions import Action
    from probation_reader.ui.reader.screen import ReaderScreen


class PostActions:
    """The actions of one main screen.

    Args:
        screen: the screen with its parts.
    """

    def __init__(self, screen: ReaderScreen) -> None:
        self._screen = screen

    # Moving from the list of posts

    def action_open_post(self) -> None:
        """Open the post under the cursor, or the hits of the saved search."""
        if row := self._screen.sidebar.row_id:
            self._screen.saving.open_row(row)

    def action_read_on(self) -> None:
        """Read the post under the cursor, or on in the one that is open."""
        if self._to_thread():
            self._screen.pane.action_read_on()

    def action_next_unread(self) -> None:
        """Go to the next unread passage."""
        if self._to_thread():
            self._screen.pane.action_next_unread()

    def action_previous_unread(self) -> None:
        """Go to the previous unread passage."""
        if self._to_thread():
            self._screen.pane.action_previous_unread()

    def _to_thread(self) -> bool:
        """Go to the post under the cursor; return whether it was open already."""
        screen = self._screen
        wanted = screen.sidebar.row_id
        was_open = screen.reading.post_id == wanted
        if (not was_open or screen.arrangement.home) and (at := screen.home.first_new(wanted)):
            screen.moving.open_post(wanted, at=at)
            return False
        if wanted:
            screen.saving.open_row(wanted)
        return was_open and bool(wanted)

    # Finding

    def action_find(self) -> None:
        """Open the find bar."""
        self._screen.finding.begin()

    def action_keep_find(self) -> None:
        """Close the find bar and keep the matches."""
        screen = self._screen
        if not screen.finding.keep():
            screen.walking.mark_again()
            search = screen.keymap.key("search")
            screen.status.explain(f"Not in this thread   {search} searches every thread")

    # The list of posts

    def action_filter(self) -> None:
        """Open the filter of the posts."""
        screen = self._screen
        if not screen.arrangement.sidebar_shown:
            screen.arrangement.show_sidebar(shown=True)
        screen.filter_bar.set_value(screen.sidebar.filtered_by)
        screen.head.display, screen.filter_bar.display = False, True
        screen.set_focus(screen.filter_bar.line)

    def action_keep_filter(self) -> None:
        """Close the filter and let it hold, also for what was read since."""
        screen = self._screen
        screen.sidebar.set_filter(screen.sidebar.filtered_by)
        screen.head.display, screen.filter_bar.display = True, False
        screen.set_focus(screen.sidebar)

    def action_sidebar(self) -> None:
        """Show or hide the list of posts; from home it goes beside, if there is room for it."""
        screen, arrangement = self._screen, self._screen.arrangement
        at_home = arrangement.home and not arrangement.narrow
        shown = at_home or not arrangement.sidebar_shown
        arrangement.show_sidebar(shown=shown)
        if shown and arrangement.narrow:
            screen.set_focus(screen.sidebar)
        elif not shown and screen.reading.post_id:
            screen.set_focus(screen.pane)

    # Back and out

    def action_back(self) -> None:
        """Go back one step: what that is depends on the place."""
        screen = self._screen
        steps = {
            "search": self._back_from_search,
            "find": self._cancel_find,
            "filter": self._clear_filter,
            "note": screen.noting.cancel,
            "name": screen.saving.cancel,
            "posts": self._back_from_posts,
            "peek": screen.peeking.close,
        }
        steps.get(screen.place, self._back_from_thread)()

    def _back_from_search(self) -> None:
        if not self._screen.recalling.give_back():
            self._screen.visiting.end()
            self._screen.saving.stand_again()

    def _back_from_thread(self) -> None:
        screen = self._screen
        if screen.visiting.away:
            screen.asking.action_search()
        elif screen.pane.find_state is not None:
            screen.pane.find_clear(restore=True)
        elif screen.keeping.away:
            screen.keeping.go_back()
        else:
            self._to_posts()

    def _to_posts(self) -> None:
        self._screen.arrangement.show_sidebar(shown=True)
        self._screen.set_focus(self._screen.sidebar)

    def _back_from_posts(self) -> None:
        if self._screen.sidebar.filtered_by:
            self._screen.sidebar.set_filter("")
        elif self._screen.reading.post_id:
            self._screen.arrangement.to_main()
            self._screen.set_focus(self._screen.pane)

    def _cancel_find(self) -> None:
        self._screen.finding.cancel()
        self._screen.walking.mark_again()

    def _clear_filter(self) -> None:
        self._screen.sidebar.set_filter("")
        self.action_keep_filter()

    def action_leave(self) -> None:
        """Go back to the posts, past the hits or the list one came by; from the posts, quit."""
        if self._screen.place == "posts":
            self._screen.app.exit()
        elif self._screen.visiting.away or self._screen.keeping.away:
            self._to_posts()
        else:
            self._back_from_thread()

    # Help

    def action_help(self) -> None:
        """Show the keys of this place."""
        from probation_reader.ui.screens.help import HelpScreen  # noqa: PLC0415 - as the lists

        self._screen.app.push_screen(HelpScreen(self._screen.place))

    def action_palette(self) -> None:
        """Choose among everything that can be done here."""
        from probation_reader.ui.screens import picker  # noqa: PLC0415 - not needed to start

        place = self._screen.place
        layers = {"found": ("found", "thread")}.get(place, (place,))
        named: dict[str, Action] = {}
        for layer in (*layers, "everywhere"):
            for action in self._screen.keymap.actions(layer):
                named.setdefault(action.id, action)
        choices = [
            picker.Choice(
                action.id,
                action.words,
                "  ".join(chords.listed(action.keys)),
                also=f"{action.id} {action.hint}",
            )
            for action in named.values()
            if action.id != "palette"
        ]
        screen = picker.PickerScreen("Do", choices, "")
        self._screen.app.push_screen(screen, self._do)

    async def _do(self, action: str | None) -> None:
        if action is not None:
            await self._screen.perform(action)
