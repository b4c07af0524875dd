"""Is the order complete, new, and judged on fresh data?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from graph import normal
from graph.catalog import PastLine
from graph.check.case import Case, number
from graph.order import Finding
from graph.ports import Earlier

_SAME_AGAIN = timedelta(days=7)
"""Within this time the same lines without a purchase order number look like the same order."""
_HABIT = 3
"""From this many earlier orders on, a customer who always gave a number is missed one."""


def missing_lines(case: Case) -> Iterator[Finding]:
    """An order without a single line."""
    if not case.order.lines:
        yield Finding(type="missing_information", message="The order has no lines")


def missing_po_number(case: Case) -> Iterator[Finding]:
    """No purchase order number, where this customer always gives one."""
    if case.order.po_number or case.customer is None:
        return
    before = _booked(case, case.customer.customer_id)
    if len(before) >= _HABIT and all(earlier.po_number for earlier in before):
        yield Finding(
            type="missing_information",
            message=f"No purchase order number is stated; {case.customer.name} gave one in "
            f"all {len(before)} earlier orders",
        )


def duplicate_order(case: Case) -> Iterator[Finding]:
    """The same customer and purchase order number, or without one the same lines this week."""
    if case.customer is None:
        return
    for before in (*case.earlier, *_booked(case, case.customer.customer_id)):
        if before.customer_id != case.customer.customer_id:
            continue
        if same := _sameness(case, before):
            yield Finding(
                type="duplicate_order",
                message=f"{before.reference} of {before.day.isoformat()} has {same}",
                evidence=case.order.evidence.get("po_number"),
            )
            return


def _sameness(case: Case, before: Earlier) -> str | None:
    ours, theirs = (_po_number(po) for po in (case.order.po_number, before.po_number))
    if ours and ours == theirs:
        return f"the same purchase order number {case.order.po_number}"
    recent = abs(case.today - before.day) <= _SAME_AGAIN
    lines = case.quantities
    if not (ours and theirs) and recent and lines and lines == _sums(before):
        return f"the same {number(Decimal(len(lines)))} product(s) in the same quantities"
    return None


def _po_number(text: str | None) -> str:
    """A purchase order number to compare: ``PO 4711`` and ``4711`` are the same."""
    return normal.code(text or "").removeprefix("PO")


def _sums(earlier: Earlier) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for sku, quantity in earlier.lines:
        sums[sku] = sums.get(sku, Decimal(0)) + quantity
    return sums


def _booked(case: Case, customer_id: str) -> list[Earlier]:
    """This customer's orders in the ERP up to today, the newest first."""
    orders: dict[str, list[PastLine]] = {}
    for past in case.catalog.history_of(customer_id):
        if past.order_date <= case.today:
            orders.setdefault(past.order_id, []).append(past)
    booked = [
        Earlier(
            reference=f"ERP order {order_id}",
            customer_id=customer_id,
            po_number=next((past.po_number for past in lines if past.po_number), None),
            day=lines[0].order_date,
            lines=tuple((past.sku, past.quantity) for past in lines),
        )
        for order_id, lines in orders.items()
    ]
    return sorted(booked, key=lambda earlier: earlier.day, reverse=True)


def stale_data(case: Case) -> Iterator[Finding]:
    """The ERP was read longer ago than the playbook's hours, if it gives any."""
    hours = case.playbook.rule("stale_data").threshold
    age = (case.now - case.catalog.read_at) / timedelta(hours=1)
    if hours is not None and age > float(hours):
        yield Finding(
            type="stale_data",
            message=f"The ERP data is {age:.0f} hours old, more than {number(hours)}",
        )
