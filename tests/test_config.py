"""The file of options: what may stand in it, and what is said of what may not."""

from __future__ import annotations

from dataclasses import fields
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.config import EXAMPLE, RANGES, read
from probation_reader.options import Configured, Options, OwnKey


def complaint(text: str) -> str:
    (problem,) = read(text, "config.toml").problems
    return str(problem)


def test_a_file_without_a_word_is_the_defaults() -> None:
    assert read("", "config.toml") == Configured(Options())


def test_every_option_can_be_chosen() -> None:
    text = """
        preset = "mutt"
        theme = "high-contrast"
        signs = "ascii"
        output = "plain"
        read_after = 2
        text_width = 72
        indent = 2
        words_per_minute = 300
        mouse = false
        clipboard = false
        [keys.thread]
        "x" = "fold"
    """
    assert read(text, "config.toml") == Configured(
        Options(
            preset="mutt",
            theme="high-contrast",
            signs="ascii",
            output="plain",
            read_after=2,
            text_width=72,
            indent=2,
            words_per_minute=300,
            mouse=False,
            clipboard=False,
            keys=(OwnKey("thread", "x", "fold", "config.toml:13"),),
        )
    )


def test_the_example_names_every_option_with_its_default() -> None:
    configured = read(EXAMPLE, "config.toml")
    assert not configured.problems
    for field in fields(Options):
        if field.name != "keys":
            assert f"\n{field.name} = " in EXAMPLE
            assert getattr(configured.options, field.name) == field.default
    assert [key.place for key in configured.options.keys] == ["thread"] * 3 + ["posts"]


def test_every_number_has_its_range_and_its_default_lies_in_it() -> None:
    numbers = {field.name for field in fields(Options) if field.type in {"int", "float"}}
    assert numbers == set(RANGES)
    for name, (least, most) in RANGES.items():
        assert least <= getattr(Options(), name) <= most


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('\ntheme = "drak"', "config.toml:2: theme cannot be 'drak', perhaps 'dark'. Theme is one"),
        ("preset = 3", "config.toml:1: preset cannot be '3'. Preset is one of vim, mutt,"),
        ("theme = []", "config.toml:1: theme cannot be '[]'"),
        ("thme = 1", "config.toml:1: no option is called 'thme', perhaps 'theme'. Options:"),
        ('mouse = "yes"', "config.toml:1: mouse is true or false, without quotes, not 'yes'"),
        ("mouse = 1", "config.toml:1: mouse is true or false"),
        ("indent = 1.5", "config.toml:1: indent is a whole number from 0 to 8, not '1.5'"),
        ("indent = true", "config.toml:1: indent is a whole number from 0 to 8, not 'true'"),
        ("text_width = 5", "config.toml:1: text_width is a whole number from 20 to 300, not '5'"),
        ("read_after = nan", "config.toml:1: read_after is a number from 0 to 60, not 'nan'"),
        ("read_after = -1", "config.toml:1: read_after is a number"),
        ("keys = 3", "config.toml:1: keys stand below their place: [keys.thread]"),
        ('[keys]\nx = "fold"', "config.toml:2: keys stand below their place: [keys.thread]"),
        ("[keys.thread]\nx = 3", "config.toml:2: the action of 'x' is a word in quotes"),
        ("# fine\na = ", "config.toml:2: this is not TOML: invalid value"),
        ("mouse = true\nmouse = false", "config.toml:2: 'mouse' stood in this table before"),
        ("a = '''\n\n", "config.toml:1: this is not TOML: "),
        ("mouse = '''\n\n'''", "config.toml:1: mouse is true or false"),
        (f"theme = '{'x' * 500}'", f"config.toml:1: theme cannot be '{'x' * 40}…'."),
    ],
)
def test_what_may_not_stand_there_is_named_with_its_line_and_what_may(text: str, said: str) -> None:
    assert complaint(text).startswith(said)


def test_what_is_wrong_costs_nothing_of_what_is_right() -> None:
    configured = read('theme = "drak"\nindent = 2\nmouse = 3\n[keys.posts]\nx = 1\ny = "quit"', "f")
    assert configured.options == Options(indent=2, keys=(OwnKey("posts", "y", "quit", "f:6"),))
    assert [problem.where for problem in configured.problems] == ["f:1", "f:3", "f:5"]


@pytest.mark.parametrize(
    "text",
    [
        'keys.thread."x" = "fold"',
        '[keys]\nthread."x" = "fold"',
        '[keys]\n[keys.thread]\n"x" = "fold"',
        'keys = { thread = { "x" = "fold" } }',
        '\r\n[ keys . thread ]  # mine\r\n  x = "fold"\r\n',
    ],
)
def test_a_key_is_found_in_whichever_way_its_table_is_written(text: str) -> None:
    configured = read(text, "f")
    line = text[: text.index("fold")].count("\n") + 1
    assert configured == Configured(Options(keys=(OwnKey("thread", "x", "fold", f"f:{line}"),)))


@given(st.text())
def test_no_text_at_all_ends_the_program(text: str) -> None:
    read(text, "config.toml")


