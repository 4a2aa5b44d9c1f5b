"""A mailbox read back by Python's own mail library is the thread that was written."""

from __future__ import annotations

import mailbox
import re
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.mbox import messages
from probation_reader.model import Comment, Thread
from probation_reader.sanitize import safe, safe_line
from tests.library.pages import thread

THREAD = thread(
    """
Nobody counted the chairs.
  They were counted, in March.
    And again in May.
  Not by anyone I know.
The lift is another matter.
"""
)
LAST_SECOND = datetime(9999, 12, 31, 23, 59, 59)  # noqa: DTZ001 - a blog's local time


def parsed(written: Thread, *, only: set[str] | None = None) -> list[EmailMessage]:
    """Return the messages as a mail reader finds them, what mboxrd quotes unquoted."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "out.mbox")
        file.write_bytes(b"".join(messages(written, only=only)))
        box = mailbox.mbox(file, create=False)
        raw = [box.get_bytes(key) for key in box.iterkeys()]
        box.close()
    unquoted = [re.sub(rb"^>(>*From )", rb"\1", one, flags=re.MULTILINE) for one in raw]
    return [message_from_bytes(one, EmailMessage, policy=policy.default) for one in unquoted]


def links(read_back: list[EmailMessage]) -> list[int | None]:
    """Return for each message the place of the one it answers."""
    places = {message["Message-ID"]: place for place, message in enumerate(read_back)}
    assert len(places) == len(read_back)
    return [places.get(message["In-Reply-To"]) for message in read_back]


def test_replies_are_threaded_below_the_post() -> None:
    assert links(parsed(THREAD)) == [None, 0, 1, 2, 1, 0]


def test_every_section_and_comment_of_a_post_is_in_one_thread() -> None:
    assert links(parsed(thread("A comment.", body=["One.", "Two.", "Three."]))) == [None, 0, 0, 0]
    alone = parsed(thread("First.\nSecond.", body=()))
    assert len({message["References"] for message in alone}) == 1


def test_a_message_says_what_is_known_of_its_passage() -> None:
    first, second = parsed(THREAD)[:2]
    post = THREAD.post.id
    assert first["Subject"] == "Half Days"
    assert second["Subject"] == "Re: Half Days"
    assert [first["X-Passage"], second["X-Passage"]] == [f"{post}:s1", f"{post}:1"]
    assert second["From"] == "anonymous <anonymous@probation-reader.invalid>"
    part = second["Message-ID"].partition("@")[0]
    assert part == f"<{THREAD.passages[1].id.partition('.')[2]}.{post}"
    assert second.get_content() == "Nobody counted the chairs.\n"


def test_a_signature_is_told_from_a_name_of_the_page() -> None:
    passages = list(THREAD.passages)
    passages[1] = replace(passages[1], author="Clockwatcher", signed=True)
    passages[2] = replace(passages[2], author="Mr. M. Ender")
    written = parsed(Thread(replace(THREAD.post, author="The Editor"), tuple(passages)))
    addresses = [message["From"].addresses[0] for message in written[:4]]
    assert [(a.display_name, a.username) for a in addresses] == [
        ("The Editor", "author"),
        ("Clockwatcher", "signed"),
        ("Mr. M. Ender", "author"),
        ("anonymous", "anonymous"),
    ]


def test_dates_keep_the_order_of_the_page_and_say_when_they_are_made_up() -> None:
    passages = list(THREAD.passages)
    passages[2] = replace(passages[2], published=datetime(2024, 4, 28, 19, 26))  # noqa: DTZ001 - a blog's local time
    written = parsed(Thread(THREAD.post, tuple(passages)))
    begun = datetime(2024, 4, 27, tzinfo=UTC)
    evening = datetime(2024, 4, 28, 19, 26, tzinfo=UTC)
    second = timedelta(seconds=1)
    expected = [begun, begun + second, *(evening + n * second for n in range(4))]
    assert [m["Date"].datetime.replace(tzinfo=UTC) for m in written] == expected
    assert ["X-Date-Made-Up" in m for m in written] == [True, True, False, True, True, True]


@pytest.mark.parametrize("day", [None, date(1900, 1, 1), date.max, LAST_SECOND])
def test_any_date_can_be_written(day: date | None) -> None:
    dates = [m["Date"].datetime for m in parsed(thread("One.\nTwo.", day=day))]
    assert dates == sorted(dates)
    assert dates[0].year == (day.year if day else 1970)


def test_marks_are_those_of_mail_readers() -> None:
    ids = [passage.id for passage in THREAD.passages]
    heads = [m.split(b"\n\n")[0] for m in messages(THREAD, read=ids[:2], kept=ids[1:3])]
    assert [b"\nStatus: RO" in head for head in heads] == [True, True, *[False] * 4]
    assert [b"\nX-Status: F" in head for head in heads] == [False, True, True, *[False] * 3]


def test_a_branch_is_written_with_its_place_in_the_thread() -> None:
    whole = parsed(THREAD)
    part = parsed(THREAD, only={passage.id for passage in THREAD.passages[2:4]})
    assert [m["Message-ID"] for m in part] == [m["Message-ID"] for m in whole[2:4]]
    assert [m["References"] for m in part] == [m["References"] for m in whole[2:4]]


def test_a_chain_of_ten_thousand_replies_names_the_first_and_the_nearest() -> None:
    chain = thread([(depth, f"Reply {depth}.") for depth in range(10_000)])
    written = list(messages(chain))
    assert len(written) == 10_001
    assert max(map(len, written)) < 2_500
    last = message_from_bytes(written[-1], EmailMessage, policy=policy.default)
    ids = [re.search(rb"Message-ID: (\S+)", one)[1].decode() for one in written]  # type: ignore[index]
    assert last["References"].split() == [ids[0], *ids[-21:-1]]
    assert last["In-Reply-To"] == ids[-2]


def test_long_lines_are_folded_so_that_none_is_against_the_standard() -> None:
    long = "word " * 2_000
    (_, message) = messages(thread([(0, long.strip())], title="Ω" * 900))
    assert max(map(len, message.splitlines())) <= 998
    (_, read_back) = parsed(thread([(0, long.strip())], title="Ω" * 900))
    assert read_back.get_content() == long.strip() + "\n"
    assert read_back["Subject"] == "Re: " + "Ω" * 900


ANY = st.text(st.characters() | st.sampled_from('\r\n\t\0\x1b\x85\u2028\u202e\ud800=?<>"\\,:;'))
HOSTILE = st.sampled_from(
    [
        "From here on",
        ">From there",
        "x\nFrom me Sat Apr 27 00:00:00 2024\nSubject: other\n\nbody",
        "title\r\nBcc: someone@example.org",
        "=?utf-8?q?encoded?=",
        '"quoted" \\ name',
        "a, b <c@example.org>",
        "\n\n",
    ]
)
TEXT = ANY | HOSTILE
#: Each comment's depth comes from how far above the deepest possible it stands.
COMMENTS = st.lists(st.tuples(st.integers(0, 6), TEXT, st.none() | TEXT), max_size=8)


def name_of(message: EmailMessage) -> str:
    """Return the name before the address; `addresses` parts a name where it was folded."""
    (field,) = (value for name, value in message.raw_items() if name == "From")
    return str(make_header(decode_header(parseaddr(field)[0])))


def folded(text: str) -> str:
    """Return text as a header keeps it: white space at its ends does not count."""
    return " ".join(safe_line(text).split())


@given(title=TEXT, body=st.lists(TEXT, max_size=2), comments=COMMENTS)
def test_no_text_can_be_more_than_text(
    title: str, body: list[str], comments: list[tuple[int, str, str | None]]
) -> None:
    depths: list[int] = []
    for wanted, _, _ in comments:
        depths.append(min(wanted, depths[-1] + 1 if depths else 0))
    made = thread([(d, text) for d, (_, text, _) in zip(depths, comments, strict=True)],
                  title=title, body=body)  # fmt: skip
    authors = iter([author for _, _, author in comments])
    passages = [replace(p, author=next(authors)) if isinstance(p, Comment) else p
                for p in made.passages]  # fmt: skip
    made = Thread(made.post, tuple(passages))
    written = parsed(made)
    assert len(written) == len(passages)
    for message, passage in zip(written, passages, strict=True):
        assert message.get_content() == safe(passage.text) + "\n"
        subject = (
            message["Subject"].removeprefix("Re: ") if message["References"] else message["Subject"]
        )
        assert " ".join(subject.split()) == folded(made.post.title)
        name = name_of(message)
        assert " ".join(name.split()) == folded(passage.author or "anonymous")
        assert set(message.keys()) <= {
            *("From", "Subject", "Message-ID", "In-Reply-To", "References", "X-Passage", "Date"),
            *("X-Date-Made-Up", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
        }
    places = {passage.id: place for place, passage in enumerate(passages)}
    for answered, passage in zip(links(written), passages, strict=True):
        if passage.parent is not None:
            assert answered == places[passage.parent]
