"""Every screen in other colours, in none, in ASCII; and what a terminal is taken for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from rich.color import Color, ColorSystem
from rich.color_triplet import ColorTriplet
from rich.palette import Palette as Sixteen
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as Ground

from probation_reader.options import Options, ThemeName
from probation_reader.ui.app import ReaderApp
from probation_reader.ui.filters import Plain
from probation_reader.ui.render.cells import cells
from probation_reader.ui.terminal import Terminal, described
from probation_reader.ui.themes import PALETTES
from probation_reader.workspace import Workspace
from tests.ui.shelves import GUEST, make_thread, open_workspace, press, settled

#: The states a person meets, by the keys that lead there from an open thread.
STATES = {
    "thread": "",
    "posts": "escape",
    "folded": "z M",
    "kept": "b j space",
    "peeking": "z o j J",
    "chord": "z",
    "find": "f c a s e",
    "found": "f c a s e enter n",
    "search": "slash c a s e",
    "nothing found": "slash x x x x x",
    "how to search": "slash",
    "filter": "F n e w",
    "bookmarks": "b B",
    "palette": "colon f o l d",
    "help": "question_mark",
    "no link": "o",
    "copied": "y",
    "nothing to undo": "u",
    "marked": "m t",
    "on a depth": "z 1",
    "as time": "t",
    "only new": "t t",
    "alone": "equals_sign equals_sign",
    "meaningless": "ctrl+t",
}
SIZES = [(100, 30), (40, 20)]


async def lines(
    workspace: Workspace, keys: str, size: tuple[int, int], options: Options, terminal: Terminal
) -> list[Segment]:
    """Return all that a screen draws after some keys."""
    app = ReaderApp(workspace, open_id=GUEST.post.id, options=options, terminal=terminal)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, *keys.split())
        strips = app.screen._compositor.render_strips()
        return [segment for strip in strips for segment in strip]


@pytest.fixture(params=[*product(STATES, SIZES[:1]), *product(("thread", "posts"), SIZES[1:])])
def state(request: pytest.FixtureRequest) -> tuple[str, tuple[int, int]]:
    name, size = request.param
    return STATES[name], size


def drawn(segments: list[Segment]) -> Iterator[tuple[str, Style]]:
    """Return what can be seen, with its style; where reversed, turned round."""
    for text, style, _ in segments:
        if style is not None and text.strip():
            turned = Style(color=style.bgcolor, bgcolor=style.color, dim=style.dim)
            yield text, turned if style.reverse else style


async def test_with_ascii_the_programs_own_signs_are_all_ascii(
    workspace: Workspace, state: tuple[str, tuple[int, int]]
) -> None:
    segments = await lines(workspace, *state, Options(signs="ascii"), Terminal())
    assert [text for text, _, _ in segments if not text.isascii()] == []


async def test_without_colours_nothing_is_coloured(
    workspace: Workspace, state: tuple[str, tuple[int, int]]
) -> None:
    segments = await lines(workspace, *state, Options(theme="dark"), Terminal(colours=False))
    assert any(style and style.bold for _, style, _ in segments)
    assert all(not (style and (style.color or style.bgcolor)) for _, style, _ in segments)


@pytest.mark.parametrize("theme", sorted(PALETTES))
async def test_text_stands_out_from_its_ground(
    workspace: Workspace, theme: ThemeName, state: tuple[str, tuple[int, int]]
) -> None:
    segments = await lines(workspace, *state, Options(theme=theme), Terminal())
    wanted = 7.0 if theme == "high-contrast" else 4.5
    for text, style in drawn(segments):
        assert style.color is not None
        assert style.bgcolor is not None
        assert not style.dim
        assert contrast(style.color, style.bgcolor) >= wanted, (text, style)
        reduced = [c.downgrade(ColorSystem.STANDARD) for c in (style.color, style.bgcolor)]
        assert contrast(*reduced) >= min(wanted, 4.5), (text, style, reduced)


@pytest.mark.parametrize("theme", sorted(PALETTES))
async def test_no_cell_keeps_the_terminals_own_ground(
    workspace: Workspace, theme: ThemeName, state: tuple[str, tuple[int, int]]
) -> None:
    segments = await lines(workspace, *state, Options(theme=theme), Terminal())
    assert all(style and style.bgcolor and style.bgcolor.triplet for _, style, _ in segments)


@pytest.mark.parametrize(("theme", "hue"), product(PALETTES, ["red", "green", "blue", "magenta"]))
def test_the_hues_not_yet_used_stand_out_too(theme: ThemeName, hue: str) -> None:
    palette = PALETTES[theme]
    style = palette.style(Style(color=hue))
    assert style.color is not None
    wanted = 7.0 if theme == "high-contrast" else 4.5
    assert contrast(style.color, Color.parse(palette.ground)) >= wanted


@pytest.mark.parametrize("theme", ["auto", "terminal"])
async def test_the_terminals_own_colours_are_sent_as_they_are(
    workspace: Workspace, theme: ThemeName
) -> None:
    segments = await lines(workspace, "", (100, 30), Options(theme=theme), Terminal())
    used = {style.color for _, style, _ in segments if style and style.color}
    assert used
    assert all(colour.triplet is None for colour in used)


def test_there_is_a_palette_for_every_theme_of_our_own() -> None:
    assert {*PALETTES, "auto", "terminal"} == set(get_args(ThemeName))


class TestPlain:
    LATIN = Plain(Terminal(signs=False, encoding="iso-8859-1"))
    OLD = Plain(Terminal(signs=False, encoding="ascii"))
    ANY = Plain(Terminal())

    @pytest.mark.parametrize(
        ("filtered", "text", "shown"),
        [
            (ANY, "Café — “naïve” …", 'Café - "naïve" ~'),
            (LATIN, "Café — ‘naïve’", "Café - 'naïve'"),
            (LATIN, "cafe\u0301", "café"),
            (LATIN, "ž中🙂", "z????"),
            (OLD, "Café ½ ﬁ", "Cafe ? ?"),
            (OLD, "▌● ★ ↳ │", ">* # ^ |"),
            (ANY, "中", "中"),
        ],
    )
    def test_what_a_terminal_lacks_is_shown_by_what_is_nearest(
        self, filtered: Plain, text: str, shown: str
    ) -> None:
        (segment,) = filtered.apply([Segment(text)], Ground(0, 0, 0))
        assert segment.text == shown
        assert cells(shown) == cells(text)


async def test_people_in_other_alphabets_do_not_move_the_screen_of_a_latin_terminal(
    tmp_path: Path,
) -> None:
    thread = make_thread("Über 中文", [(0, "“Ça va” – 中文 🙂 cafe\u0301")])
    with open_workspace(tmp_path, [thread]) as workspace:
        app = ReaderApp(
            workspace, terminal=Terminal(signs=False, encoding="iso-8859-1"), options=Options()
        )
        async with app.run_test(size=(60, 12)) as pilot:
            await settled(pilot)
            strips = app.screen._compositor.render_strips()
            assert all(cells(strip.text) == 60 for strip in strips)
            text = "\n".join(strip.text for strip in strips)
    text.encode("iso-8859-1")
    assert '"Ça va" - ???? ?? café' in text


@pytest.mark.parametrize(
    ("environment", "encoding", "terminal"),
    [
        ({}, "utf-8", Terminal()),
        ({"TERM": "xterm-256color"}, "UTF-8", Terminal(encoding="UTF-8")),
        ({"TERM": "linux"}, "utf-8", Terminal()),
        ({"TERM": "linux", "NO_COLOR": ""}, "utf-8", Terminal()),
        ({"TERM": "xterm", "NO_COLOR": "0"}, "utf-8", Terminal(colours=False)),
        ({"TERM": "xterm-mono"}, "utf-8", Terminal(colours=False)),
        ({"TERM": "xterm"}, "ISO-8859-1", Terminal(signs=False, encoding="ISO-8859-1")),
        ({"TERM": "vt220"}, "utf-8", Terminal(colours=False, signs=False, encoding="ascii")),
        ({"TERM": "dumb"}, "utf-8", Terminal(colours=False, signs=False, encoding="ascii")),
    ],
)
def test_a_terminal_is_taken_for_what_it_says_it_is(
    environment: dict[str, str], encoding: str, terminal: Terminal
) -> None:
    assert described(environment, encoding) == terminal


#: The sixteen colours of a common terminal.
_SIXTEEN = Sixteen(
    [
        *[(0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0)],
        *[(0, 0, 170), (170, 0, 170), (0, 170, 170), (170, 170, 170)],
        *[(85, 85, 85), (255, 85, 85), (85, 255, 85), (255, 255, 85)],
        *[(85, 85, 255), (255, 85, 255), (85, 255, 255), (255, 255, 255)],
    ]
)


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    light, dark = sorted((_luminance(_triplet(one)), _luminance(_triplet(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _triplet(colour: Color) -> ColorTriplet:
    return colour.triplet or _SIXTEEN[colour.number or 0]


def _luminance(triplet: ColorTriplet) -> float:
    parts = [part / 255 for part in triplet]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
