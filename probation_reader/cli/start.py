"""Where the program begins: first what can be shown at once, then the rest of it."""

from __future__ import annotations

import sys

from probation_reader.startup.early import EARLY


def main() -> int:
    """Run the program once, with the words of this process.

    Returns:
        The exit code, as `main.main` gives it.
    """
    try:
        EARLY.begin(sys.argv[1:])
        from probation_reader.cli.main import main as run  # noqa: PLC0415 - slow; the picture comes first

        return run()
    except KeyboardInterrupt:  # while loading; `main` has its own
        return 130
    finally:
        EARLY.take_down()
