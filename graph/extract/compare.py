"""Two readings of one mail: where they agree nothing happens, where they differ is a doubt.

The first reading stays, except where it found nothing: there the second is taken, with a
doubt as well. What only the second leaves out is no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from graph.normal import code, words
from graph.order import Evidence, Finding, Line, Order, Party, ShipTo, plain

ORDERING = frozenset({"order", "repeat", "change", "cancellation"})
"""Kinds of mail after which goods move, or no longer do."""
HEADER = {
    "po_number": "purchase order number",
    "order_date": "order date",
    "requested_date": "requested date",
    "currency": "currency",
    "total": "total",
}
CUSTOMER = {"account_number": "customer number"}
SHIP_TO = {"text": "delivery address"}
LINE = {
    "code": "code",
    "customer_sku": "customer's code",
    "description": "description",
    "stated_quantity": "quantity",
    "stated_unit": "unit",
    "stated_price": "price",
}
"""The values that a model may bring, by field, and what people call them."""
_COMPARED = {field: LINE[field] for field in ("stated_quantity", "stated_unit")}
_CODES = ("supplier_sku", "customer_sku", "code", "gtin")
_SHOWN = 3

Part = TypeVar("Part", Order, Line, Party, ShipTo)


def doubt(message: str, evidence: Evidence | None = None, line: int | None = None) -> Finding:
    """A question to a person about what the model read."""
    return Finding(type="unsupported_value", message=message, line=line, evidence=evidence)


def written(value: object) -> str:
    """A value for people: decimals without exponent, dates in ISO form."""
    return plain(value) if isinstance(value, Decimal) else str(value)


def compare(mine: Part, other: Part, fields: Mapping[str, str]) -> tuple[Part, list[Finding]]:
    """``mine`` with its gaps filled from ``other``, and the doubts about ``fields``."""
    line = mine.position if isinstance(mine, Line) else None
    at = f"Line {line}: the" if line else "The"
    taken: dict[str, object] = {}
    evidence: dict[str, Evidence] = {}
    doubts = []
    for field, name in fields.items():
        ours, theirs = getattr(mine, field), getattr(other, field)
        if theirs is None or _same(ours, theirs):
            continue
        place = other.evidence.get(field)
        said = f"{name} {written(theirs)}"
        if ours is None:
            taken[field] = theirs
            evidence |= {field: place} if place else {}
            doubts.append(doubt(f"{at} {said} was found by the model alone", place, line))
        else:
            differs = f"{at} {name} was read as {written(ours)}, by the model as {written(theirs)}"
            doubts.append(doubt(differs, place, line))
    whole = mine.model_copy(update={**taken, "evidence": {**mine.evidence, **evidence}})
    return whole, doubts


def _same(one: object, other: object) -> bool:
    if isinstance(one, Decimal | date):
        return one == other
    return one is not None and code(str(one)) == code(str(other))


def compare_header(order: Order, said: Order) -> tuple[Order, list[Finding]]:
    """Like ``compare``; either reading may call another sum of the document the total."""
    known = said.total in order.other_totals.values()
    fields = {field: name for field, name in HEADER.items() if not (known and field == "total")}
    return compare(order, said, fields)


def compare_place(mine: ShipTo, other: ShipTo) -> tuple[ShipTo, list[Finding]]:
    """Like ``compare``; one address may say more than the other, but not something else."""
    ours = mine.model_dump(include={"name", "street", "postal_code", "city", "country", "text"})
    known = set(words(" ".join(part for part in ours.values() if part)))
    said = set(words(other.text or ""))
    if not known:
        return compare(mine, other, SHIP_TO)
    figures, theirs = (({w for w in side if w[0].isdigit()}) for side in (known, said))
    if not said or (known & said and (figures <= theirs or theirs <= figures)):
        return mine, []
    address = mine.text or ", ".join(part for part in ours.values() if part)
    differs = f"The delivery address was read as {address}, by the model as {other.text}"
    return mine, [doubt(differs, other.evidence.get("text"))]


def compare_kind(order: Order, said: Order) -> Iterator[Finding]:
    """Whether both take the mail for the same thing, as far as goods are concerned."""
    if order.kind != said.kind and {order.kind, said.kind} & ORDERING:
        yield doubt(f"The mail was read as {order.kind}, by the model as {said.kind}")


def compare_lines(order: Order, said: Order) -> tuple[tuple[Line, ...], list[Finding]]:
    """The order's lines with gaps filled, one by one where both readings have as many."""
    mine, other = order.lines, said.lines
    if len(mine) != len(other):
        counts = f"{len(mine)} line(s) were read, by the model {len(other)}"
        only = (*_missing(mine, other, "not by the model"), *_missing(other, mine, "only by it"))
        return mine, [doubt(": ".join((counts, "; ".join(only))) if only else counts)]
    pairs = [_compare_line(one, two) for one, two in zip(mine, other, strict=True)]
    return tuple(line for line, _ in pairs), [found for _, doubts in pairs for found in doubts]


def _compare_line(mine: Line, other: Line) -> tuple[Line, list[Finding]]:
    line, doubts = compare(mine, other, _COMPARED)
    if not codes(mine):
        line, more = compare(line, other, {"code": LINE["code"]})
        return line, [*more, *doubts]
    if codes(other) and not {code(c) for c in codes(mine)} & {code(c) for c in codes(other)}:
        ours, theirs = " / ".join(codes(mine)), " / ".join(codes(other))
        differs = f"Line {mine.position}: the code was read as {ours}, by the model as {theirs}"
        place = other.evidence.get("code") or other.evidence.get("customer_sku")
        doubts = [doubt(differs, place, mine.position), *doubts]
    return line, doubts


def codes(line: Line) -> list[str]:
    """All numbers a line gives for its product."""
    return [number for field in _CODES if (number := getattr(line, field))]


def _missing(lines: tuple[Line, ...], others: tuple[Line, ...], where: str) -> list[str]:
    known = {code(c) for line in others for c in codes(line)}
    only = [line for line in lines if not known & {code(c) for c in codes(line)}]
    names = [(codes(line) or [line.description or f"line {line.position}"])[0] for line in only]
    more = " ..." if len(names) > _SHOWN else ""
    return [f"{', '.join(names[:_SHOWN])}{more} {where}"] if names else []
