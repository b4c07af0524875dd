"""What we know: customers, products, addresses, prices, stock and history, as look-ups.

``Records`` is what an ERP hands over; ``Catalog`` indexes it once. A part that an ERP
does not have stays out of ``Records.known``, so that a check can say "not known"
instead of "none".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

PartOfErp = Literal[
    "customers", "addresses", "products", "customer_items", "prices", "stock", "history"
]


@dataclass(frozen=True, slots=True)
class Customer:
    customer_id: str
    name: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    vat_id: str | None = None
    status: str = "active"
    currency: str | None = None
    price_list: str | None = None


@dataclass(frozen=True, slots=True)
class Address:
    address_id: str
    customer_id: str
    kind: str
    name: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """``unit`` is what the product is counted in; ``pack_size`` how many of it a pack holds."""

    sku: str
    name: str
    unit: str | None = None
    pack_size: Decimal | None = None
    min_quantity: Decimal | None = None
    status: str = "active"
    replaced_by: str | None = None
    gtin: str | None = None

    @property
    def on_sale(self) -> bool:
        """False once discontinued; a status nobody gave is active."""
        return self.status.casefold() in ("active", "")


@dataclass(frozen=True, slots=True)
class CustomerItem:
    """What one customer calls one of our products."""

    customer_id: str
    customer_sku: str
    sku: str


@dataclass(frozen=True, slots=True)
class Price:
    """Price of one product unit from ``min_quantity`` product units on."""

    price_list: str
    sku: str
    min_quantity: Decimal
    price: Decimal
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Stock:
    sku: str
    available: Decimal
    next_date: date | None = None
    next_quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PastLine:
    """One line of an order that was booked before; quantities in the product's unit."""

    order_id: str
    customer_id: str
    order_date: date
    po_number: str | None
    address_id: str | None
    sku: str
    quantity: Decimal
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """A record the ERP gave that could not be used; the rest goes on."""

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Records:
    """Everything one ERP handed over, with the time it was read."""

    read_at: datetime
    known: frozenset[PartOfErp] = frozenset()
    customers: tuple[Customer, ...] = ()
    addresses: tuple[Address, ...] = ()
    products: tuple[Product, ...] = ()
    customer_items: tuple[CustomerItem, ...] = ()
    prices: tuple[Price, ...] = ()
    stock: tuple[Stock, ...] = ()
    history: tuple[PastLine, ...] = ()
    troubles: tuple[Trouble, ...] = field(default=())
