"""What several views say about an order: its name and worth, whom it waits for, its history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from bot.views.blocks import compact_json
from bot.views.words import HEADINGS, RANK, escape, label, listed, lower_first, mention, when
from graph.authority import handed_to, open_findings
from graph.order import Answer, Finding, Line, Order, Standing

EVENT_TYPE = "deskhand_order"
STRICTNESS = {"reject": 0, "escalate": 1, "review": 2, "note": 3, None: 4}
BRIEF = 70
"""Characters of a name or subject inside a sentence."""


def metadata(standing: Standing) -> dict[str, object]:
    """What finds this order's messages again."""
    payload = {"order_id": standing.order_id, "version": standing.version}
    return {"event_type": EVENT_TYPE, "event_payload": payload}


def button_value(standing: Standing, action: str) -> str:
    """The value of a button: which order, as the person sees it, and what to do."""
    return compact_json({"order": standing.order_id, "version": standing.version, "action": action})


def is_order(standing: Standing) -> bool:
    """Whether approving this would book something; all other mail is only closed."""
    return standing.order.kind == "order"


def customer_name(standing: Standing) -> str:
    """The customer as we know it, else as the mail says, else the sender. Raw text."""
    order = standing.order
    known = (c.label for c in order.customer_candidates if c.id == order.customer_id)
    names = (*known, order.customer.name, standing.sender, standing.subject)
    return next((name for name in names if name and label(name)), "unknown sender")


def title(standing: Standing) -> str:
    """``Order 12 · Müller Bau · PO 4711``, as plain text for a header."""
    number = label(standing.order.po_number or "", 30)
    named = f"{_named(standing, 40)} · {label(customer_name(standing), 60)}"
    if not number:
        return named
    return f"{named} · {number}" if number.upper().startswith("PO") else f"{named} · PO {number}"


def in_words(standing: Standing) -> str:
    """``Order 4711 from Müller Bau``, as mrkdwn."""
    return f"{escape(_named(standing, 40))} from {escape(customer_name(standing), BRIEF)}"


def _named(standing: Standing, limit: int) -> str:
    return f"{'Order' if is_order(standing) else 'Mail'} {label(standing.order_id, limit)}"


def line_amount(line: Line) -> Decimal | None:
    """What a line costs, None where the document leaves it open."""
    if line.amount is not None or line.quantity is None or line.price is None:
        return line.amount
    return line.quantity * line.price


def worth(order: Order) -> Decimal | None:
    """The order's value: the total it states, or the sum of its lines where all are priced."""
    amounts = [line_amount(line) for line in order.lines]
    known = [amount for amount in amounts if amount is not None]
    if order.total is not None or not amounts or len(known) < len(amounts):
        return order.total
    return sum(known, Decimal(0))


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """Strictest first, then by line."""
    return sorted(findings, key=lambda f: (STRICTNESS[f.action], f.line or 0, RANK[f.type]))


def decider(finding: Finding) -> str | None:
    """Who is asked about a finding: the Slack id of its owner, None for the desk."""
    return finding.owner if finding.action == "escalate" else None


def waits_for(standing: Standing) -> tuple[str | None, ...]:
    """Who has to act: Slack ids of named people, None for the desk. Empty when nobody."""
    if standing.state == "failed":
        return (None,)
    if standing.state != "waiting":
        return ()
    asked = [decider(finding) for finding in by_weight(open_findings(standing))]
    return tuple(dict.fromkeys(asked or [handed_to(standing)]))


def people(asked: Sequence[str | None]) -> str:
    """``the desk and @anna``, as mrkdwn."""
    return listed("the desk" if person is None else mention(person) for person in asked)


def headline(finding: Finding, line_word: str = " on line ") -> str:
    """``price differs on line 2``."""
    place = "" if finding.line is None else f"{line_word}{finding.line}"
    return f"{lower_first(HEADINGS[finding.type])}{place}"


def reasons(findings: Sequence[Finding], limit: int = 3) -> str:
    """``price differs on line 2, new customer and 4 more``."""
    said = [headline(finding) for finding in findings[:limit]]
    more = len(findings) - limit
    return listed([*said, f"{more} more"] if more > 0 else said) if said else ""


def history(standing: Standing, limit: int = 4) -> list[str]:
    """The latest answers, one sentence of mrkdwn each."""
    return [told(answer, standing) for answer in standing.answers[-limit:]]


def told(answer: Answer, standing: Standing) -> str:
    """One answer in a sentence: who did what, when and why."""
    sentence = f"{_deed(answer, standing)} at {when(answer.at)}"
    return f"{sentence}: {escape(answer.reason, 300)}" if answer.reason else sentence


def _deed(answer: Answer, standing: Standing) -> str:
    by = mention(answer.by)
    if answer.action == "edit":
        return f"Edited by {by} ({_changes(answer)})" if answer.changes else f"Edited by {by}"
    if answer.action == "escalate":
        return f"Escalated by {by}" + (f" to {mention(answer.to)}" if answer.to else "")
    if answer.action == "reject":
        return f"Rejected by {by}"
    if not is_order(standing):
        return f"Handled by {by}"
    # While others still have to decide, or booking failed, nothing may read as approved.
    return f"Approved by {by}" if standing.state == "booked" else f"Settled by {by}"


def _changes(answer: Answer, limit: int = 4) -> str:
    said = [_change(field, text) for field, text in answer.changes.items()]
    more = [f"{len(said) - limit} more"] if len(said) > limit else []
    return ", ".join([*said[:limit], *more])


def _change(field: str, text: str) -> str:
    """``line 1 quantity now 12`` for ``lines.1.quantity``."""
    words = field.replace("lines.", "line ").replace("ship_to.address", "ship-to")
    words = words.removesuffix("_id").replace("_", " ").replace(".", " ")
    if words.endswith(" remove"):
        return f"{escape(words, 40)}d"
    return f"{escape(words, 40)} now {escape(text, 40)}"
