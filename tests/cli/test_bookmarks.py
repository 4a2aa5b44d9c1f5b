"""mark, bookmark and bookmarks."""

from __future__ import annotations

from datetime import datetime

import pytest

from probation_reader.bookmark_export import escape
from tests.cli.program import Home


def test_a_post_is_marked_with_all_it_holds(reader: Home) -> None:
    post = reader.post()
    assert reader.run("mark", "read", post).stdout == "5 passages marked read.\n"
    again = reader.run("mark", "read", post).stdout
    assert again == "0 passages marked read, 5 already read.\n"
    assert reader.json("list")[0]["unread"] == 0


def test_passages_are_marked_one_by_one(reader: Home) -> None:
    post = reader.post()
    reader.run("mark", "read", post)
    said = reader.run("mark", "unread", f"{post}:2", f"{post}:2.1").stdout
    assert said == "2 passages marked unread.\n"
    read = {c["number"]: c["read"] for c in reader.json("show", post)["comments"]}
    assert read == {"1": True, "2": False, "2.1": False, "2.2": True}


def test_nothing_is_marked_when_one_id_is_wrong(reader: Home) -> None:
    reader.run("mark", "read", reader.post(), "ffffffff", code=1)
    assert reader.run("unread", "--count").stdout == "5\n"


def test_a_bookmark_keeps_words_note_and_tags(reader: Home) -> None:
    post = reader.post()
    reader.run("bookmark", f"{post}:2.2", "--note", "Ask *them*", "--tag", "stairs", "--tag", "q 2")
    (kept,) = reader.json("bookmarks")
    assert kept["quote"] == "Then who mends the stairs?"
    assert (kept["note"], kept["tags"]) == ("Ask *them*", ["stairs", "q 2"])
    assert (kept["number"], kept["gone"]) == ("2.2", False)
    assert kept["post"]["title"] == "The Waiting Room"
    assert datetime.fromisoformat(kept["at"]).tzinfo is not None
    assert reader.json("show", kept["id"])["comments"][0]["bookmarked"] is True


def test_bookmarking_again_changes_only_what_is_given(reader: Home) -> None:
    target = reader.post() + ":1"
    reader.run("bookmark", target, "--note", "first", "--tag", "a")
    reader.run("bookmark", target, "--tag", "b", "--tag", "a")
    (kept,) = reader.json("bookmarks")
    assert (kept["note"], kept["tags"]) == ("first", ["a", "b"])
    reader.run("bookmark", target, "--note", "", "--untag", "a")
    (kept,) = reader.json("bookmarks")
    assert (kept["note"], kept["tags"]) == (None, ["b"])


def test_a_post_is_bookmarked_at_its_first_passage(reader: Home) -> None:
    post = reader.post()
    reader.run("bookmark", post)
    assert reader.json("bookmarks")[0]["number"] == "§1"
    reader.run("bookmark", post, "--remove")
    assert reader.json("bookmarks") == []


def test_removing_a_bookmark_that_is_not_there_is_refused(reader: Home) -> None:
    done = reader.run("bookmark", reader.post() + ":1", "--remove", code=1)
    assert "has no bookmark" in done.stderr


def test_only_the_named_bookmark_is_removed(reader: Home) -> None:
    post = reader.post()
    reader.run("bookmark", f"{post}:2")
    reader.run("bookmark", post, "--remove", code=1)
    assert [kept["number"] for kept in reader.json("bookmarks")] == ["2"]


def test_remove_goes_with_no_edit(reader: Home) -> None:
    reader.run("bookmark", reader.post(), "--remove", "--note", "x", code=2)


def test_a_bookmark_outlives_its_post(reader: Home) -> None:
    post = reader.post()
    reader.run("bookmark", f"{post}:1")
    reader.run("remove", post, "--yes")
    (kept,) = reader.json("bookmarks")
    assert (kept["gone"], kept["post"]) == (True, None)
    assert kept["quote"].startswith("The chair in our office")
    assert "not in the library" in reader.run("bookmarks").stdout
    reader.run("bookmark", kept["id"], "--remove")
    assert reader.json("bookmarks") == []


def test_bookmarks_for_people(reader: Home) -> None:
    reader.run("bookmark", reader.post() + ":2", "--note", "so it is", "--tag", "lift")
    said = reader.run("bookmarks").stdout
    assert "The Waiting Room, Tuesday 4 March 2025, comment 2, by Clockwatcher (signed)" in said
    assert "so it is\n" in said
    assert "#lift" in said
    assert "    Ours too, and the lift with it." in said


def test_bookmarks_as_markdown(reader: Home) -> None:
    post = reader.post()
    reader.run("bookmark", f"{post}:2.1", "--note", "Ask *them*\n# now", "--tag", "[a]")
    assert reader.run("bookmarks", "--markdown").stdout == (
        "# Bookmarks\n\n"
        "> Lifts are not in the contract, as I was told.\n\n"
        "Ask \\*them\\*  \n\\# now\n\n"
        "Tags: \\[a\\]\n\n"
        "— *The Waiting Room*, Tuesday 4 March 2025, comment 2.1.\n"
    )


def test_json_and_markdown_exclude_each_other(reader: Home) -> None:
    reader.run("bookmarks", "--json", "--markdown", code=2)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain words, (all of them)!", "plain words, (all of them)!"),
        ("a *star* and _line_", "a \\*star\\* and \\_line\\_"),
        ("1. not a list\n2) nor this", "1\\. not a list\n2\\) nor this"),
        ("1984 was a year", "1984 was a year"),
        ("- item\n+ item\n# head", "\\- item\n\\+ item\n\\# head"),
        ("    code?", "code?"),
        ("<b>&amp;", "\\<b\\>\\&amp;"),
        ("[x](http://y) `c` ~~d~~", "\\[x\\](http://y) \\`c\\` \\~\\~d\\~\\~"),
        ("head\n===", "head\n\\==="),
        ("back\\slash", "back\\\\slash"),
        ("a\x1b[2Jb", "a␛\\[2Jb"),
    ],
)
def test_markdown_reads_as_the_text(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_tags_are_counted_those_used_most_first(reader: Home) -> None:
    post = reader.post()
    reader.run("bookmark", f"{post}:1", "--tag", "lift")
    reader.run("bookmark", f"{post}:2", "--tag", "stairs", "--tag", "half days")
    reader.run("bookmark", f"{post}:2.1", "--tag", "stairs")
    said = reader.run("bookmarks", "--tags").stdout
    assert said.splitlines() == ["      2  stairs", "      1  half days", "      1  lift"]
    reader.run("bookmarks", "--tags", "--json", code=2)
