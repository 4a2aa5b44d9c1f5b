"""What later captures of a page changed: what went, what was edited, and what it said before."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.cli.program import PAGE, Home

EDITED = PAGE.replace("with it.", "with it, \x1b[31mthey say.").replace(
    "  1. The chair in our office has been broken since spring.\n\n    ReplyDelete\n  2. Ours",
    "  1. Ours",
)
WAS = "Ours too, and the lift with it.\n\n'Clockwatcher"
TODAY = f"{datetime.now().astimezone():%A} {datetime.now().astimezone().day}"


@pytest.fixture
def later(reader: Home) -> Home:
    """A page in its second capture: a comment gone, another edited; both were kept."""
    for number in ("1", "2", "2.1"):
        reader.run("bookmark", f"{reader.post()}:{number}")
    said = reader.run("import", reader.write(EDITED, "later.txt")).stdout
    assert "1 changed, 1 gone" in said
    return reader


def test_show_says_what_is_gone_and_what_was_edited(later: Home) -> None:
    said = later.run("show", later.post()).stdout
    assert "edited, as captured on" in said
    assert f"gone from the capture of {TODAY}" in said
    assert "Comment 1, bookmarked, gone from" in said
    assert "[-" not in said


def test_show_versions_has_the_earlier_text_and_what_changed(later: Home) -> None:
    said = later.run("show", later.post(), "--versions").stdout
    assert f"Until the capture of {TODAY}" in said
    assert "Ours too, and the lift with it.\n" in said
    assert "with [-it.-] {+it," in said
    assert "\x1b" not in said


def test_show_versions_as_json(later: Home) -> None:
    shown = later.json("show", later.post(), "--versions")
    texts = {c["text"][:4]: [was["text"] for was in c["versions"]] for c in shown["comments"]}
    assert texts["Ours"] == [WAS]
    assert texts["The "] == []
    (gone,) = (c for c in shown["comments"] if c["gone"])
    assert gone["text"].startswith("The chair")
    assert "versions" not in later.json("show", later.post())["comments"][0]


def test_what_is_gone_is_not_unread(later: Home) -> None:
    assert later.run("unread", "--count").stdout.strip() == "4"
    assert later.json("list")[0]["comments"] == 3


def test_bookmarks_keep_their_quote_and_say_what_became_of_it(later: Home) -> None:
    kept = {one["quote"][:4]: one for one in later.json("bookmarks")}
    assert (kept["Ours"]["edited"], kept["Lift"]["edited"], kept["The "]["edited"]) == (
        True,
        False,
        False,
    )
    assert kept["The "]["gone_from_page"] is not None
    assert kept["Ours"]["quote"] == WAS
    said = later.run("bookmarks").stdout
    assert "edited since it was kept" in said
    assert f"gone from the capture of {TODAY}" in said
    markdown = later.run("bookmarks", "--markdown").stdout
    assert "edited since it was kept" in markdown
    assert "gone from the capture of" in markdown
