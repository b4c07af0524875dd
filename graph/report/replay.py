"""Replay as pure sums: one JSON object per order, compared with the truth where there is one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from graph.order import Decision, Finding, Mail, Order
from graph.report.shape import order_json

Line = Mapping[str, Any]
BOOKED = ("book", "book_with_note")
HEADER = ("customer_id", "po_number", "requested_date")


def replay_line(
    name: str, mail: Mail, order: Order, decision: Decision, *, ms: float
) -> dict[str, Any]:
    """One order as the contract of ``deskhand replay`` writes it. ``ms`` is its time in ms."""
    return {
        "mail": name,
        "message_id": mail.message_id,
        "part": order.part,
        "kind": order.kind,
        "outcome": decision.outcome,
        "order_type": decision.order_type,
        "order": order_json(order),
        "findings": [_finding(finding) for finding in decision.findings],
        "extractor": order.extractor,
        "model_calls": order.model_calls,
        "tokens": order.tokens,
        "ms": round(ms, 1),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    quoted = finding.evidence
    return {
        "type": finding.type,
        "line": finding.line,
        "action": finding.action,
        "owner": finding.owner,
        "message": finding.message,
        "candidates": [candidate.id for candidate in finding.candidates],
        "evidence": quoted and {"source": quoted.source, "quote": quoted.quote},
    }


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which an order differs from the truth."""

    mail: str
    part: int
    field: str
    ours: str | None
    truth: str | None


@dataclass
class Score:
    """What a replay came to. Lines count as right with SKU, quantity and unit of the truth."""

    orders: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    compared: int = 0
    right: int = 0
    lines: int = 0
    lines_right: int = 0
    outcomes_right: int = 0
    outcomes_compared: int = 0
    wrong_booked: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """Orders of the truth that the replay did not find."""

    @property
    def straight_through(self) -> int:
        """Orders that nobody would have been asked about."""
        return sum(self.outcomes[outcome] for outcome in BOOKED)

    def summary(self) -> dict[str, Any]:
        """The figures as JSON; single differences are listed elsewhere."""
        return {
            "orders": self.orders,
            "straight_through": self.straight_through,
            "wrong_booked": self.wrong_booked,
            "outcomes": dict(self.outcomes),
            "kinds": dict(self.kinds),
            "findings": dict(self.findings),
            "compared": self.compared,
            "right": self.right,
            "lines": self.lines,
            "lines_right": self.lines_right,
            "outcomes_compared": self.outcomes_compared,
            "outcomes_right": self.outcomes_right,
            "missing": self.missing,
        }


def score(lines: Iterable[Line], truths: Sequence[Mapping[str, Any]] = ()) -> Score:
    """Add up replayed orders, compared with the truth for the same mail and part."""
    known = {_address(truth): truth for truth in truths}
    by_id = {(t["message_id"], int(t.get("part") or 1)): t for t in truths if t.get("message_id")}
    total, seen = Score(), set()
    for line in lines:
        total.orders += 1
        total.outcomes[line["outcome"]] += 1
        total.kinds[line["kind"]] += 1
        total.findings.update(finding["type"] for finding in line["findings"])
        truth = known.get(_address(line)) or by_id.get((line["message_id"], line["part"]))
        if truth is not None:
            seen.add(_address(truth))
            _compare(total, line, truth)
    total.missing = [f"{mail}, part {part}" for mail, part in known if (mail, part) not in seen]
    return total


def _address(line: Mapping[str, Any]) -> tuple[str, int]:
    return str(line.get("mail") or line.get("message_id")), int(line.get("part") or 1)


def _compare(total: Score, line: Line, truth: Mapping[str, Any]) -> None:
    total.compared += 1
    expected = truth.get("order") or {}
    is_order = truth.get("kind", "order") == "order"
    different = differences(line, expected) if is_order else []
    if is_order:
        theirs = expected.get("lines") or []
        total.lines += len(theirs)
        total.lines_right += _shared(line["order"]["lines"], theirs)
    if truth.get("kind", line["kind"]) != line["kind"]:
        different.append(_difference(line, "kind", line["kind"], truth["kind"]))
    total.differences += different
    total.right += not different
    wanted = truth.get("outcome")
    booked = line["outcome"] in BOOKED
    if wanted:
        total.outcomes_compared += 1
        total.outcomes_right += booked == (wanted in BOOKED)
    if booked and (different or (wanted and wanted not in BOOKED)):
        total.wrong_booked.append(f"{line['mail']}, part {line['part']}")


def differences(line: Line, expected: Mapping[str, Any]) -> list[Difference]:
    """Every field in which a replayed order differs from what was really booked.

    Only what the truth states is compared: a field it leaves out, or a line's price it
    does not give, counts as not known.
    """
    ours = line["order"]
    found = [
        _difference(line, name, ours.get(name), expected[name])
        for name in HEADER
        if name in expected and ours.get(name) != expected[name]
    ]
    address = (expected.get("ship_to") or {}).get("address_id")
    if "ship_to" in expected and address != ours["ship_to"]["address_id"]:
        found.append(_difference(line, "ship_to", ours["ship_to"]["address_id"], address))
    mine, theirs = _counted(ours["lines"]), _counted(expected.get("lines") or [])
    for key in (mine - theirs).elements():
        found.append(_difference(line, "line", " ".join(map(str, key)), None))
    for key in (theirs - mine).elements():
        found.append(_difference(line, "line", None, " ".join(map(str, key))))
    return found


def _difference(line: Line, name: str, ours: object, truth: object) -> Difference:
    return Difference(
        line["mail"],
        line["part"],
        name,
        None if ours is None else str(ours),
        None if truth is None else str(truth),
    )


def _counted(lines: Sequence[Line]) -> Counter[tuple[str | None, str | None, str | None]]:
    return Counter(
        (line.get("sku"), _figure(line.get("quantity")), line.get("unit")) for line in lines
    )


def _figure(text: object) -> str | None:
    if text is None:
        return None
    try:
        return format(Decimal(str(text)).normalize(), "f")
    except InvalidOperation:
        return str(text)


def _shared(mine: Sequence[Line], theirs: Sequence[Line]) -> int:
    return (_counted(mine) & _counted(theirs)).total()
