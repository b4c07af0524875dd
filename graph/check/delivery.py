"""Can it be delivered: where to, when, and out of which stock?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from graph.catalog import Stock
from graph.check.case import Case, evidence, number
from graph.match.product import candidate
from graph.order import Candidate, Evidence, Finding, Party


def address_mismatch(case: Case) -> Iterator[Finding]:
    """The delivery address is not on file, or it is not clear which one is meant."""
    ship_to, customer = case.order.ship_to, case.customer
    if ship_to.address_id or customer is None or not case.catalog.knows("addresses"):
        return
    if stated := _written(ship_to):
        message = f'"{stated}" is not an address on file for {customer.name}'
    elif ship_to.candidates:
        message = f"No delivery address is stated; {customer.name} has several"
    else:
        message = f"No delivery address is stated, and {customer.name} has none on file"
    yield Finding(
        type="address_mismatch",
        message=message,
        candidates=ship_to.candidates,
        evidence=_where(ship_to),
    )


def _written(said: Party) -> str:
    town = f"{said.postal_code or ''} {said.city or ''}".strip()
    return ", ".join(filter(None, (said.name, said.street, town))) or said.text or ""


def _where(said: Party) -> Evidence | None:
    fields = ("street", "text", "name", "city")
    return next((said.evidence[field] for field in fields if field in said.evidence), None)


# --- stock ------------------------------------------------------------------------


def out_of_stock(case: Case) -> Iterator[Finding]:
    """Less is available than the whole order wants of a product."""
    for sku, wanted, stock in _short(case):
        line = case.first_line_of(sku)
        yield Finding(
            type="out_of_stock",
            message=f"{number(wanted)} {line.unit or 'units'} of {sku} are ordered, "
            f"{number(stock.available)} available{_next_delivery(stock)}",
            line=line.position,
            candidates=_substitute(case, sku, wanted),
            evidence=evidence(line, "stated_quantity", "description"),
        )


def _short(case: Case) -> Iterator[tuple[str, Decimal, Stock]]:
    """Products of which there is too little; a discontinued one is trouble of its own."""
    for sku, wanted in case.quantities.items():
        product, stock = case.catalog.product(sku), case.catalog.stock_of(sku)
        if product and product.on_sale and stock and wanted > stock.available:
            yield sku, wanted, stock


def _next_delivery(stock: Stock) -> str:
    if stock.next_date is None:
        return ""
    amount = f"{number(stock.next_quantity)} more " if stock.next_quantity is not None else "more "
    return f"; {amount}on {stock.next_date.isoformat()}"


def _substitute(case: Case, sku: str, wanted: Decimal) -> tuple[Candidate, ...]:
    """The product's successor, where there is enough of it."""
    product = case.catalog.product(sku)
    successor = case.catalog.product(product.replaced_by or "") if product else None
    stock = case.catalog.stock_of(successor.sku) if successor else None
    if successor and stock and stock.available >= wanted:
        return (candidate(successor, 100.0),)
    return ()


# --- dates ------------------------------------------------------------------------


def date_infeasible(case: Case) -> Iterator[Finding]:
    """A requested date that has passed, or that lies before the order was written."""
    order = case.order
    dates: dict[date, int | None] = {order.requested_date: None} if order.requested_date else {}
    for line in order.lines:
        if line.requested_date:
            dates.setdefault(line.requested_date, line.position)
    for day, position in dates.items():
        if day < case.today:
            problem = f"has passed; today is {case.today.isoformat()}"
        elif order.order_date and day < order.order_date:
            problem = f"lies before the order date {order.order_date.isoformat()}"
        else:
            continue
        yield Finding(
            type="date_infeasible",
            message=f"The requested date {day.isoformat()} {problem}",
            line=position,
            evidence=_dated(case, position),
        )


def _dated(case: Case, position: int | None) -> Evidence | None:
    lines = (line for line in case.order.lines if line.position == position)
    return next((evidence(line, "requested_date") for line in lines), None) or (
        case.order.evidence.get("requested_date")
    )


def date_before_stock(case: Case) -> Iterator[Finding]:
    """Delivery is requested before the goods that are missing arrive."""
    for sku, _, stock in _short(case):
        line = case.first_line_of(sku)
        day = line.requested_date or case.order.requested_date
        if day and stock.next_date and case.today <= day < stock.next_date:
            yield Finding(
                type="date_infeasible",
                message=f"{sku} is requested for {day.isoformat()}, "
                f"the next delivery comes on {stock.next_date.isoformat()}",
                line=line.position,
                evidence=evidence(line, "requested_date"),
            )
