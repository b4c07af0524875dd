"""Rows of text -> the records of ``graph.catalog``; a bad row is a Trouble, the rest goes on.

Numbers have a decimal point and nothing else, dates are ISO: a guess at ``1.234`` or
``03/04/26`` would be a wrong price or a wrong day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from graph.catalog import (
    Address,
    Customer,
    CustomerItem,
    PartOfErp,
    PastLine,
    Price,
    Product,
    Stock,
    Trouble,
)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row by column name, all trimmed."""

    cells: Mapping[str, str]

    def text(self, column: str) -> str | None:
        """The cell's text, None where it is empty or the column is missing."""
        return self.cells.get(column) or None

    def need(self, column: str) -> str:
        """The cell's text. Raises ValueError where there is none."""
        value = self.cells.get(column)
        if not value:
            raise ValueError(f"{column} is empty: fill it in")
        return value

    def words(self, column: str) -> tuple[str, ...]:
        return tuple(self.cells.get(column, "").split())

    def number(self, column: str, *, least: int | None = None) -> Decimal | None:
        """The cell as a number. Raises ValueError for anything else, or below ``least``."""
        value = self.text(column)
        if value is None:
            return None
        try:
            figure = Decimal(value)
        except InvalidOperation:
            figure = Decimal("NaN")
        if not figure.is_finite():
            raise ValueError(f"{column} {value!r} is no number: write it as 1234.50")
        if least is not None and figure < least:
            raise ValueError(f"{column} {value!r} must not be below {least}: correct it")
        return figure

    def need_number(self, column: str, *, least: int | None = None) -> Decimal:
        figure = self.number(column, least=least)
        if figure is None:
            raise ValueError(f"{column} is empty: fill it in")
        return figure

    def day(self, column: str) -> date | None:
        value = self.text(column)
        try:
            return datetime.fromisoformat(value).date() if value else None
        except ValueError:
            raise ValueError(f"{column} {value!r} is no date: write it as 2026-05-20") from None

    def word(self, column: str, *allowed: str) -> str:
        """The cell in lower case, the first allowed word where it is empty."""
        value = self.cells.get(column, "").lower() or allowed[0]
        if value not in allowed:
            raise ValueError(
                f"{column} {value!r} is unknown: write {' or '.join(filter(None, allowed))}"
            )
        return value


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the master data: its columns that must exist, and how a row is read.

    ``unique`` are the columns no two rows may share; () where rows may repeat.
    """

    name: PartOfErp
    needs: tuple[str, ...]
    unique: tuple[str, ...]
    build: Callable[[Row], Any]


def _customer(row: Row) -> Customer:
    return Customer(
        customer_id=row.need("customer_id"),
        name=row.text("name") or "",
        emails=tuple(email.lower() for email in row.words("emails")),
        phones=row.words("phones"),
        vat_id=row.text("vat_id"),
        status=row.word("status", "active", "blocked"),
        currency=row.text("currency"),
        price_list=row.text("price_list"),
    )


def _address(row: Row) -> Address:
    places = ("name", "street", "postal_code", "city", "country")
    return Address(
        address_id=row.need("address_id"),
        customer_id=row.need("customer_id"),
        kind=row.word("kind", "", "delivery", "billing"),
        **{column: row.text(column) or "" for column in places},
    )


def _product(row: Row) -> Product:
    return Product(
        sku=row.need("sku"),
        name=row.text("name") or "",
        unit=row.text("unit"),
        pack_size=row.number("pack_size", least=0) or None,
        min_quantity=row.number("min_quantity", least=0),
        status=row.word("status", "active", "discontinued"),
        replaced_by=row.text("replaced_by"),
        gtin=row.text("gtin"),
    )


def _customer_item(row: Row) -> CustomerItem:
    return CustomerItem(row.need("customer_id"), row.need("customer_sku"), row.need("sku"))


def _price(row: Row) -> Price:
    return Price(
        price_list=row.need("price_list"),
        sku=row.need("sku"),
        min_quantity=row.number("min_quantity", least=0) or Decimal(0),
        price=row.need_number("price", least=0),
        currency=row.text("currency"),
    )


def _stock(row: Row) -> Stock:
    return Stock(
        sku=row.need("sku"),
        available=row.need_number("available"),
        next_date=row.day("next_date"),
        next_quantity=row.number("next_quantity"),
    )


def _past_line(row: Row) -> PastLine:
    day = row.day("order_date")
    if day is None:
        raise ValueError("order_date is empty: fill it in")
    return PastLine(
        order_id=row.need("order_id"),
        customer_id=row.need("customer_id"),
        order_date=day,
        po_number=row.text("po_number"),
        address_id=row.text("address_id"),
        sku=row.need("sku"),
        quantity=row.need_number("quantity"),
        price=row.number("price"),
    )


_ITEM = ("customer_id", "customer_sku", "sku")
_TIER = ("price_list", "sku", "min_quantity", "currency")
PARTS: tuple[Part, ...] = (
    Part("customers", ("customer_id",), ("customer_id",), _customer),
    Part("addresses", ("address_id", "customer_id"), ("address_id",), _address),
    Part("products", ("sku",), ("sku",), _product),
    Part("customer_items", _ITEM, _ITEM, _customer_item),
    Part("prices", ("price_list", "sku", "price"), _TIER, _price),
    Part("stock", ("sku", "available"), ("sku",), _stock),
    Part("history", ("order_id", "customer_id", "order_date", "sku", "quantity"), (), _past_line),
)


def build(part: Part, rows: Iterable[tuple[str, Row | str]]) -> Iterator[Any]:
    """Yield the record of each row, or a Trouble.

    ``rows`` come with their place; one that could not even be split is a message instead.
    """
    first: dict[tuple[Any, ...], str] = {}
    for place, row in rows:
        if isinstance(row, str):
            yield Trouble(place, row)
            continue
        try:
            record = part.build(row)
        except ValueError as error:
            yield Trouble(place, str(error))
            continue
        key = tuple(getattr(record, column) for column in part.unique)
        if key and first.setdefault(key, place) != place:
            named = ", ".join(f"{c} {v}" for c, v in zip(part.unique, key, strict=True))
            yield Trouble(place, f"{named} is already in {first[key]}: keep one of them")
        else:
            yield record
