"""The terminal before the program is loaded: the last screen on it, keys waiting in it.

Loading takes ten times as long as writing down what was on the screen when the
reader left. So, where nothing has changed since, that is written first, and the
screen that opens later begins with it. Meanwhile the terminal neither shows nor
loses what is typed. Whoever wants to write something else, a failure for one,
takes the picture down first; whatever happens, the terminal ends as it was found.

Nothing slow is imported here, and nothing is done, nor even imported, for a
command that opens no screen or where no person is at a terminal.
"""

from __future__ import annotations

import gc
import os
import sys
import termios
from contextlib import suppress

TYPE_CHECKING = False  # typing itself is slow to load
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn

    from probation_reader.startup.snapshot import Kept

_NAME = "last-screen.json"

_INPUT, _OUTPUT = 0, 1
_ENTER, _LEAVE = "\x1b[?1049h", "\x1b[?7h\x1b[?1049l"

_IFLAG, _LFLAG, _CC = 0, 3, 6
#: What a terminal does with typed characters that it must not do for a screen,
#: as Textual has it, so that keys mean the same before it is there.
_NOT_INPUT = termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR
_NOT_LOCAL = termios.ECHO | termios.ICANON | termios.IEXTEN
#: Keys that would stop the program under its picture. Ctrl+C is none of them: as
#: long as nobody reads the keys it has to end the program by itself.
_STOPPING = (termios.VSUSP, termios.VQUIT)


class Early:
    """The terminal of this process, before and after the screen has it.

    Attributes:
        kept: what it shows before the screen opens; None for nothing of ours.
        size: its columns and rows when that was shown.
        modes: the modes it was found in, as `termios` gives them; None where they
            were left alone.
    """

    def __init__(self) -> None:
        self.kept: Kept | None = None
        self.size = (0, 0)
        self.modes: list[Any] | None = None

    def begin(self, words: Sequence[str]) -> None:
        """If the screen is going to open, let keys wait and show what it showed last.

        Args:
            words: the words of the command line, without the program's name.
        """
        root = screen_root(words)
        if root is None or not _in_person():
            return
        gc.disable()  # loading makes much and drops little; the screen enables it again
        import signal  # noqa: PLC0415 - only for the screen, as the two below

        from probation_reader.startup import snapshot, styled_rows  # noqa: PLC0415

        self.modes = termios.tcgetattr(_INPUT)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, _stop)
        _let_keys_wait()
        terminal = os.get_terminal_size(_OUTPUT)
        self.size = terminal.columns, terminal.lines
        self.kept = snapshot.load(file(root), self.size)
        if self.kept is not None:
            _send(_ENTER + styled_rows.output(*self.kept))

    def hand_over(self) -> None:
        """Leave what is shown to the screen, which has the terminal now."""
        self.kept = None

    def take_down(self) -> None:
        """Make the terminal as it was found; if it is, nothing is done."""
        shown, self.kept = self.kept, None
        modes, self.modes = self.modes, None
        with suppress(OSError, termios.error):  # the line has dropped: nothing to restore
            if shown is not None:
                _send(_LEAVE)
            if modes is not None:
                termios.tcsetattr(_INPUT, termios.TCSANOW, modes)


#: There is one terminal.
EARLY = Early()


def screen_root(words: Sequence[str]) -> str | None:
    """Return the folder that was named for everything, None if no screen is going to open.

    Args:
        words: the words of the command line, without the program's name.

    Returns:
        The folder; empty for the user's own folders.
    """
    root = os.environ.get("PROBATION_READER_HOME", "")
    left = [word for word in words if word != "--debug"]
    while left and left[0].startswith("--data-dir"):
        option, equals, value = left.pop(0).partition("=")
        if option != "--data-dir" or not (equals or left):
            return None
        root = value if equals else left.pop(0)
    return root if left in ([], ["read"]) else None


def file(root: str) -> str:
    """Return where the last screen is kept: as `paths` says, but without loading it.

    Args:
        root: one folder for everything, or empty for the user's own folders.
    """
    if root:
        return os.path.join(os.path.expanduser(root), "cache", _NAME)
    if sys.platform != "linux":
        from probation_reader import paths  # noqa: PLC0415 - slow, and elsewhere it takes more

        return str(paths.resolve().last_screen)
    cache = os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.expanduser("~/.cache")
    return os.path.join(cache, "probation-reader", _NAME)


def _in_person() -> bool:
    """Return whether a person is at both ends, sees UTF-8 and has not sent this to the back.

    Messages may go elsewhere; without standard error there would be nowhere to fail to.
    """
    if sys.stderr is None or not all(os.isatty(end) for end in (_INPUT, _OUTPUT)):
        return False
    try:
        in_front = os.tcgetpgrp(_INPUT) == os.getpgrp()
    except OSError:  # a terminal that is not the one this session belongs to
        return False
    return in_front and sys.stdout.encoding.lower() == "utf-8"


def _let_keys_wait() -> None:
    modes = termios.tcgetattr(_INPUT)
    modes[_IFLAG] &= ~_NOT_INPUT
    modes[_LFLAG] &= ~_NOT_LOCAL
    modes[_CC][termios.VMIN], modes[_CC][termios.VTIME] = 1, 0
    for key in _STOPPING:
        modes[_CC][key] = bytes([os.fpathconf(_INPUT, "PC_VDISABLE")])
    termios.tcsetattr(_INPUT, termios.TCSANOW, modes)


def _send(text: str) -> None:
    data = text.encode()
    while data:
        data = data[os.write(_OUTPUT, data) :]


def _stop(number: int, _frame: object) -> NoReturn:
    """End at once: an exception would come out of whatever is just being loaded as another one."""
    EARLY.take_down()
    os._exit(128 + number)
