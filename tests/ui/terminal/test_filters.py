"""Every screen in other colours, in none, in ASCII; and what a terminal is taken for."""

from __future__ import annotations

from dataclasses import replace
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
from probation_reader.text.widths import cells
from probation_reader.ui.app import ReaderApp
from probation_reader.ui.terminal.capabilities import Terminal, described
from probation_reader.ui.terminal.filters import Plain, filters
from probation_reader.ui.terminal.themes import PALETTES
from probation_reader.workspace import Workspace
from tests.ui.workspaces import GUEST, make_thread, open_workspace, press, settled

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
    "peek": "j j i",
    "peek at a reply": "j j j i",
    "copied": "y",
    "nothing to undo": "u",
    "undone": "N u",
    "a note": "j e",
    "marked": "m t",
    "on a depth": "z 1",
    "not indented": "< < j j",
    "alone": "equals_sign equals_sign",
    "meaningless": "ctrl+t",
}
#: The least contrast that WCAG 2 asks of text, and of text of high contrast.
LEAST, HIGH = 4.5, 7.0


async def drawn(
    workspace: Workspace,
    keys: str = "",
    size: tuple[int, int] = (100, 30),
    options: Options | None = None,
    terminal: Terminal | None = None,
) -> list[Segment]:
    """Return all that a screen draws after some keys, before anything counts as read by itself."""
    options = replace(options or Options(), read_after=60.0)
    app = ReaderApp(workspace, open_id=GUEST.post.id, options=options, terminal=terminal)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, *keys.split())
        strips = app.screen._compositor.render_strips()
        return [segment for strip in strips for segment in strip]


def through(segments: list[Segment], options: Options, terminal: Terminal) -> list[Segment]:
    """Return drawn segments as this reader sees them at this terminal."""
    for line_filter in filters(options, terminal):
        segments = line_filter.apply(segments, Ground(0, 0, 0))
    return segments


def has_ground(segment: Segment) -> bool:
    style = segment.style
    return style is not None and style.bgcolor is not None and style.bgcolor.triplet is not None


def assert_readable(segments: list[Segment], wanted: float) -> None:
    """Hold that text stands out, also where only the nearest sixteen colours can be shown."""
    for text, style, _ in segments:
        if text.strip():
            assert style is not None
            assert style.color is not None
            assert style.bgcolor is not None
            assert not style.dim
            assert contrast(style.color, style.bgcolor) >= wanted, (text, style)
            few = [c.downgrade(ColorSystem.STANDARD) for c in (style.color, style.bgcolor)]
            assert contrast(*few) >= LEAST, (text, style, few)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "size"),
    [*((name, (100, 30)) for name in STATES), ("thread", (40, 20)), ("posts", (40, 20))],
)
async def test_every_state_can_be_read_in_any_colours_in_none_and_in_ascii(
    workspace: Workspace, name: str, size: tuple[int, int]
) -> None:
    segments = await drawn(workspace, STATES[name], size)
    plain = through(segments, Options(signs="ascii"), Terminal())
    assert [text for text, _, _ in plain if not text.isascii()] == []
    grey = through(segments, Options(theme="dark"), Terminal(colours=False))
    assert all(style is None or not (style.color or style.bgcolor) for _, style, _ in grey)
    for theme in PALETTES:
        coloured = through(segments, Options(theme=theme), Terminal())
        assert all(has_ground(segment) for segment in coloured)
        assert_readable(coloured, HIGH if theme == "high-contrast" else LEAST)


@pytest.mark.parametrize(
    ("options", "terminal"),
    [
        *((Options(theme=theme), Terminal()) for theme in get_args(ThemeName)),
        (Options(theme="dark"), Terminal(colours=False)),
        (Options(signs="ascii"), Terminal()),
        (Options(), Terminal(colours=False, signs=False, encoding="ascii")),
    ],
)
async def test_the_screen_draws_what_the_reader_chose(
    workspace: Workspace, options: Options, terminal: Terminal
) -> None:
    segments = await drawn(workspace)
    shown = await drawn(workspace, options=options, terminal=terminal)
    assert shown == through(segments, options, terminal)
    own = options.theme in PALETTES or not terminal.colours
    assert (shown == segments) == (not own and options.signs == "auto" and terminal.signs)


@pytest.mark.parametrize(("theme", "hue"), product(PALETTES, ["red", "green", "blue", "magenta"]))
def test_the_hues_not_yet_used_stand_out_too(theme: ThemeName, hue: str) -> None:
    palette = PALETTES[theme]
    style = palette.style(Style(color=hue))
    assert style.color is not None
    wanted = HIGH if theme == "high-contrast" else LEAST
    assert contrast(style.color, Color.parse(palette.ground)) >= wanted


async def test_the_terminals_own_colours_are_sent_as_they_are(workspace: Workspace) -> None:
    used = {style.color for _, style, _ in await drawn(workspace) if style and style.color}
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
            (OLD, "\u200d🙂🙂", "????"),
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
