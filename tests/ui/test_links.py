"""o, y and Y on the screen: what is said, what is listed, what is sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from probation_reader.model import Passage, Span, Thread
from probation_reader.ui.messages import CopyWanted
from probation_reader.ui.reader.share import address
from probation_reader.ui.screens.picker import PickerScreen
from tests.ui.workspaces import make_thread, open_workspace, opened, press, screen_text

if TYPE_CHECKING:
    from probation_reader.workspace import Workspace

LINKS = make_thread(
    "Links",
    [
        (0, "One: https://example.org/page."),
        (0, "Two: https://example.org/a and www.example.net, and https://example.org/a again"),
        (0, "Masked https://www.example.com@evil.example/login"),
        (0, "Refused https://example.org/\u202egro.live"),
        (0, "Doubtful https://example.org/x\nand/or more"),
        (0, "Elsewhere https://bücher.example/"),
        (0, "Nothing."),
    ],
)


@pytest.fixture
def links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return open_workspace(tmp_path, [LINKS])


def passages(thread: Thread) -> list[Passage]:
    return list(thread.passages)


async def test_the_status_row_names_the_host_or_counts_the_links(links: Workspace) -> None:
    hints = ["o example.org ", "o 2 links ", "o evil.example ", "o not opened ", "o 2 links "]
    async with opened(links, (140, 40), open_id=LINKS.passages[1].id) as (pilot, reader):
        for hint in hints:
            assert f"{hint}  " in reader.status.text
            await press(pilot, "j")
        assert "o xn--bcher-kva.example (bücher.e…" in reader.status.text
        await press(pilot, "j")
        assert "  o " not in reader.status.text
        await press(pilot, "o")
        assert reader.status.message == "No link in this passage"


async def test_on_a_phone_the_hint_is_short_and_comes_before_other_hints(links: Workspace) -> None:
    async with opened(links, (40, 20), open_id=LINKS.passages[1].id) as (_, reader):
        assert reader.status.text == " 1 of 7 · 8 unread   o 1 link   ? help"


async def test_a_single_clear_link_without_a_browser_is_copied_and_said(links: Workspace) -> None:
    async with opened(links, open_id=LINKS.passages[1].id) as (pilot, reader):
        await press(pilot, "o")
        assert reader.status.message == "No browser here. Copied https://example.org/page"
        assert pilot.app.clipboard == "https://example.org/page"


async def test_several_links_are_listed_whole_each_once(links: Workspace) -> None:
    async with opened(links, open_id=LINKS.passages[2].id) as (pilot, reader):
        await press(pilot, "o")
        assert isinstance(pilot.app.screen, PickerScreen)
        rows = [line.strip(" ▌") for line in screen_text(pilot.app.screen).splitlines()]
        assert rows[1].split() == ["example.org", "Two:"]
        assert rows[2] == "https://example.org/a"
        assert rows[3].split() == ["www.example.net", "and"]
        assert rows[4:6] == ["https://www.example.net", ""]
        await press(pilot, "down", "enter")
        assert pilot.app.clipboard == "https://www.example.net"
        assert reader.status.message.endswith("Copied https://www.example.net")


@pytest.mark.parametrize(
    ("index", "shown"),
    [
        (
            3,
            ["evil.example", "not where it seems to lead", "https://www.example.com@evil.example/"],
        ),
        (4, ["not opened", "https://example.org/‹202E›gro.live"]),
        (5, ["https://example.org/x", "https://example.org/xand/or", "if the next line belongs"]),
        (6, ["xn--bcher-kva.example (bücher.example)"]),
    ],
)
async def test_a_link_that_may_mislead_is_shown_before_it_is_opened(
    links: Workspace, index: int, shown: list[str]
) -> None:
    async with opened(links, (100, 30), open_id=LINKS.passages[index].id) as (pilot, reader):
        await press(pilot, "o")
        text = screen_text(pilot.app.screen)
        assert [words for words in shown if words not in text] == []
        await press(pilot, "enter")
        assert reader.status.message.startswith("It is not" if index == 4 else "No browser here")


@pytest.mark.parametrize("keys", [["O"], ["O", "down", "up"]])
async def test_a_link_is_copied_from_the_list_whatever_browser_there_is(
    links: Workspace, monkeypatch: pytest.MonkeyPatch, keys: list[str]
) -> None:
    monkeypatch.setenv("BROWSER", "true")
    async with opened(links, open_id=LINKS.passages[1].id) as (pilot, reader):
        await press(pilot, *keys)
        assert "Ctrl+y copy   Enter open   Esc back" in screen_text(pilot.app.screen)
        await press(pilot, "ctrl+y")
        assert pilot.app.clipboard == "https://example.org/page"
        assert pilot.app.screen is reader
        assert reader.status.message == "Copied https://example.org/page"


async def test_without_a_link_there_is_nothing_to_list(links: Workspace) -> None:
    async with opened(links, open_id=LINKS.passages[7].id) as (pilot, reader):
        await press(pilot, "O")
        assert reader.status.message == "No link in this passage"


async def test_a_long_address_is_listed_to_its_end_at_any_width(tmp_path: Path) -> None:
    long = "https://example.org/" + "-".join(f"part{number}" for number in range(40))
    thread = make_thread("Long", [(0, f"{long} and https://example.net/")])
    async with opened(open_workspace(tmp_path, [thread]), open_id=thread.passages[1].id) as (
        pilot,
        _,
    ):
        await press(pilot, "o", "down")
        for width in (80, 40, 200):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            text = screen_text(pilot.app.screen)
            assert long in "".join(line.strip(" ▌") for line in text.splitlines())
            assert "▌ https://example.net/" in text


async def test_y_copies_the_passage_and_says_how_much(links: Workspace) -> None:
    async with opened(links, open_id=LINKS.passages[7].id) as (pilot, reader):
        await press(pilot, "y")
        assert pilot.app.clipboard == "Nothing."
        said = "Copied 8 characters of comment 7   y again shows it as plain text"
        assert reader.status.message == said


async def test_what_is_copied_cannot_steer_where_it_is_pasted(tmp_path: Path) -> None:
    thread = make_thread("Steering", [(0, "words\x1b[201~\x03 rm \u202eand\nmore")])
    async with opened(open_workspace(tmp_path, [thread]), open_id=thread.passages[1].id) as (
        pilot,
        _,
    ):
        await press(pilot, "y")
        assert pilot.app.clipboard == "words␛[201~␃ rm ‹202E›and\nmore"


async def test_selected_text_is_copied(links: Workspace) -> None:
    async with opened(links) as (pilot, reader):
        reader.pane.post_message(CopyWanted("some words"))
        await pilot.pause()
        assert pilot.app.clipboard == "some words"
        assert reader.status.message == "Copied 10 characters"


async def test_capital_y_copies_where_the_passage_stands(links: Workspace) -> None:
    async with opened(links, (120, 30), open_id=LINKS.passages[1].id) as (pilot, reader):
        await press(pilot, "Y")
        assert pilot.app.clipboard == "Links, Saturday 27 April 2024, comment 1"
        assert reader.status.message == "Copied Links, Saturday 27 April 2024, comment 1"


def test_the_address_of_a_page_is_given_where_it_is_known() -> None:
    post, comment = passages(LINKS)[:2]
    known = replace(LINKS, post=replace(LINKS.post, url="https://blog.example/2024/04/x.html"))
    assert address(LINKS, post) == address(LINKS, None) == "Links, Saturday 27 April 2024"
    assert address(known, post) == "https://blog.example/2024/04/x.html"
    assert address(known, comment) == (
        "Links, Saturday 27 April 2024, comment 1, https://blog.example/2024/04/x.html"
    )


async def test_marked_up_words_lead_where_their_target_says(tmp_path: Path) -> None:
    words = "Read https://www.example.com here"
    thread = make_thread("Marked", [(0, words)])
    section, comment = thread.passages
    span = Span("link", 5, 28, "https://evil.example/")
    thread = replace(thread, passages=(section, replace(comment, spans=(span,))))
    async with opened(open_workspace(tmp_path, [thread]), open_id=comment.id) as (pilot, reader):
        assert "o evil.example " in reader.status.text
        await press(pilot, "o")
        assert "not where it seems to lead" in screen_text(pilot.app.screen)
