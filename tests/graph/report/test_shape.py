"""The shape of an order outside Deskhand, to the letter of the contract."""

import json
from datetime import date
from decimal import Decimal

import pytest

from graph.order import Line, Order, ShipTo
from graph.report.shape import order_json

FULL = Order(
    customer_id="C001",
    po_number="4711",
    order_date=date(2026, 5, 20),
    currency="EUR",
    ship_to=ShipTo(address_id="A1", text="Hafenweg 3\n20457 Hamburg"),
    lines=(
        Line(
            position=1,
            sku="K-100",
            customer_sku="99-1",
            description="Kugelhahn",
            stated_quantity=Decimal(1),
            stated_unit="VPE",
            stated_price=Decimal("45.00"),
            quantity=Decimal("1E+1"),
            unit="pcs",
            price=Decimal("4.50"),
            amount=Decimal("45.00"),
        ),
    ),
    total=Decimal("45.00"),
)


def test_a_full_order_is_written_as_the_contract_says() -> None:
    assert order_json(FULL) == {
        "customer_id": "C001",
        "po_number": "4711",
        "order_date": "2026-05-20",
        "requested_date": None,
        "currency": "EUR",
        "ship_to": {"address_id": "A1", "text": "Hafenweg 3\n20457 Hamburg"},
        "lines": [
            {
                "position": 1,
                "sku": "K-100",
                "customer_sku": "99-1",
                "description": "Kugelhahn",
                "quantity": "10",
                "unit": "pcs",
                "price": "4.50",
                "amount": "45.00",
            }
        ],
        "total": "45.00",
    }


def test_what_is_not_known_is_null_and_never_missing() -> None:
    empty = order_json(Order(lines=(Line(position=1),)))
    assert set(empty) == set(order_json(FULL))
    assert empty.pop("ship_to") == {"address_id": None, "text": None}
    (line,) = empty.pop("lines")
    assert line.pop("position") == 1
    assert set(line.values()) == set(empty.values()) == {None}
    json.dumps(empty)


def line(**values: object) -> dict[str, object]:
    shaped = order_json(Order(lines=(Line.model_validate({"position": 1, **values}),)))
    result: dict[str, object] = shaped["lines"][0]
    return result


def test_without_a_product_the_customers_own_figures_count() -> None:
    stated = {"stated_quantity": "3", "stated_unit": "Dtz", "stated_price": "12.00"}
    assert line(**stated) | {"quantity": "3", "unit": "Dtz", "price": "12.00"} == line(**stated)


def test_with_a_product_only_converted_figures_count() -> None:
    shaped = line(sku="K", stated_quantity="3", stated_unit="Dtz", stated_price="12.00")
    assert (shaped["quantity"], shaped["unit"], shaped["price"]) == (None, None, None)


@pytest.mark.parametrize(
    ("stated", "per", "price"),
    [("45.00", "100", "0.45"), ("45.00", "1", "45.00"), ("45.00", "0", "45.00")],
)
def test_a_stated_price_is_for_one_unit(stated: str, per: str, price: str) -> None:
    assert line(stated_price=stated, price_per=per)["price"] == price


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"customer_sku": "99-1", "code": "X", "matched_by": "customer_item"}, "99-1"),
        ({"code": "X", "matched_by": "customer_item"}, "X"),
        ({"code": "X", "matched_by": "sku"}, None),
        ({"code": "X"}, None),
    ],
)
def test_a_code_is_the_customers_own_where_it_was_found_as_such(
    values: dict[str, str], expected: str | None
) -> None:
    assert line(**values)["customer_sku"] == expected


def test_a_ship_to_without_its_own_words_is_put_together() -> None:
    place = ShipTo(name="Werk 2", street="Hafenweg 3", postal_code="20457", city="Hamburg")
    text = order_json(Order(ship_to=place))["ship_to"]["text"]
    assert text == "Werk 2, Hafenweg 3, 20457 Hamburg"
