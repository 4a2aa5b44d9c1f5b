"""list, unread, show, search and read, as people and programs see them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from probation_reader.search.query.examples import lines
from tests.cli.program import PAGE, Home

FILL = "the library is empty. Bring pages with 'probation-reader import PATH'"


def test_list_shows_each_post_on_a_line(reader: Home) -> None:
    heading, row = reader.run("list").stdout.splitlines()
    assert heading.split() == ["ID", "DATE", "COMMENTS", "UNREAD", "TITLE"]
    assert row.split(maxsplit=4)[1:] == ["2025-03-04", "4", "5", "The Waiting Room"]


def test_list_as_json(reader: Home) -> None:
    (row,) = reader.json("list")
    assert re.fullmatch("[0-9a-f]{12}", row.pop("id"))
    assert row == {
        "title": "The Waiting Room",
        "published": "2025-03-04",
        "comments": 4,
        "unread": 5,
        "labels": [],
        "layout": "numbered",
        "source": str(reader.folder / "page.txt"),
    }


def test_list_is_newest_first_and_undated_last(reader: Home) -> None:
    older = PAGE.replace("2025", "2019").replace("Waiting", "Older")
    line = "A letter came without any date on it and was read by everyone."
    undated = f"{line}\n" * 9 + "So it ended.\n"
    reader.run("import", reader.write(older, "b.txt"), reader.write(undated, "c.txt"))
    assert [row["published"] for row in reader.json("list")] == ["2025-03-04", "2019-03-04", None]


def shape(passage: dict[str, Any]) -> dict[str, Any]:
    return {key: passage[key] for key in ("number", "depth", "author", "signed", "read")}


def test_show_as_json_holds_the_whole_thread(reader: Home) -> None:
    post = reader.post()
    shown = reader.json("show", post)
    assert shown["post"] == {
        "id": post,
        "title": "The Waiting Room",
        "published": "2025-03-04",
        "author": None,
        "labels": [],
        "url": None,
        "announced": 5,
    }
    (section,) = shown["sections"]
    assert section["text"] == "A chair was broken and nobody came to mend it."
    assert [comment["number"] for comment in shown["comments"]] == ["1", "2", "2.1", "2.2"]
    second, reply = shown["comments"][1:3]
    assert shape(second) == {
        "number": "2",
        "depth": 0,
        "author": "Clockwatcher",
        "signed": True,
        "read": False,
    }
    assert reply["parent"] == second["id"]
    assert reply["text"] == "Lifts are not in the contract, as I was told."
    assert reply["published"] is None
    assert reply["bookmarked"] is False
    assert set(reply) == {
        *(
            "id",
            "number",
            "parent",
            "depth",
            "author",
            "signed",
            "published",
            "text",
            "read",
            "gone",
            "edited",
        ),
        *("bookmarked", "source", "links"),
    }
    source = reply["source"]
    lines = PAGE.splitlines()[source["first_line"] - 1 : source["last_line"]]
    assert any("Lifts are not" in line for line in lines)
    assert source["file"] == str(reader.folder / "page.txt")


def test_show_of_a_passage_is_its_branch(reader: Home) -> None:
    post = reader.post()
    shown = reader.json("show", f"{post}:2")
    assert shown["sections"] == []
    assert [comment["number"] for comment in shown["comments"]] == ["2", "2.1", "2.2"]
    by_id = reader.json("show", shown["comments"][1]["id"])
    assert [comment["number"] for comment in by_id["comments"]] == ["2.1"]


@pytest.mark.parametrize(("number", "heard"), [(":2.1", "Comment 2.1"), ("#2.2", "Comment 2.2")])
def test_a_comment_can_be_named_by_its_number(reader: Home, number: str, heard: str) -> None:
    assert heard in reader.run("show", reader.post() + number).stdout


def test_a_section_can_be_named_with_a_plain_letter(reader: Home) -> None:
    post = reader.post()
    spoken = reader.run("show", f"{post}:s1").stdout
    assert spoken == reader.run("show", f"{post}:§1").stdout
    assert "A chair was broken" in spoken
    assert "Comment" not in spoken


def test_show_plain_reads_well_aloud(reader: Home) -> None:
    post = reader.post()
    reader.run("mark", "read", f"{post}:2.1")
    reader.run("bookmark", f"{post}:2")
    spoken = reader.run("show", "--plain", post).stdout
    assert spoken.splitlines()[:5] == [
        "The Waiting Room",
        "Tuesday 4 March 2025.",
        "5 comments announced, 4 captured.",
        "4 unread.",
        f"id {post}.",
    ]
    assert "\nSection 1, unread:\nA chair was broken" in spoken
    assert "\nComment 1, unread:\nThe chair in our office" in spoken
    assert "\nComment 2, by Clockwatcher (signed), unread, bookmarked:\n" in spoken
    assert "\nComment 2.1, reply to 2:\nLifts are not in the contract" in spoken
    assert spoken.isascii()


def test_show_outside_a_terminal_is_plain(reader: Home) -> None:
    post = reader.post()
    assert reader.run("show", post).stdout == reader.run("show", post, "--plain").stdout


def test_unread_lists_what_is_left(reader: Home) -> None:
    post = reader.post()
    assert reader.run("unread", "--count").stdout == "5\n"
    assert "The Waiting Room" in reader.run("unread").stdout
    reader.run("mark", "read", post)
    assert reader.run("unread", "--count").stdout == "0\n"
    done = reader.run("unread")
    assert (done.stdout, done.stderr) == ("", "Everything is read.\n")
    assert reader.json("unread") == []


def test_search_as_json(reader: Home) -> None:
    found = reader.json("search", "stairs")
    assert (found["query"], found["total"]) == ("stairs", 1)
    assert found["took_ms"] >= 0
    (hit,) = found["hits"]
    assert set(hit) == {
        *("id", "post_id", "number", "title", "published", "snippet", "highlights", "source"),
    }
    assert (hit["number"], hit["title"], hit["post_id"]) == (
        "2.2",
        "The Waiting Room",
        reader.post(),
    )
    ((start, end),) = hit["highlights"]
    assert hit["snippet"][start:end] == "stairs"


def test_search_says_where_in_the_capture_a_hit_stands(reader: Home) -> None:
    (hit,) = reader.json("search", "stairs")["hits"]
    source = hit["source"]
    rows = Path(source["file"]).read_text(encoding="utf-8").splitlines()
    found = rows[source["first_line"] - 1 : source["last_line"]]
    assert "stairs" in " ".join(found)

    (line,) = reader.run("search", "--plain", "stairs").stdout.splitlines()
    assert line == reader.run("search", "stairs").stdout.rstrip("\n")
    place = f"{source['file']}:{source['first_line']}: "
    assert line.startswith(f"{place}The Waiting Room, 2.2, ")
    assert line.endswith(f": {hit['snippet']}")


def test_search_for_people(reader: Home) -> None:
    _, sent = reader.in_terminal("search", "lifts", TERM="dumb")
    assert "The Waiting Room  2.1" in sent
    assert "Lifts are not in the contract" in sent
    assert "2 matches" in sent


def test_search_takes_several_words(reader: Home) -> None:
    assert reader.json("search", "lifts", "contract")["query"] == "lifts contract"


@pytest.mark.parametrize(
    "words",
    [("lifts", "-contract"), ("-contract lifts",), ("-contract", "lifts"), ("lifts", "-h2")],
)
def test_words_that_are_left_out_are_no_options(reader: Home, words: tuple[str, ...]) -> None:
    found = reader.json("search", *words, "--limit", "5")
    assert found["query"] == " ".join(words)
    assert found["notes"] == []
    assert "Usage" in reader.run("search", "lifts", "-h").stdout
    assert "--limt" in reader.run("search", "lifts", "--limt", "5", code=2).stderr
    assert "-5" in reader.run("search", "lifts", "--limit", "-5", code=2).stderr


def test_search_is_limited(reader: Home) -> None:
    found = reader.json("search", "the", "--limit", "1")
    assert len(found["hits"]) <= 1
    assert reader.run("search", "the", "--limit", "0", code=2).stdout == ""
    assert "exclude" in reader.run("search", "x", "--plain", "--json", code=2).stderr


def test_the_newest_can_come_first(reader: Home) -> None:
    best = reader.json("search", "the")["hits"]
    newest = reader.json("search", "the", "--by", "date")["hits"]
    assert {hit["id"] for hit in newest} == {hit["id"] for hit in best}
    days = [hit["published"] or "" for hit in newest]
    assert days == sorted(days, reverse=True)
    assert reader.run("search", "the", "--by", "size", code=2).stdout == ""


def test_nothing_found_is_said_and_told_by_the_exit_code(reader: Home) -> None:
    done = reader.run("search", "xylophone", code=1)
    assert done.stdout == ""
    assert "Nothing found for xylophone" in done.stderr
    assert reader.json("search", "xylophone", code=1)["hits"] == []


def test_what_is_near_is_shown_but_is_not_what_was_asked_for(reader: Home) -> None:
    done = reader.run("search", "stiars", code=1)
    assert "stairs" in done.stdout
    assert "“stairs”" in done.stderr
    found = reader.json("search", "stiars", code=1)
    assert (found["asked"], found["suggestion"], len(found["hits"])) == (False, "stairs", 1)


def test_what_was_not_understood_is_said(reader: Home) -> None:
    done = reader.run("search", "stairs date:soon")
    assert "stairs" in done.stdout
    assert "date: wants" in done.stderr
    assert "date: wants" in reader.json("search", "stairs date:soon")["notes"][0]


def test_search_knows_what_was_marked(reader: Home) -> None:
    assert reader.json("search", "is:unread stairs")["total"] == 1
    reader.run("mark", "read", reader.post())
    assert reader.json("search", "is:unread stairs", code=1)["total"] == 0
    assert reader.json("search", "is:read stairs")["total"] == 1
    reader.run("bookmark", reader.post() + ":2.2", "--tag", "Housing")
    assert [hit["number"] for hit in reader.json("search", "tag:housing")["hits"]] == ["2.2"]
    assert reader.json("search", "is:bookmarked")["total"] == 1


def test_help_shows_what_can_be_asked(home: Home) -> None:
    said = home.run("search", "--help").stdout
    assert all(line in said for line in lines())


@pytest.mark.parametrize("command", [["list"], ["unread"], ["search", "word"], ["bookmarks"]])
def test_an_empty_library_says_how_to_fill_it(home: Home, command: list[str]) -> None:
    code = int(command[0] == "search")  # nothing was found
    done = home.run(*command, code=code)
    assert done.stderr.count("\n") == 1
    assert FILL in done.stderr
    answer = home.json(*command, code=code)
    assert (answer["hits"] if command[0] == "search" else answer) == []


def test_unread_count_of_an_empty_library_is_a_number(home: Home) -> None:
    done = home.run("unread", "--count")
    assert done.stdout == "0\n"
    assert FILL in done.stderr


@pytest.mark.parametrize("command", [["show"], ["mark", "read"], ["bookmark"], ["remove", "--yes"]])
def test_an_id_in_an_empty_library_is_refused_with_help(home: Home, command: list[str]) -> None:
    done = home.run(*command, "abcdef", code=1)
    assert done.stdout == ""
    assert FILL in done.stderr


def test_a_title_in_the_place_of_an_id_is_told_the_id(reader: Home) -> None:
    said = reader.run("show", "waiting room", code=1).stderr
    assert f"Titled so: {reader.post()} (The Waiting Room); an id is wanted." in said


def test_an_unknown_id_is_refused(reader: Home) -> None:
    done = reader.run("show", "ffffffff", code=1)
    assert done.stderr.startswith("probation-reader: ")
    assert "ffffffff" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_unknown_number_is_refused(reader: Home) -> None:
    done = reader.run("show", reader.post() + ":9", code=1)
    assert "no passage of this post has the number 9" in done.stderr


def test_the_beginning_of_an_id_is_enough(reader: Home) -> None:
    post = reader.post()
    assert reader.json("show", post[:4])["post"]["id"] == post


def test_the_screen_needs_a_terminal(reader: Home) -> None:
    for command in ([], ["read"], ["read", reader.post()]):
        done = reader.run(*command, code=1)
        assert "probation-reader show --plain" in done.stderr


def test_json_survives_any_text(home: Home) -> None:
    text = PAGE.replace("broken", "br\x00o\x1bk\x7f\x9be\u202en\U0001f4a9")
    home.run("import", home.write(text))
    raw = home.run("show", home.post(), "--json").stdout
    assert raw.isascii()
    assert raw.isprintable() or raw.rstrip("\n").isprintable()
    assert "br" in json.loads(raw)["sections"][0]["text"]
