"""A page that is captured again later, with one comment more."""

from __future__ import annotations

PAGE = """Saturday, 4 May 2024

Whose Turn It Is

The kettle has no rota and everybody knows why.

{count} comments:

  1. Nobody fills it who drinks from it.

    ReplyDelete
  2. It was filled once, in spring.

    ReplyDelete
"""
ONE_MORE = """  3. By the caretaker, and not for us.

    ReplyDelete
"""
