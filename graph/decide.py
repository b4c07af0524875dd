"""decide: what becomes of an order, by the playbook, the findings and people's answers.

An order is booked only when nothing is open, the order can be booked at all, and either a
person approved it as it now stands or its order type is rolled out to stage auto.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.check.price import order_value
from graph.lookup import Catalog
from graph.order import Answer, Decision, Finding, Kind, Order, Outcome
from graph.playbook import Playbook, When

NEVER_FOR_THE_DESK: frozenset[Kind] = frozenset({"spam", "invoice", "offer", "confirmation"})
"""Mail of these kinds is set aside without a person, where its kind is certain."""


def decide(
    order: Order,
    findings: Sequence[Finding],
    playbook: Playbook,
    catalog: Catalog,
    answers: Sequence[Answer],
    *,
    live: bool = True,
) -> Decision:
    """Return the decision on an order as it stands.

    ``answers`` are all that people answered so far, oldest first. Where not ``live``,
    stage auto behaves as draft: nothing is booked without a person.
    """
    ruled = [_ruled(finding, playbook, answers) for finding in findings]
    settled = _settled(answers)
    unsettled = [finding for finding in ruled if finding.key not in settled]
    order_type = next((t for t in playbook.order_types if fits(t.when, order, catalog)), None)
    stage = order_type.stage if order_type else "draft"
    approver = _approver(answers)
    # What only the model has read is never booked by itself, whatever the rules allow.
    alone = stage == "auto" and live and not answers and order.extractor != "model"
    outcome = _by_people(answers) or _set_aside(order, unsettled) or _by_findings(unsettled)
    if outcome in ("book", "book_with_note"):
        if approver and order.kind != "order":
            outcome = "ignore"
        elif not (approver or alone) or bookable(order, addresses_known=catalog.knows("addresses")):
            outcome = "escalate" if _handed_on(answers) else "review"
    return Decision(
        outcome=outcome,
        order_type=order_type.name if order_type else None,
        stage=stage,
        findings=tuple(ruled),
        open=_open(outcome, unsettled),
        approved_by=approver if outcome in ("book", "book_with_note") else None,
    )


def bookable(order: Order, *, addresses_known: bool = True) -> str | None:
    """The sentence why this order can never be booked as it stands, or None where it can.

    ``addresses_known`` is False for an ERP that keeps no addresses to choose from.
    """
    if order.kind != "order":
        return f"The mail is no order but: {order.kind}."
    if order.customer_id is None:
        return "The customer is not known."
    if not order.lines:
        return "The order has no lines."
    for line in order.lines:
        if line.sku is None:
            return f"The product of line {line.position} is not known."
        if line.quantity is None or line.quantity <= 0:
            return f"The quantity of line {line.position} is not known."
    if addresses_known and order.ship_to.address_id is None:
        return "The delivery address is not known."
    return None


# --- order types ------------------------------------------------------------------


def fits(when: When, order: Order, catalog: Catalog) -> bool:
    """Whether an order meets every condition of an order type."""
    return (
        _customer_fits(when, order, catalog)
        and _products_fit(when, order, catalog)
        and (when.address is None or order.ship_to.address_id is not None)
        and (when.max_lines is None or len(order.lines) <= when.max_lines)
        and _value_fits(when, order, catalog)
    )


def _customer_fits(when: When, order: Order, catalog: Catalog) -> bool:
    customer_id = order.customer_id
    if when.customers is not None and customer_id not in when.customers:
        return False
    if when.customer == "new":
        return customer_id is None
    if when.customer == "established":
        return customer_id is not None and catalog.has_ordered(customer_id)
    return when.customer is None or customer_id is not None


def _products_fit(when: When, order: Order, catalog: Catalog) -> bool:
    skus = [line.sku for line in order.lines]
    if when.products is None:
        return True
    if not skus or None in skus:
        return False
    bought = (sku is not None and catalog.has_bought(order.customer_id, sku) for sku in skus)
    return when.products == "known" or all(bought)


def _value_fits(when: When, order: Order, catalog: Catalog) -> bool:
    """A value nobody can tell is not below any limit."""
    if when.max_value is None:
        return True
    value = order_value(order, catalog)
    return value is not None and value <= when.max_value


# --- what people said -------------------------------------------------------------


def _ruled(finding: Finding, playbook: Playbook, answers: Sequence[Answer]) -> Finding:
    """The finding with action and owner: by the playbook, unless a person handed it on."""
    rule = playbook.rule(finding.type)
    action, owner = rule.action, rule.owner
    for answer in answers:
        if answer.action == "escalate" and answer.to and finding.key in answer.settled:
            action, owner = "escalate", answer.to
    return finding.model_copy(update={"action": action, "owner": owner})


def _settled(answers: Sequence[Answer]) -> frozenset[str]:
    """Keys of the findings somebody took responsibility for and nobody handed on since."""
    settled: frozenset[str] = frozenset()
    for answer in answers:
        if answer.action in ("approve", "edit"):
            settled |= frozenset(answer.settled)
        elif answer.action == "escalate":
            settled -= frozenset(answer.settled)
    return settled


def _approver(answers: Sequence[Answer]) -> str | None:
    """Who approved last, unless the order was edited or handed on since."""
    last = answers[-1] if answers else None
    return last.by if last and last.action == "approve" else None


def _handed_on(answers: Sequence[Answer]) -> bool:
    return bool(answers) and answers[-1].action == "escalate"


def _by_people(answers: Sequence[Answer]) -> Outcome | None:
    return "reject" if any(answer.action == "reject" for answer in answers) else None


# --- what the findings say --------------------------------------------------------


def _set_aside(order: Order, unsettled: Sequence[Finding]) -> Outcome | None:
    """Mail certainly not for the desk, with nothing else to look at."""
    certain = order.kind in NEVER_FOR_THE_DESK and order.certain_kind
    harmless = all(finding.type == "not_an_order" for finding in unsettled)
    return "ignore" if certain and harmless else None


def _by_findings(unsettled: Sequence[Finding]) -> Outcome:
    """The strictest action of what is not settled."""
    actions = {finding.action for finding in unsettled}
    if "reject" in actions:
        return "reject"
    if "escalate" in actions:
        return "escalate"
    if "review" in actions:
        return "review"
    return "book_with_note" if "note" in actions else "book"


def _open(outcome: Outcome, unsettled: Sequence[Finding]) -> tuple[str, ...]:
    if outcome in ("reject", "ignore"):
        return ()
    return tuple(f.key for f in unsettled if f.action in ("review", "escalate"))
