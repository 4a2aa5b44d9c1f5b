"""The words a blog's page prints around comments, as data, in seven languages.

A page uses the language of its blog, and owners rename headers, so everything
that looks for such a word looks for all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Args:
        reply: the link that answers a comment.
        delete: the link that removes one.
        replies: the line above the replies to a comment.
        comments: what a header counts, singular and plural.
        none: the word for no comments at all.
        label: pattern of the line above the posts of one label, with a group ``label``.
        endings: letters after a delete word that make another word of it.
    """

    reply: tuple[str, ...]
    delete: tuple[str, ...]
    replies: tuple[str, ...]
    comments: tuple[str, ...]
    none: tuple[str, ...]
    label: tuple[str, ...]
    endings: tuple[str, ...] = ()


LANGUAGES: Final[dict[str, Words]] = {
    "English": Words(
        reply=("Reply",),
        delete=("Delete",),
        replies=("Replies",),
        comments=("comments", "comment"),
        none=("No",),
        label=(r"Showing posts with label (?P<label>.+?)\.(?: Show all posts\.?)?",),
        endings=("d", "s", "r", "rs"),
    ),
    "German": Words(
        reply=("Antworten",),
        delete=("Löschen",),
        replies=("Antworten",),
        comments=("Kommentare", "Kommentar"),
        none=("Keine",),
        label=(
            (
                r"(?:Es werden )?Posts mit dem Label (?P<label>.+?) (?:werden )?angezeigt\."
                r"(?: Alle Posts anzeigen\.?)?"
            ),
        ),
        endings=("d", "de", "der", "s"),
    ),
    "French": Words(
        reply=("Répondre",),
        delete=("Supprimer", "Effacer"),
        replies=("Réponses",),
        comments=("commentaires", "commentaire"),
        none=("Aucun",),
        label=(
            (
                r"Affichage des articles dont le libellé est (?P<label>.+?)\."
                r"(?: Afficher tous les articles\.?)?"
            ),
        ),
        endings=("a", "ai", "aient", "ait", "as", "ez", "ions", "ons", "ont"),
    ),
    "Spanish": Words(
        reply=("Responder",),
        delete=("Eliminar", "Borrar", "Suprimir"),
        replies=("Respuestas",),
        comments=("comentarios", "comentario"),
        none=("No hay",),
        label=(
            (
                r"Mostrando (?:las )?entradas con la etiqueta (?P<label>.+?)\."
                r"(?: Mostrar todas las entradas\.?)?"
            ),
        ),
        endings=("se", "la", "las", "lo", "los", "é", "á", "án", "emos", "ía", "ían", "on"),
    ),
    "Italian": Words(
        reply=("Rispondi",),
        delete=("Elimina",),
        replies=("Risposte",),
        comments=("commenti", "commento"),
        none=("Nessun",),
        label=(
            (
                r"Visualizzazione (?:dei )?post con etichetta (?P<label>.+?)\."
                r"(?: Mostra tutti i post\.?)?"
            ),
        ),
        endings=("re", "to", "ta", "ti", "te", "va", "zione", "no", "ndo", "rono"),
    ),
    "Portuguese": Words(
        reply=("Responder",),
        delete=("Eliminar", "Excluir", "Apagar"),
        replies=("Respostas",),
        comments=("comentários", "comentário"),
        none=("Sem", "Nenhum"),
        label=(
            (
                r"(?:A mostrar mensagens com a etiqueta|Mostrando postagens com (?:o )?marcador) "
                r"(?P<label>.+?)\.(?: Mostrar todas as (?:mensagens|postagens)\.?)?"
            ),
        ),
        endings=("se", "am", "em", "emos", "á", "ão", "ei", "ia", "iam"),
    ),
    "Dutch": Words(
        reply=("Beantwoorden", "Reageren"),
        delete=("Verwijderen",),
        replies=("Reacties", "Antwoorden"),
        comments=("opmerkingen", "opmerking", "reacties", "reactie"),
        none=("Geen",),
        label=(
            (
                r"(?:Posts tonen met (?:het )?label|Berichten weergeven met (?:het )?label) "
                r"(?P<label>.+?)\.(?: Alle (?:posts|berichten) (?:tonen|weergeven)\.?)?"
            ),
        ),
        endings=("d", "de"),
    ),
}


