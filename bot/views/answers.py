"""What a person typed into a window, read into typed values or complaints at the field.

``values`` is Slack's ``view.state.values``: block id -> action id -> the field's state.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.views.modal import (
    LONGEST,
    PERSON,
    REASON,
    REMOVE,
    VALUE,
    editable,
    offered,
    quantity_text,
)
from bot.views.words import clean
from graph.order import Candidate, Line, Standing, plain

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,' \u00a0\u202f])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?")
_SIMPLE = re.compile(r"\d+(?:[.,]\d+)?")
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


@dataclass(frozen=True, slots=True)
class Edits:
    """What was corrected, as in ``graph.order.Answer.changes``; complaints by block id."""

    changes: dict[str, str]
    errors: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, and where somebody else should decide, who. Complaints by block id."""

    reason: str
    errors: dict[str, str]
    to: str = ""


@dataclass(frozen=True, slots=True)
class _Field:
    """One field of the edit window: its block, its key in the changes, what it showed."""

    block: str
    key: str
    before: str
    candidates: Sequence[Candidate] = ()
    may_be_empty: bool = False

    def blocks(self) -> tuple[str, str]:
        return self.block, f"{self.block}_choice"


def parse_reason(values: Values) -> Reason:
    """The reason given; a reason of blanks is none."""
    reason = _typed(values, REASON)
    return Reason(reason, {} if reason else {REASON: "Please write a reason."})


def parse_escalate(values: Values) -> Reason:
    """The person picked, and the reason."""
    given, to = parse_reason(values), _typed(values, PERSON)
    errors = given.errors | ({} if to else {PERSON: "Please choose who should decide."})
    return Reason(given.reason, errors, to)


def parse_edit(
    values: Values,
    standing: Standing,
    addresses: Sequence[tuple[str, str]] = (),
    carried: Mapping[str, str] | None = None,
) -> Edits:
    """Read the edit window: only what differs from the order as it stands.

    ``addresses`` are those the window was drawn with. ``carried`` are changes made on other
    pages (``Sheet.changes``); what this page shows replaces them.
    """
    changes: dict[str, str] = dict(carried or {})
    errors: dict[str, str] = {}
    for line in editable(standing):
        if f"line_{line.position}_quantity" in values:
            found = _line(values, line)
            for key in ("quantity", "sku", "remove"):
                changes.pop(f"lines.{line.position}.{key}", None)
            changes |= found.changes
            errors |= found.errors
    for field in _head(standing, addresses):
        if any(block in values for block in field.blocks()):
            changes.pop(field.key, None)
            found = _read(values, field)
            changes |= found.changes
            errors |= found.errors
    return _some_line_left(values, standing, Edits(changes, errors))


def _head(standing: Standing, addresses: Sequence[tuple[str, str]]) -> list[_Field]:
    order = standing.order
    places = [Candidate(id=id_, label=words) for id_, words in addresses]
    date = order.requested_date.isoformat() if order.requested_date else ""
    return [
        _Field("customer_id", "customer_id", order.customer_id or "", order.customer_candidates),
        _Field(
            "ship_to",
            "ship_to.address_id",
            order.ship_to.address_id or "",
            places or order.ship_to.candidates,
        ),
        _Field("po_number", "po_number", order.po_number or "", may_be_empty=True),
        _Field("requested_date", "requested_date", date, may_be_empty=True),
    ]


def _line(values: Values, line: Line) -> Edits:
    """A line that is to be removed needs no other field to be right."""
    name, key = f"line_{line.position}", f"lines.{line.position}"
    if _typed(values, f"{name}_{REMOVE}"):
        return Edits({f"{key}.{REMOVE}": "yes"}, {})
    sku = _read(values, _Field(f"{name}_sku", f"{key}.sku", line.sku or "", line.candidates))
    quantity = _quantity(values, line, f"{name}_quantity", f"{key}.quantity")
    return Edits(sku.changes | quantity.changes, sku.errors | quantity.errors)


def _read(values: Values, field: _Field) -> Edits:
    """A field with or without a menu above it; one of the two may differ from before."""
    written, chosen = _typed(values, field.block), _typed(values, f"{field.block}_choice")
    in_menu = any(candidate.id == field.before for candidate in offered(field.candidates))
    before = field.before if in_menu else clean(field.before)
    typed = written if in_menu or written != before else ""
    picked = chosen if chosen != before else ""
    if typed and picked and typed != picked:
        return Edits({}, {field.block: "Choose one above or write one here, not both."})
    if before and not written and not chosen and len(field.before) <= LONGEST:
        if field.may_be_empty:
            return Edits({field.key: ""}, {})
        return Edits({}, {field.block: "This cannot be left empty; please write the right one."})
    after = typed or picked or before
    return Edits({field.key: after} if after != before else {}, {})


def _quantity(values: Values, line: Line, block: str, key: str) -> Edits:
    written, before = _typed(values, block), quantity_text(line)
    if written == before or (not written and len(before) > LONGEST):
        return Edits({}, {})
    quantity, complaint = read_quantity(written)
    if quantity is None:
        return Edits({}, {block: complaint})
    same = bool(before) and quantity == line.quantity
    return Edits({} if same else {key: plain(quantity)}, {})


def read_quantity(text: str) -> tuple[Decimal | None, str]:
    """A quantity above zero in German or English style, or None and what is wrong with it.

    Of ``1.234`` nobody can say whether it is above a thousand, so it is asked again.
    """
    if not text:
        return None, "Write a quantity, or tick Remove this line."
    if _EITHER.fullmatch(text):
        whole = re.sub(r"[.,]", "", text)
        return None, f"{text} can be read in two ways. Write {whole}, or {text}0."
    grouped = _GROUPED.fullmatch(text)
    if not grouped and not _SIMPLE.fullmatch(text):
        return None, "Write only a number, such as 12 or 2.5."
    digits = text.replace(grouped[1], "") if grouped else text
    value = Decimal(digits.replace(",", "."))
    return (value, "") if value > 0 else (None, "The quantity must be above 0.")


def _some_line_left(values: Values, standing: Standing, edits: Edits) -> Edits:
    positions = [line.position for line in editable(standing)]
    if not positions or any(f"lines.{n}.{REMOVE}" not in edits.changes for n in positions):
        return edits
    here = (f"line_{n}_{REMOVE}" for n in positions if f"line_{n}_{REMOVE}" in values)
    complaint = "An order needs a line. To drop the whole order, press Reject instead."
    return Edits(edits.changes, edits.errors | dict.fromkeys(list(here)[:1], complaint))


def _typed(values: Values, block: str) -> str:
    """What a field holds, whatever kind of field it is; empty where nothing."""
    state = values.get(block, {}).get(VALUE, {})
    option = state.get("selected_option") or next(iter(state.get("selected_options") or ()), None)
    if option:
        return str(option["value"])
    written = state.get("value") or state.get("selected_date") or state.get("selected_user")
    return clean(str(written or ""))
