"""The README says what is so: its keys, its commands, its picture."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from probation_reader.cli.main import program
from probation_reader.config import EXAMPLE
from probation_reader.options import Preset
from probation_reader.ui.keys.keymap import as_table
from probation_reader.ui.keys.presets import PRESETS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_keys_is_the_registry() -> None:
    shown = README.split("<!-- keys -->\n")[1].split("<!-- end of keys -->")[0]
    assert shown.strip() == as_table().strip()


def test_the_example_of_a_file_of_options_is_the_one_the_program_prints() -> None:
    shown = README.split("<!-- options -->\n```toml\n")[1].split("```\n<!-- end of options -->")[0]
    assert shown == EXAMPLE


def test_the_presets_are_all_there() -> None:
    told = re.findall(r"^\| `(\w+)` \|", README.split("## Make it yours")[1], re.MULTILINE)
    assert tuple(told[: len(get_args(Preset))]) == get_args(Preset)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_keys_told_of_a_preset_are_those_it_changes(preset: Preset) -> None:
    (told,) = re.findall(rf"^\| `{preset}` \| (.*) \|$", README, re.MULTILINE)
    changed = {key for _, changes in PRESETS[preset] for key in changes}
    pressed = {part for key in changed for part in key.split(" ")}
    assert set(re.findall(r"`(.+?)`", told)) <= pressed


def test_every_command_is_named_and_every_command_named_exists() -> None:
    table = README.split("## At the command line")[1].split("\n## ")[0]
    cells = [row.split(" | ")[0] for row in table.splitlines() if row.startswith("| `")]
    named = {word.split()[0] for cell in cells for word in re.findall(r"`([a-z].*?)`", cell)}
    named.discard("probation-reader")
    help_text = CliRunner().invoke(program, ["--help"]).output
    existing = set(re.findall(r"^  ([a-z]+)  ", help_text.split("Commands:")[1], re.MULTILINE))
    assert named == existing


def test_what_it_shows_and_links_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert "tests/ui/picture.svg" in links
    assert all((ROOT / link).exists() for link in links if "://" not in link)


def test_the_first_command_reads_and_the_second_tests() -> None:
    first, second = re.findall(r"```sh\n(.+?)\n```", README, re.DOTALL)[:2]
    assert "\n" not in first + second
    assert first.endswith(".venv/bin/probation-reader")
    assert ".venv/bin/pytest" in second
