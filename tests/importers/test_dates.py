"""Date lines in the forms that blogs of seven languages print."""

from __future__ import annotations

from datetime import date

import pytest

from probation_reader.importers.dates import read_date


@pytest.mark.parametrize(
    "line",
    [
        "Thursday, 13 February 2025",
        "Thursday 13 February 2025",
        "Thursday, February 13, 2025",
        "THURSDAY, 13 FEBRUARY 2025",
        "  Thursday,\u00a013 February 2025 ",
        "Donnerstag, 13. Februar 2025",
        "jeudi 13 février 2025",
        "jueves, 13 de febrero de 2025",
        "giovedì 13 febbraio 2025",
        "quinta-feira, 13 de fevereiro de 2025",
        "donderdag 13 februari 2025",
    ],
)
def test_a_date_line_is_read(line: str) -> None:
    assert read_date(line) == date(2025, 2, 13)


@pytest.mark.parametrize(
    ("line", "month"),
    [("samedi 1er mars 2025", 3), ("Samstag, 1. März 2025", 3), ("venerdì 1º agosto 2025", 8)],
)
def test_the_first_of_a_month(line: str, month: int) -> None:
    assert read_date(line) == date(2025, month, 1)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "2025",
        "13 February 2025",
        "Thursday, 13 February",
        "Thursday, 13 Smarch 2025",
        "Thursday, 31 February 2025",
        "Thursday, 13 February 2025.",
        "(Friday 25thJanuary 2022)",
        "Friday 25th January 2022",
        "On Thursday, 13 February 2025",
        "Thursday, 13 February 2025, London",
    ],
)
def test_what_is_no_date_line_is_none(line: str) -> None:
    assert read_date(line) is None
