"""Units and prices: every figure in the product's own unit, or a problem instead."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from graph.catalog import Price, Product
from graph.match import match
from graph.order import Line
from tests.graph.shop import catalog, line, order


def counted(
    unit: str | None, size: str | None, quantity: str, stated: str | None, **more: Any
) -> Line:
    product = Product("X-1", "Thing", unit, Decimal(size) if size else None)
    shop = catalog(
        products=(product,), prices=(Price("STD", "X-1", Decimal(1), Decimal("4.50"), "EUR"),)
    )
    said = line(supplier_sku="X-1", stated_quantity=Decimal(quantity), stated_unit=stated, **more)
    return match(order(said), shop).lines[0]


@pytest.mark.parametrize(
    ("unit", "size", "quantity", "stated", "expected"),
    [
        ("pcs", None, "7", None, "7"),
        ("pcs", None, "7", "Stk.", "7"),
        ("Stück", None, "7", "pcs", "7"),
        ("pcs", None, "3", "dozen", "36"),
        ("pcs", None, "0.5", "Dutzend", "6"),
        ("pcs", None, "2", "Paar", "4"),
        ("pair", None, "4", "dozen", "48"),
        ("pair", None, "4", "dozen pairs", "48"),
        ("pcs", None, "4", "dozen pairs", "96"),
        ("roll", None, "2", "dozen", "24"),
        ("pcs", "10", "2", "VPE", "20"),
        ("pcs", "10", "2", "Karton", "20"),
        ("pcs", "10", "2", "boxes", "20"),
        ("pair", "50", "2", "box", "100"),
        ("Karton", "10", "2", "Karton", "2"),
        ("box", "5", "2", "Kisten", "2"),
        ("m", None, "250", "cm", "2.5"),
        ("kg", None, "0.5", "t", "500"),
        ("l", None, "750", "ml", "0.75"),
        ("roll", "6", "4", "pcs", "4"),
        ("pallet", None, "2", "Paletten", "2"),
        ("box", "1", "2", "Karton", "2"),
        ("m", "24", "3", "Rollen", "72"),
        ("m", "5", "10", "Stangen", "50"),
        (None, None, "2", None, "2"),
    ],
)
def test_units_that_convert(
    unit: str | None, size: str | None, quantity: str, stated: str | None, expected: str
) -> None:
    found = counted(unit, size, quantity, stated)
    assert (str(found.quantity), found.unit_problem) == (expected, None)
    assert found.unit == (unit or stated)


@pytest.mark.parametrize(
    ("unit", "size", "quantity", "stated"),
    [
        ("pcs", None, "2", "VPE"),
        ("pcs", "0", "2", "VPE"),
        ("pcs", "10", "2", "Palette"),
        ("pcs", "10", "2", "rolls"),
        ("pcs", "10", "2", "Gebirge"),
        ("pcs", None, "2", "kg"),
        ("m", None, "2", "kg"),
        ("m", None, "2", "rolls"),
        ("m", "1", "2", "rolls"),
        ("box", "5", "15", "pcs"),
        ("box", None, "12", "pcs"),
        ("carton", "5", "2", "box"),
        ("box", None, "2", "Karton"),
        ("pair", None, "10", "pcs"),
        ("box", "5", "3", "dozen"),
        ("pcs", None, "3", "dozen gnomes"),
        (None, None, "2", "VPE"),
    ],
)
def test_units_that_do_not_convert_are_a_problem_and_no_quantity(
    unit: str | None, size: str | None, quantity: str, stated: str
) -> None:
    found = counted(unit, size, quantity, stated)
    assert found.quantity is None
    assert found.unit_problem
    assert found.price is None or found.unit_problem.count("evenly")


def test_a_piece_is_a_can_where_its_name_says_so() -> None:
    can = Product("X-1", "Isopropanol, Kanister 10 l", "pcs", Decimal(4))
    shop = catalog(products=(can,))
    for unit, quantity in (("Kanister", 3), ("VPE", 12), ("Flaschen", None)):
        said = line(supplier_sku="X-1", stated_quantity=Decimal(3), stated_unit=unit)
        assert match(order(said), shop).lines[0].quantity == quantity


def test_one_container_has_two_names_where_the_product_s_name_says_so() -> None:
    for product, stated in (
        (Product("X-1", "Detergent, Kanister 10 l", "can", Decimal(1)), "Kanister"),
        (Product("X-1", "Cups, Karton 500 Stück", "box", Decimal(1)), "Kartons"),
    ):
        said = line(supplier_sku="X-1", stated_quantity=Decimal(3), stated_unit=stated)
        found = match(order(said), catalog(products=(product,))).lines[0]
        assert (found.quantity, found.unit_problem) == (3, None)


@pytest.mark.parametrize(
    ("name", "unit", "stated", "fits"),
    [
        ("Klarspüler 10 l Kanister", "can", "Kanister", True),
        ("Thread locker 243, 50 ml", "pcs", "Flaschen", True),
        ("Grease 400 g", "pcs", "Kartuschen", True),
        ("Klarspüler 10 l Kanister", "can", "Flaschen", False),
        ("Thread locker 243", "pcs", "Flaschen", False),
        ("Tape 50 m", "pcs", "Flaschen", False),
        ("Copper pipe, 5 m bar", "m", "coils", False),
        ("Copper pipe, 5 m bar", "m", "bars", True),
    ],
)
def test_containers_fit_by_what_the_name_says(
    name: str, unit: str, stated: str, fits: bool
) -> None:
    shop = catalog(products=(Product("X-1", name, unit, Decimal(5)),))
    found = match(order(line(supplier_sku="X-1", stated_unit=stated)), shop).lines[0]
    assert (found.unit_problem is None) == fits


@pytest.mark.parametrize(
    ("words", "quantity"),
    [("Salt, bags of 25 kg", 500), ("Salt 25000 g", 500), ("Salt", 500), ("Salt 20 kg bags", None)],
)
def test_the_content_of_a_bag_must_be_the_pack_size(words: str, quantity: int | None) -> None:
    shop = catalog(products=(Product("X-1", "Salt", "kg", Decimal(25)),))
    said = line(supplier_sku="X-1", stated_unit="bags", description=words)
    found = match(order(said), shop).lines[0]
    assert (found.quantity, found.unit_problem is None) == (quantity, quantity is not None)


@pytest.mark.parametrize(
    ("stated", "unit", "quantity", "asks"),
    [
        ("2", "Karton", 20, True),
        ("2", "VPE", 20, True),
        ("2", "Boxen", 2, False),
        ("200", "Stück", 2, False),
        ("20", "Stück", None, True),
    ],
)
def test_packs_of_packs_are_counted_and_asked_about(
    stated: str, unit: str, quantity: int | None, asks: bool
) -> None:
    gloves = Product("X-1", "Nitrile glove, Box 100 Stück", "box", Decimal(10))
    said = line(supplier_sku="X-1", stated_quantity=Decimal(stated), stated_unit=unit)
    found = match(order(said), catalog(products=(gloves,))).lines[0]
    assert (found.quantity, bool(found.unit_problem)) == (quantity, asks)


def test_another_pack_size_than_ours_is_a_problem() -> None:
    found = counted("pcs", "100", "2", "VPE", description="Thing, VPE 50")
    assert found.quantity is None
    assert "50" in (found.unit_problem or "")
    assert counted("pcs", "50", "2", "VPE", description="Thing, VPE 50").quantity == 100


def test_a_quantity_that_nobody_stated_stays_away() -> None:
    said = order(line(supplier_sku="K-100", stated_quantity=None))
    assert match(said, catalog()).lines[0].quantity is None


def test_a_line_without_product_keeps_its_words() -> None:
    said = line(
        description="gnome", stated_unit="VPE", stated_price=Decimal(12), price_per=Decimal(4)
    )
    found = match(order(said), catalog()).lines[0]
    assert (found.quantity, found.unit, found.price) == (Decimal(20), "VPE", Decimal(3))


@pytest.mark.parametrize(
    ("quantity", "stated", "price", "more", "expected"),
    [
        ("10", "pcs", "4.50", {}, "4.5"),
        ("2", "VPE", "45", {"amount": Decimal(90)}, "4.5"),
        ("2", "VPE", "45", {}, "4.5"),
        ("2", "VPE", "4.50", {"amount": Decimal(90)}, "4.5"),
        ("2", "VPE", "4.50", {}, "4.5"),
        ("20", "pcs", "45", {"amount": Decimal(90)}, "4.5"),
        ("2", "VPE", "60", {}, "6"),
        ("10", "pcs", "450", {"price_per": Decimal(100)}, "4.5"),
        ("10", "pcs", "5", {"discount_percent": Decimal(10), "amount": Decimal(45)}, "4.5"),
        ("10", "pcs", "4.50", {"discount_percent": Decimal(10), "amount": Decimal(45)}, "4.5"),
        ("10", "pcs", "5", {"discount_percent": Decimal(10)}, "4.5"),
        ("10", "pcs", "4.50", {"discount_percent": Decimal(10)}, "4.5"),
        ("3", "dozen", "54", {"amount": Decimal(162)}, "4.5"),
        ("10", "pcs", "7", {"amount": Decimal(1)}, "7"),
        ("10", "pcs", "450", {"amount": Decimal(45)}, "4.5"),
        ("10", "pcs", "4500", {"amount": Decimal(45)}, "4.5"),
        ("10", "pcs", "700", {"amount": Decimal(70)}, "700"),
        ("10", "pcs", "450", {}, "450"),
    ],
)
def test_prices_are_per_product_unit(
    quantity: str, stated: str, price: str, more: dict[str, Any], expected: str
) -> None:
    found = counted("pcs", "10", quantity, stated, stated_price=Decimal(price), **more)
    assert str(found.price) == expected


def test_no_price_stated_is_no_price() -> None:
    assert counted("pcs", None, "10", None, amount=Decimal(45)).price is None


def test_a_person_corrects_the_quantity_in_product_units() -> None:
    said = order(line(supplier_sku="K-100", stated_unit="Palette"))
    found = match(said, catalog(), {"lines.1.quantity": "120"}).lines[0]
    assert (found.quantity, found.unit, found.unit_problem) == (Decimal(120), "pcs", None)


@pytest.mark.parametrize("text", ["", "many", "1,000", "1.000", "1e3", "NaN", "1 2"])
def test_a_quantity_that_can_be_misread_is_no_quantity(text: str) -> None:
    found = match(order(line(supplier_sku="K-100")), catalog(), {"lines.1.quantity": text})
    assert found.lines[0].quantity is None


def test_the_other_corrections_of_a_person() -> None:
    said = order(line(1, supplier_sku="K-100"), line(2, supplier_sku="D-1"))
    changes = {"lines.1.remove": "yes", "po_number": " 77 ", "requested_date": "2026-07-01"}
    found = match(said, catalog(), changes)
    assert [one.position for one in found.lines] == [2]
    assert found.po_number == "77"
    assert str(found.requested_date) == "2026-07-01"
    assert match(found, catalog(), changes) == found
    assert match(said, catalog(), {"requested_date": "soon"}).requested_date is None


def test_huge_and_tiny_figures_do_not_break_anything() -> None:
    assert counted("pcs", "10", "9" * 30, "VPE").quantity is not None
    assert counted("m", None, "0.000000001", "cm").quantity == 0


def test_a_pack_of_packs_that_the_customer_counts_as_we_do_is_no_question() -> None:
    plugs = Product("X-1", "Ear plugs", "box", Decimal(5))
    said = line(
        supplier_sku="X-1",
        stated_quantity=Decimal(2),
        stated_unit="carton",
        description="Ear plugs (Karton à 5 Boxen)",
    )
    found = match(order(said), catalog(products=(plugs,))).lines[0]
    assert (found.quantity, found.unit_problem) == (10, None)
