"""How many letters two words differ in, counted the slow way."""

from __future__ import annotations


def slips_between(one: str, other: str) -> int:
    """Count slips the slow way: the whole table, two letters that changed places being one."""
    table = {(-1, -1): 0}
    for row in range(-1, len(one)):
        for column in range(-1, len(other)):
            if row < 0 or column < 0:
                table[row, column] = row + column + 2
                continue
            same = one[row] == other[column]
            ways = [
                table[row - 1, column] + 1,
                table[row, column - 1] + 1,
                table[row - 1, column - 1] + (not same),
            ]
            if row and column and one[row - 1 : row + 1] == other[column - 1 : column + 1][::-1]:
                ways.append(table[row - 2, column - 2] + 1)
            table[row, column] = min(ways)
    return table[len(one) - 1, len(other) - 1]
