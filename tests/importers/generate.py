"""Writes captures from a meaning, so that reading one can be compared with what it meant.

A meaning is plain data: posts with sections and comments by level. One writer
per layout turns it into the text of a page. Run as a program it fills a folder
with captures of made-up words in the statistics of real ones, for benchmarks:

    python tests/importers/generate.py --megabytes 100 OUT_DIR
"""

from __future__ import annotations

import argparse
import random
import textwrap
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True)
class Tongue:
    """How one language prints a page: marker words, headers, label line, date line."""

    reply: str
    delete: str
    replies: str
    header: str
    no_comments: str
    label: str
    date: str
    weekdays: str
    months: str


TONGUES = {
    "English": Tongue(
        "Reply",
        "Delete",
        "Replies",
        "{} comments:",
        "No comments:",
        "Showing posts with label {}. Show all posts",
        "{weekday}, {day} {month} {year}",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "January February March April May June July August September October November December",
    ),
    "German": Tongue(
        "Antworten",
        "Löschen",
        "Antworten",
        "{} Kommentare:",
        "Keine Kommentare:",
        "Posts mit dem Label {} werden angezeigt. Alle Posts anzeigen",
        "{weekday}, {day}. {month} {year}",
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    ),
    "French": Tongue(
        "Répondre",
        "Effacer",
        "Réponses",
        "{} commentaires:",
        "Aucun commentaire:",
        "Affichage des articles dont le libellé est {}. Afficher tous les articles",
        "{weekday} {day} {month} {year}",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    ),
    "Spanish": Tongue(
        "Responder",
        "Eliminar",
        "Respuestas",
        "{} comentarios:",
        "No hay comentarios:",
        "Mostrando entradas con la etiqueta {}. Mostrar todas las entradas",
        "{weekday}, {day} de {month} de {year}",
        "lunes martes miércoles jueves viernes sábado domingo",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    ),
    "Italian": Tongue(
        "Rispondi",
        "Elimina",
        "Risposte",
        "{} commenti:",
        "Nessun commento:",
        "Visualizzazione post con etichetta {}. Mostra tutti i post",
        "{weekday} {day} {month} {year}",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
        " dicembre",
    ),
    "Portuguese": Tongue(
        "Responder",
        "Excluir",
        "Respostas",
        "{} comentários:",
        "Nenhum comentário:",
        "Mostrando postagens com marcador {}. Mostrar todas as postagens",
        "{weekday}, {day} de {month} de {year}",
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    ),
    "Dutch": Tongue(
        "Beantwoorden",
        "Verwijderen",
        "Reacties",
        "{} opmerkingen:",
        "Geen opmerkingen:",
        "Posts tonen met het label {}. Alle posts tonen",
        "{weekday} {day} {month} {year}",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "januari februari maart april mei juni juli augustus september oktober november december",
    ),
}


@dataclass(frozen=True)
class Said:
    """A comment: its level, 0 at the top, and its text."""

    level: int
    text: str


@dataclass(frozen=True)
class Page:
    """A post: heading, sections of its body, comments in reading order."""

    sections: tuple[str, ...]
    comments: tuple[Said, ...] = ()
    title: str | None = None
    published: date | None = None


@dataclass(frozen=True)
class Style:
    """How a numbered capture is laid out.

    Args:
        tongue: the language of the blog.
        margin: the column of top-level items.
        offset: how far the text of an item stands to the right of its number.
        step: how far replies stand to the right of what they answer.
        between: blank lines between items.
        before_marker: blank lines between a text and its marker.
        header: the line that announces the comments, None for the language's own.
        separator: the ornament between sections.
        newline: what ends a line.
    """

    tongue: str = "English"
    margin: int = 2
    offset: int = 2
    step: int = 2
    between: int = 0
    before_marker: int = 1
    header: str | None = None
    separator: str = "*****"
    newline: str = "\n"


PLAIN = Style()


