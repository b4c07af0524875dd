"""Tables of every make: what is a line, which column counts, what stands below the lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from graph.extract.evidence import Place, style_of
from graph.extract.known import Known
from graph.extract.source import Source, read_source
from graph.order import Document, Table, Text

TODAY = date(2026, 5, 20)
SOLD = ("KX-100", "KX-200", "70415", "70416", "R 12-8", "4006381333931", "GLV-BLK", "C-8812")


class Shop:
    """A catalog of a few product numbers."""

    def knows_code(self, text: str) -> bool:
        return text in SOLD

    def codes_in(self, words: str) -> tuple[str, ...]:
        split = words.replace("(", " ").replace(")", " ").replace(",", " ").split()
        return tuple(word for word in split if word in SOLD)


SHOP: Known = Shop()
Rows = Sequence[Sequence[str]]


def source_of(*blocks: Rows | str, role: str = "attachment") -> Source:
    parts = [
        Text(text=b.strip("\n")) if isinstance(b, str) else Table(rows=tuple(map(tuple, b)))
        for b in blocks
    ]
    document = Document(name="file", role=role, format="xlsx", blocks=tuple(parts))  # type: ignore[arg-type]
    return read_source(document, TODAY, "de", known=SHOP)


def lines_of(*blocks: Rows | str, role: str = "attachment") -> list[tuple[str | None, str | None]]:
    """(number, quantity with unit) of every line, those beside the table too."""
    source = source_of(*blocks, role=role)
    found = []
    for draft, _ in [*source.drafts, *source.extra]:
        codes = [draft.get(r) for r in ("supplier_sku", "code", "customer_sku", "gtin")]
        count, unit = draft.get("stated_quantity"), draft.get("stated_unit")
        words = None if count is None else f"{count.normalize():f} {unit or ''}".strip()
        found.append((next((c for c in codes if c), None), words))
    return found


TWO = [("KX-100", "12"), ("KX-200", "30")]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            [
                ("Our stuff code", "What we call it", "Par", "Counted", "ORDER"),
                ("KX-100", "Blue tub", "20", "8", "12"),
                ("KX-200", "Lid for it", "40", "10", "30"),
            ],
            id="stock beside the order",
        ),
        pytest.param(
            [
                ("Bedarf", "Text", "Regalplatz", "Nr."),
                ("12", "Wanne blau", "A4-01", "KX-100"),
                ("30", "Deckel dazu", "A4-02", "KX-200"),
            ],
            id="other words for the heads",
        ),
        pytest.param(
            [
                ("Item", "Product", "Bore mm", "Quantity wanted", "Each"),
                ("10", "KX-100", "25", "12", "5.04"),
                ("20", "KX-200", "28", "30", "6.09"),
                ("", "END OF ORDER", "", "", ""),
            ],
            id="positions headed item",
        ),
        pytest.param(
            [
                ("1", "KX-100", "Wanne blau 300", "300", "12"),
                ("2", "KX-200", "Deckel 310", "310", "30"),
            ],
            id="no heads, and sizes that the words repeat",
        ),
        pytest.param(
            [
                ("Artikel / Bezeichnung", "Menge", "Preis", "Summe"),
                ("KX-100 Wanne, für KX-200", "12", "1,50", "18,00"),
                ("KX-200 Deckel", "30", "2,00", "60,00"),
                ("Zahlbar in 30 Tagen", "", "Summe netto", "78,00"),
                ("Bitte bestätigen", "", "zzgl. 19 % MwSt.", "14,82"),
                ("", "", "Zu zahlen EUR", "92,82"),
            ],
            id="number and words in one cell, sums beside terms",
        ),
        pytest.param(
            [
                ("Pos. Material", "Bezeichnung Menge ME", "Preis Wert"),
                ("00010 KX-100", "Wanne", ""),
                ("", "12,000 ST", "1,50 18,00"),
                ("00020 KX-200", "Deckel", ""),
                ("", "30,000 ST", "2,00 60,00"),
                ("Gesamtwert", "EUR", "78,00"),
            ],
            id="two rows for each position",
        ),
        pytest.param(
            [
                ("Lp", "Indeks", "Nazwa towaru", "Ilość", "J.m.", "Cena netto", "Wartość netto"),
                ("1", "KX-100", "Pojemnik", "12", "", "1,50", "18,00"),
                ("2", "KX-200", "Pokrywa", "30", "", "2,00", "60,00"),
            ],
            id="Polish",
        ),
        pytest.param(
            [
                ("Art.", "Qty", "Gross", "Disc%", "Net", "Sum"),
                ("KX-100", "12", "10.00", "10", "9.00", "108.00"),
                ("KX-200", "30", "20.00", "10", "18.00", "540.00"),
            ],
            id="gross, discount and net",
        ),
        pytest.param(
            [
                ("Item", "Description", "Quantity", "Rate", "Amount"),
                ("KX-100", "Tub", "12", "2.00", "24.00"),
                ("KX-200", "Lid", "30", "1.00", "30.00"),
                ("Harbour Supplies", "Quay 4 · Tel +47 999 01 140", "", "", "1"),
                ("Currency:", "GBP Tax: T8", "", "Total", "54.00"),
            ],
            id="footer and currency below",
        ),
    ],
)
def test_two_lines_and_nothing_else(rows: Rows) -> None:
    assert [(code, (count or "").split()[0]) for code, count in lines_of(rows)] == TWO


def test_price_and_amount_explain_each_other() -> None:
    source = source_of(
        [
            ("Art.-Nr.", "Menge", "Listenpreis", "Rabatt", "Netto/Einh.", "Betrag"),
            ("KX-100", "40 Stk", "4,25", "8 %", "3,91", "156,40"),
            ("KX-200", "8 Stk", "13,75", "8 %", "12,65", "101,20"),
        ]
    )
    first = source.drafts[0][0]
    assert first.get("stated_price") == Decimal("3.91")
    assert first.get("amount") == Decimal("156.40")
    assert first.get("discount_percent") is None


def test_discount_is_kept_where_the_price_is_gross() -> None:
    source = source_of(
        [
            ("Art.-Nr.", "Menge", "Preis", "Rabatt", "Betrag"),
            ("KX-100", "10", "10,00", "20", "80,00"),
            ("KX-200", "5", "4,00", "20", "16,00"),
        ]
    )
    assert [d.get("discount_percent") for d, _ in source.drafts] == [Decimal(20)] * 2


def test_sum_beside_terms_is_the_total() -> None:
    source = source_of(
        [
            ("Réf", "Désignation", "Qté", "P.U. HT", "Montant HT"),
            ("KX-100", "Bac", "4", "9,00", "36,00"),
            ("Règlement à 30 jours", "", "Total", "HT", "36,00 €"),
            ("Bon pour accord, A. Martin", "", "TVA", "", "0,00 €"),
        ]
    )
    assert source.totals["net"][0] == Decimal(36)
    assert len(source.drafts) == 1


def test_amount_under_unknown_words_is_the_total_where_lines_make_it() -> None:
    rows = [
        ("Art", "Qty", "Price", "Amount"),
        ("KX-100", "4", "9.00", "36.00"),
        ("To be settled", "", "", "36.00"),
    ]
    assert source_of(rows).totals["plain"][0] == Decimal(36)
    assert not source_of([*rows[:-1], ("Gift voucher", "", "", "5.00")]).totals


def test_unit_in_the_head_of_the_quantities() -> None:
    rows = [("Artikel-Nr.", "Menge (Karton)"), ("KX-100", "4"), ("KX-200", "6")]
    assert lines_of(rows) == [("KX-100", "4 carton"), ("KX-200", "6 carton")]


def test_a_number_may_be_labelled_in_its_cell() -> None:
    text = "EAN 4006381333931   72 Stk   Stifte\nEAN 4006381333931   24 Stk   Stifte rot"
    assert [count for _, count in lines_of(text, role="body")] == ["72 pcs", "24 pcs"]
    assert {code for code, _ in lines_of(text, role="body")} == {"4006381333931"}


def test_one_of_several_unknown_counts_is_not_guessed() -> None:
    rows = [
        ("Code", "Text", "Foo", "Bar"),
        ("KX-100", "Tub", "3", "7"),
        ("KX-200", "Lid", "5", "9"),
    ]
    assert [count for _, count in lines_of(rows)] == [None, None]


def test_unknown_goods_of_the_same_table_stay() -> None:
    rows = [
        ("Artikel", "Bezeichnung", "Menge"),
        ("KX-100", "Wanne", "4"),
        ("ZZ-9", "Neuheit", "6"),
        ("", "Haken verzinkt", "8"),
        ("", "Seil", "10-12"),
        ("KX-200", "Deckel", ""),
    ]
    named = [("KX-100", "4"), ("ZZ-9", "6"), (None, "8"), (None, None), ("KX-200", None)]
    assert lines_of(rows) == named


def test_blank_rows_of_an_order_form_order_nothing() -> None:
    form = [("Artikel", "Bezeichnung", "VE", "Ihre Menge")]
    form += [(code, "Ware", "10", "") for code in ("KX-100", "70415", "70416", "GLV-BLK")]
    assert lines_of([*form, ("KX-200", "Deckel", "10", "30")]) == [("KX-200", "30")]


def test_wrapped_descriptions_are_no_lines() -> None:
    source = source_of(
        [
            ("Pos", "Artikel", "Benennung", "Menge"),
            ("1", "KX-100", "Wanne", "12"),
            ("", "", "blau, 300 x 200", ""),
            ("2", "KX-200", "Deckel", "30"),
        ]
    )
    assert [d.get("description") for d, _ in source.drafts] == ["Wanne blau, 300 x 200", "Deckel"]


def test_terms_in_another_sheet_are_no_lines() -> None:
    terms = [("Clause", "Text"), ("1", "Payment 45 days"), ("2", "Pallet 1200 x 800, max 20 boxes")]
    order = [("Stock code", "Order Qty"), ("KX-100", "12"), ("KX-200", "30")]
    assert lines_of("Terms", terms, "PO", order) == TWO


@pytest.mark.parametrize(
    "words",
    [
        "3. Prices are fixed and include packing for up to 30 cartons per consignment.",
        "Packaging: 10 pieces each, 3 cartons.",
    ],
)
def test_sentences_beside_a_table_in_a_file_are_no_lines(words: str) -> None:
    order = [("Stock code", "Order Qty"), ("KX-100", "12"), ("KX-200", "30")]
    assert lines_of(order, words) == TWO


def test_lines_beside_a_table_in_a_file_stay() -> None:
    order = [("Stock code", "Order Qty"), ("KX-100", "12"), ("KX-200", "30")]
    assert len(lines_of(order, "5 boxes of paper towels")) == 3


@pytest.mark.parametrize(
    "text",
    [
        """
