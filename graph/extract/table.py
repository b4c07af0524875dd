"""Tables -> order lines: heads found by vocabulary, or columns judged by their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from graph.extract.cells import fill, is_empty
from graph.extract.columns import Roles, Row, judge, merge_heads, read_head, role_of, settle
from graph.extract.evidence import Draft, Style
from graph.extract.marked import has_code, line_date, read_codes
from graph.extract.numbers import column_mark
from graph.extract.slate import Slate
from graph.extract.totals import is_charge, total_of
from graph.extract.words import Role

_CODES: tuple[Role, ...] = ("code", "supplier_sku", "customer_sku", "gtin")
_GROUP = re.compile(
    r"(?:abteilung|gruppe|kategorie|bereich|section|group|category|department|los|titel|"
    r"kostenstelle|projekt|project|kommission|bauvorhaben|warengruppe)\b",
    re.I,
)
_FORM_BLANKS = 3
"""From so many unfilled rows on, in the majority, a table is an order form to tick off."""


@dataclass(slots=True)
class TableLines:
    """What a table holds; ``roles`` serves a continuation on the next page."""

    drafts: list[Draft] = field(default_factory=list)
    totals: dict[str, tuple[Decimal, str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    roles: Roles | None = None
    span: tuple[int, int] = (0, 0)
    """First and last row that belong to the lines, heads included."""
    closed: bool = False
    """True below a sum, where words belong to no line any more."""


def read_table(rows: Sequence[Row], style: Style, carried: Roles | None = None) -> TableLines:
    """Read the order lines of a table; empty where it lists no goods.

    ``carried`` are the roles of the table this one may continue.
    """
    lines = TableLines()
    at = _find_head(rows)
    top = first = 0
    per: tuple[Decimal, str] | None = None
    if at is None:
        body = list(rows)
        roles = carried if carried and _continues(rows, carried) else _judged(rows, style)
    else:
        heads, top, first = at
        per = _price_per(rows[top:first])
        body = list(rows[first:])
        roles = settle(heads, _samples(body, style), style)
    if roles is None or ("quantity" not in roles and not set(roles) & {"price", "amount", *_CODES}):
        return lines
    lines.roles = roles
    style = _priced(style, roles, body)
    _read_rows(lines, body, first, style)
    for draft in lines.drafts:
        if per and draft.get("stated_price") is not None:
            draft.put("price_per", *per)
    if lines.drafts:
        lines.span = (top, lines.drafts[-1].at[1])
    lines.drafts = _ordered(lines.drafts)
    return lines


_PER = re.compile(r"(?:je|pro|per|/)\s*(?P<n>100|1000|1\.000|1,000|%)(?!\d)", re.I)


def _price_per(heads: Sequence[Row]) -> tuple[Decimal, str] | None:
    """What a head such as ``Preis je 100`` says of all prices."""
    for head in (cell for row in heads for cell in row):
        match = _PER.search(head)
        if match and role_of(head) == "price":
            return Decimal(match["n"].replace("%", "100").replace(".", "").replace(",", "")), head
    return None


def _priced(style: Style, roles: Roles, body: Sequence[Row]) -> Style:
    """The style by the prices of this table, which tell best how it writes decimals."""
    cells = [
        c for row in body for r, c in zip(roles, row, strict=False) if r in ("price", "amount")
    ]
    mark = column_mark(cells)
    return replace(style, decimal=mark) if mark else style


def _find_head(rows: Sequence[Row]) -> tuple[Roles, int, int] | None:
    """Roles of the header row, its index and that of the row after it."""
    for n, row in enumerate(rows[:60]):
        roles = read_head(row)
        below = rows[n + 1] if n + 1 < len(rows) else ()
        if _is_words(below) and _is_words(row):
            merged = read_head(merge_heads(row, below))
            if merged and _known(merged) > _known(roles or ()):
                return merged, n, n + 2
        if roles:
            return roles, n, n + 1
    return None


def _is_words(row: Row) -> bool:
    filled = [c for c in row if c.strip()]
    return (
        len(filled) > 1
        and not any(ch.isdigit() for c in filled for ch in c)
        and all(len(c) < 25 for c in filled)
    )


def _known(roles: Roles) -> int:
    return len([r for r in roles if r])


def _samples(body: Sequence[Row], style: Style) -> list[Row]:
    full = [r for r in body if sum(1 for c in r if c.strip()) > 1 and total_of(r, style) is None]
    return full[:60]


def _continues(rows: Sequence[Row], carried: Roles) -> bool:
    return max((len(r) for r in rows), default=0) == len(carried)


def _judged(rows: Sequence[Row], style: Style) -> Roles | None:
    body = _samples(rows, style)
    width = max((len(r) for r in body), default=0)
    same = [
        r for r in body if len(r) == width and sum(1 for c in r if c.strip()) >= max(2, width - 2)
    ]
    if not same or width < 2 or any(":" in r[0] and width == 2 for r in same):
        return None
    return judge(same, style)


def _read_rows(lines: TableLines, body: Sequence[Row], first: int, style: Style) -> None:
    fresh = True
    for n, row in enumerate(body):
        if all(is_empty(c) for c in row):
            fresh = fresh or bool(not row or not any(c.strip() for c in row))
            continue
        heads = read_head(row)
        if heads:
            if lines.roles and _known(heads) >= 2:
                lines.roles = settle(heads, _samples(body[n + 1 :], style), style)
            continue
        before = len(lines.drafts)
        _read_row(lines, row, style, fresh)
        for draft in lines.drafts[before:]:
            draft.at = (0, first + n)
        fresh = False


def _read_row(lines: TableLines, row: Row, style: Style, fresh: bool) -> None:
    assert lines.roles is not None  # noqa: S101
    named = [
        (role, cell) for role, cell in zip(lines.roles, row, strict=False) if role and cell.strip()
    ]
    by_role = {role for role, cell in named if not is_empty(cell)}
    total = total_of(row, style)
    if total is None and _is_charge(by_role, row):
        total = total_of(["freight", *row], style)
    if total and not _is_goods(row, by_role):
        _keep_total(lines, total)
        return
    if _is_remark(row, by_role):
        _continuation(lines, row, named, style, fresh)
        return
    if by_role & {"quantity", "price", "amount", *_CODES} and (
        by_role & {"description", *_CODES} or "quantity" in by_role
    ):
        _item(lines, named, row, style)
        return
    _continuation(lines, row, named, style, fresh)


def _is_remark(row: Row, by_role: set[Role]) -> bool:
    """``Ihre Art.-Nr.: S-620`` alone below a line belongs to that line."""
    filled = [c for c in row if c.strip()]
    return (
        len(filled) == 1
        and by_role <= set(_CODES)
        and (":" in filled[0] or len(filled[0].split()) > 2)
    )


def _is_charge(by_role: set[Role], row: Row) -> bool:
    """Freight and the like have a sum but neither quantity nor number."""
    first = next(c for c in row if c.strip())
    return not by_role & {"quantity", *_CODES} and is_charge(first)


def _is_goods(row: Row, by_role: set[Role]) -> bool:
    """A row that looks like a sum is goods after all where it has a number of its own."""
    first = next(c for c in row if c.strip())
    return bool(by_role & set(_CODES)) and "quantity" in by_role and any(c.isdigit() for c in first)


def _keep_total(lines: TableLines, total: tuple[str, Decimal | None, str]) -> None:
    kind, value, words = total
    lines.closed = True
    if value is not None and kind != "carried":
        lines.totals.setdefault(kind, (value, words))


def _item(lines: TableLines, named: list[tuple[Role, str]], row: Row, style: Style) -> None:
    draft = Draft(strength=3)
    if not any(role == "quantity" and not is_empty(cell) for role, cell in named):
        named = [
            ("quantity" if role == "unit" and cell.strip()[0].isdigit() else role, cell)
            for role, cell in named
        ]
    for role, cell in named:
        fill(draft, role, cell, style)
    if (
        not (draft.values.keys() - {"requested_date", "price_per", "stated_unit"})
        and not draft.doubts
    ):
        return
    if (
        draft.get("stated_quantity") is None
        and draft.get("description")
        and not has_code(draft)
        and total_of([draft.get("description"), "0"], style)
    ):
        return
    _resolve(draft)
    lines.closed = False
    lines.drafts.append(draft)


def _resolve(draft: Draft) -> None:
    """An ambiguous quantity is settled where price and amount fit only one reading."""
    doubts = [d for d in draft.doubts if " may mean " in d[1]]
    price, amount = draft.get("stated_price"), draft.get("amount")
    if not doubts or not price or not amount:
        return
    per = draft.get("price_per") or Decimal(1)
    first, other = (
        Decimal(w) for w in re.findall(r"[\d.]+", doubts[0][1].partition(" may mean ")[2])
    )
    factor = 1 - (draft.get("discount_percent") or Decimal(0)) / 100
    fits = [
        q
        for q in (first, other)
        if abs(q * price / per * factor - amount) <= max(Decimal("0.02"), amount / 200)
    ]
    if len(fits) == 1:
        draft.values["stated_quantity"] = fits[0]
        draft.doubts.remove(doubts[0])


def _continuation(
    lines: TableLines, row: Row, named: list[tuple[Role, str]], style: Style, fresh: bool
) -> None:
    words = " ".join(" ".join(c.split()) for c in row if c.strip())
    roles = {role for role, _ in named}
    if not lines.drafts or lines.closed or len(words) > 300 or _GROUP.match(words):
        lines.notes.append(words)
        return
    last = lines.drafts[-1]
    slate = Slate(read_codes(words, last))
    line_date(slate, last, style)
    left = " ".join(slate.text.split()).strip(" ,;:()/-")
    if not left:
        return
    if (
        roles <= {"description", "thing", "position", "number"} and "description" in roles
    ) and not fresh:
        last.add_words(left)
    else:
        lines.notes.append(words)


def _ordered(drafts: list[Draft]) -> list[Draft]:
    """Leave out the untouched rows of an order form."""
    blank = [d for d in drafts if not d.get("stated_quantity") and not d.doubts]
    if len(blank) >= _FORM_BLANKS and len(blank) < len(drafts) and len(blank) * 2 > len(drafts):
        return [d for d in drafts if d.get("stated_quantity") or d.doubts]
    return drafts
