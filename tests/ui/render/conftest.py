"""Makes painters for small threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from probation_reader.outline import Outline
from probation_reader.ui.render.columns import Layout
from probation_reader.ui.render.orders import tree
from probation_reader.ui.render.painter import Painter
from probation_reader.ui.render.text_layout import Texts, Typeset

if TYPE_CHECKING:
    from probation_reader.model import Thread


class MakePainter(Protocol):
    """Makes a painter for a thread."""

    def __call__(self, thread: Thread, width: int = 80) -> Painter: ...


@pytest.fixture
def make_painter() -> MakePainter:
    def make(thread: Thread, width: int = 80) -> Painter:
        outline = Outline(passage.depth for passage in thread.passages)
        typeset = Typeset(Texts(thread.passages), Layout(width), outline.depths)
        return Painter(thread, tree(outline), typeset)

    return make
