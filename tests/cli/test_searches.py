"""search --save and searches: saved ones, and those of late."""

from __future__ import annotations

import pytest

from probation_reader import paths
from probation_reader.record import Record
from tests.cli.program import Home


def remember(home: Home, *searched: str) -> None:
    with Record.open(paths.resolve(home.folder / "home").record) as record:
        for words in searched:
            record.remember_search(words)


def test_a_search_is_saved_while_it_is_answered_and_listed_with_counts(reader: Home) -> None:
    done = reader.run("search", "--save", " Lifts ", "lift", "OR", "stairs")
    assert done.stderr == "Saved as “Lifts”.\n"
    assert len(done.stdout.splitlines()) == 3
    reader.run("mark", "read", f"{reader.post()}:2.2")
    assert reader.json("searches") == [
        {"name": "Lifts", "words": "lift OR stairs", "found": 3, "unread": 2, "new": 0}
    ]
    assert reader.run("searches").stdout.splitlines() == [
        "  FOUND   UNREAD      NEW  NAME",
        "      3        2        -  Lifts  lift OR stairs",
    ]


def test_what_finds_nothing_is_saved_too(reader: Home) -> None:
    reader.run("search", "--save", "zebra", "zebra", code=1)
    assert reader.json("searches") == [
        {"name": "zebra", "words": "zebra", "found": 0, "unread": 0, "new": 0}
    ]


def test_in_an_empty_library_searches_are_saved_and_listed(home: Home) -> None:
    assert home.json("searches") == []
    assert "No saved searches yet" in home.run("searches").stderr
    home.run("search", "--save", "Lifts", "lift", code=1)
    assert "the library is empty" in home.run("searches").stderr
    assert [one["found"] for one in home.json("searches")] == [0]


@pytest.mark.parametrize("arguments", [("--save", " ", "lift"), ("--save", "Lifts", " ")])
def test_a_saved_search_needs_a_name_and_words(reader: Home, arguments: tuple[str, ...]) -> None:
    done = reader.run("search", *arguments, code=2)
    assert "needs a name and words" in done.stderr
    assert reader.json("searches") == []


def test_a_saved_search_is_removed_by_its_name(reader: Home) -> None:
    reader.run("search", "--save", "Lifts", "lift")
    done = reader.run("searches", "--remove", "Lift", code=1)
    assert "no saved search is called so, perhaps 'Lifts'" in done.stderr
    assert "See 'probation-reader searches'" in done.stderr
    assert reader.run("searches", "--remove", "Lifts").stdout == "Saved search “Lifts” removed.\n"
    assert reader.json("searches") == []


def test_what_was_searched_for_is_listed_and_forgotten(home: Home) -> None:
    assert "Nothing is remembered" in home.run("searches", "--history").stderr
    remember(home, "one", "two words", "three")
    assert home.run("searches", "--history").stdout == "three\ntwo words\none\n"
    assert home.json("searches", "--history") == ["three", "two words", "one"]
    assert home.run("searches", "--forget", "two words").stdout == "Forgotten.\n"
    done = home.run("searches", "--forget", "two words", code=1)
    assert "these words are not remembered" in done.stderr
    assert home.run("searches", "--forget-all").stdout == "2 searches forgotten.\n"
    assert home.json("searches", "--history") == []


def test_one_thing_is_done_at_a_time(home: Home) -> None:
    done = home.run("searches", "--history", "--forget-all", code=2)
    assert "exclude each other" in done.stderr


def test_what_steers_a_terminal_is_a_sign(reader: Home) -> None:
    reader.run("search", "--save", "\x1b[31mred", "chair \x1b]0;x\x07", code=1)
    remember(reader, "\x1b[2Jwords")
    for done in (reader.run("searches"), reader.run("searches", "--history")):
        assert "\x1b" not in done.stdout
        assert "␛" in done.stdout
