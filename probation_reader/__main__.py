"""``python -m probation_reader`` is ``probation-reader``."""

from __future__ import annotations

import sys

from probation_reader.cli.start import main

sys.exit(main())
