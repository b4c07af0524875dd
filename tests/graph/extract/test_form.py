"""The words of a filled form, read as the offline reader reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from graph.extract.form import OrderForm, read_form, style_of_mail
from graph.order import Document, Line, Mail, Order, Text
from tests.graph.endpoint import form, line


def read(text: str = "", *, day: int | None = 2, **values: Any) -> Order:
    body = Document(name="body", role="body", format="text", blocks=(Text(text=text),))
    sent = datetime(2026, 6, day, tzinfo=UTC) if day else None
    style = style_of_mail(Mail(date=sent, documents=(body,)))
    return read_form(OrderForm(**form(**values)), style)


def read_line(text: str = "", **values: Any) -> Line:
    return read(text, lines=[line("K-100", **values)]).lines[0]


def test_an_empty_form_claims_nothing() -> None:
    assert read() == Order(extractor="model")


def test_every_field_finds_its_place() -> None:
    item = line("K-100", customer_code="9", description="Hose", quantity="5", unit="m", price="2")
    order = read(
        kind="change",
        po_number="4711",
        order_date="1 June 2026",
        requested_date="2026-06-15",
        customer_number="700",
        ship_to="Elm Road 5",
        currency="€",
        total="10.00",
        lines=[item, line("K-200")],
    )

    assert (order.kind, order.po_number, order.currency) == ("change", "4711", "EUR")
    assert (order.order_date, order.requested_date) == (date(2026, 6, 1), date(2026, 6, 15))
    assert order.customer.account_number == "700"
    assert order.ship_to.text == "Elm Road 5"
    assert order.total == Decimal(10)
    assert order.lines == (
        Line(
            position=1,
            code="K-100",
            customer_sku="9",
            description="Hose",
            stated_quantity=Decimal(5),
            stated_unit="m",
            stated_price=Decimal(2),
        ),
        Line(position=2, code="K-200"),
    )


@pytest.mark.parametrize("blank", ["", "  ", "\n"])
def test_blank_words_are_none(blank: str) -> None:
    order = read(po_number=blank, total=blank, lines=[line(blank, unit=blank)])

    assert order == Order(extractor="model", lines=(Line(position=1),))


@pytest.mark.parametrize(
    ("words", "text", "number"),
    [
        ("10", "", "10"),
        ("10 Stk", "", "10"),
        ("1 000", "", "1000"),
        ("1.000", "Preis 4,50 und 7,90", "1000"),
        ("1.000", "price 4.50 and 7.90", "1.000"),
        ("4,50 EUR", "", "4.50"),
        ("-5", "", "-5"),
        ("zwei", "", "2"),
        ("some", "", None),
        ("", "", None),
    ],
)
def test_numbers_are_read_in_the_style_of_the_mail(
    words: str, text: str, number: str | None
) -> None:
    assert read_line(text, quantity=words).stated_quantity == (number and Decimal(number))


@pytest.mark.parametrize(
    ("words", "unit"),
    [("Stk.", "pcs"), ("Hoop", "Hoop"), ("x", None), ("×", None), (None, None)],
)
def test_units_are_named_as_everywhere(words: str | None, unit: str | None) -> None:
    assert read_line(unit=words).stated_unit == unit


def test_a_date_without_a_year_is_near_the_mail() -> None:
    assert read(requested_date="15.6.").requested_date == date(2026, 6, 15)


def test_in_a_mail_without_a_date_no_near_year_is_made_up() -> None:
    found = read(day=None, requested_date="15.6.").requested_date

    assert found is not None
    assert found.year < 2010


@pytest.mark.parametrize(
    "values", [{"kind": "bribe"}, {"approved": True}, {"total": 5}, {"lines": None}]
)
def test_anything_else_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        OrderForm(**form(**values))
