"""One row of a table: a line, a sum, or words that go on with the line above."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from graph.extract.cells import fill, is_empty
from graph.extract.columns import CODES, Roles, Row
from graph.extract.evidence import Draft, Style
from graph.extract.looks import is_codelike, value
from graph.extract.marked import has_code, line_date, read_codes
from graph.extract.shapes import is_capital_code, is_code
from graph.extract.slate import Slate
from graph.extract.totals import is_charge, sum_of, total_of
from graph.extract.words import Role

_GROUP = re.compile(
    r"(?:abteilung|gruppe|kategorie|bereich|section|group|category|department|los|titel|"
    r"kostenstelle|projekt|project|kommission|bauvorhaben|warengruppe)\b",
    re.I,
)
_END = re.compile(r"\W*(?:end of|ende der|fin de|fine|fin del|einde)\b", re.I)
_LONGEST_NOTE = 300
Named = list[tuple[Role, str]]


@dataclass(slots=True)
class Lines:
    """The lines and sums read so far."""

    roles: Roles
    drafts: list[Draft] = field(default_factory=list)
    totals: dict[str, tuple[Decimal, str]] = field(default_factory=dict)
    closed: bool = False
    """True below a sum, where words belong to no line any more."""


def read_row(lines: Lines, row: Row, style: Style, fresh: bool) -> None:
    """Read one row below the head; ``fresh`` is true after a blank one."""
    named = [
        (_held(r, cell, style), cell)
        for r, cell in zip(lines.roles, row, strict=False)
        if r and cell.strip()
    ]
    by_role = {role for role, cell in named if not is_empty(cell)}
    total = _total(row, by_role, style)
    if total and not _is_goods(row, named, style):
        _keep_total(lines, total)
    elif _only_sum(named, row):
        _keep_sum(lines, named, style)
    elif _is_remark(row, by_role) or not _may_be_item(by_role):
        _continuation(lines, row, named, style, fresh)
    elif not _item(lines, named, style):
        _continuation(lines, row, named, style, fresh=True)


def _held(role: Role, cell: str, style: Style) -> Role:
    """What a cell holds: several words among numbers of products are words."""
    text = cell.strip()
    first, _, rest = text.partition(" ")
    if role not in CODES or not rest or is_codelike(text) or ":" in text:
        return role
    return role if is_codelike(first) or style.known.codes_in(text) else "description"


# --- sums -------------------------------------------------------------------------


def _total(row: Row, by_role: set[Role], style: Style) -> tuple[str, Decimal | None, str] | None:
    total = total_of(row, style)
    if total is None and not by_role & {"quantity", *CODES}:
        first = next(c for c in row if c.strip())
        total = total_of(["freight", *row], style) if is_charge(first) else None
    return total or sum_of(row, style)


def _is_goods(row: Row, named: Named, style: Style) -> bool:
    """A row that looks like a sum is goods after all where it has a number of its own."""
    by_role = {role for role, cell in named if not is_empty(cell)}
    first = next(c for c in row if c.strip())
    numbered = bool(by_role & set(CODES)) and any(c.isdigit() for c in first)
    return numbered and _counted(named, style)


def _counted(named: Named, style: Style) -> bool:
    """Whether the row states a quantity that is a number."""
    return any(
        role == "quantity" and value(cell.strip(), style) is not None for role, cell in named
    )


def _only_sum(named: Named, row: Row) -> bool:
    """Words beside an amount, without quantity, price or number: ``To pay   527.16``."""
    roles = {role for role, cell in named if not is_empty(cell)}
    words = any(any(c.isalpha() for c in cell) for cell in row)
    return "amount" in roles and words and roles <= {"amount", "description", "unit", "ignore"}


def _keep_total(lines: Lines, total: tuple[str, Decimal | None, str]) -> None:
    kind, amount, words = total
    lines.closed = True
    if amount is not None and kind != "carried":
        lines.totals.setdefault(kind, (amount, words))


def _keep_sum(lines: Lines, named: Named, style: Style) -> None:
    """A sum under unknown words is the total where it is what the lines above make."""
    cell = next(cell for role, cell in named if role == "amount")
    amount = value(cell.strip(), style)
    above = [d.get("amount") for d in lines.drafts]
    lines.closed = True
    if amount is not None and None not in above and sum(above) == amount:
        lines.totals.setdefault("plain", (amount, cell))


# --- lines ------------------------------------------------------------------------


def _is_remark(row: Row, by_role: set[Role]) -> bool:
    """``Ihre Art.-Nr.: S-620`` alone below a line belongs to that line."""
    filled = [c for c in row if c.strip()]
    return (
        len(filled) == 1
        and by_role <= set(CODES)
        and (":" in filled[0] or len(filled[0].split()) > 2)
    )


def _may_be_item(by_role: set[Role]) -> bool:
    return "quantity" in by_role or bool(
        by_role & {"price", "amount", *CODES} and by_role & {"description", *CODES}
    )


def _item(lines: Lines, named: Named, style: Style) -> bool:
    """Read the row as a line; false where it is none."""
    draft = Draft(strength=3)
    if not any(role == "quantity" and not is_empty(cell) for role, cell in named):
        named = [
            ("quantity" if role == "unit" and cell.strip()[0].isdigit() else role, cell)
            for role, cell in named
        ]
    for role, cell in named:
        fill(draft, role, cell, style)
    _name(draft, style)
    if not _is_line(draft, named, style):
        return False
    _resolve(draft)
    lines.closed = False
    lines.drafts.append(draft)
    return True


def _name(draft: Draft, style: Style) -> None:
    """A line without a number is named by the one its words open with or alone hold."""
    words = draft.get("description") or ""
    found = () if has_code(draft) else style.known.codes_in(words)
    if found and (len(set(found)) == 1 or words.startswith(found[0])):
        draft.put("code", found[0], found[0])


def _is_line(draft: Draft, named: Named, style: Style) -> bool:
    """Goods are named, and counted or numbered or priced; never only by words of a sum."""
    codes = [str(draft.get(role)) for role in CODES if draft.get(role)]
    if draft.get("stated_quantity") is not None or _misread(draft):
        return bool(codes or draft.get("description") or "price" in dict(named))
    if any(_is_number(code, style) for code in codes):
        return True
    numbered = any(role == "position" and not is_empty(cell) for role, cell in named)
    words = draft.get("description")
    if not words or codes or total_of([words, "0"], style):
        return False
    return numbered or draft.get("stated_price") is not None


def _misread(draft: Draft) -> bool:
    """Whether figures stand where the quantity belongs, but not as one number: ``10-12``."""
    return any(
        kind == "invalid_quantity" and any(c.isdigit() for c in quote)
        for kind, _, quote in draft.doubts
    )


def _is_number(code: str, style: Style) -> bool:
    """Whether a cell in the column of numbers is one, rather than words below the lines."""
    return is_code(code) or is_capital_code(code) or style.known.knows_code(code)


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


# --- what goes on -----------------------------------------------------------------


def _continuation(lines: Lines, row: Row, named: Named, style: Style, fresh: bool) -> None:
    words = " ".join(" ".join(c.split()) for c in row if c.strip())
    if not _belongs(lines, words):
        return
    last = lines.drafts[-1]
    slate = Slate(read_codes(words, last))
    line_date(slate, last, style)
    left = " ".join(slate.text.split()).strip(" ,;:()/-")
    roles = {role for role, _ in named}
    describes = "description" in roles <= {"description", "thing", "position", "number"}
    if left and describes and not fresh:
        last.add_words(left)


def _belongs(lines: Lines, words: str) -> bool:
    """Whether words below a line can say more of it."""
    if not lines.drafts or lines.closed or len(words) > _LONGEST_NOTE:
        return False
    return not _GROUP.match(words) and not _END.match(words)
