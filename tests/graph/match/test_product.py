"""What is ordered: the ladder, and all the ways to a wrong product that must stay closed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from graph.catalog import CustomerItem, Product
from graph.lookup import Catalog
from graph.match import match
from graph.order import Line
from tests.graph.shop import ITEMS, PRODUCTS, catalog, line, order, past


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
        ("T-7", "Desk lamp from the hall", None),
        ("K-100", "Nitrile 933", None),
        ("K-100", "Hex bolt K-101", "K-101"),
        ("K-100", "old K-10O, Hex bolt", None),
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


@pytest.mark.parametrize(
    "description", ["Cerniera", "die quietschende", "10", "12,50", "", "Stück"]
)
def test_words_nobody_knows_and_bare_figures_do_not_contradict_a_number(description: str) -> None:
    assert matched(code="D-1", description=description).sku == "D-1"
    assert matched(supplier_sku="D-1", description=description).sku == "D-1"


def test_a_short_number_of_nobody_needs_a_word_or_a_habit() -> None:
    lamp = Product("4712", "Folding carton 400 x 300 x 200 mm", "pcs")
    shop = catalog(products=(*PRODUCTS, lamp), customer_items=())
    assert no_pick(shop, code="4712", description="Hallo zusammen") == ["4712"]
    assert matched(shop, code="4712", description="Folding thing").sku == "4712"
    assert matched(shop, supplier_sku="4712", description="Hallo zusammen").sku == "4712"
    assert matched(shop, description="“4712” Faltkarton 400 × 300 × 200 mm").sku == "4712"
    assert matched(shop, description="zu Auftrag 4712 bitte melden").sku is None


def test_a_name_cut_off_agrees_unless_it_is_cut_in_a_number() -> None:
    shop = catalog(products=(Product("B-1", "Ball bearing 20x47x14 mm"), Product("B-2", "Pump 87")))
    assert matched(shop, code="B-1", description="Ball bearing 20x47x14 m").sku == "B-1"
    no_pick(shop, code="B-1", description="Ball bearing 20x47x1")


def test_the_rest_of_a_bracket_is_no_part_of_the_words() -> None:
    assert matched(code="K-100", description="200) Hex bolt M6").sku == "K-100"


BELTS = (
    Product("SPA-1000", "V-belt SPA 1000 Lw"),
    Product("SPA-1600", "V-belt SPA 1600 Lw"),
    Product("SPZ-1000", "V-belt SPZ 1000 Lw"),
    Product("08B-1", "Roller chain 08B-1", "m"),
    Product("08B-1-CL", "Connecting link 08B-1"),
    Product("6204-2RS", "Ball bearing 6204-2RS 20x47x14 mm"),
    Product("6204-2RS-C3", "Ball bearing 6204-2RS-C3 20x47x14 mm"),
)


@pytest.mark.parametrize(
    ("fields", "sku"),
    [
        ({"description": "V-belt SPA 1000"}, "SPA-1000"),
        ({"description": "Correa trapezoidal SPA 1000 Lw"}, "SPA-1000"),
        ({"description": "von den SPA", "code": "1600"}, "SPA-1600"),
        ({"description": "Rillenkugellager 6204-2RS 20x47x14", "code": "R8-05-12"}, "6204-2RS"),
        ({"description": "6204-2RS C3 Lager"}, "6204-2RS-C3"),
        ({"description": "connecting link, 08B-1"}, "08B-1-CL"),
        ({"description": "08B-1-CL Connecting link 08B-1"}, "08B-1-CL"),
        ({"description": "Keilriemen SPA 1120"}, None),
        ({"description": "SPA 1000 oder SPZ 1000"}, None),
        ({"description": "Spannrolle für SPA 1000"}, None),
        ({"description": "6204-2RS 25x52x15"}, None),
        ({"description": "SPA 1000 V-belt", "supplier_sku": "9999"}, None),
        ({"code": "6204-2RS-C3", "description": "Ball bearing 6204-2RS 20x47x14 mm"}, None),
        ({"code": "6204-2RS", "description": "Ball bearing 6206-2RS"}, None),
    ],
)
def test_numbers_inside_a_description(fields: dict[str, str], sku: str | None) -> None:
    assert matched(catalog(products=BELTS), **fields).sku == sku


CUPS = (
    Product("404309", "Espressotasse Alba 9 cl", "pcs"),
    Product("404318", "Kaffeetasse Alba 18 cl", "pcs"),
    Product("404315", "Untertasse Alba 15 cm", "pcs"),
    Product("401365", "GN-Behälter 1/3 65 mm Edelstahl", "pcs"),
    Product("402028", "Kochtopf Kastor 28 cm mit Deckel", "pcs"),
    Product("TX-2", "Nitrilhandschuhe blau Größe M, Box 100 Stück", "box"),
    Product("EW-31", "Serviette 40x40 3-lagig bordeaux", "box"),
    Product("6885", "Parallel key DIN 6885 A 6x6x20"),
    Product("RC-10", "Regeneriersalz grob", "kg", Decimal(25)),
    Product("RD-1", "Radiator 600 x 1000 mm", "pcs"),
)
BOUGHT = tuple(
    past(order_id, "5", sku=sku)
    for sku in ("404309", "TX-2", "EW-31", "404318")
    for order_id in ("o1", "o2")
)


@pytest.mark.parametrize(
    ("description", "sku", "without_history"),
    [
        ("Tazzina espresso Alba 9 cl", "404309", None),
        ("blue nitrile gloves in M", "TX-2", None),
        ("Servietten 40x40 bordeaux", "EW-31", None),
        ("Kochtöpfe Kastor 28 cm mit Deckel", "402028", "402028"),
        ("GN-Behälter 1/3 65 mm", "401365", "401365"),
        ("GN1/3 Behälter 65mm inox", "401365", "401365"),
        ("Chiavetta DIN 6885 A 6x6x20", "6885", "6885"),
        ("Regeneriersalz grob zu je 25 kg", "RC-10", "RC-10"),
        ("Tazzina Alba 10 cl", None, None),
        ("Tazza Alba 18 cm", None, None),
        ("Nitrilhandschuhe steril blau Größe M", None, None),
        ("Nitrilhandschuhe blau Größe L", None, None),
        ("Servietten 40x40 blau", None, None),
        ("Regeneriersalz grob zu je 20 kg", None, None),
        ("Chiavetta 6x6x20", None, None),
        ("Radiator 1000 x 600 mm", None, None),
        ("Alba", None, None),
    ],
)
def test_words_and_attributes_of_one_product_only(
    description: str, sku: str | None, without_history: str | None
) -> None:
    assert matched(catalog(products=CUPS, history=BOUGHT), description=description).sku == sku
    bare = catalog(products=CUPS, history=())
    assert matched(bare, description=description).sku == without_history


def test_a_habit_decides_between_products_that_differ_in_words_only() -> None:
    twins = (Product("V-1", "Valve 1/2 chrome"), Product("V-2", "Valve 1/2 chrome with filter"))
    often = tuple(past(order_id, "5", sku="V-2") for order_id in ("o1", "o2"))
    said = "chrome valves 1/2"
    assert matched(catalog(products=twins, history=often), description=said).sku is None
    plain = (*twins[:1], Product("V-3", "Valve 1/2 chrome old"))
    often = tuple(past(order_id, "5", sku="V-1") for order_id in ("o1", "o2"))
    assert matched(catalog(products=plain, history=often), description=said).sku == "V-1"
    both = (*often, *(past(order_id, "5", sku="V-3") for order_id in ("o3", "o4")))
    assert no_pick(catalog(products=plain, history=both), description=said)


def test_a_size_is_never_a_habit() -> None:
    often = tuple(past(order_id, "5", sku="G-1-L") for order_id in ("o1", "o2", "o3"))
    assert no_pick(catalog(history=often), description="Nitrile glove blue")


def test_a_name_is_not_believed_beside_a_number_that_is_nearly_ours() -> None:
    assert no_pick(code="K-1OO", description="Hex bolt M6x20 zinc") == ["K-100"]
    assert matched(code="77-A", description="Hex bolt M6x20 zinc").sku == "K-100"


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


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Flap disc 125 mm, grit 60", "Fächerscheibe K60"),
        ("Respirator FFP2 with valve", "FFP2 masks"),
    ],
)
def test_trade_spellings_beside_an_exact_code_are_no_question(name: str, words: str) -> None:
    shop = catalog(products=(Product("X-1", name, "pcs"), Product("X-9", "Dust masks", "pcs")))
    found = match(order(line(supplier_sku="X-1", description=words)), shop).lines[0]
    assert found.sku == "X-1"


def test_another_grit_beside_an_exact_code_is_a_question() -> None:
    shop = catalog(products=(Product("X-1", "Flap disc 125 mm, grit 60", "pcs"),))
    said = line(supplier_sku="X-1", description="Fächerscheibe K80")
    assert match(order(said), shop).lines[0].sku is None