def date_line(day: date, tongue: str = "English") -> str:
    """Return a date as the blog prints it."""
    words = TONGUES[tongue]
    return words.date.format(
        weekday=words.weekdays.split()[day.weekday()],
        day=day.day,
        month=words.months.split()[day.month - 1],
        year=day.year,
    )


def _heading(page: Page, tongue: str) -> list[str]:
    lines = []
    if page.published:
        lines += [date_line(page.published, tongue), ""]
        if page.title:
            lines += [page.title, ""]
    return lines


def _body(page: Page, separator: str) -> list[str]:
    lines: list[str] = []
    for place, section in enumerate(page.sections):
        if place:
            lines += ["", separator, ""]
        lines += section.split("\n")
    return lines


def numbered(page: Page, style: Style = PLAIN) -> str:
    """Return a page as numbered comments."""
    words = TONGUES[style.tongue]
    header = style.header or words.header.format(len(page.comments))
    lines = [*_heading(page, style.tongue), *_body(page, style.separator), "", header, ""]
    counts: list[int] = []
    for place, said in enumerate(page.comments):
        column = style.margin + style.step * said.level
        if said.level == len(counts):
            if said.level:
                lines.append(" " * (column - style.step + style.offset) + words.replies)
            counts.append(0)
        del counts[said.level + 1 :]
        counts[said.level] += 1
        if place:
            lines += [""] * style.between
        indent = " " * (column + style.offset)
        first, *rest = said.text.split("\n")
        lines.append(f"{' ' * column}{counts[-1]}. {first}")
        lines += [indent + line if line else "" for line in rest]
        lines += [""] * style.before_marker
        lines.append(indent + (words.delete if said.level else words.reply + words.delete))
    return style.newline.join([*lines, ""])


def glued(page: Page, spelling: str = "front", style: Style = PLAIN) -> str:
    """Return a page as flattened text.

    Args:
        page: comments of at most two levels, without blank lines.
        spelling: where the markers stand: ``front``, ``back`` or ``alone``.
        style: its language, separator and newline count.
    """
    words = TONGUES[style.tongue]
    lines = _body(page, style.separator)
    pending = ""
    for said in page.comments:
        first, *rest = said.text.split("\n")
        marker = words.delete if said.level else words.reply + words.delete
        if spelling == "back":
            lines += [first + marker, *rest]
            continue
        lines.append(pending + first)
        pending = ""
        if spelling == "alone":
            lines += [marker, *rest]
        elif rest:
            lines += [marker + rest[0], *rest[1:]]
        else:
            pending = marker
    return style.newline.join([*lines, *([pending] if pending else []), ""])


def listing(pages: Sequence[Page], label: str | None = None, style: Style = PLAIN) -> str:
    """Return dated pages as one page, under a label if there is one."""
    lines = []
    if label:
        lines += [TONGUES[style.tongue].label.format(label)] * 2 + [""]
    for page in pages:
        lines += [*_heading(page, style.tongue), *_body(page, style.separator), ""]
    return style.newline.join([*lines[:-1], ""])


def single(page: Page, style: Style = PLAIN, *, said_so: bool = False) -> str:
    """Return a dated page without comments, which it may say."""
    lines = [*_heading(page, style.tongue), *_body(page, style.separator)]
    if said_so:
        lines += ["", TONGUES[style.tongue].no_comments]
    return style.newline.join([*lines, ""])


def bare(paragraphs: Sequence[str], width: int = 66, newline: str = "\n") -> str:
    """Return paragraphs as hard-wrapped prose without blank lines."""
    wrapped = [
        textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False)
        for paragraph in paragraphs
    ]
    return newline.join([*(line for lines in wrapped for line in lines), ""])