@given(
    st.dictionaries(
        st.sampled_from([field.name for field in fields(Options)]),
        st.sampled_from(["3", "-1.5", "true", '"dark"', "[]", "{}", "1979-05-27", '{x={y="z"}}']),
    )
)
def test_every_wrong_value_has_its_line(said: dict[str, str]) -> None:
    text = "\n".join(f"{name} = {value}" for name, value in said.items())
    configured = read(text, "f")
    for problem in configured.problems:
        line = int(problem.where.removeprefix("f:"))
        assert problem.message.startswith(list(said)[line - 1])


_GOOD = 'indent = 2\n[keys.posts]\n"y" = "quit"\n'
_DEEP = 5000


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("theme = ", "1: this is not TOML"),
        ("this is no TOML at all", "1: this is not TOML"),
        ("a = " + "[" * _DEEP + "]" * _DEEP, "1: this is not TOML"),
        ("a = " + "[" * _DEEP, "1: this is not TOML"),
        ("a = [\n  [1,", "1: this is not TOML"),
        ("text_width = " + "9" * _DEEP, "1: this is not TOML: a number has too many digits."),
        ("text_width = 0x" + "f" * _DEEP, "1: text_width is a whole number"),
        ("theme = 0x" + "f" * _DEEP, "1: theme cannot be '…'"),
        (".".join("a" * 4000) + " = 1", "1: a key here has more than 8 parts"),
        ("keys." + ".".join("a" * 4000) + " = 1", "1: a key here has more than 8 parts"),
        ("theme = {" + ".".join("a" * 4000) + " = 1}", "1: a key here has more than 8 parts"),
        ("theme = '" + "x" * 20_000 + "'", "1: this is not TOML: it is longer than"),
        ('theme = "\0"', "1: this is not TOML"),
        ('theme = "\udcff"', "1: this is not UTF-8"),
        ("theme = '''never closed", "1: this is not TOML"),
        ('theme = "never closed', "1: this is not TOML"),
        ("a = 1 \r b", "1: this is not TOML"),
        ("mouse = true\nmouse = true", "2: 'mouse' stood in this table before"),
    ],
    ids=range(18),
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_cannot_be_read_costs_only_itself(bad: str, said: str, end: str) -> None:
    text = f"{bad}\n{_GOOD}".replace("\n", end)
    configured = read(text, "f")
    assert configured.options.indent == 2
    (key,) = configured.options.keys
    assert (key.place, key.key, key.action) == ("posts", "y", "quit")
    assert str(configured.problems[0]).startswith(f"f:{said}")


@pytest.mark.parametrize("head", ["[keys.posts", "[[keys.posts]]", "[foo]", "[keys.posts]]"])
def test_what_stands_below_a_table_that_cannot_be_read_is_in_no_other_table(head: str) -> None:
    configured = read(f'[keys.thread]\n{head}\nx = "fold"\n[keys.posts]\ny = "quit"', "f")
    assert [(key.place, key.key) for key in configured.options.keys] == [("posts", "y")]
    assert configured.problems[0].where == "f:2"


def test_a_table_that_stands_there_twice_is_named_and_holds() -> None:
    configured = read('[keys.thread]\nx = "fold"\n[keys.thread]\ny = "quit"', "f")
    assert [key.key for key in configured.options.keys] == ["x", "y"]
    assert [problem.where for problem in configured.problems] == ["f:3"]


def test_of_too_much_text_nothing_is_read() -> None:
    (problem,) = read("indent = 2\n" * 1_000_000, "f").problems
    assert str(problem).startswith("f: this is longer than 1,000,000 bytes")


@pytest.mark.parametrize(
    "shape", ["a = [\n", "[\n", "a = '''\n", "\n", "# x\n", "a = 1\n", '"', "'", "\\\\", "[", " "]
)
def test_time_grows_with_the_text(shape: str) -> None:
    def seconds(size: int) -> float:
        text = (shape * size)[:size]
        begun = perf_counter()
        read(text, "f")
        return perf_counter() - begun

    least = min(seconds(150_000) for _ in range(3))
    assert min(seconds(300_000) for _ in range(3)) <= 2.6 * least + 0.05


@pytest.mark.parametrize(
    "line",
    ["a." * 4000 + "a = 1", "[" + "www." * 2000 + "w]", "x = {" + "'a' . " * 1000 + "a = 1}"],
)
def test_a_key_of_very_many_parts_costs_only_itself_and_no_time(line: str) -> None:
    started = perf_counter()
    configured = read(f'preset = "mutt"\n{line}\n', "config.toml")
    assert perf_counter() - started < 0.1
    (problem,) = configured.problems
    assert str(problem).startswith("config.toml:2: a key here has more than 8 parts")
    assert configured.options.preset == "mutt"


def test_full_stops_in_words_and_comments_are_no_parts() -> None:
    text = '[keys.thread]\n"a.b.c.d.e.f.g.h.i.j" = "" # and.so.on.and.so.on.and.so.on.x\n'
    assert not any("parts" in str(problem) for problem in read(text, "config.toml").problems)
    assert not read("read_after = 1.5 # 1.2.3.4.5.6.7.8.9.10\n", "config.toml").problems
