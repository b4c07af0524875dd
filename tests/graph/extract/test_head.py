"""The head of an order: numbers, dates, currency, totals, customer and ship-to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from graph.extract.addresses import read_address
from graph.extract.ponumber import topic_number
from graph.extract.values import order_number
from graph.order import Document, Evidence, Order

Read = Callable[..., tuple[Order, ...]]
MakeDocument = Callable[..., Document]
LINE = "10 x K-100"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Bestellnummer: 4711", "4711"),
        ("Bestell-Nr.: B-77/2026", "B-77/2026"),
        ("Unsere Bestellung Nr. 4500012345 vom 19.05.2026", "4500012345"),
        ("PO Number: 88-1201", "88-1201"),
        ("P.O. No. 88-1201", "88-1201"),
        ("PO#88-1201", "88-1201"),
        ("Purchase Order 10045", "10045"),
        ("Our order no. is OEM/733.", "OEM/733"),
        ("Bestellnummer\n4711", "4711"),
        ("Commande n° 5501", "5501"),
        ("Número de pedido: 5503", "5503"),
        ("Unsere Referenz: R-12", "R-12"),
        ("Reference: R-12", "R-12"),
        ("wie Bestellung 4700", None),
        ("unsere letzte Bestellung 4700", None),
        ("gemäß Angebot 2026-33", None),
        ("Bestellung vom 19.05.2026", None),
        ("Kundennummer 10023", None),
    ],
)
def test_order_numbers_in_the_body(read: Read, words: str, number: str | None) -> None:
    (order,) = read(f"{words}\n\n{LINE}", "Guten Tag")
    assert order.po_number == number


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        ("VS-884", "VS-884"),
        ("VS-884 Bestellung", "VS-884"),
        ("AW: Auftrag IAT-741", "IAT-741"),
        ("PO0004711", "PO0004711"),
        ("PO 2026-118", "2026-118"),
        ("Bestellung SH 718", "SH 718"),
        ("Bestellung 2026-05-20", None),
        ("10 K-100 bitte", None),
        ("Angebot A-5512", None),
        ("Schläuche", None),
        ("", None),
    ],
)
def test_order_numbers_of_subjects(subject: str, number: str | None) -> None:
    assert topic_number(subject) == number


@pytest.mark.parametrize("text", ["10 Stk", "20.05.2026", "5 x K-100", "4,50", "kein", "", "7"])
def test_no_order_number(text: str) -> None:
    assert order_number(text) is None


@pytest.mark.parametrize("body", ["Bitte 10 Stk K-100.", "10 x K-100", "K-100: 10 Stk"])
def test_a_subject_that_names_the_goods_is_no_order_number(read: Read, body: str) -> None:
    (order,) = read(body, "K-100")
    assert order.po_number is None
    assert [(line.code, str(line.stated_quantity)) for line in order.lines] == [("K-100", "10")]


def test_two_order_numbers_are_asked_about(read: Read) -> None:
    (order,) = read(f"Bestellnummer: 4712\n\n{LINE}", "Bestellung 4711")
    assert order.po_number == "4712"
    assert "4711" in order.doubts[0].message


@pytest.mark.parametrize(
    ("words", "field", "day"),
    [
        ("Datum: 19.05.2026", "order_date", date(2026, 5, 19)),
        ("Bestellung 4711 vom 19.05.2026", "order_date", date(2026, 5, 19)),
        ("Hamburg, den 19. Mai 2026", "order_date", date(2026, 5, 19)),
        ("Order date: 05/19/2026", "order_date", date(2026, 5, 19)),
        ("Liefertermin: 05.06.2026", "requested_date", date(2026, 6, 5)),
        ("Lieferung bis 05.06.2026.", "requested_date", date(2026, 6, 5)),
        ("Please deliver by June 5.", "requested_date", date(2026, 6, 5)),
        ("Wir brauchen die Ware bis Freitag.", "requested_date", date(2026, 5, 22)),
        ("Date de livraison: 05/06/2026", "requested_date", date(2026, 6, 5)),
        ("Liefertermin: KW 23", "requested_date", None),
        ("Lieferung so bald wie möglich", "requested_date", None),
        ("Unser Angebot gilt bis 05.06.2026", "requested_date", None),
    ],
)
def test_dates(read: Read, words: str, field: str, day: date | None) -> None:
    (order,) = read(f"{words}\n\n{LINE}")
    assert getattr(order, field) == day


def test_a_date_with_two_meanings_is_asked_about(read: Read) -> None:
    (order,) = read(f"Delivery date: 06/07/2026\n\n{LINE}\n\nThanks for the delivery")
    assert order.requested_date is None
    assert "06/07/2026" in order.doubts[0].message


def test_a_date_that_all_lines_share_is_the_orders(read: Read, document: MakeDocument) -> None:
    rows = [["SKU", "Qty", "Need by"], ["K-1", "5", "2026-06-30"], ["K-2", "7", "2026-06-30"]]
    (order,) = read("order attached", "", document(rows, "attachment", "po.csv"))
    assert order.requested_date == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("words", "currency"),
    [
        ("10 x K-100 je 4,50 €", "EUR"),
        ("10 x K-100 @ $4.50", "USD"),
        ("Währung: CHF\n10 x K-100", "CHF"),
        ("10 x K-100 je 4,50", None),
    ],
)
def test_currency(read: Read, words: str, currency: str | None) -> None:
    assert read(words)[0].currency == currency


def test_the_net_total_counts(read: Read) -> None:
    words = f"{LINE}\nSumme netto: 100,00 EUR\nMwSt 19%: 19,00 EUR\nGesamt brutto: 119,00 EUR"
    (order,) = read(words)
    assert order.total == Decimal("100.00")
    assert order.other_totals == {"tax": Decimal("19.00"), "gross": Decimal("119.00")}


def test_a_lone_gross_total_says_that_it_is_one(read: Read) -> None:
    (order,) = read(f"{LINE}\nGesamtbetrag inkl. 19 % MwSt.: 119,00 EUR")
    assert (order.total, order.other_totals) == (Decimal("119.00"), {"gross": Decimal("119.00")})


SIGNED = """10 x K-100

