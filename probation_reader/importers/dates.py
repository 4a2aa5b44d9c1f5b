"""Date lines as blogs print them, in seven languages. Pure.

A date line is a whole line: weekday, day, month and year, the comma optional.
A date inside a sentence, in brackets or without its weekday is text.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_WEEKDAYS: Final = (
    "monday tuesday wednesday thursday friday saturday sunday",
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunes martes miércoles jueves viernes sábado domingo",
    "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
)
_MONTHS: Final = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
)
_MONTH_OF: Final = {
    name: number for names in _MONTHS for number, name in enumerate(names.split(), start=1)
} | {"jänner": 1, "setiembre": 9}

_WEEKDAY = "|".join(sorted({day for days in _WEEKDAYS for day in days.split()}))
_MONTH = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_SPACE = r"[ \t\xa0\u202f]"
_DATE_LINE: Final = re.compile(
    rf"{_SPACE}*(?:{_WEEKDAY}),?{_SPACE}+(?:le{_SPACE}+)?"
    rf"(?:(?P<day>\d{{1,2}})(?:\.|º|\.º|er)?{_SPACE}+(?:de{_SPACE}+)?(?P<month>{_MONTH})"
    rf"|(?P<first_month>{_MONTH}){_SPACE}+(?P<second_day>\d{{1,2}}))"
    rf",?{_SPACE}+(?:de{_SPACE}+)?(?P<year>\d{{4}}){_SPACE}*",
    re.IGNORECASE,
)
_YEAR_AT_END: Final = 4


def read_date(line: str) -> date | None:
    """Return the date that a whole line is, or None if it is not a date line."""
    ending = line[-_YEAR_AT_END:] if line[-1:] > " " else line.rstrip()[-_YEAR_AT_END:]
    if not ending.isdecimal():
        return None
    match = _DATE_LINE.fullmatch(line)
    if match is None:
        return None
    month = match["month"] or match["first_month"]
    day = match["day"] or match["second_day"]
    try:
        return date(int(match["year"]), _MONTH_OF[month.casefold()], int(day))
    except ValueError:
        return None