Bestellung: B-77
Pos 10
  Artikel:   KX-100
  Text:      Wanne 300
  Menge:     12 Stück
  Preis:     12,50 EUR je 100 Stück

Pos 20
  Artikel:   KX-200
  Text:      Deckel
  Menge:     30 Stück

Gesamtwert netto: 143,00 EUR
""",
        """
Line 1
Supplier item
KX-100
Description
Tub 12 kg
Quantity
12 each
Line 2
Supplier item
KX-200
Description
Lid
Quantity
30 each
PO total: 935.92 GBP
""",
        """
Artikelnummer ...... KX-100
Bezeichnung ........ Wanne
Menge .............. 12 Stk

Artikelnummer ...... KX-200
Bezeichnung ........ Deckel
Menge .............. 30 Stk
""",
        """
Unsere Sachnummer      704820
Ihre Artikelnummer     KX-100
Bestellmenge           12 Stück
Preis pro 100 Stück    1.196,00 EUR

Unsere Sachnummer      704512
Ihre Artikelnummer     KX-200
Bestellmenge           30 Stück
Preis pro 100 Stück    529,00 EUR
""",
    ],
    ids=["headings", "label above value", "dots", "gaps"],
)
def test_positions_of_labels_and_values(text: str) -> None:
    assert [(code, (n or "").split()[0]) for code, n in lines_of(text, role="body")] == TWO


def test_date_below_the_last_position_is_the_order_s() -> None:
    source = source_of(
        "Pos 1\nArtikel: KX-100\nMenge: 4\n\nPos 2\nArtikel: KX-200\nMenge: 5\n\n"
        "Liefertermin: 19.06.2026\nGesamtwert: 43,00 EUR"
    )
    assert all(
        d.get("requested_date") is None and d.get("amount") is None for d, _ in source.drafts
    )


def test_head_of_an_order_is_no_position() -> None:
    assert lines_of("Bestellung: B-77\nDatum: 03.06.2026\nName: Eva Einkauf") == []


def test_tables_read_alike_without_a_catalog() -> None:
    rows = (("Artikel", "Menge"), ("KX-100", "12"), ("KX-200", "30"))
    document = Document(name="f", role="attachment", format="xlsx", blocks=(Table(rows=rows),))
    source = read_source(document, TODAY)
    assert [d.get("stated_quantity") for d, _ in source.drafts] == [12, 30]
    assert isinstance(source.drafts[0][1], Place)
    assert style_of("", TODAY).known.codes_in("KX-100") == ()
