"""Links: what is an address and what is not, where it leads, and when it is not opened."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.links import links_of
from probation_reader.links.link import Link
from probation_reader.model import Span

ANYTHING = st.text(st.characters(exclude_categories=()))
_PARTS = (
    "https:// http:// www. a.org @ / - . ) ( [ ] < > ?q= &b %2 x wörter.example \\ :80 ::1 html"
)
PIECES = st.sampled_from([*_PARTS.split(), "\n", " ", "\u202e", "\x1b"])
BUECHER = "xn--bcher-kva.example"
PPLE = "xn--pple-43d.example"
STRASSE = "xn--strae-oqa.example"


def addresses(text: str) -> list[str]:
    return [link.address for link in links_of(text)]


def only(text: str, *spans: Span) -> Link:
    (link,) = links_of(text, spans)
    return link


def longer(link: Link) -> str:
    return link.longer.address if link.longer else ""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Read https://a.org/page", "https://a.org/page"),
        ("Read HTTP://A.org/Page", "HTTP://A.org/Page"),
        ("Ends a sentence: https://a.org/page.", "https://a.org/page"),
        ("Why https://a.org/page?!", "https://a.org/page"),
        ("He said 'https://a.org/page', twice", "https://a.org/page"),
        ("“https://a.org/page”", "https://a.org/page"),
        ("*https://a.org/page*", "https://a.org/page"),
        ("(https://a.org/page)", "https://a.org/page"),
        ("(as in https://a.org/page, and so on)", "https://a.org/page"),
        ("[https://a.org/page] said", "https://a.org/page"),
        ("<https://a.org/page>", "https://a.org/page"),
        ("(https://a.org/wiki/Parole_(law))", "https://a.org/wiki/Parole_(law)"),
        ("https://a.org/wiki/Parole_(law).", "https://a.org/wiki/Parole_(law)"),
        ("https://a.org/list[1]", "https://a.org/list[1]"),
        ("https://a.org/page)and", "https://a.org/page"),
        ("https://a.org/?q=a,b;c&d=e#top", "https://a.org/?q=a,b;c&d=e#top"),
        ("https://a.org/cut-sh…", "https://a.org/cut-sh"),
        ("https://a.org/pages/", "https://a.org/pages/"),
        ("https://a.org/once\u200b", "https://a.org/once"),
        ("https://keep.example/https://a.org/x", "https://keep.example/https://a.org/x"),
        ("www.a.org/page has it", "https://www.a.org/page"),
        ("glued:https://a.org/page", "https://a.org/page"),
        ("https://a.org/$(id);`id`", "https://a.org/$(id)"),
    ],
)
def test_an_address_is_taken_without_what_stands_around_it(text: str, address: str) -> None:
    assert addresses(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "no address",
        "https://",
        "https://.",
        "https:///a.org",
        "www.",
        "www...",
        "www.nodot",
        "someone@www.a.org",
        "ftp://a.org",
        "javascript:alert(1)",
        "gov.uk",
        "https://ex%61mple.org/",
        "https://a..org/",
        "https://a.org:port/",
        "https://[::1/",
    ],
)
def test_what_names_no_host_is_only_text(text: str) -> None:
    assert not links_of(text)


@pytest.mark.parametrize(
    ("text", "host", "spoken"),
    [
        ("https://A.org/x", "a.org", "a.org"),
        ("https://a.org:8080/x", "a.org:8080", "a.org:8080"),
        ("http://192.0.2.1/", "192.0.2.1", "192.0.2.1"),
        ("http://[2001:db8::1]:8080/", "[2001:db8::1]:8080", "[2001:db8::1]:8080"),
        ("https://bücher.example/ä", BUECHER, f"{BUECHER} (bücher.example)"),
        (f"https://{BUECHER}", BUECHER, f"{BUECHER} (bücher.example)"),
        ("https://аpple.example/", PPLE, f"{PPLE} (аpple.example)"),
        ("https://straße.example", STRASSE, f"{STRASSE} (straße.example)"),
        ("https://ａ.org/", "a.org", "a.org"),
        ("https://xn--a.example/", "xn--a.example", "xn--a.example"),
    ],
)  # fmt: skip
def test_the_host_is_the_one_that_is_asked_for(text: str, host: str, spoken: str) -> None:
    link = only(text)
    assert (link.host, link.spoken_host, link.refused) == (host, spoken, "")
    assert link.address.isascii() or link.address.startswith(f"https://{host}/")


def test_a_name_before_the_host_masks_it() -> None:
    link = only("https://www.gov.uk@evil.example/login")
    assert (link.host, link.masked) == ("evil.example", True)
    assert not only("https://a.org/@someone").masked


@pytest.mark.parametrize(
    "address",
    [
        "https://a.org/\u202egro.live",
        "https://a.org/\u200fx",
        "https://a.org\u200b.evil.example/",
        "https://a.org/\x1b[2Jx",
        "https://a.org/\x00x",
        "https://a.org/\ud800x",
        "https://a.org/" + "x" * 8_000,
    ],
)
def test_an_address_that_hides_what_it_is_is_shown_and_refused(address: str) -> None:
    link = only(f"see {address} there")
    assert link.address == address
    assert link.refused.startswith("It is not opened: ")
    assert not link.host


def test_an_address_ends_at_a_backslash() -> None:
    assert addresses("https://a.org\\@evil.example") == ["https://a.org"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://a.org/one-two-\nthree-four", "https://a.org/one-two-three-four"),
        ("https://a.org/one/\ntwo/three", "https://a.org/one/"),
        ("https://a.org/one\n/two.html then", "https://a.org/one/two.html"),
        ("https://a.org/one?a=\nb&c=d", "https://a.org/one?a=b&c=d"),
        ("https://a.org/one\n?a=b", "https://a.org/one?a=b"),
        ("https://a.org/page.\nhtml which says", "https://a.org/page.html"),
        ("https://a.org/a%2\n0b%20c", "https://a.org/a%20b%20c"),
        ("https://a.org/one-\ntwo-\nthree", "https://a.org/one-two-three"),
        ("(https://a.org/one-\ntwo/three_(law))", "https://a.org/one-two/three_(law)"),
        ("<https://a.org/one\ntwo>", "https://a.org/onetwo"),
        ("see <https://a.org/o\nn\ne> there", "https://a.org/one"),
        ("https://a.org/some-long-\nname-of-page.", "https://a.org/some-long-name-of-page"),
    ],
)
def test_an_address_broken_over_lines_is_whole(text: str, address: str) -> None:
    link = only(text)
    assert link.address == address
    assert text[link.start : link.end].replace("\n", "") == address


WRAPPED = """\
The first of several lines of prose that were broken at a width of 62,
as some programs do with pages that they keep, so that every line
is about as long as the others are and none is a lot longer. See
https://a.org/news/a-very-long-name-of-an-article-that-goes-on-and
ontowards the end of it, and then again some prose that follows it."""


def test_a_full_line_of_wrapped_prose_counts_as_a_sign() -> None:
    lines = WRAPPED.split("\n")
    width = max(map(len, lines))
    full = "https://a.org/" + "x" * (width - 14)
    again = "\n".join([*lines[:3], full, "and/or-so", lines[4]])
    assert addresses(again) == [f"{full}and/or-so"]
    short = again.replace(full, full[:-9])
    assert only(short).address == full[:-9]
    assert longer(only(short)) == f"{full[:-9]}and/or-so"


def test_an_address_cut_at_a_width_stays_whole_over_many_lines() -> None:
    address = "https://a.org/amp?" + "".join(f"k{n}=v%20{n}&" for n in range(40)) + "end"
    text = "\n".join(address[at : at + 72] for at in range(0, len(address), 72))
    assert addresses(f"{text}\n\nNew words.") == [address]


@pytest.mark.parametrize(
    "below",
    [
        "However this reads on",
        "know what that is?",
        '"A quoted sentence"',
        "https://b.org/",
        "www.b.org",
        "- an item",
        "2. an item",
        "2024 was bad",
        " indented/words",
        "",
        "______________",
        "=====",
        "& so on",
        "(in brackets)",
        "'Getafix",
        "> quoted/words",
        "@ 19:26",
        "#",
    ],
)
@pytest.mark.parametrize(
    "above", ["https://a.org/turnover", "See https://a.org/x/", "(https://a.org/y?z=1"]
)
def test_a_new_line_of_prose_does_not_belong_to_the_address_above(above: str, below: str) -> None:
    link = links_of(f"{above}\n{below}")[0]
    assert above.endswith(link.address)
    assert link.longer is None


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("https://a.org/x\nand/or so", "https://a.org/x", "https://a.org/xand/or"),
        ("See https://a.org/x-\nhowever it", "https://a.org/x-", "https://a.org/x-however"),
        ("https://a.org/\nself-made-men are", "https://a.org/", "https://a.org/self-made-men"),
        ("https://a.b.\norg/x reads", "https://a.b", "https://a.b.org/x"),
    ],
)
def test_where_a_single_sign_says_so_both_readings_are_offered(
    text: str, short: str, long: str
) -> None:
    link = only(text)
    assert (link.address, longer(link)) == (short, long)


def span(text: str, words: str, target: str | None) -> Span:
    at = text.index(words)
    return Span("link", at, at + len(words), target)


def test_what_the_source_marked_up_is_a_link_with_its_target() -> None:
    text = "Read this page and https://b.org too"
    links = links_of(text, [span(text, "this page", "https://a.org/page")])
    assert [(text[at.start : at.end], at.address) for at in links] == [
        ("this page", "https://a.org/page"),
        ("https://b.org", "https://b.org"),
    ]
    assert not any(link.masked for link in links)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("javascript:alert(1)", "a javascript: address"),
        ("file:///etc/passwd", "a file: address"),
        ("mailto:a@b.org", "a mailto: address"),
        ("/2024/04/page.html", "no address of the web"),
        ("-e https://a.org", "no address of the web"),
        (" https://a.org/\nx ", "hide"),
        ("https://", "no host"),
        ("https://a.org\\@evil.example/", "hide"),
    ],
)
def test_a_target_of_another_kind_is_shown_and_refused(target: str, said: str) -> None:
    link = only("Read this", span("Read this", "this", target))
    assert said in link.refused
    assert link.address == target.strip()


def test_words_that_name_another_host_than_their_target_mask_it() -> None:
    text = "Read https://www.gov.uk/news here"
    assert only(text, span(text, "https://www.gov.uk/news", "https://evil.example/")).masked
    assert not only(text, span(text, "https://www.gov.uk/news", "https://www.gov.uk/news")).masked


def test_spans_of_other_kinds_and_without_a_target_are_not_links() -> None:
    text = "Read https://a.org/x"
    assert only(text, Span("strong", 0, 4), span(text, "https://a.org", None)).end == len(text)


@given(ANYTHING | st.lists(PIECES).map("".join))
def test_links_are_in_order_and_those_opened_hold_nothing_hidden(
    text: str,
) -> None:
    links = links_of(text)
    ends = [0]
    for link in links:
        assert ends[-1] <= link.start < link.end <= len(text)
        ends.append(link.end)
        written = text[link.start : link.end].replace("\n", "")
        assert bool(link.host) == (not link.refused)
        if link.refused or written.isascii():
            assert link.address in {written, f"https://{written}"}
        for address in filter(None, (link.address, longer(link))):
            assert link.refused or address.lower().startswith(("http://", "https://"))
            assert link.refused or (address.isprintable() and " " not in address)


@pytest.mark.parametrize(
    "text",
    [
        "https://a.org/-\n" * 20_000,
        "https://a.org/x " * 20_000,
        "https://a.org/-\n" + "a-\n" * 100_000,
        "(www.a" * 50_000,
        "(" * 100_000 + "https://a.org/" + "(" * 100_000,
        "https://" * 40_000,
        "<https://a.org\n" + "x\n" * 100_000,
    ],
)
def test_no_text_takes_more_than_its_length_in_time(text: str) -> None:
    begun = time.process_time()
    links_of(text)
    assert time.process_time() - begun < 4


def test_a_longer_reading_has_a_host_of_its_own() -> None:
    link = only("https://a.b.\norg/x reads")
    assert link.longer
    assert (link.host, link.longer.host) == ("a.b", "a.b.org")


@pytest.mark.parametrize("digits", ["9" * 5, "9" * 20, "9" * 5000, "٣"])
def test_a_port_that_is_none_is_no_address(digits: str) -> None:
    assert links_of(f"see http://a.example:{digits}/ for more") == ()
