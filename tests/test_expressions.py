"""No regular expression of the package has a possessive quantifier around a group.

Python before 3.11.5 matches such groups wrongly (CPython gh-106052, gh-100061), and
Debian 12 ships 3.11.2. Around one character or a class of them they are sound.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "probation_reader"
FILES = sorted(PACKAGE.rglob("*.py"))
#: What stands for a value put into a string: it may be a group.
VALUE = "\ue000"
POSSESSIVE = re.compile(r"\s*(?:[*+?]|\{\d+(?:,\d*)?\}|\{,\d+\})\+")
#: What an expression is made of, as far as groups and classes can be told from it.
TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\\\]])*\]?|.", re.DOTALL)


def written(node: ast.expr) -> str | None:
    """Return the text of a string as it is written, None if the node is no string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bytes):
        return node.value.decode("latin-1")
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(written(part) or VALUE for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = written(node.left), written(node.right)
        if left is not None or right is not None:
            return (VALUE if left is None else left) + (VALUE if right is None else right)
    return None


def possessive_groups(expression: str) -> Iterator[str]:
    """Yield what follows each group, or value, that is repeated possessively."""
    for token in TOKEN.finditer(expression):
        if token[0] in {")", VALUE} and POSSESSIVE.match(expression, token.end()):
            yield expression[token.start() : token.end() + 8]


def found_in(source: str) -> list[str]:
    """Return the possessive quantifiers around groups in the strings of a Python file."""
    strings = filter(None, map(written, expressions(ast.parse(source))))
    return [found for string in strings for found in possessive_groups(string)]


def expressions(tree: ast.Module) -> Iterator[ast.expr]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.expr))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_group_is_repeated_possessively(file: Path) -> None:
    assert found_in(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        r're.compile(r"(a|b)*+c")',
        r're.compile(r"(?:a|b)?+c")',
        r're.compile(r"(?:ab)++")',
        r're.compile(r"(ab){0,2}+")',
        r're.compile(rf"(?:ab){{0,2}}+{x}")',
        r're.compile(rf"(?P<word>{x})?+")',
        r're.compile(rf"{GROUP}*+")',
        r're.compile(rf"(?:{x}" rf"[)])*+")',
        r're.compile(rb"(ab)*+")',
        r're.compile(r"(ab)" + r"*+c")',
        r're.compile(r"(?:a[^])])*+")',
        r're.compile("(a) ?+  # in verbose expressions", re.VERBOSE)',
        r're.compile(r"(a){,3}+")',
    ],
)
def test_a_group_repeated_possessively_is_found(source: str) -> None:
    assert found_in(source)


@pytest.mark.parametrize(
    "source",
    [
        r're.compile(r"[ \t]*+(a)*")',
        r're.compile(r"\)*+")',
        r're.compile(r"[()]++")',
        r're.compile(rf"[{SIGNS})]*+")',
        r're.compile(r"(?>ab)(cd)+\+")',
        r're.compile(r"a{2,3}+(b){2}c+")',
        r'SAFE = "/:?#[]@!$&()*+,;="',
    ],
)
def test_what_repeats_no_group_is_left_alone(source: str) -> None:
    assert found_in(source) == []
