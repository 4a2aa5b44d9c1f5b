"""Which last lines are signatures, and which only look like one."""

from __future__ import annotations

import pytest

from probation_reader.importers.signatures import signature


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Words.\n\n'Getafix", "Getafix"),
        ("Words.\n’Getafix", "Getafix"),
        ("Words.\n  'Getafix. ", "Getafix"),
        ("Words.\n'Jean-Luc Moor", "Jean-Luc Moor"),
        ("Words.\n'Étienne", "Étienne"),
        ("Words.\n'Getafix\nPS one more thing", "Getafix"),
        ("Words.\n\n'Getafix\n\nP.S. one more\nand more", "Getafix"),
    ],
)
def test_a_name_after_an_apostrophe_on_a_line_of_its_own(text: str, name: str) -> None:
    assert signature(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "'Getafix",
        "agreed with annon @ 19:26",
        "Words.\nas geta fix says",
        "Words.\nthank you 'Getafix",
        "Words.\n'quoted'",
        "Words.\n'Quoted'",
        "Words.\n'Exactly so they said it",
        "Words.\n'lower",
        "Words.\nPO",
        "Words.\nRegards\nPS no name above",
        "Words.\n'Getafix\nand so he went on",
    ],
)
def test_what_is_no_signature(text: str) -> None:
    assert signature(text) is None
