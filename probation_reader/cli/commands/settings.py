"""Commands about what the reader can choose: config, keys."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, get_args

import click

from probation_reader import config
from probation_reader.cli import output
from probation_reader.cli.errors import REFUSED, complain
from probation_reader.cli.output import bold, dim
from probation_reader.cli.session import Session, as_json, pass_session
from probation_reader.options import Options, Preset
from probation_reader.ui.keys.actions import PLACE_WORDS, PLACES
from probation_reader.ui.keys.chords import listed
from probation_reader.ui.keys.keymap import Keymap

if TYPE_CHECKING:
    from collections.abc import Iterator

#: On a terminal with less room for them, in cells, the words stand below their keys.
_LEAST_WORDS = 24


@click.command("config")
@click.option("--example", is_flag=True, help="Print a file of all the options, explained.")
@pass_session
@click.pass_context
def config_command(context: click.Context, session: Session, *, example: bool) -> None:
    """Print where your options stand, and the options that hold.

    What is printed is itself a file of options. Exits with 1 if something in
    yours could not be taken.
    """
    if example:
        output.say_text(config.EXAMPLE.rstrip("\n"))
        return
    file, configured = session.paths.options_file, session.configured
    there = "" if file.exists() else " (not there: these are the defaults)"
    output.say(f"# {file}{there}")
    for line in _as_toml(configured.options):
        output.say(line)
    problems = (*configured.problems, *_keymap(session).problems)
    for problem in problems:
        complain(str(problem))
    if problems:
        context.exit(REFUSED)


def _as_toml(options: Options) -> Iterator[str]:
    for field in fields(options):
        if field.name != "keys":
            yield f"{field.name} = {json.dumps(getattr(options, field.name))}"
    for place in dict.fromkeys(key.place for key in options.keys):
        yield ""
        yield f"[keys.{place}]"
        for key in options.keys:
            if key.place == place:
                yield f"{json.dumps(key.key)} = {json.dumps(key.action)}"


@click.command("keys")
@click.option(
    "--preset",
    type=click.Choice(get_args(Preset)),
    help="The keys of this preset rather than yours.",
)
@click.option("--check", is_flag=True, help="Say only what is wrong with them.")
@as_json
@pass_session
@click.pass_context
def keys_command(
    context: click.Context, session: Session, preset: Preset | None, *, check: bool, as_json: bool
) -> None:
    """Print what every key does, place by place.

    Exits with 1 if a key does two things, an action has no key left, or your
    options could not be taken.
    """
    keymap = Keymap(preset) if preset else _keymap(session)
    wrong = () if preset else session.configured.problems
    faults = [*map(str, (*wrong, *keymap.problems)), *keymap.faults()]
    if as_json:
        output.emit({"places": _as_data(keymap), "faults": faults, "warnings": keymap.warnings()})
    else:
        if not check:
            _print_table(keymap)
        for warning in keymap.warnings() if check else ():
            output.say(bold("Note: "), f"{warning}.")
        for fault in faults:
            output.say(bold("Wrong: "), f"{fault.rstrip('.')}.")
        if check and not faults:
            output.say("Every action has its key, and no key does two things.")
    if faults:
        context.exit(REFUSED)


def _keymap(session: Session) -> Keymap:
    options = session.configured.options
    return Keymap(options.preset, options.keys)


def _as_data(keymap: Keymap) -> dict[str, list[dict[str, object]]]:
    return {
        place: [
            {"action": row.id, "keys": list(row.keys), "words": row.words}
            for row in keymap.actions(place)
        ]
        for place in PLACES
    }


def _print_table(keymap: Keymap) -> None:
    rows = [row for place in PLACES for row in keymap.actions(place)]
    first = max(len("  ".join(listed(row.keys))) for row in rows)
    second = max(len(row.id) for row in rows)
    column = first + second + 6
    narrow = output.to_terminal() and output.width() < column + _LEAST_WORDS
    for place in PLACES:
        output.say(bold(PLACE_WORDS[place]), dim(f"  {place}"))
        for row in keymap.actions(place):
            pressed = "  ".join(listed(row.keys))
            before = f"  {pressed:<{first}}  {row.id:<{second}}  "
            if narrow:
                output.say(before)
                before = "      "
            for part in output.rows(before + row.words, hanging=6 if narrow else column):
                output.say(part)
        output.say("")