Muster Bau GmbH
Industriestr. 12
12345 Musterstadt
Tel. 030 1234567
Fax 030 1234568
USt-IdNr. DE123456789"""


def test_a_signature_tells_the_customer(read: Read) -> None:
    customer = read(SIGNED)[0].customer
    assert customer.name == "Muster Bau GmbH"
    assert customer.phone == "030 1234567"
    assert customer.vat_id == "DE123456789"
    assert customer.email == "einkauf@kunde.example"
    assert customer.evidence["phone"].quote == "030 1234567"


@pytest.mark.parametrize(
    "words",
    [
        "Kundennummer: 10023",
        "Unsere Kundennummer bei Ihnen: 10023",
        "our account with you is 10023",
        "Customer no. 10023",
        "Kd.-Nr. 10023",
        "Acct # 10023",
    ],
)
def test_account_numbers(read: Read, words: str) -> None:
    assert read(f"{words}\n\n{LINE}")[0].customer.account_number == "10023"


def test_our_own_block_is_nobodys(read: Read, document: MakeDocument) -> None:
    paper = """Nordlicht Haustechnik
Nordstr. 1
24103 Kiel
USt-IdNr. DE999999999
Tel. 0431 999999

Muster Bau GmbH, Industriestr. 12, 12345 Musterstadt
USt-IdNr. DE123456789

