"""Labels and values that stand apart, and dates that are wanted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.extract.headrows import head_rows
from graph.extract.rows import rows_of
from graph.order import Document, Order, Text

Read = Callable[..., tuple[Order, ...]]
LINES = "\n\n10 Stk K-100 Kupplung\n5 Stk K-200 Flansch\n"


def _texts(*blocks: str) -> list[str]:
    document = Document(
        name="po.pdf",
        role="attachment",
        format="pdf",
        blocks=tuple(Text(text=block) for block in blocks),
    )
    return [row.text for row in head_rows(rows_of(document)) if row.parts]


def test_a_column_of_labels_and_a_column_of_values_are_joined() -> None:
    assert _texts("Ordernummer\nOrderdatum\nLeverdatum", ": IO377\n: 08-06-2026\n: 18-06-2026") == [
        "Ordernummer : IO377",
        "Orderdatum : 08-06-2026",
        "Leverdatum : 18-06-2026",
    ]


def test_values_without_enough_labels_stay_as_they_are() -> None:
    assert _texts("One label", ": a\n: b") == ["One label", ": a", ": b"]


def test_labels_that_outnumber_the_values_are_not_guessed() -> None:
    rows = _texts("Order no\nOrder date\nDelivery date", ": KP-12\n: 18-06-2026")
    assert rows[-2:] == [": KP-12", ": 18-06-2026"]


def test_fields_of_one_line_are_set_apart() -> None:
    (row,) = _texts("Fecha: 15/06/2026 - Fecha de entrega: 30/06/2026")
    assert row == "Fecha: 15/06/2026  Fecha de entrega: 30/06/2026"


def test_an_address_with_commas_is_one_field() -> None:
    words = "Lieferanschrift: Werk 1, Kiesweg 14, 38999 Uhldorf"
    assert _texts(words) == [words]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Requested            09/07/2026\nDocument Date        24/06/2026", "2026-07-09"),
        ("Req. date: 2026-06-25", "2026-06-25"),
        ("Bestellung BL79   18.05.2026   Liefertermin 08.07.2026   Kunden-Nr. 20115", "2026-07-08"),
        ("Livraison : Atelier, 12 rue des Forges, 99312 Saint-Brev, le 23/06/2026", "2026-06-23"),
        ("Delivery not later than 25 June 2026, please.", "2026-06-25"),
        ("Fecha: 15/05/2026 - Fecha de entrega: 30/06/2026", "2026-06-30"),
        ("Gewünschter Liefertermin: 12.06.2026", "2026-06-12"),
        ("Wanted by: 2026-06-22", "2026-06-22"),
        ("Bestelldatum: 18.05.2026", None),
        ("Datum: 18.05.2026", None),
        ("unsere Bestellung KP-12 vom 18.05.2026", None),
    ],
)
def test_date_wanted(read: Read, words: str, day: str | None) -> None:
    (order,) = read(f"Hallo,\n\n{words}{LINES}")
    assert (str(order.requested_date) if order.requested_date else None) == day


def test_notes_of_the_head_are_no_lines(read: Read) -> None:
    head = "Order ref: KP-12\nRequisition: 7741\nKostenstelle: 4100\nBearbeiter: G. Hart -17"
    (order,) = read(f"{head}{LINES}")
    assert [line.code for line in order.lines] == ["K-100", "K-200"]
    assert order.po_number == "KP-12"
