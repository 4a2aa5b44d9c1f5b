"""Draws the README's picture: the screen with a thread of the sample open.

Run it from the project's root: ``.venv/bin/python tests/ui/picture.py``.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from probation_reader import ingest, paths
from probation_reader.ui.app import ReaderApp
from probation_reader.workspace import Workspace

PICTURE = Path(__file__).with_suffix(".svg")
SIZE = (104, 32)
POST = "Four Weeks of Reset"
#: Go to the second argument, read into it, keep one reply, read on.
KEYS = ("}", "}", "space", "space", "b", "space", "space", "k")


async def draw() -> str:
    """Return the picture as SVG."""
    corpus = paths.corpus()
    if corpus is None:
        sys.exit("the sample corpus is not there")
    with (
        tempfile.TemporaryDirectory() as home,
        Workspace.open(paths.resolve(Path(home))) as workspace,
    ):
        list(ingest.bring_sample(workspace, corpus))
        post = next(row.post.id for row in workspace.library.posts() if row.post.title == POST)
        app = ReaderApp(workspace, open_id=post)
        async with app.run_test(size=SIZE) as pilot:
            await app.workers.wait_for_complete()
            for key in KEYS:
                await pilot.press(key)
                await pilot.pause()
            app.reader.status.clear_message()  # in a picture nothing passes
            await pilot.pause()
            return picture(app)


def picture(app: ReaderApp) -> str:
    """Return what the screen shows as SVG."""
    svg = app.export_screenshot(title="probation_reader")
    # The fonts stand in the reader's browser; nothing is fetched from elsewhere.
    kept = [line for line in svg.splitlines() if "url(" not in line or "clip-path" in line]
    return "\n".join(kept) + "\n"


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(draw()), encoding="utf-8")
