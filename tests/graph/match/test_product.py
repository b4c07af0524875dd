"""What is ordered: the ladder, and all the ways to a wrong product that must stay closed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.catalog import CustomerItem, Product
from graph.lookup import Catalog
from graph.match import match
from graph.order import Line
from tests.graph.shop import ITEMS, PRODUCTS, catalog, line, order


def matched(shop: Catalog | None = None, **fields: Any) -> Line:
    return match(order(line(**fields)), shop or catalog()).lines[0]


@pytest.mark.parametrize(
    ("fields", "sku", "rung"),
    [
        ({"supplier_sku": "K-100"}, "K-100", "supplier_sku"),
        ({"supplier_sku": " k 100"}, "K-100", "supplier_sku"),
        ({"supplier_sku": "42"}, "0042", "supplier_sku"),
        ({"customer_sku": "47.11"}, "K-100", "customer_sku"),
        ({"gtin": "4006381333931"}, "K-100", "gtin"),
        ({"code": "K100"}, "K-100", "code"),
        ({"code": "4711"}, "K-100", "code"),
        ({"code": "4006381333931"}, "K-100", "code"),
        ({"description": "K-100"}, "K-100", "code"),
        ({"description": "hex bolts zinc (K-100)"}, "K-100", "code"),
        ({"description": "“K-100” hex bolts M6x20"}, "K-100", "code"),
        ({"description": "K-100 Sechskantschr. M6x20"}, "K-100", "code"),
        ({"description": "K-100 Bulloni"}, "K-100", "code"),
        ({"code": "K-100", "description": "20 x M6x20 Hex bolts"}, "K-100", "code"),
        ({"code": "D-1", "description": "Stück"}, "D-1", "code"),
        ({"supplier_sku": "4711"}, "K-100", "code"),
        ({"customer_sku": "K-100", "description": "Hex bolt M6x20"}, "K-100", "code"),
        ({"description": "hex-bolt  M6 x 20 ZINC"}, "K-100", "name"),
        ({"description": "Hex bolts zinc, M6x20"}, "K-100", "description"),
        ({"description": "blue nitrile gloves size XL"}, "G-1-XL", "description"),
        ({"customer_sku": "99-unknown", "description": "Hex bolt M6x20 zinc"}, "K-100", "name"),
    ],
)
def test_each_rung_finds_the_product(fields: dict[str, str], sku: str, rung: str) -> None:
    found = matched(**fields)
    assert (found.sku, found.matched_by) == (sku, rung)
    assert found.candidates == ()


def no_pick(shop: Catalog | None = None, **fields: Any) -> list[str]:
    found = matched(shop, **fields)
    assert found.sku is None
    assert found.matched_by is None
    return [c.id for c in found.candidates]


def test_a_number_that_is_ours_and_also_theirs_for_another_product_is_a_question() -> None:
    assert set(no_pick(code="K-101")) == {"K-101", "K-102"}


def test_a_number_said_to_be_ours_but_used_otherwise_by_the_customer_needs_the_words() -> None:
    assert set(no_pick(supplier_sku="K-101")) == {"K-101", "K-102"}
    assert matched(supplier_sku="K-101", description="Hex bolt M6x25").sku == "K-101"


def test_numbers_that_name_different_products_are_a_question() -> None:
    assert set(no_pick(supplier_sku="D-1", customer_sku="4711")) == {"D-1", "K-100"}
    assert set(no_pick(supplier_sku="D-1", gtin="4006381333931")) == {"D-1", "K-100"}


@pytest.mark.parametrize(
    ("code", "description", "other"),
    [
        ("K-100", "Hex bolt M6x25 zinc", "K-101"),
        ("K-100", "Hex bolt M8x25", "K-102"),
        ("D-1", "Door hinge right", "D-2"),
        ("D-1", "Türscharnier rechts", None),
        ("G-1-L", "Nitrile glove blue XL", "G-1-XL"),
        ("G-1-L", "Nitrile glove red L", None),
        ("T-7", "Wood glue", "W-5"),
        ("T-7", "Garden gnome", None),
        ("T-7", "Copper pipe 18 mm", None),
        ("T-7", "Copper pipe 15 cm", None),
        ("T-7", "Copper pipe 20", None),
        ("T-7", "20 mm Copper pipe", None),
    ],
)
def test_a_number_against_its_words_is_a_question(
    code: str, description: str, other: str | None
) -> None:
    candidates = no_pick(code=code, description=description)
    assert candidates[0] == code
    assert other is None or other in candidates


@pytest.mark.parametrize(
    "description",
    [
        "Hex bolt",
        "hex bolts M6x20, VPE 100",
        "Hex bolt M6 x 20 mm zinc plated, for pump house",
        "Hx. blt M6x20",
        "Sechskantschraube M6x20",
        "K-100 Hex bolt",
        "M6x20",
    ],
)
def test_a_number_with_shorter_or_longer_words_for_the_same_thing_is_no_question(
    description: str,
) -> None:
    assert matched(supplier_sku="K-100", description=description).sku == "K-100"


def test_words_in_another_language_count_as_a_habit_only_for_what_was_bought_before() -> None:
    assert matched(code="K-100", description="Bulloni esagonali").sku == "K-100"
    assert no_pick(code="D-1", description="Cerniera") == ["D-1"]


@pytest.mark.parametrize(
    "description",
    [
        "Hex bolt",
        "Hex bolt M6",
        "Hex bolt M6x30 zinc",
        "Hex bolt M6x20 zinc black",
        "Door hinge",
        "Nitrile glove blue",
        "Nitrile glove L",
        "Latex glove blue L",
        "glove",
        "Copper pipe",
        "K-999 Hex bolt M6x20",
        "cover for K-100",
        "D-1 Cerniera",
        "K-100 or K-101",
        "something else entirely",
        "",
    ],
)
def test_vague_or_different_words_are_never_a_pick(description: str) -> None:
    no_pick(description=description)


def test_all_sizes_of_a_vague_description_are_candidates() -> None:
    assert set(no_pick(description="Nitrile glove blue")) == {"G-1-L", "G-1-XL"}


def test_a_wrong_number_of_ours_is_not_mended_by_its_words() -> None:
    assert "K-100" in no_pick(supplier_sku="K-999", description="Hex bolt M6x20 zinc")
    assert no_pick(supplier_sku="K-999", customer_sku="4711") == ["K-100"]


def test_a_number_with_a_typing_error_has_candidates() -> None:
    assert "K-100" in no_pick(supplier_sku="K-1OO")


def test_a_customers_list_is_not_used_for_another_customer() -> None:
    other = order(line(customer_sku="4711"), customer_id=None).model_copy(
        update={"customer": order().customer.model_copy(update={"email": "info@weber-ag.example"})}
    )
    assert match(other, catalog()).lines[0].sku is None


def test_our_number_in_their_column_without_words_is_a_question_unless_bought_before() -> None:
    assert matched(customer_sku="K-100").sku == "K-100"
    assert no_pick(customer_sku="D-1") == ["D-1"]


def test_their_list_pointing_at_a_product_that_is_gone_finds_nothing() -> None:
    shop = catalog(customer_items=(CustomerItem("C001", "77", "GONE"),))
    no_pick(shop, customer_sku="77")


def test_their_list_naming_two_products_for_one_number_is_a_question() -> None:
    shop = catalog(customer_items=(*ITEMS, CustomerItem("C001", "4711", "D-1")))
    assert set(no_pick(shop, customer_sku="4711")) == {"K-100", "D-1"}


def test_two_products_of_one_name_are_a_question() -> None:
    twin = replace(PRODUCTS[0], sku="K-100X", gtin=None)
    assert set(no_pick(catalog(products=(*PRODUCTS, twin)), description=twin.name)) == {
        "K-100",
        "K-100X",
    }


def test_two_products_of_one_gtin_are_a_question() -> None:
    twin = replace(PRODUCTS[0], sku="K-100X")
    assert len(no_pick(catalog(products=(*PRODUCTS, twin)), gtin="4006381333931")) == 2


def test_a_discontinued_product_is_found_and_not_replaced() -> None:
    assert matched(supplier_sku="0042").sku == "0042"
    assert matched(description="Desk lamp green").sku == "0042"


def test_packs_in_a_name_tell_products_apart() -> None:
    packs = (Product("S-1", "Screws M4x10 box of 100"), Product("S-2", "Screws M4x10 box of 200"))
    assert matched(catalog(products=packs), description="Screws M4x10, box of 200").sku == "S-2"
    assert len(no_pick(catalog(products=packs), description="Screws M4x10")) == 2


def test_what_was_bought_before_comes_first_among_candidates() -> None:
    assert no_pick(description="Hex bolt zinc")[0] == "K-100"


def test_at_most_five_candidates() -> None:
    many = tuple(Product(f"Z-{i}", f"Bracket type {i}") for i in range(300))
    assert len(no_pick(catalog(products=many), description="Bracket")) == 5


def test_a_person_wins_and_a_wrong_choice_is_no_pick() -> None:
    said = order(line(supplier_sku="K-100"))
    chosen = match(said, catalog(), {"lines.1.sku": "D-1"}).lines[0]
    assert (chosen.sku, chosen.matched_by) == ("D-1", "desk")
    wrong = match(said, catalog(), {"lines.1.sku": "NOPE"}).lines[0]
    assert (wrong.sku, wrong.matched_by) == (None, None)
