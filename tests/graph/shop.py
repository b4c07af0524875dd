"""An invented wholesaler and its customers, small enough to be read in one go."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, get_args

from graph.catalog import (
    Address,
    Customer,
    CustomerItem,
    PartOfErp,
    PastLine,
    Price,
    Product,
    Records,
    Stock,
)
from graph.lookup import Catalog
from graph.order import Line, Order, Party
from graph.playbook import Playbook

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)

CUSTOMERS = (
    Customer(
        "C001",
        "Weber & Sohn GmbH",
        ("einkauf@weber.example", "lager@weber.example"),
        ("+49 40 123456",),
        "DE123456789",
        currency="EUR",
        price_list="STD",
    ),
    Customer("C002", "Weber AG", ("info@weber-ag.example",), price_list="STD"),
    Customer("C003", "Nordwind Nord GmbH", ("a@nordwind.example",), price_list="STD"),
    Customer("C004", "Nordwind Süd GmbH", ("b@nordwind.example",), price_list="STD"),
    Customer("C005", "Café Möwe", ("moewe@gmail.com",), ("040 765432",), price_list="STD"),
    Customer("C006", "Blocked Barrels Ltd", ("x@barrels.example",), status="blocked"),
)
ADDRESSES = (
    Address(
        "A1", "C001", "billing", "Weber & Sohn GmbH", "Hauptstraße 5a", "20095", "Hamburg", "DE"
    ),
    Address("A2", "C001", "delivery", "Weber Filiale 12", "Am Markt 3", "20097", "Hamburg", "DE"),
    Address("A3", "C001", "delivery", "Weber Filiale 21", "Am Markt 7", "20097", "Hamburg", "DE"),
    Address("A4", "C002", "billing", "Weber AG", "Ring 1", "50667", "Köln", "DE"),
    Address("A5", "C005", "billing", "Café Möwe", "Hafen 1", "24103", "Kiel", "DE"),
    Address("A6", "C005", "delivery", "Café Möwe Küche", "Hafen 2", "24103", "Kiel", "DE"),
)
PRODUCTS = (
    Product("K-100", "Hex bolt M6x20 zinc", "pcs", Decimal(100), Decimal(10), gtin="4006381333931"),
    Product("K-101", "Hex bolt M6x25 zinc", "pcs", Decimal(100)),
    Product("K-102", "Hex bolt M8x25 zinc", "pcs", Decimal(100)),
    Product("G-1-L", "Nitrile glove blue L", "pair", Decimal(50)),
    Product("G-1-XL", "Nitrile glove blue XL", "pair", Decimal(50)),
    Product("D-1", "Door hinge left", "pcs"),
    Product("D-2", "Door hinge right", "pcs"),
    Product("T-7", "Copper pipe 15 mm", "m"),
    Product("P-9", "Copy paper A4 80 g", "box", Decimal(5)),
    Product("0042", "Desk lamp green", "pcs", status="discontinued", replaced_by="43-B"),
    Product("43-B", "Desk lamp green LED", "pcs"),
    Product("W-5", "Wood glue", "bottle", Decimal(6)),
)
ITEMS = (
    CustomerItem("C001", "4711", "K-100"),
    CustomerItem("C001", "K-101", "K-102"),
    CustomerItem("C001", "0815", "G-1-L"),
)
PRICES = (
    Price("STD", "K-100", Decimal(1), Decimal("0.50"), "EUR"),
    Price("STD", "K-100", Decimal(1000), Decimal("0.40"), "EUR"),
    Price("STD", "K-101", Decimal(1), Decimal("0.55"), "EUR"),
    Price("STD", "G-1-L", Decimal(1), Decimal("4.50"), "EUR"),
    Price("STD", "T-7", Decimal(1), Decimal("3.334"), "EUR"),
    Price("VIP", "K-100", Decimal(1), Decimal("0.30"), "EUR"),
)
STOCK = (
    Stock("K-100", Decimal(500), date(2026, 6, 20), Decimal(1000)),
    Stock("43-B", Decimal(50)),
)


def past(
    order_id: str, quantity: str, sku: str = "K-100", customer_id: str = "C001", **more: Any
) -> PastLine:
    fields: dict[str, Any] = {
        "order_date": date(2026, 1, 15),
        "po_number": f"PO-{order_id}",
        "address_id": "A2",
    }
    return PastLine(order_id, customer_id, sku=sku, quantity=Decimal(quantity), **(fields | more))


HISTORY = tuple(past(str(n), q) for n, q in enumerate(("20", "25", "30", "20", "40")))


def catalog(**parts: Any) -> Catalog:
    """The wholesaler's catalog, some parts replaced."""
    known: Any = parts.pop("known", frozenset(get_args(PartOfErp)))
    all_parts: dict[str, Any] = {
        "customers": CUSTOMERS,
        "addresses": ADDRESSES,
        "products": PRODUCTS,
        "customer_items": ITEMS,
        "prices": PRICES,
        "stock": STOCK,
        "history": HISTORY,
        "read_at": NOW,
    }
    return Catalog(Records(known=known, **(all_parts | parts)))


def line(position: int = 1, **fields: Any) -> Line:
    """A line as extract leaves it: 20 of something, unless told otherwise."""
    return Line(position=position, **({"stated_quantity": Decimal(20)} | fields))


def order(*lines: Line, **fields: Any) -> Order:
    """An order from Weber's buyer as extract leaves it."""
    party = fields.pop("customer", Party(email="einkauf@weber.example"))
    return Order(customer=party, lines=lines, **({"po_number": "4500"} | fields))


def playbook(**exceptions: Any) -> Playbook:
    """A playbook with two order types; every exception is reviewed unless told otherwise."""
    return Playbook.model_validate(
        {
            "company": "Wollgras Handel",
            "owner": {"name": "Ida Wollgras", "slack": "U0OWNER"},
            "channels": {"desk": "C0DESK"},
            "desk": ["U0ANNA", "U0BEN"],
            "order_types": [
                {
                    "name": "repeat_standard",
                    "when": {
                        "customer": "established",
                        "products": "bought_before",
                        "address": "on_file",
                    },
                    "stage": "auto",
                },
                {"name": "other", "stage": "draft"},
            ],
            "exceptions": exceptions,
        }
    )
