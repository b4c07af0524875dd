"""The shape in which an order leaves Deskhand: replay lines and booked orders alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from graph.order import Line, Order, Party, plain

CUSTOMER_ITEM = "customer_item"
"""The rung of the product ladder that found a line by the customer's own number."""


def order_json(order: Order) -> dict[str, Any]:
    """An order as the contract has it: plain decimal strings, ISO dates, null for unknown."""
    return {
        "customer_id": order.customer_id,
        "po_number": order.po_number,
        "order_date": _day(order.order_date),
        "requested_date": _day(order.requested_date),
        "currency": order.currency,
        "ship_to": {"address_id": order.ship_to.address_id, "text": _text(order.ship_to)},
        "lines": [_line(line) for line in order.lines],
        "total": _figure(order.total),
    }


def _line(line: Line) -> dict[str, Any]:
    """Figures are in the product's own unit; without a product, as the customer states them."""
    matched = line.sku is not None
    return {
        "position": line.position,
        "sku": line.sku,
        "customer_sku": _customer_sku(line),
        "description": line.description,
        "quantity": _figure(line.quantity if matched else line.stated_quantity),
        "unit": line.unit if matched else line.stated_unit,
        "price": _figure(line.price if matched else _stated_price(line)),
        "amount": _figure(line.amount),
    }


def _customer_sku(line: Line) -> str | None:
    if line.customer_sku is None and line.matched_by == CUSTOMER_ITEM:
        return line.code
    return line.customer_sku


def _stated_price(line: Line) -> Decimal | None:
    """The price of one stated unit: 45.00 for 100 is 0.45."""
    if line.stated_price is None or line.price_per in (0, 1):
        return line.stated_price
    return line.stated_price / line.price_per


def _text(place: Party) -> str | None:
    if place.text:
        return place.text
    town = " ".join(filter(None, (place.postal_code, place.city)))
    return ", ".join(filter(None, (place.name, place.street, town, place.country))) or None


def _figure(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