_SHORT = [
    "a",
    "ba",
    "de",
    "en",
    "fi",
    "ga",
    "hu",
    "il",
    "jo",
    "ke",
    "la",
    "mi",
    "no",
    "or",
    "pu",
    "qua",
    "ri",
    "so",
    "te",
    "un",
    "vo",
    "we",
    "ya",
    "zi",
]
_SYLLABLES = [
    "bar",
    "cor",
    "del",
    "fen",
    "gar",
    "hol",
    "im",
    "jun",
    "kel",
    "lor",
    "men",
    "nor",
    "os",
    "pel",
    "quar",
    "ros",
    "sen",
    "tor",
    "un",
    "ves",
]
#: The frequent words are short, as in any language: 5.1 letters on average as they fall.
WORDS = (
    *_SHORT,
    *(first + second for first in _SYLLABLES for second in _SHORT),
    *(first + middle + last for first in _SYLLABLES for middle in "aeio" for last in _SYLLABLES),
)
_WORDS_PER_COMMENT = 73
_REPLY_SHARE = 0.55


@dataclass
class Writer:
    """Makes up words, sentences, comments and posts; the same seed says the same."""

    seed: int = 1
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - not for secrets

    def sentence(self) -> str:
        """Return a sentence, now and then with typographic quotes or an address."""
        chance = self.chance
        size = max(2, round(chance.gauss(17, 8)))
        words = [WORDS[int(len(WORDS) * chance.random() ** 2.8)] for _ in range(size)]
        words[0] = words[0].capitalize()
        if chance.random() < 0.12:
            words[size // 2] = f"it’s “{words[size // 2]}”"
        return " ".join(words) + chance.choice("....!?")

    def text(self, words: int) -> str:
        """Return paragraphs of about so many words, some of them with a blank line between."""
        lines = [self.sentence()]
        count = len(lines[0].split())
        while count < words:
            sentence = self.sentence()
            count += len(sentence.split())
            if self.chance.random() < 0.33:
                lines += ["", sentence] if self.chance.random() < 0.7 else [sentence]
            else:
                lines[-1] += " " + sentence
        return "\n".join(lines)

    def page(self, comments: int) -> Page:
        """Return a dated post with so many comments, 73 words each on average."""
        said = []
        level = 0
        for place in range(comments):
            level = 1 if place and self.chance.random() < _REPLY_SHARE else 0
            words = min(900, round(self.chance.expovariate(1 / (_WORDS_PER_COMMENT - 10))))
            said.append(Said(level, self.text(words)))
        return Page(
            sections=(self.text(400),),
            comments=tuple(said),
            title=self.sentence()[:60],
            published=date(2010, 1, 1) + timedelta(days=self.chance.randrange(5000)),
        )


def captures(layout: str, size: int, comments: int, seed: int = 1) -> Iterator[str]:
    """Return captures of one layout until so many bytes are written.

    Args:
        layout: ``numbered``, ``glued``, ``listing``, ``single`` or ``bare``.
        size: bytes in all.
        comments: comments per capture, or posts for layouts without comments.
        seed: of the made-up words.
    """
    writer = Writer(seed)
    while size > 0:
        text = _capture(layout, writer, comments)
        size -= len(text.encode())
        yield text


def _capture(layout: str, writer: Writer, comments: int) -> str:
    if layout == "numbered":
        return numbered(writer.page(comments))
    if layout == "glued":
        page = writer.page(comments)
        flat = tuple(Said(s.level, s.text.replace("\n\n", "\n")) for s in page.comments)
        return glued(Page(page.sections, flat))
    if layout == "listing":
        return listing([writer.page(0) for _ in range(max(2, comments // 5))], "Kept")
    if layout == "single":
        return single(Page((writer.text(80 * comments),), (), "Alone", date(2020, 5, 1)))
    return bare([writer.text(60).replace("\n\n", " ").replace("\n", " ") for _ in range(comments)])


def main() -> None:
    """Fill a folder with captures."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--megabytes", type=float, default=100)
    parser.add_argument("--layout", default="numbered")
    parser.add_argument("--comments", type=int, default=200, help="comments per file")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    size = int(options.megabytes * 1e6)
    for number, text in enumerate(captures(options.layout, size, options.comments, options.seed)):
        (options.folder / f"{number:06d}_{options.layout}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