def _any(words: set[str]) -> str:
    """Return a pattern for any of these words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _all(field: str) -> set[str]:
    return set(chain.from_iterable(getattr(words, field) for words in LANGUAGES.values()))


REPLY: Final = _any(_all("reply"))
DELETE: Final = _any(_all("delete"))
REPLIES: Final = _any(_all("replies") | _all("reply"))

#: A whole line that closes a comment; ``reply`` is there at the top level.
MARKER_LINE: Final = re.compile(
    rf"(?P<indent>[ \t\xa0]*+)(?P<reply>{REPLY})?[ \t\xa0]*+(?P<delete>{DELETE})[ \t\xa0]*+"
)

#: A closing marker glued to the front of a line of text.
_FRONT: Final = re.compile(rf"(?P<reply>{REPLY})?(?P<delete>{DELETE})(?P<rest>.*)", re.DOTALL)
#: A closing marker glued to the end of a line of text.
_BACK: Final = re.compile(
    rf"(?P<rest>.*?\S)(?:\s*+(?P<reply>{REPLY})|(?<![\s+/_-]))(?P<delete>{DELETE})"
    r"[ \t\xa0]*+",
    re.DOTALL,
)
#: A top-level marker glued to text, anywhere in a text.
_TOP_GLUED: Final = re.compile(rf"(?:{REPLY})(?:{DELETE})(?=\S)|(?<=\S)(?:{REPLY})(?:{DELETE})")
_FIRST_WORD: Final = re.compile(r"[^\W\d_]+|['’]s\b")
#: Signs that follow a delete word in a sentence, never at the start of a line of text.
_SENTENCE_SIGNS: Final = tuple(" \t\xa0,;:!?)/")
_HYPHENATED: Final = re.compile(r"-\w")

_COUNT = r"(?P<count>\d++(?:[.,\xa0\u202f]\d++)*)"
_HEADER = (
    rf"[ \t\xa0]*+(?i:{_COUNT}|{_any(_all('none'))})[ \t\xa0\u202f]++"
    rf"(?i:{_any(_all('comments'))})[ \t\xa0\u202f]*+:[ \t\xa0]*+"
)
#: The line that announces the comments, in the blog's own words.
HEADER_LINE: Final = re.compile(_HEADER)
#: The same anywhere in a text after a newline, and the number of an item below it.
HEADER_AND_ITEM: Final = re.compile(
    rf"\n{_HEADER}\n(?:[ \t\xa0]*+\n)*(?P<indent>[ \t\xa0]*+)\d{{1,7}}[.)](?:[ \t\xa0\n]|\Z)"
)
#: What may stand between a marker's two words: nothing, spaces, one or two line breaks.
GAP: Final = r"[ \t\xa0]*+(?:\n[ \t\xa0]*+){0,2}"
#: What closes a comment, on lines of its own, anywhere in a text after a newline.
MARKER_BELOW: Final = re.compile(
    rf"\n(?P<indent>[ \t\xa0]*+)(?:(?P<reply>{REPLY}){GAP})?(?P<delete>{DELETE})"
    r"[ \t\xa0]*+(?=\n|\Z)"
)

#: The same where the owner renamed it: short, with one number or a colon.
RENAMED_HEADER: Final = re.compile(rf"[ \t\xa0]*+(?=.{{1,60}}$)(?:\D*{_COUNT}\D*|\D+:[ \t\xa0]*+)")
_WORD_ALONE: Final = re.compile(
    rf"[ \t\xa0]*+(?i:{_any(_all('comments'))})[ \t\xa0\u202f]*+:[ \t\xa0]*+"
)
#: What ends a sentence, and no header.
_SENTENCE_ENDS: Final = (".", "!", "?", "…", ",", ";")
#: A number of more digits counts no comments.
_MOST_DIGITS: Final = 7

#: The line above the posts of one label.
LABEL_LINES: Final = tuple(
    re.compile(rf"[ \t\xa0]*{pattern}[ \t\xa0]*", re.IGNORECASE)
    for words in LANGUAGES.values()
    for pattern in words.label
)

_REPLY_WORDS: Final = tuple(sorted(_all("reply")))
_DELETE_WORDS: Final = tuple(sorted(_all("delete")))

#: What may follow a delete word only in another word or in a sentence.
ENDINGS: Final = {
    word: {
        ending for words in LANGUAGES.values() if word in words.delete for ending in words.endings
    }
    for word in sorted(_all("delete"))
}


class Glued(NamedTuple):
    """A line that holds a closing marker.

    Args:
        top: whether the marker closes a top-level comment.
        rest: the text of the line without the marker.
    """

    top: bool
    rest: str


def glued_front(line: str) -> Glued | None:
    """Return a line that begins with a marker, or is one, taken apart.

    A sentence or another word that begins with the delete word is no marker.
    """
    if alone := MARKER_LINE.fullmatch(line):
        return Glued(alone["reply"] is not None, "")
    match = _FRONT.match(line)
    if match is None:
        return None
    rest: str = match["rest"]
    if rest and not match["reply"]:
        if rest.startswith(_SENTENCE_SIGNS) or (rest[0] == "." and not rest.startswith("..")):
            return None
        word = _FIRST_WORD.match(rest)
        if _HYPHENATED.match(rest) or (
            word and (word[0] in ENDINGS[match["delete"]] or word[0][0] in "'’")
        ):
            return None
    return Glued(match["reply"] is not None, rest)


def glued_back(line: str) -> Glued | None:
    """Return a line of text that ends with a marker, taken apart."""
    match = _BACK.fullmatch(line)
    return Glued(match["reply"] is not None, match["rest"]) if match else None


def holds_glued(text: str) -> bool:
    """Return whether a top-level marker is glued to some of a text."""
    return _TOP_GLUED.search(text) is not None


def replies_in(text: str) -> list[str]:
    """Return the reply words that a text holds anywhere."""
    return [word for word in _REPLY_WORDS if word in text]


def deletes_in(text: str) -> list[str]:
    """Return the delete words that a text holds anywhere."""
    return [word for word in _DELETE_WORDS if word in text]


class Header(NamedTuple):
    """A line that announces the comments.

    Args:
        number: how many it announces, None if it does not say or cannot be believed.
        known: whether all its words are those of a header.
    """

    number: int | None
    known: bool


def header(line: str) -> Header | None:
    """Return what a line above an item announces, None if it may as well be text.

    A header in the owner's own words is one only with a number, and no sentence.
    """
    if match := HEADER_LINE.fullmatch(line):
        return Header(_number(match["count"]) if match["count"] else 0, known=True)
    if _WORD_ALONE.fullmatch(line):
        return Header(None, known=True)
    match = RENAMED_HEADER.fullmatch(line)
    if match and match["count"] and not line.rstrip().endswith(_SENTENCE_ENDS):
        count = _number(match["count"])
        return None if count is None else Header(count, known=False)
    return None


def _number(count: str) -> int | None:
    """Return a number as it is written, None if it has too many digits to be a count."""
    digits = "".join(filter(str.isdecimal, count))
    return int(digits) if len(digits) <= _MOST_DIGITS else None


def label(line: str) -> str | None:
    """Return the label that a line names as the one its posts share, or None."""
    for pattern in LABEL_LINES:
        if match := pattern.fullmatch(line):
            return match["label"]
    return None


def header_count(line: str) -> int | None:
    """Return how many comments a line in known words announces, None if it says no number."""
    found = header(line)
    return found.number if found and found.known else None
