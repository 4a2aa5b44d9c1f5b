"""The application: theme, style sheets, the main screen, and a clean way out.

The terminal's own colours are used, so that 16 colours, ``NO_COLOR`` and any
background do. Nothing is animated: over a thin line every frame is bytes.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Offset
from textual.reactive import Reactive

from probation_reader.options import Options
from probation_reader.text import charset
from probation_reader.ui.driver.driver import LineDriver
from probation_reader.ui.driver.keyboard import apart
from probation_reader.ui.driver.plain_driver import PlainDriver
from probation_reader.ui.driver.terminals import is_capable
from probation_reader.ui.keys.habits import habits
from probation_reader.ui.reader.last_screen import LastScreen
from probation_reader.ui.reader.screen import ReaderScreen
from probation_reader.ui.screens.base import ActionScreen
from probation_reader.ui.terminal import clipboard
from probation_reader.ui.terminal.capabilities import Terminal
from probation_reader.ui.terminal.filters import Safe, filters
from probation_reader.ui.terminal.suspend import has_shell
from probation_reader.ui.widgets.prompt import Prompt
from probation_reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.screen import Screen

    from probation_reader.errors import OptionsError
    from probation_reader.options import Output
    from probation_reader.startup.frame import Frame
    from probation_reader.workspace import Workspace

#: Signals that end the reader.
_ENDING = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
_NO_SHELL = "There is no shell here to go back to"
#: How often it is tried, on the way out, to write what is pending.
_PENDING_SECONDS = 0.1
_SHEETS = ("screen", "lines", "sidebar", "status", "prompt", "thread_pane")


def _driver(output: Output) -> type[Driver] | None:
    """Return the driver for a choice; None for Textual's own where there is no terminal."""
    on_terminal = all(file and file.isatty() for file in (sys.__stdin__, sys.__stdout__))
    lean = output == "lean" or (output == "auto" and is_capable(os.environ.get("TERM", "")))
    if not on_terminal:
        return None
    return LineDriver if lean else PlainDriver


