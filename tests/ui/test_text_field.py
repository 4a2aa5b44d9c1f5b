"""Editing by clusters: what is drawn as one sign is one for every key."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.widgets.input import Selection

from probation_reader.text import charset
from probation_reader.text.widths import clusters
from probation_reader.ui.widgets.text_field import TextField

SIGNS = {
    "family": "👨\u200d👩\u200d👧",
    "flag": "🇬🇧",
    "skin": "👍🏽",
    "marks": "e\u0301\u0323",
    "heart": "❤\ufe0f",
    "letter": "x",
    "wide": "漢",
}
HINDI = "नमस्ते क्षत्रिय"


class Field(App[None]):
    def compose(self) -> ComposeResult:
        yield TextField()


def starts(text: str) -> list[int]:
    return [start for start, _, _ in clusters(text)]


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
async def test_backspace_and_delete_take_one_whole_sign(sign: str) -> None:
    async with Field().run_test() as pilot:
        field = pilot.app.query_one(TextField)
        field.value = f"a{sign}b{sign}"
        field.cursor_position = len(field.value)
        await pilot.press("backspace")
        assert field.value == f"a{sign}b"
        await pilot.press("left", "left")
        assert field.cursor_position == 1
        await pilot.press("right")
        assert field.cursor_position == 1 + len(sign)
        await pilot.press("left", "delete")
        assert field.value == "ab"
        await pilot.press("backspace", "delete", "backspace", "delete")
        assert field.value == ""


async def test_the_cursor_never_stands_inside_a_sign() -> None:
    text = "".join(SIGNS.values()) + HINDI
    bounds = [*starts(text), len(text)]
    async with Field().run_test() as pilot:
        field = pilot.app.query_one(TextField)
        field.value = text
        for position in range(len(text) + 1):
            field.cursor_position = position
            assert field.cursor_position in bounds
        for keys in ("left", "right", "ctrl+left", "ctrl+right"):
            field.cursor_position = 0 if "right" in keys else len(text)
            for _ in text:
                await pilot.press(keys)
                assert field.cursor_position in bounds
            assert field.cursor_position == (len(text) if "right" in keys else 0)


async def test_words_of_any_script_are_deleted_whole() -> None:
    async with Field().run_test() as pilot:
        field = pilot.app.query_one(TextField)
        field.value = HINDI
        field.cursor_position = len(HINDI)
        await pilot.press("ctrl+w")
        assert field.value == HINDI.split(maxsplit=1)[0] + " "
        await pilot.press("ctrl+w")
        assert field.value == ""


async def test_a_selection_is_deleted_by_any_of_them() -> None:
    async with Field().run_test() as pilot:
        field = pilot.app.query_one(TextField)
        for key in ("backspace", "delete", "ctrl+w"):
            field.value = "abcd"
            field.selection = Selection(1, 3)
            await pilot.press(key)
            assert field.value == "ad"


async def test_shift_selects_by_signs() -> None:
    async with Field().run_test() as pilot:
        field = pilot.app.query_one(TextField)
        field.value = f"a{SIGNS['flag']}"
        field.cursor_position = len(field.value)
        await pilot.press("shift+left")
        assert field.selected_text == SIGNS["flag"]


class Old(Field):
    """A field on a terminal that has only ASCII."""

    def __init__(self) -> None:
        super().__init__()
        charset.use("ascii")


async def test_a_terminal_of_few_characters_shows_forms_and_the_value_stays() -> None:
    written, shown = "‘ﬁne’ ½ Łódź", "'fine' 1/2 Lodz"
    ends = [*range(2), *range(3, 8), *range(10, 16)]  # of each character in what is shown
    async with Old().run_test(size=(60, 3)) as pilot:
        field = pilot.app.query_one(TextField)
        field.focus()

        def drawn(text: str, start: int, end: int) -> tuple[str, int, str]:
            field.value = text
            field.selection = Selection(start, end)
            strip = field.render_line(0).simplify()
            styled = "|".join(f"{segment.text}:{segment.style}" for segment in strip)
            return strip.text, field.cursor_screen_offset.x, styled

        for start, end in ((0, 0), (1, 1), (2, 2), (6, 6), (7, 7), (0, 2), (7, 3), (12, 12)):
            assert drawn(written, start, end) == drawn(shown, ends[start], ends[end])
            assert drawn(written, start, end)[0].rstrip() == shown
        await pilot.click(field, offset=(field.content_region.x - field.region.x + 8, 0))
        assert field.cursor_position == written.index("½")
        await pilot.press("backspace", "x")
        assert field.value == "‘ﬁne’x½ Łódź"
