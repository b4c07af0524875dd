"""Where the goods go: labels, sentences, blocks without a label; never us or the fine print."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.order import Document, Order

Read = Callable[..., tuple[Order, ...]]
LINES = "\n\n10 Stk K-100 Kupplung\n5 Stk K-200 Flansch\n"


@pytest.mark.parametrize(
    ("words", "street", "town"),
    [
        (
            "Please ship to our quay store Kajgatan 14, 411 99 Göteborg, not later than 25 June.",
            "Kajgatan 14",
            ("411 99", "Göteborg"),
        ),
        (
            "Für die Kita Birkenweg (Birkenweg 6, 61999 Bad Tann) bestellen wir:",
            "Birkenweg 6",
            ("61999", "Bad Tann"),
        ),
        (
            "für Hotel Seestern, Strandpromenade 3, 18999 Warnsand bitte unter 4500:",
            "Strandpromenade 3",
            ("18999", "Warnsand"),
        ),
        (
            "À livrer cette fois au Château de Brume, 1 allée des Tilleuls, 01999 Brumeval.",
            "1 allée des Tilleuls",
            ("01999", "Brumeval"),
        ),
        (
            "consegna al magazzino centrale, Via dei Fornelli 62, 40998 Casalbuono.",
            "Via dei Fornelli 62",
            ("40998", "Casalbuono"),
        ),
        ("Delivery to the Depot at Quarry Road, Kilfinnan.", "Quarry Road", (None, "Kilfinnan")),
        (
            "Warenempfänger: Werk Nord, Gewerbering 3, 39979 Wendelitz",
            "Gewerbering 3",
            ("39979", "Wendelitz"),
        ),
        (
            "Lieferung Werk 2: Gewerbering 3, 39979 Wendelitz",
            "Gewerbering 3",
            ("39979", "Wendelitz"),
        ),
        (
            "Consignee:\nKilfin Mining Depot\nQuarry Road\nKilfinnan Y99 T2T2",
            "Quarry Road",
            ("Y99 T2T2", "Kilfinnan"),
        ),
        (
            "bitte direkt auf die Baustelle:\n\nBergstation Hochkar\nAlmweg 190\n9991 Kahlen",
            "Almweg 190",
            ("9991", "Kahlen"),
        ),
    ],
)
def test_place_in_words(read: Read, words: str, street: str, town: tuple[str | None, str]) -> None:
    (order,) = read(f"Hallo,\n\n{words}{LINES}")
    assert order.ship_to.street == street
    assert (order.ship_to.postal_code, order.ship_to.city) == town


def test_address_in_a_line_of_its_own_below_the_lines(read: Read) -> None:
    (order,) = read(
        f"Guten Tag,\n\nbitte liefern Sie:{LINES}\nWerk 2, Ringweg 3, 39979 Wendelitz\n"
    )
    assert order.ship_to.street == "Ringweg 3"


@pytest.mark.parametrize(
    "words",
    [
        "Diese Nachricht ist vertraulich und nur für den Empfänger bestimmt.",
        "Bitte liefern Sie zu Bestell-Nr. 71000-12:",
        "Lieferung wie immer an unsere bekannte Adresse.",
        "Rechnung an: Postfach 11 40, 38997 Uhlenrode",
    ],
)
def test_what_is_no_place(read: Read, words: str) -> None:
    (order,) = read(f"Hallo,\n\n{words}{LINES}")
    assert order.ship_to.text is None


def test_senders_own_address_behind_the_closing_is_no_place(read: Read) -> None:
    closing = "\nBest regards\nAnn\n\nMill House\nStation Road 12\n12345 Larkford\n"
    (order,) = read(f"Hello,\n\nplease send:{LINES}{closing}")
    assert order.ship_to.text is None


def test_letterhead_is_no_place(read: Read) -> None:
    (order,) = read(f"Weber Bau\nHauptweg 3\n12345 Ulmdorf\n\nBestellung WB-771{LINES}")
    assert order.ship_to.text is None


def test_place_and_warning_beside_it_is_no_doubt(read: Read) -> None:
    (order,) = read(
        f"Ship to our plant in Ashby, 17 Foundry Road, Ashby DN97 2AB - not to Thornby.{LINES}"
    )
    assert order.ship_to.postal_code == "DN97 2AB"
    assert not order.doubts


def test_column_of_a_file_names_the_place(read: Read, document: Callable[..., Document]) -> None:
    rows = [
        ["po_number", "po_date", "code", "qty", "deliver_to"],
        ["TS-41", "2026-05-18", "K-100", "10", "Central Kitchen, Hofweg 11, 12345 Ulmdorf"],
        ["TS-41", "2026-05-18", "K-200", "5", "Central Kitchen, Hofweg 11, 12345 Ulmdorf"],
    ]
    (order,) = read("Export attached.", "", document(rows, "attachment", "export.csv"))
    assert order.ship_to.street == "Hofweg 11"
    assert (str(order.order_date), order.requested_date) == ("2026-05-18", None)
    assert [line.requested_date for line in order.lines] == [None, None]


def test_different_places_in_a_column_are_asked_about(
    read: Read, document: Callable[..., Document]
) -> None:
    rows = [
        ["PO", "Code", "Qty", "Ship to"],
        ["TS-41", "K-100", "10", "Kitchen, Hofweg 11, 12345 Ulmdorf"],
        ["TS-41", "K-200", "5", "Store, Talweg 2, 12346 Ulmstadt"],
    ]
    (order,) = read("Export attached.", "", document(rows, "attachment", "export.csv"))
    assert [doubt.type for doubt in order.doubts] == ["address_mismatch"]


def test_site_of_an_order_sheet(read: Read, document: Callable[..., Document]) -> None:
    rows = [
        ["PO", "7738", ""],
        ["Site", "Old Wharf, 3 Wharf Street, Saltholm NE98 2QD", ""],
        ["Wanted by", "2026-06-22", ""],
        ["Code", "What it is", "Qty"],
        ["K-100", "Clutch", "3"],
        ["K-200", "Flange", "20"],
    ]
    (order,) = read("Sheet attached.", "", document(rows, "attachment", "sheet.xlsx"))
    assert order.ship_to.postal_code == "NE98 2QD"
    assert str(order.requested_date) == "2026-06-22"
    assert order.po_number == "7738"


def test_customer_by_name_in_running_text(read: Read) -> None:
    (first,) = read(f"ordine 12/B per Trattoria Rossi S.r.l., Via Roma 4{LINES}")
    (second,) = read(f"Hallo, hier Eva Lind von Lind Bad & Wärme. Bitte liefern:{LINES}")
    assert first.customer.name == "Trattoria Rossi S.r.l"
    assert second.customer.name == "Lind Bad & Wärme"


def test_address_lines_below_the_words_that_lead_to_them(read: Read) -> None:
    (order,) = read(
        "please deliver the below against PO TS-41 to:\nMoor Clinic, Stores\n"
        f"Yard Two, 9 Quay Square\nMoorby Q81 L1R6{LINES}"
    )
    assert order.ship_to.name == "Moor Clinic"
    assert (order.ship_to.street, order.ship_to.postal_code) == ("9 Quay Square", "Q81 L1R6")
    assert [line.code for line in order.lines] == ["K-100", "K-200"]


def test_nothing_of_a_labelled_address_is_a_line(read: Read) -> None:
    place = "Moor Clinic, Central Stores, Service Yard, Gate B, 9 Quay Square, Moorby Q81 L1R6"
    (order,) = read(f"PO: TS-41\nShip to:        {place}{LINES}")
    assert order.ship_to.postal_code == "Q81 L1R6"
    assert [line.code for line in order.lines] == ["K-100", "K-200"]


def test_what_a_delivery_belongs_to_is_no_place(read: Read) -> None:
    (order,) = read(f"bitte liefern Sie zu unserer Bestellung Nr. B-26-77 von heute:{LINES}")
    assert order.ship_to.text is None
