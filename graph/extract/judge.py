"""What the columns of a table without heads hold, by their cells alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from graph.extract.columns import CODES, Roles, Row
from graph.extract.dates import FULL_DATE
from graph.extract.evidence import Style
from graph.extract.looks import (
    Cells,
    columns_of,
    counts_up,
    is_codelike,
    is_counted,
    is_known,
    is_sum,
    most,
    multiplies,
    repeats,
)
from graph.extract.settle import Found, free_text
from graph.extract.shapes import is_gtin, is_unit_phrase
from graph.extract.words import ARTICLE, Role, flexible

_LONG_CODE = re.compile(r"\d{3,}\.\d{2,}")
_LABELLED = re.compile(rf"(?:{flexible(ARTICLE)}|ean|gtin)\W{{1,3}}\S*\d\S*", re.I)


def judge(rows: Sequence[Row], style: Style) -> Roles | None:
    """Roles of a table without heads by its cells alone, None where it lists no goods."""
    cells = columns_of(rows, max(len(r) for r in rows))
    found: Found = [_by_cells(column, style) for column in cells]
    _one_known(found, cells, style)
    counts = [n for n, role in enumerate(found) if role == "quantity"]
    money = [n for n, role in enumerate(found) if role == "price"]
    triple = _triple(cells, counts, money, style)
    if triple:
        for n in counts + money:
            found[n] = None
        found[triple[0]], found[triple[1]], found[triple[2]] = "quantity", "price", "amount"
    else:
        _without_sums(found, cells, counts, money)
    free_text(found, cells)
    named = {*CODES, "description"} & set(found)
    return tuple(found) if "quantity" in found and named else None


def _without_sums(found: Found, cells: list[Cells], counts: list[int], money: list[int]) -> None:
    _pick_count(found, cells, counts)
    for n in money[1:]:
        found[n] = None
    if money and "code" not in found and all(_LONG_CODE.fullmatch(c) for c in cells[money[0]]):
        found[money[0]] = "code"  # 934.06 and the like, where no other column names goods.


def _by_cells(cells: Cells, style: Style) -> Role | None:
    """The role of one column, None where its cells do not tell."""
    if not any(cells):
        return None
    if most(cells, lambda c: is_known(c, style) or bool(_LABELLED.fullmatch(c)), 0.6):
        return "code"
    if all(not c or is_sum(c) for c in cells):
        return "price"
    tests: tuple[tuple[Role, Callable[[str], bool], float], ...] = (
        ("gtin", is_gtin, 0.7),
        ("unit", is_unit_phrase, 0.7),
        ("date", lambda c: FULL_DATE.fullmatch(c) is not None, 0.7),
        ("code", is_codelike, 0.5),
        ("quantity", is_counted, 0.7),
    )
    return next((role for role, test, share in tests if most(cells, test, share)), None)


def _one_known(found: Found, cells: list[Cells], style: Style) -> None:
    """Beside a column of known product numbers no other holds numbers of products."""
    known = [n for n, c in enumerate(cells) if most(c, lambda w: is_known(w, style), 0.6)]
    if not known:
        return
    for n, column in enumerate(cells):
        if n != known[0] and found[n] in ("code", "gtin"):
            counts = n not in known and most(column, is_counted)
            found[n] = "quantity" if counts else "ignore"


def _triple(
    cells: list[Cells], counts: list[int], money: list[int], style: Style
) -> tuple[int, int, int] | None:
    for quantity in counts:
        for price in money + counts:
            for amount in money + counts:
                if len({quantity, price, amount}) < 3 or amount < max(quantity, price):
                    continue
                if multiplies([cells[n] for n in (quantity, price, amount)], style):
                    return quantity, price, amount
    return None


def _pick_count(found: Found, cells: list[Cells], counts: list[int]) -> None:
    """Of several columns of whole numbers, the one with units or beside them; never 1, 2, 3."""
    if len(counts) < 2:
        if counts and len(cells[counts[0]]) > 2 and counts[0] == 0 and counts_up(cells[counts[0]]):
            found[counts[0]] = "position"
        return
    unit = found.index("unit") if "unit" in found else None
    worded = [n for n in counts if most(cells[n], lambda c: any(ch.isalpha() for ch in c))]
    beside = [n for n in counts if unit is not None and abs(n - unit) == 1]
    said = [column for n, column in enumerate(cells) if n not in counts]
    rest = [
        n for n in counts if not (n == 0 and counts_up(cells[n])) and not repeats(cells[n], said)
    ]
    kept = (worded or (rest if len(rest) == 1 else []) or beside)[:1]
    for n in counts:
        found[n] = "quantity" if n in kept else ("position" if n == 0 else "ignore")