class ReaderApp(App[None], inherit_bindings=False):
    """The reader on a terminal.

    Args:
        workspace: everything the reader has; the caller opens and closes it.
        open_id: the id of a post or passage to open first.
        sample: the folder of the sample, imported if the library is empty.
        options: what the reader chose; the defaults without it.
        terminal: what can be shown; everything without it.
        problems: what of the reader's choices could not be taken.
        modes: the modes to leave the terminal in, as `termios` gives them; those
            it is found in without it.
        driver_class: how the terminal is driven; by default as the options say.
        begin_with: what the terminal shows already.

    Attributes:
        leaving: whether the reader is about to leave.
        left: what the thread looked like when the reader left; None if that is not
            known, and before.
    """

    TITLE = "probation_reader"
    ENABLE_COMMAND_PALETTE = False
    theme = Reactive("ansi-dark")  # from the start: another one is all style sheets read anew
    AUTO_FOCUS = None  # each screen says itself what has the focus
    CSS_PATH: ClassVar = [f"styles/{sheet}.tcss" for sheet in _SHEETS]

    def __init__(
        self,
        workspace: Workspace,
        *,
        open_id: str | None = None,
        sample: Path | None = None,
        options: Options | None = None,
        terminal: Terminal | None = None,
        problems: Sequence[OptionsError] = (),
        modes: list[Any] | None = None,
        driver_class: type[Driver] | None = None,
        begin_with: Frame | None = None,
    ) -> None:
        options = options or Options()
        driver_class = driver_class or _driver(options.output)
        super().__init__(driver_class=driver_class, ansi_color=True)
        # There are none here, and each would be a widget of every screen.
        self._disable_tooltips = self._disable_notifications = True
        self.begin_with = begin_with
        self._found_modes = modes
        self._waiting: list[events.Key] | None = []
        self.leaving = False
        self.animation_level = "none"
        self.habits = habits(options)
        terminal = terminal or Terminal()
        charset.use(terminal.encoding)
        self._line_filters = (Safe(), *filters(options, terminal))
        problems = (*problems, *self.habits.keymap.problems)
        self._reader = ReaderScreen(workspace, options, open_id, sample, problems)
        self._last_seen = LastScreen(self._reader)
        self.left: Frame | None = None

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what every drawn line goes through; Textual's own are not needed."""
        return self._line_filters

    def get_default_screen(self) -> Screen[None]:
        """Return the main screen."""
        return self._reader

    @property
    def reader(self) -> ReaderScreen:
        """The main screen."""
        return self._reader

    @property
    def cursor_position(self) -> Offset:
        """The cell of the terminal's own cursor: where the widget that has the focus says.

        It is asked for with every frame, so it is right wherever the layout has gone.
        """
        return getattr(self.focused, "cursor_screen_offset", Offset())

    @cursor_position.setter
    def cursor_position(self, offset: Offset) -> None:
        """Take what Textual's own widgets say; they are asked anyway."""

    def on_mount(self) -> None:
        """Leave cleanly when the line drops."""
        if self._found_modes is not None and isinstance(self._driver, LinuxDriver):
            self._driver.attrs_before = self._found_modes

    async def run_async(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - passed on
        """Run until the reader leaves, or is told to by a signal.

        Not by `add_signal_handler`, which hears nothing while many keys wait.
        """
        loop = asyncio.get_running_loop()

        def told(_number: int, _frame: object) -> None:
            self.leaving = True
            loop.call_soon_threadsafe(self.exit)

        before = {number: signal.signal(number, told) for number in _ENDING}
        try:
            await super().run_async(*args, **options)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def exit(self, *args: object, **options: object) -> None:
        """Leave as soon as the screen is whole: half made, it would miss what is taken away."""
        self.leaving = True
        if self._waiting is None:
            self.screen.call_after_refresh(self._leave, *args, **options)

    def _leave(self, *args: object, **options: object) -> None:
        """Leave; where the reader is has been written down first, and what is pending."""
        self._reader.noting.save_draft()
        self._reader.reading.save_position()
        self._reader.looking.end()
        if not self._reader.pending.may_leave():
            self.set_timer(_PENDING_SECONDS, partial(self._leave, *args, **options))
            return
        self.left = self._last_seen.picture()
        super().exit(*args, **options)  # type: ignore[arg-type]  # passed on unchanged

    async def on_event(self, event: events.Event) -> None:
        """Offer a key to the screen before the widget that has the focus."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            if self.leaving:
                return
            if self._waiting is not None:
                self._waiting.append(event)
                return
            screen = self.screen
            if isinstance(screen, ActionScreen):
                if screen.may_part(event) and (keys := apart(event)):
                    for key in keys:
                        await self.on_event(key)
                    return
                if await screen.take(event):
                    return
        await super().on_event(event)

    async def on_ready(self) -> None:
        """Act on what was typed before the first frame was shown; only then begin long work."""
        waiting, self._waiting = self._waiting or [], None
        for key in waiting:
            await self.on_event(key)
        if self.leaving:
            self.exit()
            return
        self.call_after_refresh(self._settled)

    def _settled(self) -> None:
        """Collect garbage again if whoever started this put it off; begin the long work."""
        if not gc.isenabled():
            gc.freeze()  # modules and widgets stay for good: looking them through takes long
            gc.enable()
        self._reader.begin_work()

    def post_display_hook(self) -> None:
        """Remember how the open thread looks."""
        if isinstance(self._driver, LineDriver) and (grid := self._driver.painted) is not None:
            self._last_seen.look(grid)

    @property
    def had_terminal(self) -> bool:
        """Whether the terminal has been this screen's: if it was, it was given back."""
        return self._driver is not None

    @property
    def failure(self) -> Exception | None:
        """What ended the screen though nobody expected it; None as long as all is well."""
        return self._exception

    def _fatal_error(self) -> None:
        """End without Textual's picture of the traceback: who ran the screen tells of `failure`."""
        self._close_messages_no_wait()

    def copy_to_clipboard(self, text: str) -> None:
        """Send a text to the clipboard of the terminal, if the reader wants that and it can be."""
        self._clipboard = text
        if self._driver is not None and self._reader.options.clipboard:
            self._driver.write(clipboard.sequence(text, os.environ))

    def action_redraw(self) -> None:
        """Draw the whole screen again."""
        if isinstance(self._driver, LineDriver):
            self._driver.redraw()
        self.screen.refresh(layout=True)

    def action_suspend(self) -> None:
        """Go back to the shell for a while."""
        if self._driver is None or not (self._driver.can_suspend and has_shell()):
            status = self.screen.query_one(StatusLine)
            status.say(_NO_SHELL)
            for bar in self.screen.query(Prompt):  # one may stand in the place of the status
                if bar.has(self.screen.focused) and not status.display:
                    self.call_later(bar.set_note, f"{_NO_SHELL} ")  # after what a key shows there
        else:
            self._suspend_signal()
            os.killpg(0, signal.SIGTSTP)  # with what may have started the program

    def on_driver_signal_resume(self) -> None:
        """Show everything again after a while in the shell."""
        self.screen.refresh(layout=True)

    async def action_quit(self) -> None:
        """Leave."""
        self.exit()
