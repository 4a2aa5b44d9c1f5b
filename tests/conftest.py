"""What holds for all tests: Ctrl+C is heard, also where a shell started them in the background."""

from __future__ import annotations

import signal

# A shell that runs something with `&` has it ignore SIGINT, and every process
# below inherits that: the tests that interrupt the program would wait in vain.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
