"""What the heads of a table leave open, decided by the cells below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.extract.columns import CODES, Roles, Row
from graph.extract.evidence import Style
from graph.extract.looks import (
    Cells,
    columns_of,
    counts_up,
    is_codelike,
    is_count,
    is_known,
    is_number,
    is_wordy,
    most,
    multiplies,
    repeats,
)
from graph.extract.shapes import is_unit_phrase
from graph.extract.words import Role

_LONG = 6
"""Figures of a number that is too long for a count."""
_SURE = 0.6
"""The share of known product numbers that makes a column one of numbers."""
_UNDECIDED = (None, "thing", "number", "ignore", "position", "po_number")
Found = list[Role | None]


def settle(roles: Roles, rows: Sequence[Row], style: Style) -> Roles:
    """Decide what the heads left open by looking at the cells below them."""
    width = max([len(roles), *(len(r) for r in rows)], default=0)
    found: Found = [*roles, *[None] * (width - len(roles))]
    cells = columns_of(rows, width)
    _known_codes(found, cells, style)
    for n in range(width):
        found[n] = _one(n, found, cells)
    if "description" not in found:
        free_text(found, cells)
    _packs_of_words(found, roles, cells)
    if "quantity" not in found:
        _free_count(found, cells, style)
    _order_column(found, cells)
    _one_quantity(found, cells, style)
    _settle_sums(found, cells, style)
    return tuple(found)


def _one(n: int, found: Found, cells: list[Cells]) -> Role | None:
    """The role of a column whose head names two kinds of content, or an unknown one."""
    role = found[n]
    if role == "thing":
        return _thing(n, found, cells)
    if role == "number":
        codes = most(cells[n], is_codelike) and not counts_up(cells[n])
        return "code" if codes else "position"
    if role == "unit" and most(cells[n], is_number):
        return "quantity" if "quantity" not in found else "ignore"
    if role is None and most(cells[n], is_unit_phrase) and "unit" not in found:
        return "unit"
    return role


def _known_codes(found: Found, cells: list[Cells], style: Style) -> None:
    """A column of product numbers that the catalog knows holds them, whatever heads it."""
    if set(found) & set(CODES) - {"customer_sku"}:
        return
    for n, role in enumerate(found):
        if role in _UNDECIDED and most(cells[n], lambda c: is_known(c, style), _SURE):
            found[n] = "code"
            return


def _thing(n: int, found: Found, cells: list[Cells]) -> Role:
    others = set(found[:n] + found[n + 1 :])
    if counts_up(cells[n]) and others & {*CODES, "description", "thing"}:
        return "position"
    named = others & {"code", "supplier_sku", "customer_sku"}
    if most(cells[n], is_codelike) and not (named and "description" not in others):
        return "code"
    return "description"


def free_text(found: Found, cells: list[Cells]) -> None:
    """The longest words under no known head describe the goods."""
    free = [n for n, role in enumerate(found) if role is None and most(cells[n], is_wordy)]
    if free:
        found[max(free, key=lambda n: sum(map(len, cells[n])))] = "description"


def _packs_of_words(found: Found, roles: Roles, cells: list[Cells]) -> None:
    """A column headed ``VPE`` that holds unit words is the unit."""
    for n, role in enumerate(roles):
        if role == "ignore" and "unit" not in found and most(cells[n], is_unit_phrase):
            found[n] = "unit"


def _free_count(found: Found, cells: list[Cells], style: Style) -> None:
    """A count under no known head, or under one that can mean something else.

    Of several under no known head one must explain the amounts; else none is chosen. One
    headed ``Order`` goes before others.
    """
    named = [c for c, role in zip(cells, found, strict=True) if role in {"description", *CODES}]
    free = [
        n
        for n, role in enumerate(found)
        if role is None and most(cells[n], is_count) and not repeats(cells[n], named)
    ]
    fitting = [n for n in free if next(_sums(n, found, cells, style), None)][:1]
    headed = [n for n in _all(found, "po_number") if _plain(cells[n])][:1]
    alone = free if len(free) == 1 else _renamed(found, cells)
    for n in (fitting or headed or alone)[:1]:
        found[n] = "quantity"


def _renamed(found: Found, cells: list[Cells]) -> list[int]:
    """Columns headed ``Amount`` or like a position that hold counts."""
    amounts = _all(found, "amount") if "price" not in found else []
    return [n for n in (*amounts, *_all(found, "position")) if _plain(cells[n])]


def _plain(cells: Cells) -> bool:
    """Short whole numbers, as in a column headed ``Order``."""
    short = most(cells, lambda c: c.isdigit() and len(c) < _LONG)
    return short and not counts_up(cells)


def _order_column(found: Found, cells: list[Cells]) -> None:
    """A number that is the same in all rows is the order's, where another names the goods."""
    codes = [n for n, role in enumerate(found) if role == "code"]
    others = {"supplier_sku", "customer_sku", "gtin"} & set(found)
    for n in codes:
        filled = [c for c in cells[n] if c]
        if len(filled) > 1 and len(set(filled)) == 1 and (len(codes) > 1 or others):
            found[n] = "po_number"


def _one_quantity(found: Found, cells: list[Cells], style: Style) -> None:
    counts = _all(found, "quantity")
    if len(counts) < 2:
        return
    kept = next((n for n in counts if any(cells[n])), counts[0])
    kept = next((n for n in counts if next(_sums(n, found, cells, style), None)), kept)
    for n in counts:
        if n != kept:
            unit = most(cells[n], is_unit_phrase) and "unit" not in found
            found[n] = "unit" if unit else "ignore"


def _all(found: Sequence[Role | None], role: Role) -> list[int]:
    return [n for n, r in enumerate(found) if r == role]


# --- sums -------------------------------------------------------------------------


def _settle_sums(found: Found, cells: list[Cells], style: Style) -> None:
    """Of several prices and amounts those that explain each other, else the last of each."""
    quantities = _all(found, "quantity")
    sums = next(_sums(quantities[0], found, cells, style), None) if quantities else None
    prices, amounts = _all(found, "price"), _all(found, "amount")
    price, amount, discount = sums or (*(x[-1] if x else None for x in (prices, amounts)), None)
    for n in (*prices, *amounts):
        found[n] = "price" if n == price else "amount" if n == amount else "ignore"
    if sums:
        for n in _all(found, "discount"):
            found[n] = "discount" if n == discount else "ignore"


def _sums(
    quantity: int, found: Found, cells: list[Cells], style: Style
) -> Iterator[tuple[int, int, int | None]]:
    """(price, amount, discount) that explain each other with this quantity, the best first."""
    prices, amounts = _all(found, "price"), _all(found, "amount")
    pairs = [(p, a) for p in prices for a in amounts]
    pairs += [(p, a) for p in prices for a in prices if p < a]
    pairs += [(p, a) for p in amounts for a in amounts if p < a]
    per = next(iter(_all(found, "price_per")), None)
    for discount in (None, *_all(found, "discount")):
        for price, amount in pairs:
            columns = [
                cells[n] if n is not None else [""] * len(cells[quantity])
                for n in (quantity, price, amount, discount, per)
            ]
            if multiplies(columns, style):
                yield price, amount, discount
