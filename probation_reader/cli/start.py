"""Where the program begins: first what can be shown at once, then the rest of it."""

from __future__ import annotations

import sys

from probation_reader.startup.early import EARLY


def main() -> int:
    """Run the program once, with the words of this process.

    Returns:
        The exit code, as `commands.main` gives it.
    """
    try:
        EARLY.begin(sys.argv[1:])
        from probation_reader.cli import commands  # noqa: PLC0415 - slow; the picture comes first

        return commands.main()
    except KeyboardInterrupt:  # while loading; `commands` has its own
        return 130
    finally:
        EARLY.take_down()
