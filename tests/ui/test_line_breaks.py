"""What separates lines in stored text breaks lines on the screen, or is a space in its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from probation_reader.ui.reader.note_syntax import parsed, written
from tests.ui.workspaces import (
    ids,
    make_thread,
    open_workspace,
    opened,
    press,
    screen_text,
    settled,
)

if TYPE_CHECKING:
    from pathlib import Path

SIGNS = ("\u2028", "\u2029", "\x85", "\x0b", "\x0c")

each_sign = pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: f"U+{ord(sign):04X}")


@each_sign
async def test_thread_peek_list_and_snippet(tmp_path: Path, sign: str) -> None:
    thread = make_thread(
        f"A{sign}title", [(0, f"First{sign}parent"), (1, f"Some{sign}reply")], labels=(f"l{sign}m",)
    )
    with open_workspace(tmp_path, [thread]) as workspace:
        first, second = ids(thread)[1:3]
        workspace.record.bookmark(first, thread.passages[1].text, f"my{sign}note", [f"a{sign}tag"])
        async with opened(workspace, (100, 30), open_id=second) as (pilot, reader):

            def shown() -> str:
                text = screen_text(pilot.app.screen)
                assert not set(text) & {*SIGNS, "␋", "␌", "‹"}
                return text

            def last_words() -> list[str]:
                rows = shown().split("\n")[: reader.pane.size.height]
                return [row.split()[-1] for row in rows if row.split()]

            assert last_words().count("title") == 1
            assert "A title" in shown()
            assert "l m" in shown()
            words = [word for word in last_words() if word in {"First", "parent", "Some", "reply"}]
            assert words == ["First", "parent", "Some", "reply"]
            await press(pilot, "i")
            assert reader.peek.display
            assert last_words().count("First") == last_words().count("parent") == 2
            await press(pilot, "escape", "B")
            assert "First parent" in shown()
            assert "my note  #a tag" in shown()
            await press(pilot, "escape", "slash", *"reply")
            await settled(pilot)
            assert "Some reply" in shown()
            assert "1 First parent" in shown()


@each_sign
def test_a_note_in_the_line_it_is_edited_in(sign: str) -> None:
    assert parsed(written(f"one{sign}two", ["tag"])) == ("one\ntwo", ["tag"])
