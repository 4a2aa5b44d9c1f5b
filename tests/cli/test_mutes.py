"""mute, mutes and unmute."""

from __future__ import annotations

import pytest

from tests.cli.program import PAGE, Home


def _unread(reader: Home) -> int:
    return int(reader.run("unread", "--count").stdout)


def test_a_word_is_muted_counts_in_nothing_and_is_found_only_when_asked(reader: Home) -> None:
    before = _unread(reader)
    assert reader.run("mute", "LIFT").stdout == "word 'lift' muted: 1 passage.\n"
    assert _unread(reader) == before - 1
    done = reader.run("search", "lift")
    assert "2 Ours too" not in done.stdout
    assert "1 muted left out" in done.stdout + done.stderr
    assert [hit["number"] for hit in reader.json("search", "is:muted lift")["hits"]] == ["2"]
    assert reader.run("unmute", "Lift").stdout == "word 'lift' no longer muted.\n"
    assert _unread(reader) == before


def test_a_branch_and_a_signature_are_muted_in_their_post(reader: Home) -> None:
    post = reader.post()
    assert "3 passages" in reader.run("mute", "--branch", f"{post}:2").stdout
    assert "1 passage" in reader.run("mute", "--by", "clockwatcher", "--in", post).stdout
    by, branch = reader.json("mutes")
    assert by == {
        "id": f"mute:by:{post}:clockwatcher",
        "kind": "by",
        "what": "clockwatcher",
        "post": post,
        "until": None,
        "passages": 1,
    }
    assert (branch["kind"], branch["post"], branch["passages"]) == ("branch", post, 3)
    first, second = reader.run("mutes").stdout.splitlines()
    assert first.startswith("by 'clockwatcher' in The Waiting Room: 1 passage")
    assert second.startswith("the branch of comment 2 of The Waiting Room: 3 passages")


def test_a_mute_for_some_days_says_when_it_ends(reader: Home) -> None:
    assert " muted until 20" in reader.run("mute", "lift", "--days", "7").stdout
    assert reader.json("mutes")[0]["until"] is not None
    assert "word 'lift' until 20" in reader.run("mutes").stdout


def test_what_was_muted_is_undone_from_the_shell_and_stands_in_the_log(reader: Home) -> None:
    reader.run("mute", "lift")
    assert reader.run("personal", "undo").stdout == "undone: word 'lift' muted\n"
    assert reader.json("mutes") == []
    assert reader.run("personal", "redo").stdout == "redone: word 'lift' muted\n"
    assert "word 'lift' muted" in reader.run("personal", "log").stdout


def test_what_comes_in_later_is_muted_too(home: Home) -> None:
    home.run("mute", "lift")
    home.run("import", home.write(PAGE))
    assert _unread(home) == 4
    assert home.json("mutes")[0]["passages"] == 1


@pytest.mark.parametrize(
    "arguments", [(), ("lift", "--by", "x"), ("…",), ("--branch", "x", "--in", "y")]
)
def test_what_cannot_be_muted_is_wrong_usage(reader: Home, arguments: tuple[str, ...]) -> None:
    reader.run("mute", *arguments, code=2)
    assert reader.json("mutes") == []


def test_only_what_is_muted_can_be_lifted(reader: Home) -> None:
    assert "nothing is muted under this name" in reader.run("unmute", "x", code=1).stderr
