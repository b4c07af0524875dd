"""Tables -> order lines: by the heads of columns, by their cells, or row by row as words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from graph.extract.cells import is_empty
from graph.extract.columns import (
    CODES,
    Roles,
    Row,
    count_known,
    find_head,
    is_words,
    read_head,
    role_of,
)
from graph.extract.evidence import Draft, Style
from graph.extract.judge import judge
from graph.extract.looks import is_known
from graph.extract.numbers import column_mark
from graph.extract.records import is_better, read_records
from graph.extract.settle import settle
from graph.extract.tablerow import Lines, read_row
from graph.extract.totals import total_of
from graph.extract.units import canonical_unit

_FORM_BLANKS = 3
"""From so many unfilled rows on, in the majority, a table is an order form to tick off."""
_SAMPLES = 60
_FAIRLY = 0.6
"""A row with this share of the cells of the fullest shows what the columns hold."""
_PER = re.compile(r"(?:je|pro|per|/)\s*(?P<n>100|1000|1\.000|1,000|%)(?!\d)", re.I)
_IN_HEAD = re.compile(r"(?:[(\[]\s*|\bin\s+)(?P<unit>[^\W\d_]+\.?)\s*[)\]]?\s*$", re.I)


@dataclass(slots=True)
class TableLines:
    """What a table holds; ``roles`` serves a continuation on the next page."""

    drafts: list[Draft] = field(default_factory=list)
    totals: dict[str, tuple[Decimal, str]] = field(default_factory=dict)
    roles: Roles | None = None
    span: tuple[int, int] = (0, 0)
    """First and last row that belong to the lines, heads included."""


@dataclass(frozen=True, slots=True)
class _Heads:
    """The header rows ``top`` to ``first`` (exclusive) and what they say of all cells below."""

    roles: Roles | None
    top: int = 0
    first: int = 0
    per: tuple[Decimal, str] | None = None
    unit: tuple[str, str] | None = None


def read_table(
    rows: Sequence[Row], style: Style, carried: Roles | None = None, *, ruled: bool = True
) -> TableLines:
    """Read the order lines of a table; empty where it lists no goods.

    ``carried`` are the roles of the table this one may continue. Where the columns lose
    product numbers that rows read as words keep, the words are believed; but where the
    table is not ``ruled``, its words are left to those who read text.
    """
    lines = _read_columns(rows, style, carried)
    drafts = read_records(rows, style) if ruled else []
    if is_better(drafts, lines.drafts, style):
        lines.drafts = drafts
        lines.span = (lines.span[0], drafts[-1].at[1])
    return lines


def _read_columns(rows: Sequence[Row], style: Style, carried: Roles | None) -> TableLines:
    heads = _heads(rows, style, carried)
    if not heads.roles or not set(heads.roles) & {"quantity", "price", "amount", *CODES}:
        return TableLines()
    lines = Lines(heads.roles)
    body = rows[heads.first :]
    _read_rows(lines, body, heads.first, _priced(style, heads.roles, body))
    for draft in lines.drafts:
        if heads.per and draft.get("stated_price") is not None:
            draft.put("price_per", *heads.per)
        if heads.unit and draft.get("stated_quantity") is not None:
            draft.put("stated_unit", *heads.unit)
    span = (heads.top, lines.drafts[-1].at[1]) if lines.drafts else (0, 0)
    return TableLines(_ordered(lines.drafts), lines.totals, lines.roles, span)


# --- heads ------------------------------------------------------------------------


def _heads(rows: Sequence[Row], style: Style, carried: Roles | None) -> _Heads:
    at = find_head(rows) or _above_codes(rows, style)
    if at is None:
        continues = carried and max((len(r) for r in rows), default=0) == len(carried)
        return _Heads(carried if continues else _judged(rows, style))
    roles, top, first = at
    named = rows[top:first]
    settled = settle(roles, _samples(rows[first:], style), style)
    return _Heads(settled, top, first, _price_per(named), _unit_in(named, settled, style))


def _above_codes(rows: Sequence[Row], style: Style) -> tuple[Roles, int, int] | None:
    """A row of words, one of them a known head, right above the first known product number."""
    at = next((n for n, r in enumerate(rows[:_SAMPLES]) if any(is_known(c, style) for c in r)), 0)
    row = rows[at - 1] if at else ()
    roles = tuple(role_of(c) for c in row)
    return (roles, at - 1, at) if is_words(row) and count_known(roles) else None


def _price_per(heads: Sequence[Row]) -> tuple[Decimal, str] | None:
    """What a head such as ``Preis je 100`` says of all prices."""
    for head in (cell for row in heads for cell in row):
        match = _PER.search(head)
        if match and role_of(head) == "price":
            return Decimal(match["n"].replace("%", "100").replace(".", "").replace(",", "")), head
    return None


def _unit_in(heads: Sequence[Row], roles: Roles, style: Style) -> tuple[str, str] | None:
    """The unit that the head of the quantities names: ``Menge (Karton)``; pieces go unsaid."""
    if "quantity" not in roles or "unit" in roles:
        return None
    at = roles.index("quantity")
    for head in (row[at].strip() for row in heads if at < len(row)):
        match = _IN_HEAD.search(head)
        word = match["unit"] if match else head
        if canonical_unit(word) not in (None, "pcs"):
            return style.unit(word), head
    return None


def _judged(rows: Sequence[Row], style: Style) -> Roles | None:
    body = _samples(rows, style)
    width = max((len(r) for r in body), default=0)
    same = [
        r for r in body if len(r) == width and sum(1 for c in r if c.strip()) >= max(2, width - 2)
    ]
    if not same or width < 2 or any(":" in r[0] and width == 2 for r in same):
        return None
    return judge(same, style)


def _priced(style: Style, roles: Roles, body: Sequence[Row]) -> Style:
    """The style by the prices of this table, which tell best how it writes decimals."""
    cells = [
        c for row in body for r, c in zip(roles, row, strict=False) if r in ("price", "amount")
    ]
    mark = column_mark(cells)
    return replace(style, decimal=mark) if mark else style


def _samples(body: Sequence[Row], style: Style) -> list[Row]:
    """Rows that show what the columns hold: fairly full ones that are no sums."""
    cells = [sum(1 for c in row if c.strip()) for row in body]
    least = max(2, max(cells, default=0) * _FAIRLY)
    full = [r for r, n in zip(body, cells, strict=True) if n >= least]
    return [r for r in full if total_of(r, style) is None][:_SAMPLES]


# --- rows -------------------------------------------------------------------------


def _read_rows(lines: Lines, body: Sequence[Row], first: int, style: Style) -> None:
    fresh = True
    for n, row in enumerate(body):
        if all(is_empty(c) for c in row):
            fresh = fresh or not any(c.strip() for c in row)
            continue
        if heads := read_head(row):
            lines.roles = settle(heads, _samples(body[n + 1 :], style), style)
            continue
        before = len(lines.drafts)
        read_row(lines, row, style, fresh)
        for draft in lines.drafts[before:]:
            draft.at = (0, first + n)
        fresh = False


def _ordered(drafts: list[Draft]) -> list[Draft]:
    """Leave out the untouched rows of an order form."""
    blank = [d for d in drafts if not d.get("stated_quantity") and not d.doubts]
    if len(blank) >= _FORM_BLANKS and len(blank) < len(drafts) and len(blank) * 2 > len(drafts):
        return [d for d in drafts if d.get("stated_quantity") or d.doubts]
    return drafts
