"""Texts that grow by repeating one thing, and the places in captures they are put into."""

from __future__ import annotations

from collections.abc import Callable

Shape = Callable[[int], str]


def _again(unit: str) -> Shape:
    return lambda size: unit * (size // len(unit) + 1)


def _counted(unit: str) -> Shape:
    """Return a shape whose units differ by a number, written where ``#`` stands."""
    return lambda size: "".join(unit.replace("#", str(n)) for n in range(1, size // len(unit) + 2))


def _first(before: str, unit: str) -> Shape:
    """Return a shape in which something stands before what is repeated."""
    return lambda size: before + unit * (size // len(unit) + 1)


def _then(unit: str, other: str) -> Shape:
    """Return a shape that repeats one thing, and then as often another."""
    return lambda size: (unit * (n := size // (len(unit) + len(other)) + 1)) + other * n


#: By name: what is repeated.
_UNITS = {
    "blank lines": "\n",
    "spaces": " ",
    "tabs": "\t",
    "no-break spaces": "\xa0",
    "lines of spaces": "   \n",
    "line separators": "\u2028",
    "form feeds": "\x0c\n",
    "NULs": "\x00",
    "one long word": "x",
    "one long line": "word and ",
    "short lines": "word\n",
    "wrapped lines": "Some words of a paragraph that was wrapped at about this width, or so\n",
    "accents": "e\u0301",
    "digits": "1",
    "numbers": "1 ",
    "grouped digits": "1,",
    "digits and no-break spaces": "1\xa0",
    "numbers with full stops": "1.\n",
    "items": "  1. x\n",
    "markers": "    ReplyDelete\n",
    "markers without indentation": "ReplyDelete\n",
    "markers in two lines": "Reply\n\nDelete\n",
    "reply words": "Reply\n",
    "reply words in a line": "Reply ",
    "delete words": "Delete\n",
    "delete words in a line": "tDelete ",
    "markers glued in front": "ReplyDeletex\n",
    "markers glued behind": "xReplyDelete\n",
    "replies in one column": "Replies\n1. x\nDelete\n",
    "replies below replies": "Replies\n  1. x\n\n    Delete\n",
    "items that close": "  1. x\n\n    ReplyDelete\n",
    "colons": ":",
    "lines of colons": "a:\n",
    "bullets": "  • x\n",
    "dashes": "- ",
    "ornaments": "*****\n",
    "ornaments with letters": "-o",
    "dates": "Monday, 3 June 2024\n",
    "dates between blank lines": "Monday, 3 June 2024\n\n",
    "weekdays": "Monday, ",
    "headers": "1 comment:\n",
    "headers over items": "1 comment:\n\n  1. x\n",
    "headers and blank lines": "1 comment:\n\n\n\n",
    "labels": "Showing posts with label x. Show all posts\n",
    "beginnings of labels": "Showing posts with label x. ",
    "postscripts": "P.S. x\n",
    "postscripts and blank lines": "\n\n\nP",
    "signatures": "'Getafix\n",
    "apostrophes": "'",
    "quotation marks": '"',
    "quoted words": "“a” ",
    "opening brackets": "(",
    "closing brackets": ")",
    "brackets apart": "() ",
    "square brackets": "[",
    "brackets of both kinds": "([",
    "bare schemes": "http://",
    "addresses": "http://a.example/b ",
    "addresses by the line": "http://a.example/b-\n",
    "addresses in angle brackets": "<http://a.example/b\n",
    "beginnings of hosts": "www.",
    "hosts in brackets": "(www.a",
    "addresses and brackets": "http://a) ",
    "hyphens": "a-",
    "per cent signs": "%",
    "operators": "OR ",
    "exclusions": "NOT -",
    "stars": "a*b ",
    "unknown fields": "titel:b ",
    "slips": "word~ ",
    "amounts": "2 million ",
    "short forms": "TR 2 ",
    "tables of settings": "[keys.thread]\n",
    "open arrays": "a = [",
    "open strings": 'a = """',
    "dotted keys": "a.",
    "backslashes": "\\",
}
_COUNTED = {
    "counted items": "  #. x\n\n    ReplyDelete\n",
    "counted items without indentation": "#. x\n\nReplyDelete\n",
    "wrong values": "depth:x# ",
    "wrong brackets": "word#) ",
    "words": "word# ",
    "settings": "a# = 1\n",
    "keys": "[keys.x#]\ny = 1\n",
}
SHAPES: dict[str, Shape] = {
    **{name: _again(unit) for name, unit in _UNITS.items()},
    **{name: _counted(unit) for name, unit in _COUNTED.items()},
    "a number and no-break spaces": _first("1", "\xa0"),
    "a number and spaces": _first("1", " "),
    "an address and closing brackets": _first("http://a.example/", ")"),
    "replies, then no items": _then("Replies\n1. x\nDelete\n", "7. y\nDelete\n"),
    "replies, then items further left": _then(
        "     Replies\n     1. x\n     Delete\n", "   7. y\n     Delete\n"
    ),
    "replies, then comments": _then("Replies\n1. x\nDelete\n", "2. y\nReplyDelete\n"),
    "brackets, then closing ones": _then("(", ")"),
    "brackets in an address": _then("http://a/(", ")"),
    "blank lines, then markers": _then("\n", "Delete\n"),
    "words, then quotation marks": _then("word ", '"'),
    "headers, then items": _then("1 comment:\n", "  1. x\n"),
    "lines of colons, then items": _then("a:\n", "  1. x\n"),
}

_HEAD = "Monday, 3 June 2024\n\nA Title\n\nBody of the post.\n"
_ITEMS = "  1. One\n\n    ReplyDelete\n  2. Two\n\n    ReplyDelete\n"
_WRAPPED = "Some words of a paragraph that was wrapped at about this width, or so\n" * 9

#: By layout: captures with a place for a shape.
PLACES: dict[str, dict[str, tuple[str, str]]] = {
    "numbered": {
        "body": (_HEAD, f"\n2 comments:\n\n{_ITEMS}"),
        "body, no header": (_HEAD, f"\n{_ITEMS}"),
        "under the header": (f"{_HEAD}\n2 comments:\n", f"\n{_ITEMS}"),
        "comment": (f"{_HEAD}\n1 comment:\n\n  1. One\n", "\n    ReplyDelete\n"),
        "comment that ends with P": (f"{_HEAD}\n1 comment:\n\n  1. A\n", "\nP\n\n    ReplyDelete"),
        "in a line": (f"{_HEAD}\n1 comment:\n\n  1. One", "end\n\n    ReplyDelete\n"),
        "between comments": (f"{_HEAD}\n2 comments:\n\n  1. One\n\n    ReplyDelete\n", _ITEMS),
        "after the comments": (f"{_HEAD}\n2 comments:\n\n{_ITEMS}", "\nend"),
        "not closed": (f"{_HEAD}\n2 comments:\n\n{_ITEMS}  3. Three\n", "end"),
        "in the header": (f"{_HEAD}\n2", f"comments:\n\n{_ITEMS}"),
        "in a title": (f"{_HEAD[:21]}A Title", f"\n\nBody\n\n2 comments:\n\n{_ITEMS}"),
        "without indentation": ("Body\n1 comment:\n1. One\n\nReplyDelete\n", "\n2. x\nReplyDelete"),
    },
    "glued": {
        "body": ("Body\n", "\nOne\nReplyDeletetwo\n"),
        "comment": ("Body\nOne\nReplyDeletetwo\n", "\nThree\nDeletefour\n"),
        "before a marker": ("Body\nOne", "ReplyDelete\n"),
        "after a marker": ("Body\nOne\nReplyDelete", "end\n"),
    },
    "listing": {
        "above": ("Showing posts with label X. Show all posts\n", f"\n{_HEAD}\n{_HEAD}"),
        "body": (f"{_HEAD}", f"\n\n{_HEAD}"),
        "title": ("Monday, 3 June 2024\n", f"\n\n{_HEAD}"),
        "in a label": ("Showing posts with label X", f". Show all posts\n\n{_HEAD}\n{_HEAD}"),
        "in a date": (f"{_HEAD}\nMonday, 3", f"June 2024\n\n{_HEAD}"),
    },
    "single": {"body": (_HEAD, "\nend"), "above": ("", f"\n{_HEAD}"), "title": (_HEAD[:21], "")},
    "bare": {"prose": (_WRAPPED, f"\n{_WRAPPED}"), "in a line": (_WRAPPED + "and ", _WRAPPED)},
}
