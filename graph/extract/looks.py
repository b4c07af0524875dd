"""What the cells of a column look like: numbers, codes, sums, positions, sizes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

from graph.extract.cells import is_empty
from graph.extract.evidence import Style
from graph.extract.money import SIGN, money_cell
from graph.extract.numbers import NUMBER
from graph.extract.shapes import is_capital_code, is_code, is_unit_phrase

Cells = list[str]
_TWO_PART_CODE = re.compile(r"[A-Z]{1,4} [\w./-]*\d[\w./-]*")
_COUNT = re.compile(rf"\s*(?:{NUMBER}|\d{{1,3}}(?: \d{{3}})+)\s*(?:x|[^\W\d_]+\.?)?\s*")
_MONEY = re.compile(rf"(?:.*{SIGN}.*\d.*|.*\d.*{SIGN}.*|\s*\d[\d.,' ]*[.,]\d{{2,4}}\s*)", re.I)
_SHORTEST_FIGURES = 4
"""Figures alone are a known code from so many on: fewer may count as well."""


def columns_of(rows: Sequence[Sequence[str]], width: int) -> list[Cells]:
    """The cells of each of ``width`` columns; where a row is too short, empty ones."""
    return [[r[n].strip() if n < len(r) else "" for r in rows] for n in range(width)]


def most(cells: Sequence[str], test: Callable[[str], bool], share: float = 0.7) -> bool:
    """Whether at least this share of the filled cells passes the test, and any does."""
    filled = [c for c in cells if not is_empty(c)]
    return bool(filled) and sum(map(test, filled)) >= max(1, len(filled) * share)


def is_number(cell: str) -> bool:
    """True for figures alone, however they are grouped."""
    return re.fullmatch(r"\s*[-−]?[\d.,'’ ]*\d[\d.,'’ ]*\s*", cell) is not None


def is_count(cell: str) -> bool:
    """True for a number that may be followed by a word: ``10``, ``10 Stk``, ``1 000``."""
    return _COUNT.fullmatch(cell) is not None


def is_counted(cell: str) -> bool:
    """True for a number that stands alone or before a unit."""
    match = re.fullmatch(rf"({NUMBER})\s*[x×]?\s*([^\W\d_]+\.?)?", cell)
    return match is not None and (not match[2] or is_unit_phrase(match[2]))


def is_sum(cell: str) -> bool:
    """True for what looks like money."""
    return _MONEY.fullmatch(cell) is not None and not re.search(r"\d\.\d+\.\d", cell)


def is_codelike(cell: str) -> bool:
    """True for what could be an article number."""
    if len(cell) > 30:
        return False
    return is_code(cell) or is_capital_code(cell) or bool(_TWO_PART_CODE.fullmatch(cell))


def is_wordy(cell: str) -> bool:
    """True for text rather than a code or number."""
    return sum(c.isalpha() for c in cell) >= 3


def is_known(cell: str, style: Style) -> bool:
    """True for a product number that the catalog knows; short figures may be anything."""
    figures = cell.isdigit() and len(cell) < _SHORTEST_FIGURES
    return not figures and len(cell) <= 40 and style.known.knows_code(cell)


def counts_up(cells: Sequence[str]) -> bool:
    """True for 1, 2, 3 or 10, 20, 30: numbers of positions."""
    numbers = [int(c.rstrip(".")) for c in cells if re.fullmatch(r"\d{1,6}\.?", c)]
    if not numbers or len(numbers) < len([c for c in cells if c]) * 0.6:
        return False
    steps = {b - a for a, b in pairwise(numbers)}
    return numbers[0] in (0, 1, 10, 100, 1000) and (
        not steps or (len(steps) == 1 and min(steps) in (1, 10, 100, 1000))
    )


def repeats(cells: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """True where most figures stand in the words beside them too: sizes, no counts."""
    pairs = [(c, " ".join(words)) for c, *words in zip(cells, *others, strict=True) if c]
    said = [c for c, words in pairs if re.search(rf"(?<![\d.,]){re.escape(c)}(?![\d.,]*\d)", words)]
    return len(said) * 3 > len(pairs) * 2


def multiplies(columns: Sequence[Cells], style: Style) -> bool:
    """True where quantity x price is the amount in most rows that have all three.

    ``columns`` are those of quantity, price and amount, then perhaps of percent of
    discount (None without) and of how many pieces the price is for.
    """
    right = wrong = 0
    for row in zip(*columns, strict=True):
        numbers = [value(cell, style) for cell in row]
        if None in numbers[:3]:
            continue
        right, wrong = (right + 1, wrong) if _is_product(numbers) else (right, wrong + 1)
    return right > wrong


def _is_product(numbers: Sequence[Decimal | None]) -> bool:
    count, price, amount, percent, per, *_ = (*numbers, None, None)
    if count is None or price is None or amount is None:
        return False
    product = count * price * (100 - (percent or 0)) / 100 / (per or 1)
    return abs(product - amount) <= max(Decimal("0.02"), abs(amount) / 200)


def value(cell: str, style: Style) -> Decimal | None:
    """The number of a cell that may hold a unit or currency too."""
    match = re.match(rf"\s*({NUMBER})\s*(?:[^\W\d_]*\.?|%)\s*$", cell)
    money = money_cell(match[1] if match else cell, style)
    return money.value if money else None
