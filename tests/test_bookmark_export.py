"""Bookmarks as Markdown: whatever people wrote is read as text, by a real Markdown reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import chain

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from probation_reader.bookmark_export import ResolvedBookmark, as_markdown
from probation_reader.model import Comment, Post, SourceSpan
from probation_reader.record import Bookmark
from probation_reader.sanitize import safe

#: What a quote, a note, tags and a citation are made of; nothing else may appear.
_MADE_OF = {
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline"),
    *("blockquote_open", "blockquote_close", "hr"),
    *("text", "softbreak", "hardbreak", "em_open", "em_close", "text_special"),
}
_HOSTILE = st.lists(
    st.sampled_from(
        [
            *("#", "# x", "=", "===", "---", "- a", "+", "*", "**", "1. a", "2) b", ">", "> q"),
            *(
                "```",
                "~~~",
                "`",
                "<b>",
                "</b>",
                "<!--",
                "<script>",
                "&amp;",
                "&#35;",
                "|a|b|",
                "|-|",
            ),
            *("[a](http://x)", "![a](x)", "[a]: http://x", "[^1]", "\\", "\\*", "_", "__", "$x$"),
            *(" ", "    ", "\t", "\n", "\n\n", "\r", "\x1b[2J", "\x00", "\u2028", "\u202e", "word"),
        ]
    ),
    max_size=12,
).map("".join)
_READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _kept(quote: str, note: str, tag: str, title: str) -> ResolvedBookmark:
    mark = Bookmark("post.passage", quote, note or None, (tag,), datetime(2025, 3, 4, tzinfo=UTC))
    return ResolvedBookmark(mark, Post("post", title, published=date(2025, 3, 4)), None)


@given(_HOSTILE, _HOSTILE, _HOSTILE, _HOSTILE)
@example("Heading\n===", "note\n---", "# tag", "*title*")
@example("<img src=x onerror=1>", "[x]: http://y\n\n[x]", "`", "a|b\n-|-")
def test_nothing_that_people_wrote_breaks_out(quote: str, note: str, tag: str, title: str) -> None:
    made = as_markdown([_kept(quote, note, tag, title), _kept(title, tag, note, quote)])
    tokens = _READER.parse(made)
    inside = chain.from_iterable(token.children or [] for token in tokens)
    assert {token.type for token in chain(tokens, inside)} <= _MADE_OF
    assert [token.type for token in tokens].count("heading_open") == 1
    assert "\x1b" not in made


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_quote_reads_as_it_was_written(quote: str) -> None:
    tokens = _READER.parse(as_markdown([_kept(f"begin {quote} end", "", "", "title")]))
    shown = next(t for t in tokens if t.type == "inline" and t.content.startswith("begin"))
    read = "".join(child.content or "\n" for child in shown.children or [])
    words = " ".join(safe(f"begin {quote} end").split())
    assert " ".join(read.split()) in words


def test_a_citation_has_all_that_is_known() -> None:
    day = date(2025, 3, 4)
    post = Post("post", "A Title", published=day, url="https://example.org/2025/03/a-title.html")
    source = SourceSpan("page.txt", 1, 1)
    said = Comment("post.passage", None, 0, "10.2", "Getafix", True, None, "words", source)  # noqa: FBT003 - signed
    mark = Bookmark("post.passage", "words", None, (), datetime(2025, 3, 5, tzinfo=UTC))
    assert as_markdown([ResolvedBookmark(mark, post, said)]).endswith(
        "— *A Title*, Tuesday 4 March 2025, comment 10.2, by Getafix (signed)."
        " <https://example.org/2025/03/a-title.html>"
    )
    later = replace(said, text="other", gone=datetime(2025, 5, 6, 12, tzinfo=UTC))
    cited = as_markdown([ResolvedBookmark(mark, post, later)])
    assert "> words\n" in cited
    assert "gone from the capture of Tuesday 6 May 2025" in cited
    assert "edited since it was kept" in cited
