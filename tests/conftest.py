"""What holds for all tests.

Ctrl+C is heard, also where a shell started the tests in the background. Figures that a
test measured are printed: those it gives to ``record_property("figures", ...)``. Tests
mostly wait for terminals, so ``-n auto`` runs two for each processor, and no example
of a property has a time to keep.
"""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

if "CI" not in os.environ:  # there hypothesis has the like of it, with the same examples each time
    settings.register_profile("loaded", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("loaded")

# A shell that runs something with `&` has it ignore SIGINT, and every process
# below inherits that: the tests that interrupt the program would wait in vain.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return how many tests run side by side."""
    return 2 * (os.cpu_count() or 1)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured, wherever they ran."""
    for report in terminalreporter.getreports("passed"):
        for name, figures in report.user_properties:
            if name == "figures":
                terminalreporter.section(report.nodeid)
                terminalreporter.write_line(str(figures))
