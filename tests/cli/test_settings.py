"""The commands about what the reader can choose, and how a wrong choice is told."""

from __future__ import annotations

import os
import tomllib
from typing import get_args

import pytest

from probation_reader.config import EXAMPLE, read
from probation_reader.options import Options, Preset
from probation_reader.ui.keys.actions import ACTIONS, PLACE_WORDS
from tests.cli.program import Home


def choose(home: Home, text: str | bytes) -> None:
    file = home.folder / "home" / "config" / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)


class TestConfig:
    def test_it_says_where_the_file_would_be_and_the_defaults(self, home: Home) -> None:
        said = home.run("config").stdout
        assert said.startswith(f"# {home.folder}/home/config/config.toml (not there")
        assert read(said, "").options == Options()

    def test_what_it_prints_is_a_file_of_the_options_that_hold(self, home: Home) -> None:
        choose(home, 'theme = "light"\n[keys.thread]\n"\\"" = "fold"\n')
        said = tomllib.loads(home.run("config").stdout)
        assert said["theme"] == "light"
        assert said["keys"] == {"thread": {'"': "fold"}}

    def test_the_example_can_be_used_as_it_is(self, home: Home) -> None:
        example = home.run("config", "--example").stdout
        assert example == EXAMPLE
        choose(home, example)
        home.run("config")
        home.run("keys", "--check")

    def test_what_is_wrong_is_named_and_the_exit_code_says_so(self, home: Home) -> None:
        choose(home, 'theme = "drak"\n[keys.thread]\n"Spce" = "fold"\n')
        done = home.run("config", code=1)
        assert 'theme = "auto"' in done.stdout
        assert "config.toml:1: theme cannot be 'drak', perhaps 'dark'" in done.stderr
        assert "config.toml:3: no key is called 'Spce', perhaps 'Space'" in done.stderr

    @pytest.mark.parametrize(
        ("raw", "said"),
        [
            (b"\n\xff", "config.toml:2: this is not UTF-8"),
            (b'\xef\xbb\xbftheme = "drak"', "config.toml:1: theme cannot be"),
            (b"\x00", "config.toml:1: this is not TOML"),
        ],
    )
    def test_any_bytes_have_an_answer(self, home: Home, raw: bytes, said: str) -> None:
        choose(home, raw)
        assert said in home.run("config", code=1).stderr

    def test_a_folder_in_its_place_is_named(self, home: Home) -> None:
        (home.folder / "home" / "config" / "config.toml").mkdir(parents=True)
        assert "config.toml: it is no file" in home.run("config", code=1).stderr

    def test_a_pipe_in_its_place_is_not_waited_for(self, home: Home) -> None:
        (folder := home.folder / "home" / "config").mkdir(parents=True)
        os.mkfifo(folder / "config.toml")
        assert "config.toml: it is no file" in home.run("config", code=1).stderr

    def test_what_stands_in_it_cannot_steer_the_terminal(self, home: Home) -> None:
        choose(home, 'theme = "\\u001b]0;x\\u0007"\n[keys.thread]\n"\\u001b[2J" = "fold"\n')
        done = home.run("config", code=1)
        assert "\x1b" not in done.stdout + done.stderr


class TestKeys:
    def test_it_prints_the_table_place_by_place(self, home: Home) -> None:
        said = home.run("keys").stdout
        assert all(words in said for words in PLACE_WORDS.values())
        assert all(action.words in said for action in ACTIONS)
        rows = [line for line in said.splitlines() if line.startswith("  ")]
        assert len({row.rindex(row.split("  ")[-1].strip()) for row in rows[:20]}) == 1

    def test_own_keys_stand_in_it(self, home: Home) -> None:
        choose(home, '[keys.thread]\n"x" = "toggle_bookmark"\n')
        (row,) = (line for line in home.run("keys").stdout.splitlines() if " x  b " in line)
        assert "toggle_bookmark" in row

    @pytest.mark.parametrize("preset", get_args(Preset))
    def test_every_preset_is_sound(self, home: Home, preset: str) -> None:
        assert home.json("keys", "--preset", preset)["faults"] == []

    def test_a_check_names_what_is_wrong_and_only_that(self, home: Home) -> None:
        choose(home, '[keys.thread]\n"z" = "page_down"\n"b" = ""\n"Ctrl+m" = "fold"\n')
        said = home.run("keys", "--check", code=1).stdout
        assert said.splitlines() == [
            "Note: Reading a thread: some terminals lose Ctrl+m (fold).",
            "Wrong: Reading a thread: toggle_bookmark has no key left.",
            "Wrong: Reading a thread: z is page_down and begins chords, which cannot be typed so.",
        ]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (
                '[keys.thread]\nx = "fold"\nx = "find"\n',
                "config.toml:3: 'x' stood in this table before",
            ),
            ('preset = "emac"\n', "config.toml:1: preset cannot be 'emac', perhaps 'emacs'"),
            ("[keys]\nthread = 3\n", "config.toml:2: keys stand below their place"),
            ('[keys.thread]\nx = "fol"\n', "config.toml:2: no action of thread is called 'fol'"),
        ],
    )
    def test_a_check_names_keys_that_could_not_be_taken(
        self, home: Home, text: str, said: str
    ) -> None:
        choose(home, text)
        (line,) = home.run("keys", "--check", code=1).stdout.splitlines()
        assert line.startswith(f"Wrong: {said}")
        assert not line.endswith("..")
        home.run("keys", "--check", "--preset", "mutt")

    def test_a_check_without_a_fault_says_so(self, home: Home) -> None:
        said = home.run("keys", "--check").stdout
        assert said == "Every action has its key, and no key does two things.\n"


class TestDoctor:
    def test_it_names_the_file_and_every_problem_in_it(self, reader: Home) -> None:
        choose(reader, 'theme = "drak"\nmouse = 3\n[keys.thread]\n"Spce" = "fold"\nz = "top"\n')
        found = reader.json("doctor", code=1)
        assert found["options"]["file"].endswith("home/config/config.toml")
        problems = [problem["what"] for problem in found["problems"]]
        assert [problem.split(": ")[0] for problem in problems] == [
            "config.toml:1",
            "config.toml:2",
            "config.toml:4",
        ]
        assert any("z is top and begins chords" in notice for notice in found["notices"])

    def test_a_file_that_is_right_is_no_problem(self, reader: Home) -> None:
        choose(reader, EXAMPLE)
        reader.run("doctor")


def test_commands_that_open_no_screen_do_not_mind_a_broken_file(reader: Home) -> None:
    choose(reader, "=")
    assert reader.run("list").stderr == ""
