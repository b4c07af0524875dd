"""The parts of a card: what is asked, what was ordered, and the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.views.blocks import Block, actions, button, context, fields, fitting, plain, section
from bot.views.facts import button_value, customer_name, decider, is_order, people, worth
from bot.views.words import HEADINGS, count, day, escape, label, money, number, when
from graph.authority import open_findings
from graph.order import Candidate, Finding, Line, Order, Standing
from graph.playbook import Playbook

LINES_SHOWN = 10
FINDINGS_SHOWN = 5
CANDIDATES_SHOWN = 4
STAGES = {
    "shadow": "prepared silently",
    "draft": "a person decides each one",
    "auto": "clean ones are booked by themselves",
}


def question(finding: Finding, standing: Standing) -> Block:
    """One finding: heading, who decides, the reason, what could be meant, the source."""
    place = "" if finding.line is None else f" · line {finding.line}"
    decides = people([decider(finding)])
    rows = [f"*{HEADINGS[finding.type]}*{place} · {decides} decides", escape(finding.message, 600)]
    candidates = finding.candidates or _line_candidates(finding, standing.order)
    if candidates:
        rows.append(f"Could be: {_could_be(candidates)}")
    if finding.evidence:
        quote, source = escape(finding.evidence.quote, 500), escape(finding.evidence.source, 100)
        rows.append(f"> “{quote}” ({source})")
    return section("\n".join(rows))


def questions(findings: Sequence[Finding], standing: Standing) -> list[Block]:
    """The first findings in full; how many more there are of which type."""
    blocks = [question(finding, standing) for finding in findings[:FINDINGS_SHOWN]]
    rest = [HEADINGS[finding.type] for finding in findings[FINDINGS_SHOWN:]]
    if rest:
        types = ", ".join(f"{rest.count(name)} × {name}" for name in dict.fromkeys(rest))
        blocks.append(section(f"*And {len(rest)} more:* {types}. Edit shows every line."))
    return blocks


def _line_candidates(finding: Finding, order: Order) -> tuple[Candidate, ...]:
    """A question about the product is about the candidates of its line."""
    if finding.type not in ("unknown_product", "ambiguous_product", "discontinued_product"):
        return ()
    return next((x.candidates for x in order.lines if x.position == finding.line), ())


def _could_be(candidates: Sequence[Candidate]) -> str:
    said = [f"{escape(c.id, 40)} {escape(c.label, 60)}" for c in candidates[:CANDIDATES_SHOWN]]
    more = len(candidates) - CANDIDATES_SHOWN
    return " · ".join([*said, f"{more} more"] if more > 0 else said)


def facts(standing: Standing, playbook: Playbook, now: datetime) -> Block:
    """Who ordered, where it goes, when, and what it is worth."""
    order = standing.order
    return fields(
        [
            ("Customer", _customer(standing)),
            ("PO number", escape(order.po_number, 60) if order.po_number else "not stated"),
            ("Ship-to", _ship_to(order)),
            ("Requested date", _requested(order, playbook, now)),
            ("Value", f"{_value(order)} · {count(len(order.lines), 'line')}"),
            ("Order type", _order_type(standing)),
        ]
    )


def _customer(standing: Standing) -> str:
    name, number_ = escape(customer_name(standing), 80), standing.order.customer_id
    return f"{name} ({escape(number_, 40)})" if number_ else f"{name}\n*no customer found for it*"


def _ship_to(order: Order) -> str:
    place = order.ship_to
    town = " ".join(part for part in (place.postal_code, place.city) if part)
    stated = ", ".join(part for part in (place.name, place.street, town) if part)
    known = next((c.label for c in place.candidates if c.id == place.address_id), None)
    words = escape(known or place.text or stated, 150)
    if place.address_id:
        return f"{words} ({escape(place.address_id, 40)})" if words else escape(place.address_id)
    return f"{words}\n*not on file*" if words else "not stated"


def _requested(order: Order, playbook: Playbook, now: datetime) -> str:
    if order.requested_date is None:
        return "not stated"
    today = now.astimezone(ZoneInfo(playbook.timezone)).date()
    past = "\n*in the past*" if order.requested_date < today else ""
    return day(order.requested_date) + past


def _value(order: Order) -> str:
    value = worth(order)
    return "not known" if value is None else money(value, order.currency)


def _order_type(standing: Standing) -> str:
    decision = standing.decision
    if decision is None or decision.order_type is None:
        return "not known"
    name = escape(decision.order_type, 60)
    return f"{name}\n{STAGES[decision.stage]}" if decision.stage else name


def lines(order: Order, findings: Sequence[Finding]) -> list[Block]:
    """About ten lines, those with a finding before all others; how many are left out."""
    if not order.lines:
        return []
    asked = {finding.line for finding in findings}
    flagged_first = sorted(order.lines, key=lambda line: line.position not in asked)
    shown = sorted(flagged_first[:LINES_SHOWN], key=lambda line: line.position)
    rows = [line_row(line, order.currency, line.position in asked) for line in shown]
    rows = fitting(rows, 2800)
    hidden = len(order.lines) - len(rows)
    if hidden:
        rows.append(f"and {count(hidden, 'more line')}")
    return [section("\n".join(rows))]


def line_row(line: Line, currency: str | None, flagged: bool) -> str:
    """``⚠ *1* · 36 pcs (3 dozen) · K-100 Ball valve · 4.50 EUR``; ⚠ where something is asked."""
    mark = "⚠ " if flagged else ""
    parts = [f"{mark}*{line.position}*", _quantity(line), _product(line), _price(line, currency)]
    return " · ".join(part for part in parts if part)


def _quantity(line: Line) -> str:
    stated = _amount(line.stated_quantity, line.stated_unit)
    ours = _amount(line.quantity, line.unit)
    if not ours:
        return stated or "*no quantity*"
    same = (line.stated_quantity, line.stated_unit or line.unit) == (line.quantity, line.unit)
    return ours if same or not stated else f"{ours} ({stated})"


def _amount(quantity: Decimal | None, unit: str | None) -> str:
    if quantity is None:
        return ""
    return f"{number(quantity)} {escape(unit, 15)}" if unit else number(quantity)


def _product(line: Line) -> str:
    words = escape(line.description or "", 70)
    if line.sku:
        return f"{escape(line.sku, 40)} {words}".rstrip()
    code = line.customer_sku or line.code or line.supplier_sku or line.gtin or ""
    stated = " ".join(part for part in (escape(code, 40), words) if part)
    return f"*no product* {stated}".rstrip()


def _price(line: Line, currency: str | None) -> str:
    if line.price is not None:
        return money(line.price, currency)
    if line.stated_price is None:
        return "no price"
    per = "" if line.price_per == 1 else f" per {number(line.price_per)}"
    return money(line.stated_price, currency) + per


def source(standing: Standing) -> Block:
    """Small print: the mail it came from."""
    return context(source_words(standing))


def source_words(standing: Standing) -> str:
    """The same as a line of mrkdwn."""
    mail = f"From {escape(standing.sender, 80)} “{escape(standing.subject, 120)}”"
    return f"{mail} · received {when(standing.received_at)}"


def buttons(standing: Standing, playbook: Playbook) -> list[Block]:
    """The buttons that an order in this state takes, in the order of the contract.

    Mail that is no order can only be closed or handed on: "Approve as handled" books
    nothing. A failed order is only tried again, so no other button would have an effect.
    """
    row = [
        button(text, name, button_value(standing, name))
        for name, text in _offered(standing).items()
    ]
    if not row:
        return []
    row[0] |= {"style": "primary"} | _confirm(standing, playbook)
    return [actions(row)]


def _offered(standing: Standing) -> dict[str, str]:
    if standing.state == "failed":
        return {"approve": "Approve again" if standing.decision else "Approve another try"}
    if standing.state != "waiting":
        return {}
    if is_order(standing):
        return {"approve": "Approve", "edit": "Edit", "escalate": "Escalate", "reject": "Reject"}
    return {"approve": "Approve as handled", "escalate": "Escalate", "reject": "Reject"}


def _confirm(standing: Standing, playbook: Playbook) -> Block:
    """A second look at an order above the playbook's value limit."""
    limit, value = playbook.rule("value_limit").threshold, worth(standing.order)
    high = limit is not None and value is not None and value > limit
    flagged = any(finding.type == "value_limit" for finding in open_findings(standing))
    if not is_order(standing) or not (high or flagged):
        return {}
    amount = label(_value(standing.order), 60)
    words = [f"{label(customer_name(standing), 60)} orders for {amount}."]
    if limit is not None:
        words.append(f"The limit is {money(limit, playbook.currency)}.")
    return {
        "confirm": {
            "title": plain("Above the value limit"),
            "text": plain(" ".join(words)),
            "confirm": plain("Approve"),
            "deny": plain("Not yet"),
        }
    }


def concerned(findings: Sequence[Finding], order: Order) -> Order:
    """The order with only the lines that the findings are about, all where they name none."""
    asked = {finding.line for finding in findings if finding.line is not None}
    kept = tuple(line for line in order.lines if line.position in asked)
    return order.model_copy(update={"lines": kept}) if kept else order