Artikel  Menge
K-100    10
K-200    5"""
    customer = read("anbei", "Bestellung 4711", document(paper, "attachment", "po.pdf"))[0].customer
    assert (customer.name, customer.vat_id) == ("Muster Bau GmbH", "DE123456789")
    assert customer.phone is None


@pytest.mark.parametrize(
    ("words", "street", "postal_code", "city"),
    [
        (
            "Lieferadresse:\nMuster Bau\nHafenstr. 5\n20457 Hamburg",
            "Hafenstr. 5",
            "20457",
            "Hamburg",
        ),
        (
            "Lieferanschrift: Muster Bau, Hafenstr. 5, 20457 Hamburg",
            "Hafenstr. 5",
            "20457",
            "Hamburg",
        ),
        ("Ship to:\nAcme\n99 Dock Rd\nPeoria, IL 61602", "99 Dock Rd", "61602", "Peoria"),
        ("Deliver to: Acme, 22 Dock Road, Bristol BS1 4ND", "22 Dock Road", "BS1 4ND", "Bristol"),
        ("Bitte liefern an:\nHof\nHofweg 1\n04159 Leipzig", "Hofweg 1", "04159", "Leipzig"),
        ("Bitte an Haus C, Dunstweg 2, 12489 Berlin:", "Dunstweg 2", "12489", "Berlin"),
        ("Adresse de livraison : 12 rue du Port, 69007 Lyon", "12 rue du Port", "69007", "Lyon"),
        ("Afleveradres: Kade 7, 3011 AB Rotterdam", "Kade 7", "3011 AB", "Rotterdam"),
    ],
)
def test_ship_to(read: Read, words: str, street: str, postal_code: str, city: str) -> None:
    ship_to = read(f"{words}\n\n{LINE}")[0].ship_to
    assert (ship_to.street, ship_to.postal_code, ship_to.city) == (street, postal_code, city)
    assert ship_to.text


@pytest.mark.parametrize(
    "words",
    [
        "Lieferung wie immer.",
        "Lieferadresse: wie bekannt",
        "Please deliver to our usual address.",
        "",
    ],
)
def test_no_ship_to_where_none_is_named(read: Read, words: str) -> None:
    assert read(f"{words}\n\n{LINE}")[0].ship_to.text is None


def test_two_columns_of_addresses(read: Read) -> None:
    (order,) = read(
        """Bill to:                      Ship to:
Acme Ltd                      Acme Ltd Warehouse
1 High Street                 22 Dock Road
London SW1A 1AA               Bristol BS1 4ND

10 x K-100"""
    )
    assert (order.customer.street, order.customer.city) == ("1 High Street", "London")
    assert (order.ship_to.street, order.ship_to.city) == ("22 Dock Road", "Bristol")


def test_body_and_file_name_different_places(read: Read, document: MakeDocument) -> None:
    paper = "Lieferadresse: Nebelsteig 10, 10179 Berlin\n\nArtikel  Menge\nK-100    10\nK-200    5"
    body = "Bitte diesmal an Haus C, Dunstweg 2, 12489 Berlin liefern!"
    (order,) = read(body, "Bestellung 4711", document(paper, "attachment", "po.pdf"))
    assert order.ship_to.street == "Dunstweg 2"
    assert "address_mismatch" in [d.type for d in order.doubts]


@pytest.mark.parametrize(
    ("lines", "name", "street", "city"),
    [
        (
            ["Muster Bau GmbH", "Lager 2", "Hafenstr. 5", "20457 Hamburg"],
            "Muster Bau GmbH",
            "Hafenstr. 5",
            "Hamburg",
        ),
        (
            ["Acme Inc, 12 Main Street, Springfield, IL 62704"],
            "Acme Inc",
            "12 Main Street",
            "Springfield",
        ),
        (
            ["z.Hd. Frau Lang", "Muster KG", "Am Markt 3", "8010 Graz"],
            "Muster KG",
            "Am Markt 3",
            "Graz",
        ),
        (["Kehrwieder 4, 60314 Frankfurt"], None, "Kehrwieder 4", "Frankfurt"),
    ],
)
def test_addresses(lines: list[str], name: str | None, street: str, city: str) -> None:
    party = read_address(lines, Evidence(source="x", quote="y"))
    assert (party.name, party.street, party.city) == (name, street, city)
