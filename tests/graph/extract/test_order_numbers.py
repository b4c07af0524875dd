"""The customer's order number, wherever and however it is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.order import Document, Order

Read = Callable[..., tuple[Order, ...]]
LINES = "\n\n10 Stk K-100 Kupplung\n5 Stk K-200 Flansch\n"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Our order no. is RAM/733.", "RAM/733"),
        ("Unsere Bestellnummer ist GL 648, danke.", "GL 648"),
        ("Bestell-Nr.: 71000-123 / 2", "71000-123 / 2"),
        ("Bestellung 71000-123 / 2 vom 18.05.2026", "71000-123 / 2"),
        ("PO# 118834", "118834"),
        ("Please process the below as PO RH/26/556.", "RH/26/556"),
        ("wir bestellen unter KP-26-201:", "KP-26-201"),
        ("Ich bestelle wie besprochen unter Nr. 4700087455:", "4700087455"),
        ("Unser Zeichen: MB-2207", "MB-2207"),
        ("Veuillez trouver notre bon de commande n° CF26201 :", "CF26201"),
        ("ordine n. 364/A", "364/A"),
        ("Order reference: W-7781-B", "W-7781-B"),
        ("Pedido PC-88/2026", "PC-88/2026"),
        ("Please quote our ref. HB-9921 on all papers.", "HB-9921"),
        ("We need the following under our number 88-1204:", "88-1204"),
        ("brauchen wir unter Bestell-Nr.:\n   71000-150 / 2\nbis 02.07.2026", "71000-150 / 2"),
    ],
)
def test_number_as_it_is_written(read: Read, words: str, number: str) -> None:
    (order,) = read(f"Hello,\n\n{words}{LINES}")
    assert order.po_number == number
    assert len(order.lines) == 2


@pytest.mark.parametrize(
    "words",
    [
        "Sie erreichen mich unter 01719920055.",
        "Lieferung wie in Bestellung 4711-99.",
        "Bezug: Angebot AN-20991 vom 02.05.2026",
        "Liefertermin 28.05.2026",
    ],
)
def test_other_numbers_are_none(read: Read, words: str) -> None:
    (order,) = read(f"Hallo,\n\n{words}{LINES}")
    assert order.po_number is None


def test_number_of_a_label_and_the_reference_beside_it(read: Read) -> None:
    (order,) = read(f"Order ref: RH/26/549\nYour ref: quote Q-881\nOur ref: SM/12{LINES}")
    assert order.po_number == "RH/26/549"
    assert not order.doubts


def test_number_in_the_name_of_the_file_only(read: Read, document: Callable[..., Document]) -> None:
    rows = [["Article", "Qty"], ["K-100", "10"], ["K-200", "5"]]
    (order,) = read("See attached.", "goods", document(rows, "attachment", "PO_TSC-4204.xlsx"))
    assert order.po_number == "TSC-4204"
    assert order.evidence["po_number"].source == "file name"


def test_day_in_the_name_of_a_file_is_no_number(
    read: Read, document: Callable[..., Document]
) -> None:
    rows = [["Article", "Qty"], ["K-100", "10"], ["K-200", "5"]]
    (order,) = read("See attached.", "", document(rows, "attachment", "Order_20260520.xlsx"))
    assert order.po_number is None


def test_two_files_are_two_orders_each_with_its_own_head(
    read: Read, document: Callable[..., Document]
) -> None:
    files = [
        document(
            f"Bestellung 7100{n} / {n}\n\nAnlieferung Werk {n}: Kiesweg {n}, 3800{n} Uhldorf\n\n"
            f"Pos  Artikel  Menge\n1    K-{n}00    10 Stk\n2    K-{n}50    5 Stk\n",
            "attachment",
            f"{n}_Bestellung.pdf",
        )
        for n in (1, 2)
    ]
    first, second = read("Anbei zwei Bestellungen.", "2 Bestellungen", *files)
    assert [first.po_number, second.po_number] == ["71001 / 1", "71002 / 2"]
    assert [first.ship_to.street, second.ship_to.street] == ["Kiesweg 1", "Kiesweg 2"]
    assert [line.code for line in second.lines] == ["K-200", "K-250"]


def test_amounts_in_a_column_called_order_are_no_order_numbers(
    read: Read, document: Callable[..., Document]
) -> None:
    rows = [["Code", "Description", "Order"], ["K-100", "Clutch", "30"], ["K-200", "Flange", "12"]]
    orders = read("Order KP-77 attached.", "Order KP-77", document(rows, "attachment", "a.xlsx"))
    assert [order.po_number for order in orders] == ["KP-77"]
