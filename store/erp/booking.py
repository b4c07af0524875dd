"""What every embedded ERP keeps of a booked order, and how that counts as history."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from graph.catalog import PartOfErp, PastLine, Records
from graph.order import Order, aware
from graph.ports import ErpError
from graph.report.shape import order_json

Booking = Mapping[str, Any]
_HISTORY: frozenset[PartOfErp] = frozenset({"history"})


def booking(order: Order, key: str, *, approved_by: str | None, now: datetime) -> Booking:
    """The record of a booked order. Raises ErpError where ``key`` is no safe file name."""
    return {
        "key": key,
        "order_id": number(key),
        "approved_by": approved_by,
        "booked_at": aware(now).isoformat(),
        **order_json(order),
    }


def number(key: str) -> str:
    """The ERP's number of an order: it depends on nothing but the key.

    So it is the same in every process and stays unique when booked orders are moved away.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,149}", key):
        raise ErpError(
            f"the order key {key[:40]!r} is no safe file name: use letters, digits and . _ -",
            permanent=True,
        )
    return f"DH-{hashlib.sha256(key.encode()).hexdigest()[:10].upper()}"


def past_lines(booked: Booking) -> Iterator[PastLine]:
    """A booked order as history: its lines that have a product and a quantity.

    Raises KeyError, TypeError or ValueError where ``booked`` is not a booking.
    """
    if booked["customer_id"] is None:
        return
    day = booked["order_date"] or booked["booked_at"][:10]
    for line in booked["lines"]:
        if line["sku"] is not None and line["quantity"] is not None:
            yield PastLine(
                order_id=booked["order_id"],
                customer_id=booked["customer_id"],
                order_date=date.fromisoformat(day),
                po_number=booked["po_number"],
                address_id=booked["ship_to"]["address_id"],
                sku=line["sku"],
                quantity=Decimal(line["quantity"]),
                price=None if line["price"] is None else Decimal(line["price"]),
            )


def with_booked(records: Records, booked: tuple[PastLine, ...]) -> Records:
    """The records with what Deskhand booked itself; one such order makes history known."""
    if not booked:
        return records
    known = records.known | _HISTORY
    return replace(records, known=known, history=records.history + booked)
