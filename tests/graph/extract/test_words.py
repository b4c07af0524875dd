"""Order lines in words: sentences, lists and blocks, with and without a catalog to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph import normal
from graph.extract.evidence import Draft, style_of
from graph.extract.listing import ListLines, read_listing

SOLD = ("KV-100", "KV-200", "KV-300", "VB 1600", "VB-1600", "73310", "73310-L")


class Shelf:
    """Knows the numbers in SOLD."""

    def knows_code(self, text: str) -> bool:
        return normal.code(text) in {normal.code(code) for code in SOLD}

    def codes_in(self, words: str) -> tuple[str, ...]:
        spots = sorted((words.find(c), -len(c), c) for c in SOLD if c in words)
        return tuple(
            c
            for n, (at, _, c) in enumerate(spots)
            if not n or at >= spots[n - 1][0] + len(spots[n - 1][2])
        )


def listing(text: str, *, known: bool = True) -> ListLines:
    style = style_of(text, date(2026, 5, 20))
    return read_listing(text.split("\n"), replace(style, known=Shelf()) if known else style)


def brief(draft: Draft) -> tuple[object, ...]:
    count = draft.get("stated_quantity")
    return (
        None if count is None else int(count),
        draft.get("stated_unit"),
        draft.get("code") or draft.get("supplier_sku") or draft.get("description"),
    )


def lines(text: str, *, known: bool = True) -> list[tuple[object, ...]]:
    return [brief(draft) for draft in listing(text, known=known).drafts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Morning! Could you pop 20 of the KV-100 and another 10 KV-200 on the next van please?",
            [(20, None, "KV-100"), (10, None, "KV-200")],
        ),
        (
            "hi can u send 2 x KV-100 clamps, 3 rolls of tape (KV-200) n 1 x KV-300 saw ta\nKim",
            [(2, None, "KV-100"), (3, "roll", "KV-200"), (1, None, "KV-300")],
        ),
        ("Schickt uns bitte 4 Keilriemen VB 1600.", [(4, None, "VB 1600")]),
        (
            "We need 10 kg of the fine salt, KV-100 and 2 dozen deep bowls (KV-200).",
            [(10, "kg", "KV-100"), (2, "dozen", "KV-200")],
        ),
        (
            "Pourriez-vous nous livrer dix cartons de tubes, réf. KV-100, et six de KV-200 ?",
            [(10, "carton", "KV-100"), (6, None, "KV-200")],
        ),
    ],
)
def test_chatty_sentences_name_known_products(text: str, expected: list[object]) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "please book 6 each of the storage boxes red, blue and green",
            [
                (6, "pcs", "storage boxes red"),
                (6, "pcs", "storage boxes blue"),
                (6, "pcs", "storage boxes green"),
            ],
        ),
        (
            "bräuchten bis Freitag 30 Dübel 8 mm sowie ein Dutzend Pinsel",
            [(30, None, "Dübel 8 mm"), (1, "dozen", "Pinsel")],
        ),
        ("also another three boxes of gloves size L please", [(3, "box", "gloves size L")]),
        (
            "8 Karton (je 12) Gläser 0,5 l bitte, Danke Ute F., Gasthof Eck",
            [(8, "carton", "Gläser 0,5 l (je 12)")],
        ),
        ("Could we get 2 cases of 6 of the wine glasses", [(2, "carton", "wine glasses of 6")]),
        ("1 pallet (20 cans) of cleaner", [(20, "can", "cleaner")]),
        (
            "10000 Scheiben M8, 5000 Muttern M8",
            [(10000, None, "Scheiben M8"), (5000, None, "Muttern M8")],
        ),
        (
            "- Kette 8 mm, insgesamt 25 m (5 Ringe je 5 m)",
            [(25, "m", "Kette 8 mm, (5 Ringe je 5 m)")],
        ),
    ],
)
def test_words_alone_name_goods_and_counts(text: str, expected: list[object]) -> None:
    assert lines(text, known=False) == expected


def test_counts_beside_codes_stand_for_each_of_them() -> None:
    assert lines("Please send 5 each of KV-100, KV-200 and KV-300") == [
        (5, "pcs", "KV-100"),
        (5, "pcs", "KV-200"),
        (5, "pcs", "KV-300"),
    ]


def test_a_known_product_without_a_quantity_stays_a_line() -> None:
    text = "Wir brauchen 24 Teller KV-100 und wieder Servietten KV-200"
    assert lines(text) == [(24, None, "KV-100"), (None, None, "KV-200")]


def test_a_number_inside_a_known_code_counts_nothing() -> None:
    assert lines("73310    Hexagon nuts       800") == [(800, None, "73310")]


def test_what_goods_are_made_for_is_not_ordered() -> None:
    assert lines("8 Stk Zahnkranz für 73310, 73310-L") == [(8, "pcs", "73310-L")]


def test_two_products_in_one_entry_are_doubted() -> None:
    [draft] = listing("4 Stk Band KV-100 mit Rolle KV-200").drafts
    assert [kind for kind, _, _ in draft.doubts] == ["ambiguous_product"]


@pytest.mark.parametrize(
    "aside",
    [
        "Bearbeiter: G. Muster Durchwahl -17",
        "Requisition: 7741",
        "Dank dir, Lois (DW 44)",
        "for crusher 3 (90 kW, 1480 rpm, ratio 2.5) we need",
        "3. Prices are fixed for 90 days and cover up to 30 cartons per consignment.",
        "Anlieferung bitte Nordgasse 14, 411 99 Musterby",
    ],
)
def test_asides_beside_known_products_are_no_lines(aside: str) -> None:
    assert lines(f"{aside}\n\n12 x KV-100 Ventil") == [(12, None, "KV-100")]


def test_an_unknown_product_beside_known_ones_stays() -> None:
    text = "400 Schrauben M8x30 verzinkt\n1000 Muttern KV-100"
    assert lines(text) == [(400, None, "Schrauben M8x30 verzinkt"), (1000, None, "KV-100")]


def test_a_list_below_an_address_is_read_whole() -> None:
    text = (
        "unsere Küche (Am Bach 19, 61998 Musterbad) braucht:\n"
        "- 2 Kochtöpfe 28 cm mit Deckel\n- 6 Behälter 65 mm"
    )
    assert [line[0] for line in lines(text, known=False)] == [2, 6]


def test_an_address_in_a_sentence_is_no_count() -> None:
    text = "für Seeblick, Strandpromenade 3, 18999 Musterort bitte unter 4711:\n\n48 Stk KV-100"
    assert lines(text) == [(48, "pcs", "KV-100")]


def test_goods_that_follow_an_order_without_a_verb_are_read() -> None:
    text = "brauchen bitte wieder 48 Becher 0,3 und 2 Pfannen. ach ja und 10 Boxen Handschuhe M"
    assert [line[:2] for line in lines(text, known=False)] == [(48, None), (2, None), (10, "box")]


@pytest.mark.parametrize(
    "sentence",
    [
        "anbei erhalten Sie unsere Bestellung 4500087312.",
        "ohne Preise - es gilt Rahmenvertrag 46-2025",
        "Goods supplied in excess of the quantity ordered by more than 0 % will be returned at.",
    ],
)
def test_sentences_about_no_goods_are_not_called_unread(sentence: str) -> None:
    assert listing(f"{sentence}\n\n12 x KV-100").unread == []


def test_a_sentence_that_denies_counted_goods_is_called_unread() -> None:
    assert listing("Letztes Mal wurden 12 Stk Ventile geliefert.\n\n12 x KV-100").unread


@pytest.mark.parametrize(
    "text",
    [
        "Pos 10\n  Artikel:   KV-100\n  Text:      Ventil\n  Menge:     400 Stück\n"
        "  Preis:     12,50 EUR je 100 Stück\n  Wert:      50,00 EUR",
        "Item 1 of 1\nPart number ...... KV-100\nDescription ...... Ventil\n"
        "Quantity ......... 400 pcs\nUnit price ....... EUR 12.50 per 100\n"
        "Line value ....... EUR 50.00",
        "Line 1\n\nSupplier item\nKV-100\nDescription\nVentil\nQuantity\n400 pcs\n"
        "Unit price\n12.50 EUR per 100\nLine value\n50.00 EUR",
        "KV-100   Ventil\nQty: 400 ea  |  Price: €12.50 per 100  |  Line: €50.00\n"
        "Order value €50.00",
        "Ventil\nArt.-Nr. KV-100\n400 Stk.\nje 12,50 €/100\n50,00 €",
    ],
)
def test_a_block_of_lines_is_one_order_line(text: str) -> None:
    [draft] = listing(text).drafts
    assert brief(draft) == (400, "pcs", "KV-100")
    assert (draft.get("description"), draft.get("amount")) == ("Ventil", 50)
    assert (draft.get("stated_price"), draft.get("price_per")) == (12.5, 100)


def test_an_order_number_on_its_own_line_is_no_line() -> None:
    text = "wir bestellen unter Bestell-Nr.:\n   45000-150 / 2\n\n- 20 Stk KV-100"
    assert lines(text) == [(20, "pcs", "KV-100")]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We need half a dozen aprons KV-100", "0.5"),
        ("We need a dozen aprons KV-100", "1"),
        ("Bitte senden Sie je 6 Stück KV-100, KV-200.", "6"),
        ("please send the usual 4 of KV-100", "4"),
    ],
)
def test_counts_in_everyday_words(text: str, count: str) -> None:
    assert str(listing(text).drafts[0].get("stated_quantity")) == count


def test_what_follows_a_semicolon_is_ordered_too() -> None:
    text = "please send: gloves KV-100 20 boxes; foil KV-200 3 rolls"
    assert lines(text) == [(20, "box", "KV-100"), (3, "roll", "KV-200")]
