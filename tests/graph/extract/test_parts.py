"""Body and files, several files, several orders, forwarded mail, and remarks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from graph.order import Document, Order, Table, Text

Read = Callable[..., tuple[Order, ...]]
MakeDocument = Callable[..., Document]
ROWS = [["Artikel", "Menge", "ME"], ["K-100", "10", "Stk"], ["K-200", "5", "m"]]


@pytest.fixture(name="file")
def _file(document: MakeDocument) -> Callable[..., Document]:
    def make(rows: Sequence[Sequence[str]] | str = ROWS, name: str = "po.xlsx") -> Document:
        return document(rows, "attachment", name)

    return make


def said(order: Order) -> list[tuple[str | None, str]]:
    return [(line.code, str(line.stated_quantity)) for line in order.lines]


def test_the_file_has_the_lines_and_the_body_the_head(read: Read, file: MakeDocument) -> None:
    body = "Guten Tag,\nanbei unsere Bestellung.\nBitte liefern Sie an: Hafenstr. 5, 20457 Hamburg."
    (order,) = read(body, "Bestellung 4711", file())
    assert said(order) == [("K-100", "10"), ("K-200", "5")]
    assert (order.po_number, order.ship_to.city, order.extractor) == ("4711", "Hamburg", "table")
    assert order.doubts == ()


def test_the_same_lines_twice_are_one_order(read: Read, file: MakeDocument) -> None:
    (order,) = read("Wir bestellen:\n10 x K-100\n5 m K-200", "Bestellung 4711", file())
    assert said(order) == [("K-100", "10"), ("K-200", "5")]
    assert order.doubts == ()


def test_body_and_file_that_disagree_are_asked_about(read: Read, file: MakeDocument) -> None:
    (order,) = read("Bitte 12 x K-100 und 3 x K-900 liefern.", "Bestellung 4711", file())
    assert said(order) == [("K-100", "10"), ("K-200", "5")]
    wrong, more = order.doubts[:2]
    assert (wrong.type, wrong.line) == ("invalid_quantity", 1)
    assert "10 pcs" in wrong.message
    assert "12" in wrong.message
    assert "K-900" in more.message


def test_pdf_and_csv_of_the_same_order(read: Read, file: MakeDocument) -> None:
    (order,) = read("anbei", "Bestellung 4711", file(name="po.pdf"), file(name="po.csv"))
    assert said(order) == [("K-100", "10"), ("K-200", "5")]
    assert order.doubts == ()


def test_pdf_and_xlsx_that_disagree(read: Read, file: MakeDocument) -> None:
    other = [ROWS[0], ["K-100", "16", "Stk"], ROWS[2]]
    (order,) = read("anbei", "Bestellung 4711", file(name="po.pdf"), file(other, "po.xlsx"))
    assert [d.type for d in order.doubts] == ["invalid_quantity"]


def test_two_files_with_two_numbers_are_two_orders(read: Read, file: MakeDocument) -> None:
    first = file([["Bestellung", "4711"], *ROWS], "a.xlsx")
    second = file([["Bestellung", "4712"], ["Artikel", "Menge"], ["K-9", "3"]], "b.xlsx")
    orders = read("zwei Bestellungen anbei", "Bestellungen", first, second)
    assert [(o.part, o.po_number, len(o.lines)) for o in orders] == [(1, "4711", 2), (2, "4712", 1)]
    assert all(o.doubts == () for o in orders)


def test_two_orders_in_one_body(read: Read) -> None:
    orders = read("Bestellung 4711\n10 x K-100\n5 x K-200\n\nBestellung 4712\n3 x K-300")
    assert [(o.po_number, said(o)) for o in orders] == [
        ("4711", [("K-100", "10"), ("K-200", "5")]),
        ("4712", [("K-300", "3")]),
    ]


def test_a_column_of_order_numbers(read: Read, file: MakeDocument) -> None:
    rows = [["PO", "SKU", "Qty"], ["4711", "K-1", "1"], ["4712", "K-2", "2"], ["4711", "K-3", "3"]]
    orders = read("anbei", "", file(rows))
    assert [(o.po_number, len(o.lines)) for o in orders] == [("4711", 2), ("4712", 1)]


def test_terms_and_data_sheets_are_no_orders(read: Read, file: MakeDocument) -> None:
    terms = "Allgemeine Einkaufsbedingungen\n\n2. Lieferung binnen 10 Tagen\n3. 5 Stück Muster"
    (order,) = read("anbei", "Bestellung 4711", file(), file(terms, "agb.pdf"))
    assert said(order) == [("K-100", "10"), ("K-200", "5")]


def test_a_table_and_words_in_one_body(read: Read) -> None:
    blocks = (
        Text(text="Bitte liefern:"),
        Table(rows=tuple(map(tuple, ROWS))),
        Text(text="Bitte außerdem noch 5 Boxen Handschuhe L."),
    )
    body = Document(name="mail body", role="body", format="html", blocks=blocks)
    (order,) = read(body, "Bestellung 4711")
    assert [str(line.stated_quantity) for line in order.lines] == ["10", "5", "5"]


def test_a_table_that_goes_on_without_its_head(read: Read) -> None:
    pages = (
        Table(rows=tuple(map(tuple, ROWS)), page=1),
        Text(text="Seite 1", page=1),
        Table(rows=(("K-300", "7", "Stk"), ("K-400", "8", "Stk")), page=2),
    )
    paper = Document(name="po.pdf", role="attachment", format="pdf", blocks=pages)
    (order,) = read("anbei", "Bestellung 4711", paper)
    assert said(order)[2:] == [("K-300", "7"), ("K-400", "8")]
    assert order.lines[2].evidence["code"].source == "po.pdf, page 2"


@pytest.mark.parametrize(
    "remark",
    [
        "Bitte ohne Position 2 liefern.",
        "Statt 10 Stück K-100 nehmen wir 12.",
        "Only deliver after June 10.",
        "Instead of K-200 please send K-201.",
        "Bitte vorher anrufen.",
        "Preis wie vereinbart.",
        "Die 5 Stk K-300 haben wir bereits erhalten.",
        "Position 3 entfällt.",
        "K-205 wäre auch interessant.",
    ],
)
def test_remarks_that_bend_the_order_are_asked_about(
    read: Read, file: MakeDocument, remark: str
) -> None:
    (order,) = read(f"Anbei unsere Bestellung. {remark}", "Bestellung 4711", file())
    assert order.kind in ("order", "change")
    assert order.kind == "change" or order.doubts


@pytest.mark.parametrize(
    "remark",
    [
        "Bei Fragen melden Sie sich gerne.",
        "If you have any questions, do not hesitate to call.",
        "Bitte senden Sie uns eine Auftragsbestätigung.",
        "Lieferung wenn möglich bis Freitag.",
        "Eilt nicht.",
        "Vielen Dank und schöne Grüße.",
        "Please send the invoice to accounting@kunde.example.",
    ],
)
def test_polite_remarks_are_not(read: Read, file: MakeDocument, remark: str) -> None:
    (order,) = read(f"Anbei unsere Bestellung. {remark}", "Bestellung 4711", file())
    assert (order.kind, order.doubts) == ("order", ())


FORWARDED = """Von: Karl Kunde <karl@muster.example>
Gesendet: Dienstag, 12. Mai 2026 10:12
An: info@nordlicht.example
Betreff: Bestellung 4711

Hallo,

10 x K-100 bis Freitag

Gruß
Karl Kunde
Muster Bau GmbH
Tel. 030 1234567"""


def test_a_forwarded_mail_is_its_first_senders(read: Read, document: MakeDocument) -> None:
    forwarded = document(FORWARDED, "forwarded", "forwarded mail")
    signature = document("Anna Amsel\nNordlicht\nTel. 0431 999999", "signature", "signature")
    (order,) = read(
        "Bitte erfassen, danke",
        "WG: Bestellung",
        forwarded,
        signature,
        sender="anna@nordlicht.example",
    )
    assert order.customer.email == "karl@muster.example"
    assert (order.customer.name, order.customer.phone) == ("Muster Bau GmbH", "030 1234567")
    assert (order.po_number, said(order)) == ("4711", [("K-100", "10")])
    assert order.requested_date is not None
    assert order.requested_date.isoformat() == "2026-05-15"


def test_our_own_mail_sent_back_keeps_its_sender(read: Read, document: MakeDocument) -> None:
    ours = document("From: Anna <anna@nordlicht.example>\nSubject: x\n\n10 x K-100", "forwarded")
    assert read("siehe unten", "FW: x", ours)[0].customer.email == "einkauf@kunde.example"
