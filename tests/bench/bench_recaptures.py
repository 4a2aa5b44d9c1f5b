"""How many marks stay through generated later captures of a page, for each kind of change.

    python tests/bench/bench_recaptures.py [--captures 2000]

Prints for each kind: the captures, the remarks that were looked at, the share of those
with words of their own that have their marks, and how many others of the same words
("Agree.") have each other's.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from probation_reader import paths
from probation_reader.workspace import Workspace
from tests.reconcile.following import Reader, Tally
from tests.reconcile.recaptures import RECAPTURES

#: How often each page is captured again.
_LATER = 4


def main() -> None:
    """Follow pages through their captures and print what was kept."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--captures", type=int, default=2000, help="later captures of each kind")
    parser.add_argument("--small", action="store_true", help="a few captures of each kind")
    chosen = parser.parse_args()
    wanted = 20 if chosen.small else chosen.captures
    print(f"{'kind':26}{'captures':>9}{'remarks':>9}{'kept':>11}{'twins':>7}")
    for kind, (change, layout) in RECAPTURES.items():
        tally = Tally()
        with (
            tempfile.TemporaryDirectory() as home,
            Workspace.open(paths.resolve(Path(home))) as workspace,
        ):
            for seed in range(wanted // _LATER):
                workspace.library.remove(row.post.id for row in workspace.library.posts())
                reader = Reader(workspace, seed, layout, tally)
                for _ in range(_LATER):
                    reader.look_at(change)
        told = tally.kept + tally.lost
        share = f"{tally.kept / told:.4%}"
        print(f"{kind:26}{tally.captures:9,}{told + tally.twins:9,}{share:>11}{tally.twins:7,}")


if __name__ == "__main__":
    main()
