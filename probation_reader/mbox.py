"""A thread as a mailbox that mail readers can show: one message per passage.

The format is mboxrd in UTF-8. The first section of a post opens the mail thread
and the rest answers it, so that a post is one thread however many sections and
top-level comments it has. A Message-ID is made from a passage's id alone and is
the same in every export. Whatever people wrote reaches a header only through
`_words` or `_name`, so that no title or author can add one.
"""

from __future__ import annotations

import quopri
import re
from datetime import datetime, time, timedelta
from email.header import Header
from email.utils import format_datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from probation_reader.model import Section
from probation_reader.sanitize import safe, safe_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from probation_reader.model import Passage, Post, Thread

#: Reserved for what is no host (RFC 2606): an answer to such an address goes nowhere.
_HOST = "probation-reader.invalid"
#: Where nothing says when; a moment past 1970, since mail readers take 0 for no date.
_UNDATED = datetime(1970, 1, 1, 0, 0, 1)  # noqa: DTZ001 - like all times of a page, of no zone
_SECOND = timedelta(seconds=1)
#: References name the first message and so many of those just above.
_NEAREST = 20
#: A longer line of bytes is against RFC 5322, headers and text alike.
_LONGEST_LINE = 998
#: Lines of encoded words, so short that the header's name fits before the first.
_ENCODED_LINE = 64

#: What may stand in a header as it is. ``=?`` would begin an encoded word.
_ORDINARY = re.compile(r"(?!.*=\?)[!-~]([ -~]{0,60}[!-~])?")
_QUOTED, _ESCAPED = re.compile(r'["\\]'), r"\\\g<0>"
_FROM = re.compile(rb"^(>*From )", re.MULTILINE)

_MADE_UP = "X-Date-Made-Up: the page gives no time; the seconds keep its order"
_MIME = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "


def messages(
    thread: Thread,
    *,
    read: Collection[str] = (),
    kept: Collection[str] = (),
    only: Collection[str] | None = None,
) -> Iterator[bytes]:
    """Yield the passages of a thread as messages of a mailbox, in reading order.

    Args:
        thread: the thread.
        read: ids of the passages read; the others are new mail.
        kept: ids of the passages bookmarked; they are flagged.
        only: ids of the passages to write; all of them if not given.

    Yields:
        Each message whole, from its ``From `` line to the blank line after it.
    """
    post = thread.post
    root = next((_message_id(section.id) for section in thread.sections), _message_id(post.id))
    path: list[str] = []
    when = _midnight(post.published)
    for passage in thread.passages:
        when = passage.published or when
        del path[passage.depth :]
        path.append(_message_id(passage.id))
        if only is None or passage.id in only:
            headers = [
                *_heading(post, passage, root, path),
                *_date(passage, when),
                *_status(read=passage.id in read, kept=passage.id in kept),
            ]
            yield _message(headers, passage.text, when)
        when = _next(when)


def _midnight(published: date | None) -> datetime:
    if published is None:
        return _UNDATED
    return published if isinstance(published, datetime) else datetime.combine(published, time())


def _next(when: datetime) -> datetime:
    try:
        return when + _SECOND
    except OverflowError:  # a page may claim the last second of the year 9999
        return when


def _message_id(id_: str) -> str:
    post, _, passage = id_.partition(".")
    return f"<{passage}.{post}@{_HOST}>" if passage else f"<{post}@{_HOST}>"


def _heading(post: Post, passage: Passage, root: str, path: list[str]) -> Iterator[str]:
    """Yield who, what and where in the thread; the path ends with the message itself."""
    *above, own = path[-_NEAREST - 1 :]
    answered = [id_ for id_ in dict.fromkeys([root, *above]) if id_ != own]
    yield f"From: {_sender(post, passage)}"
    yield f"Subject: {_words(f'Re: {post.title}' if answered else post.title)}"
    yield f"Message-ID: {own}"
    if answered:
        yield f"In-Reply-To: {answered[-1]}"
        yield "References: " + "\n ".join(answered)
    number = passage.number.replace("§", "s")
    yield f"X-Passage: {_words(f'{post.id}:{number}')}"


def _sender(post: Post, passage: Passage) -> str:
    author = passage.author or (post.author if isinstance(passage, Section) else None)
    if not author:
        return f"anonymous <anonymous@{_HOST}>"
    return f"{_name(author)} <{'signed' if passage.signed else 'author'}@{_HOST}>"


def _date(passage: Passage, when: datetime) -> Iterator[str]:
    yield f"Date: {format_datetime(when)}"
    if passage.published is None:
        yield _MADE_UP


def _status(*, read: bool, kept: bool) -> Iterator[str]:
    if read:
        yield "Status: RO"
    if kept:
        yield "X-Status: F"


def _message(headers: list[str], text: str, when: datetime) -> bytes:
    body, encoding = safe(text).encode(), "8bit"
    if any(len(line) > _LONGEST_LINE for line in body.split(b"\n")):
        body, encoding = quopri.encodestring(body), "quoted-printable"
    lines = [f"From reader@{_HOST} {when.ctime()}", *headers, _MIME + encoding]
    head = "\n".join(lines).encode("ascii")
    return head + b"\n\n" + _FROM.sub(rb">\1", body) + b"\n\n"


@lru_cache(maxsize=1024)
def _words(text: str) -> str:
    """Return text as a header may hold it: as it is, or in encoded words (RFC 2047)."""
    line = safe_line(text)
    if _ORDINARY.fullmatch(line):
        return line
    return Header(line, "utf-8", maxlinelen=_ENCODED_LINE).encode()


def _name(text: str) -> str:
    """Return a name as it may stand before an address."""
    words = _words(text)
    return words if words.startswith("=?") else f'"{_QUOTED.sub(_ESCAPED, words)}"'
