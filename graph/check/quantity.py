"""Is the quantity possible, and is it usual for this customer?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import exp, log
from statistics import median

from graph.catalog import PastLine
from graph.check.case import Case, evidence, number
from graph.match.unit import counted
from graph.order import Finding

_FACTOR = "3"
"""By this factor above or below the usual a quantity is unusual, unless the playbook says else."""
_FEW = 3
"""With fewer earlier orders than this, or only those of others, the factor is doubled."""
_SPREADS = 3 * 1.4826
"""Three standard deviations, from the median absolute deviation."""


def missing_quantity(case: Case) -> Iterator[Finding]:
    """A line that does not say how many."""
    for line in case.order.lines:
        if line.quantity is None and line.stated_quantity is None:
            yield Finding(
                type="missing_information",
                message=f"Line {line.position} states no quantity",
                line=line.position,
                evidence=evidence(line, "description", "code", "supplier_sku", "customer_sku"),
            )


def invalid_quantity(case: Case) -> Iterator[Finding]:
    """Zero, less than zero, a fraction of a piece, or less than the smallest order."""
    for line in case.order.lines:
        quantity = line.quantity if line.quantity is not None else line.stated_quantity
        product = case.catalog.product(line.sku) if line.sku else None
        if quantity is None:
            continue
        what = f"{number(quantity)} {line.unit or ''}".rstrip()
        smallest = product.min_quantity if product else None
        if quantity <= 0:
            problem = f"{what} cannot be ordered; the quantity must be above zero"
        elif counted(line.unit) and quantity != quantity.to_integral_value():
            problem = f"{what} cannot be ordered; only whole {line.unit} are sold"
        elif smallest and line.quantity is not None and quantity < smallest:
            problem = f"{what} is below the smallest order of {number(smallest)} {line.unit or ''}"
        else:
            continue
        yield Finding(
            type="invalid_quantity",
            message=f"Line {line.position}: {problem.rstrip()}",
            line=line.position,
            evidence=evidence(line, "stated_quantity"),
        )


def unit_mismatch(case: Case) -> Iterator[Finding]:
    """A quantity in a unit that cannot be turned into the product's own."""
    for line in case.order.lines:
        if line.unit_problem:
            yield Finding(
                type="unit_mismatch",
                message=f"Line {line.position}: {line.unit_problem}",
                line=line.position,
                evidence=evidence(line, "stated_unit", "stated_quantity", "description"),
            )


def unusual_quantity(case: Case) -> Iterator[Finding]:
    """Far from what this customer, or without their history everybody, usually orders.

    The usual is the median of earlier orders; how far is far follows from their spread,
    but never beyond the factor above the largest or below the smallest of them.
    """
    factor = max(float(case.playbook.threshold("unusual_quantity", _FACTOR)), 1.0)
    for sku, quantity in case.quantities.items():
        own = _per_order(case.catalog.history_of(case.order.customer_id or "", sku))
        usual = own or _per_order(case.catalog.sales_of(sku))
        if quantity <= 0 or not usual:
            continue
        doubtful = not own or len(own) < _FEW
        low, high = _usual_range(usual, factor * 2 if doubtful else factor)
        if float(quantity) > high or (own and float(quantity) < low):
            line = case.first_line_of(sku)
            who = "this customer" if own else "other customers"
            yield Finding(
                type="unusual_quantity",
                message=f"{number(quantity)} {line.unit or 'units'} of {sku}; "
                f"{who} ordered {_span(usual)} in {len(usual)} order{'s'[: len(usual) > 1]}",
                line=line.position,
                evidence=evidence(line, "stated_quantity"),
            )


def repeated_line(case: Case) -> Iterator[Finding]:
    """One product twice in the same quantity for the same day: read or written twice?"""
    seen: dict[tuple[str, Decimal, date | None], int] = {}
    for line in case.order.lines:
        if line.sku is None or line.quantity is None:
            continue
        first = seen.setdefault((line.sku, line.quantity, line.requested_date), line.position)
        if first != line.position:
            what = f"{number(line.quantity)} {line.unit or 'units'} of {line.sku}"
            yield Finding(
                type="unusual_quantity",
                message=f"Lines {first} and {line.position} both order {what}; "
                "decide if it is wanted twice",
                line=line.position,
                evidence=evidence(line, "stated_quantity"),
            )


def _per_order(history: Sequence[PastLine]) -> list[Decimal]:
    """The quantity of each earlier order; returns and zero lines are no pattern."""
    orders: dict[tuple[str, str], Decimal] = {}
    for past in history:
        key = (past.customer_id, past.order_id)
        orders[key] = orders.get(key, Decimal(0)) + past.quantity
    return [quantity for quantity in orders.values() if quantity > 0]


def _usual_range(usual: Sequence[Decimal], factor: float) -> tuple[float, float]:
    logs = [log(quantity) for quantity in usual]
    middle = median(logs)
    spread = max(_SPREADS * median(abs(x - middle) for x in logs), log(factor))
    low = max(exp(middle - spread), float(min(usual)) / factor)
    high = min(exp(middle + spread), float(max(usual)) * factor)
    return low * 0.999, high * 1.001


def _span(usual: Sequence[Decimal]) -> str:
    low, high = number(min(usual)), number(max(usual))
    return low if low == high else f"{low}-{high}"
