"""Tables: with heads in any order and language, without heads, drawn in text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from graph.extract.columns import role_of
from graph.extract.evidence import style_of
from graph.extract.grid import find_grids
from graph.extract.table import TableLines, read_table

TODAY = date(2026, 5, 20)


def table(*rows: Sequence[str]) -> TableLines:
    text = "\n".join("  ".join(row) for row in rows)
    return read_table(rows, style_of(text, TODAY))


def drawn(text: str) -> TableLines:
    grids = find_grids(text.strip("\n").split("\n"))
    assert len(grids) == 1
    return read_table(grids[0].rows, style_of(text, TODAY))


def values(lines: TableLines, *names: str) -> list[tuple[str, ...]]:
    return [tuple(str(d.get(n)) for n in names) for d in lines.drafts]


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Pos.", "position"),
        ("Art.-Nr.", "code"),
        ("Ihre Art.-Nr.", "supplier_sku"),
        ("Your item no.", "supplier_sku"),
        ("Lieferantenartikelnummer", "supplier_sku"),
        ("Unsere Nr.", "customer_sku"),
        ("Kundenartikelnummer", "customer_sku"),
        ("our part number", "customer_sku"),
        ("EAN", "gtin"),
        ("Bezeichnung", "description"),
        ("Désignation", "description"),
        ("Bestellmenge", "quantity"),
        ("Q.ty", "quantity"),
        ("Aantal", "quantity"),
        ("ME", "unit"),
        ("U/M", "unit"),
        ("Unit price (EUR)", "price"),
        ("Preis je 100", "price"),
        ("CHF/EH", "price"),
        ("Gesamtpreis netto", "amount"),
        ("Rabatt %", "discount"),
        ("Need by", "date"),
        ("MwSt", "ignore"),
        ("Lagerbestand", "ignore"),
        ("K-100", None),
        ("", None),
    ],
)
def test_heads(head: str, role: str | None) -> None:
    assert role_of(head) == role


@pytest.mark.parametrize(
    "order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 0, 4, 1, 3)], ids=["as is", "reversed", "mixed"]
)
def test_columns_come_in_any_order(order: tuple[int, ...]) -> None:
    rows = [
        ("Pos", "Artikel", "Bezeichnung", "Menge", "Preis"),
        ("1", "K-100", "Kugelhahn DN20", "10", "4,50"),
        ("2", "K-200", "Rohr 20mm", "5", "2,10"),
    ]
    found = table(*[tuple(row[n] for n in order) for row in rows])
    assert values(found, "code", "description", "stated_quantity", "stated_price") == [
        ("K-100", "Kugelhahn DN20", "10", "4.50"),
        ("K-200", "Rohr 20mm", "5", "2.10"),
    ]


def test_sums_freight_and_repeated_heads_are_no_lines() -> None:
    head = ("Art", "Bezeichnung", "Menge", "Preis", "Betrag")
    found = table(
        head,
        ("K-100", "Kugelhahn", "10", "4,50", "45,00"),
        ("", "Übertrag", "", "", "45,00"),
        head,
        ("", "Übertrag von Seite 1", "", "", "45,00"),
        ("K-200", "Rohr", "5", "2,10", "10,50"),
        ("", "Zwischensumme Sanitär", "", "", "55,50"),
        ("", "Frachtpauschale Inland", "", "", "9,90"),
        ("", "Summe netto", "", "", "65,40"),
        ("", "19 % MwSt", "", "", "12,43"),
        ("", "Gesamtbetrag brutto", "", "", "77,83"),
    )
    assert values(found, "code") == [("K-100",), ("K-200",)]
    assert {k: str(v) for k, (v, _) in found.totals.items()} == {
        "shipping": "9.90",
        "net": "65.40",
        "tax": "12.43",
        "gross": "77.83",
    }


def test_wrapped_rows_go_on_with_the_line_above() -> None:
    found = table(
        ("Pos", "Material", "Bezeichnung", "Menge"),
        ("10", "1000-77", "Kugelhahn", "5"),
        ("", "", "Messing, vernickelt", ""),
        ("", "", "Ihre Art.-Nr.: K-100", ""),
        ("", "", "Liefertermin: 20.06.2026", ""),
        ("20", "1000-78", "Rohr", "7"),
    )
    first = found.drafts[0]
    assert first.get("description") == "Kugelhahn Messing, vernickelt"
    assert (first.get("code"), first.get("supplier_sku")) == ("1000-77", "K-100")
    assert first.get("requested_date") == date(2026, 6, 20)
    assert len(found.drafts) == 2


def test_group_rows_belong_to_no_line() -> None:
    found = table(
        ("Pos", "Art", "Bezeichnung", "Menge"),
        ("", "", "Abteilung: Pflege", ""),
        ("1", "K-100", "Kugelhahn", "5"),
        ("", "", "Abteilung: Verwaltung", ""),
        ("2", "K-200", "Rohr", "7"),
    )
    assert values(found, "description") == [("Kugelhahn",), ("Rohr",)]


@pytest.mark.parametrize(
    ("cell", "quantity", "unit"),
    [
        ("10", "10", "None"),
        ("10 Stk", "10", "pcs"),
        ("10,00 ST", "10", "pcs"),
        ("10 x", "10", "None"),
        ("Stk 10", "10", "pcs"),
        ("zwei", "2", "None"),
        ("-5", "-5", "None"),
        ("0", "0", "None"),
        ("2,5 m", "2.5", "m"),
        ("3 Rödel", "3", "Rödel"),
    ],
)
def test_quantity_cells(cell: str, quantity: str, unit: str) -> None:
    found = table(("Artikel", "Menge"), ("K-100", cell), ("K-200", "7"))
    assert values(found, "stated_quantity", "stated_unit")[0] == (quantity, unit)
    assert found.drafts[0].doubts == []


@pytest.mark.parametrize("cell", ["10-12", "10/12", "10 oder 20", "viele", "2O", "?"])
def test_quantity_cells_that_nobody_can_read(cell: str) -> None:
    found = table(("Artikel", "Menge"), ("K-100", cell), ("K-200", "7"))
    assert found.drafts[0].get("stated_quantity") is None
    assert [d[0] for d in found.drafts[0].doubts] == ["invalid_quantity"]


def test_a_missing_quantity_keeps_the_line() -> None:
    found = table(("Artikel", "Menge"), ("K-100", ""), ("K-200", "7"))
    assert values(found, "code", "stated_quantity") == [("K-100", "None"), ("K-200", "7")]


def test_an_order_form_holds_what_is_filled_in() -> None:
    rows = [(f"K-{n}", "Ware", "1,00", "5" if n == 3 else "") for n in range(1, 9)]
    found = table(("Artikelnr", "Bezeichnung", "Preis", "Menge"), *rows)
    assert values(found, "code", "stated_quantity") == [("K-3", "5")]


@pytest.mark.parametrize(
    ("cell", "price", "per"),
    [
        ("4,50 €", "4.50", "None"),
        ("EUR 4,50", "4.50", "None"),
        ("12,50/100", "12.50", "100"),
        ("12,50 EUR/100 ST", "12.50", "100"),
        ("12,50 pro 100", "12.50", "100"),
        ("0,00", "0.00", "None"),
        ("auf Anfrage", "None", "None"),
    ],
)
def test_price_cells(cell: str, price: str, per: str) -> None:
    found = table(("Artikel", "Menge", "Preis"), ("K-100", "10", cell), ("K-200", "7", "1,10"))
    assert values(found, "stated_price", "price_per")[0] == (price, per)


def test_a_head_says_what_all_prices_are_for() -> None:
    found = table(("Art", "Menge", "Preis je 100"), ("K-1", "700 Stk", "14,00"))
    assert values(found, "stated_price", "price_per") == [("14.00", "100")]


def test_of_two_prices_the_one_that_explains_the_amount() -> None:
    found = table(
        ("Artikel", "Menge", "Listenpreis", "Rabatt", "Nettopreis", "Betrag"),
        ("4711", "100", "0,65", "20 %", "0,52", "52,00"),
    )
    assert values(found, "stated_price", "discount_percent") == [("0.52", "None")]


@pytest.mark.parametrize(
    ("cell", "amount", "quantity"), [("10,000", "45,00", "10"), ("1.000", "4.500,00", "1000")]
)
def test_three_decimals_of_an_erp_are_told_from_thousands(
    cell: str, amount: str, quantity: str
) -> None:
    found = table(("Material", "Menge", "Preis", "Wert"), ("K-100", cell, "4,50", amount))
    assert values(found, "stated_quantity") == [(quantity,)]
    assert found.drafts[0].doubts == []


def test_an_order_number_in_a_column() -> None:
    found = table(
        ("Bestellnr", "Lieferantenartikel", "Menge"), ("DL-1", "52010", "5"), ("DL-1", "52011", "7")
    )
    assert values(found, "supplier_sku") == [("52010",), ("52011",)]
    assert {d.po_number for d in found.drafts} == {"DL-1"}


@pytest.mark.parametrize(
    "rows",
    [
        [("K-100", "Rohr 20mm", "10", "4,50"), ("K-200", "Bogen", "5", "2,10")],
        [
            ("1", "K-100", "Rohr", "10", "4,50", "45,00"),
            ("2", "K-200", "Bogen", "5", "2,10", "10,50"),
        ],
        [("10", "Stk", "K-100", "Rohr 20mm"), ("5", "Stk", "K-200", "Bogen")],
        [("K-100", "10 Stk"), ("K-200", "5 Stk")],
        [("10", "K-100"), ("5", "K-200")],
    ],
)
def test_without_heads_the_cells_decide(rows: list[tuple[str, ...]]) -> None:
    found = table(*rows)
    assert values(found, "code", "stated_quantity") == [("K-100", "10"), ("K-200", "5")]


@pytest.mark.parametrize(
    "rows",
    [
        [("Bestellnummer", "4711"), ("Datum", "20.05.2026")],
        [("Muster Bau GmbH", "Tel. 030 123456"), ("Industriestr. 12", "Fax 030 123457")],
        [("Artikel:", "K-100"), ("Menge:", "10")],
        [("a",), ("b",)],
    ],
)
def test_other_tables_hold_no_lines(rows: list[tuple[str, ...]]) -> None:
    assert table(*rows).drafts == []


@pytest.mark.parametrize(
    "text",
    [
        "Artikel  Bezeichnung      Menge  ME\nK-100    Kugelhahn DN20     10  "
        "ST\nK-200    Rohr                5  M",
        "Artikel | Menge | ME\n--------|-------|---\nK-100 | 10 | ST\nK-200 | 5 | M",
        "| Artikel | Menge | ME |\n|---|---|---|\n| K-100 | 10 | ST |\n| K-200 | 5 | M |",
        "Artikel\tMenge\tME\nK-100\t10\tST\nK-200\t5\tM",
        "Artikel;Menge;ME\nK-100;10;ST\nK-200;5;M",
        "Artikel,Menge,ME\nK-100,10,ST\nK-200,5,M",
        "K-100;10;ST\nK-200;5;M",
    ],
)
def test_tables_drawn_in_text(text: str) -> None:
    found = drawn(text)
    assert values(found, "code", "stated_quantity", "stated_unit") == [
        ("K-100", "10", "pcs"),
        ("K-200", "5", "m"),
    ]


def test_a_drawn_table_with_ragged_rows_and_sums() -> None:
    found = drawn(
        """
Item        Description                 Qty     Unit Price   Amount
K-100       Ball valve                   10        4.50       45.00
K-300       A very long description of the valve   5   3.00  15.00
Freight                                                       9.90
                                      Subtotal     60.00
"""
    )
    assert values(found, "code", "stated_quantity", "amount") == [
        ("K-100", "10", "45.00"),
        ("K-300", "5", "15.00"),
    ]
    assert {k: v for k, (v, _) in found.totals.items()} == {
        "shipping": Decimal("9.90"),
        "net": Decimal("60.00"),
    }
