"""One line in words: quantity, unit, code, words, price."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from graph.extract.evidence import Style
from graph.extract.phrase import read_phrase
from graph.extract.pieces import split_entry

STYLE = Style(date(2026, 5, 20), day_first=True)


@pytest.mark.parametrize(
    ("text", "quantity", "unit", "code", "description"),
    [
        ("10 x K-100", "10", None, "K-100", None),
        ("10x K-100 Rohr 20mm", "10", None, "K-100", "Rohr 20mm"),
        ("K-100: 10 Stk", "10", "pcs", "K-100", None),
        ('- 5 pcs Ball valve 1/2" (art. 12345)', "5", "pcs", "12345", 'Ball valve 1/2"'),
        ("20 of 4711-A", "20", None, "4711-A", None),
        ("5 boxes of gloves size L", "5", "box", None, "gloves size L"),
        ("2 VPE Schrauben M6x20 Art.-Nr. 99-1", "2", "pack", "99-1", "Schrauben M6x20"),
        ("zwei Kisten Handschuhe L", "2", "box", None, "Handschuhe L"),
        ("K-100 ... 10", "10", None, "K-100", None),
        ("K-100 x 10", "10", None, "K-100", None),
        ("K-100 (10 Stk)", "10", "pcs", "K-100", None),
        ("1) K-200 Bogen, 5 Stück", "5", "pcs", "K-200", "Bogen"),
        ("50 m Kabel NYM-J 3x1,5", "50", "m", None, "Kabel NYM-J 3x1,5"),
        ("SL-10     50 m", "50", "m", "SL-10", None),
        ("10 x 4711", "10", None, "4711", None),
        ("4711 Kugelhahn 10", "10", None, "4711", "Kugelhahn"),
        ("Schrauben 4x40 200 Stk", "200", "pcs", None, "Schrauben 4x40"),
        ("36 Packband 50 mm x 66 m", "36", None, None, "Packband 50 mm x 66 m"),
        ("12 x 4006381333931", "12", None, None, None),
        ("Qty 10 - SKU: AB-12 - widget", "10", None, "AB-12", "widget"),
        ("a dozen gloves", "1", "dozen", None, "gloves"),
        ("4 Dutzend Paar HS-110", "48", "pair", "HS-110", None),
        ("3 x 100 Stk 933.12.060", "300", "pcs", "933.12.060", None),
        (
            "2 pallets K-100 (48 cartons per pallet)",
            "2",
            "pallet",
            "K-100",
            "48 cartons per pallet",
        ),
        ("800 Stk 934.06", "800", "pcs", "934.06", None),
        ("0 x K-100", "0", None, "K-100", None),
        ("Stk 10 K-100", "10", "pcs", "K-100", None),
    ],
)
def test_lines(
    text: str, quantity: str, unit: str | None, code: str | None, description: str | None
) -> None:
    draft = read_phrase(text, STYLE)
    assert draft.strength > 0
    assert draft.get("stated_quantity") == Decimal(quantity)
    assert draft.get("stated_unit") == unit
    assert draft.get("code") == code
    assert draft.get("description") == description
    assert draft.doubts == []


@pytest.mark.parametrize(
    ("text", "price", "per", "amount"),
    [
        ("10 pcs K-100 @ 4.50 EUR", "4.50", None, None),
        ("10 Stk K-100 à 4,50 €", "4.50", None, None),
        ("10 Stk K-100 12,50 €/100 Stk", "12.50", "100", None),
        ("6 EA HX-22 Hex bolt @ 0.35", "0.35", None, None),
        ("5 ST K-100 Rohr 4,50 22,50", "4.50", None, "22.50"),
        ("1 K-100 Rohr 20mm 5 4,50 22,50", "4.50", None, "22.50"),
        ("10 x K-100 je 4,50 EUR = 45,00 EUR", "4.50", None, "45.00"),
        ("10 x K-100 0,00 EUR", "0.00", None, None),
    ],
)
def test_prices(text: str, price: str, per: str | None, amount: str | None) -> None:
    draft = read_phrase(text, STYLE)
    assert draft.get("stated_price") == Decimal(price)
    assert draft.get("price_per") == (Decimal(per) if per else None)
    assert draft.get("amount") == (Decimal(amount) if amount else None)


@pytest.mark.parametrize(
    ("text", "supplier", "customer"),
    [
        ("10 Stk Ihre Art.-Nr. K-100", "K-100", None),
        ("10 Stk Unsere Art.-Nr.: 99-1", None, "99-1"),
        ("10 pcs your part no. K-100, our item no. 99-1", "K-100", "99-1"),
    ],
)
def test_whose_number_it_is(text: str, supplier: str | None, customer: str | None) -> None:
    draft = read_phrase(text, STYLE)
    assert (draft.get("supplier_sku"), draft.get("customer_sku")) == (supplier, customer)


@pytest.mark.parametrize(
    "text",
    ["10-12 pcs K-100", "10 or 20 K-100", "1/2 Palette K-100", "2O Stk K-100", "10 20 K-100"],
)
def test_a_riddle_has_no_quantity_but_a_doubt(text: str) -> None:
    draft = read_phrase(text, STYLE)
    assert draft.strength > 0
    assert draft.get("stated_quantity") is None
    assert [kind for kind, *_ in draft.doubts] == ["invalid_quantity"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ca. 10 Stk K-100", "invalid_quantity"),
        ("1.000 Stk K-100", "invalid_quantity"),
        ("100 Stk 4711 oder 4712", "ambiguous_product"),
        ("300 Stk K-100, davon 150 sofort", "missing_information"),
    ],
)
def test_a_quantity_with_a_doubt(text: str, kind: str) -> None:
    draft = read_phrase(text, STYLE)
    assert draft.get("stated_quantity") is not None
    assert [doubt[0] for doubt in draft.doubts] == [kind]


@pytest.mark.parametrize(
    "text", ["5x20mm Rohr", "Kugelhahn", "", "eine Kopie", "Bestellung", "3 Wochen"]
)
def test_no_line(text: str) -> None:
    assert read_phrase(text, STYLE).strength == 0


def test_a_date_belongs_to_its_line() -> None:
    draft = read_phrase("10 Stk K-100 Liefertermin 28.05.2026", STYLE)
    assert draft.get("requested_date") == date(2026, 5, 28)
    assert draft.quotes["requested_date"] == "28.05.2026"


def test_a_price_for_a_dozen() -> None:
    draft = read_phrase("4 dozen pairs GV-10 gloves @ €25.80 per dozen", STYLE)
    assert (draft.get("stated_quantity"), draft.get("stated_unit")) == (Decimal(48), "pair")
    assert (draft.get("stated_price"), draft.get("price_per")) == (Decimal("25.80"), Decimal(12))


def test_a_size_behind_a_code_describes_the_goods() -> None:
    assert split_entry("20 Sack AB-20, Bindemittel 20 kg", STYLE) == []


def test_what_a_pack_holds_stands_behind_the_goods() -> None:
    draft = read_phrase("2 cartons (of 12) LU-40 oil @ €55.20 per carton", STYLE)
    assert (draft.get("stated_quantity"), draft.get("stated_unit")) == (Decimal(2), "carton")
    assert (draft.get("code"), draft.get("description")) == ("LU-40", "oil carton of 12")
