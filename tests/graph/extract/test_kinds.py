"""What a mail is, and that nothing but an order is taken for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.order import Document, Order

Read = Callable[..., tuple[Order, ...]]
MakeDocument = Callable[..., Document]

OTHERS: list[tuple[str, str, str, str]] = [
    (
        "cancel",
        "cancellation",
        "Storno Bestellung 4711",
        "Bitte stornieren Sie unsere Bestellung 4711.",
    ),
    (
        "change",
        "change",
        "Bestellung 4711",
        "Bitte ändern Sie die Menge in unserer Bestellung 4711 Pos. 2 auf 20 Stück.",
    ),
    ("repeat", "repeat", "Bestellung", "Hallo, bitte nochmal das gleiche wie letztes Mal. Danke!"),
    ("rfq", "question", "Anfrage", "Bitte senden Sie uns ein Angebot über 10 Stk K-100."),
    ("status", "question", "", "Hi, where is our order 4711? When will it arrive?"),
    (
        "complaint",
        "complaint",
        "Reklamation Lieferung 123",
        "Die 10 Stk K-100 sind beschädigt angekommen.",
    ),
    ("return", "return", "Rücksendung", "Wir möchten 5 Stk K-100 zurücksenden."),
    (
        "invoice",
        "invoice",
        "Rechnung Nr. 2026-55",
        "Sehr geehrte Damen und Herren, anbei unsere Rechnung 2026-55.",
    ),
    (
        "newsletter",
        "spam",
        "Nur heute: 20% auf alles",
        "Jetzt 3 kaufen, 2 bezahlen! Newsletter abbestellen: hier klicken",
    ),
    ("thanks", "other", "Re: Lieferung", "Vielen Dank, alles angekommen."),
    ("in stock?", "question", "", "Haben Sie 10 Stk K-100 auf Lager?"),
    (
        "confirm",
        "confirmation",
        "Auftragsbestätigung 998",
        "Hiermit bestätigen wir Ihre Bestellung. 10 x K-100",
    ),
    (
        "reply add",
        "change",
        "Re: Bestellung 4711",
        "Bitte ergänzen Sie zu unserer Bestellung 4711 noch 5 Stk K-900.",
    ),
    ("rfq en", "question", "Request for quotation", "Please quote 100 pcs K-100 and 50 pcs K-200."),
    (
        "holiday",
        "other",
        "Betriebsferien",
        "Wir haben vom 01.08. bis 15.08. geschlossen. Ab dem 16.08. sind wir wieder da.",
    ),
    (
        "application",
        "other",
        "Bewerbung als Lagerist",
        "Sehr geehrte Damen und Herren, ich habe 5 Jahre Erfahrung mit 3 Staplern.",
    ),
    (
        "address change",
        "other",
        "Neue Adresse",
        "Unsere neue Adresse lautet ab 1.6.: Hauptstr. 10, 12345 Berlin. Bitte "
        "ändern Sie Ihre Daten.",
    ),
    (
        "meeting",
        "question",
        "Termin",
        "Können wir uns am 20.05. um 10 Uhr treffen? Dauert ca. 2 h, wir sind 3 Personen.",
    ),
    (
        "please cancel then order",
        "cancellation",
        "PO 911",
        "Please cancel PO 910 and book 10 pcs K-100 under PO 911.",
    ),
    (
        "rfq lines",
        "question",
        "Anfrage",
        """Guten Tag, bitte um Angebot:

10 x K-100
5 x K-200""",
    ),
    ("stock", "question", "", "Do you have 10 x K-100 in stock? What is the price?"),
    (
        "supplier offer",
        "offer",
        "Unser Angebot für Sie",
        """Wir bieten Ihnen an:

10 Stk K-100 zu 4,50 EUR
5 Stk K-200 zu 2,10 EUR""",
    ),
    (
        "ship notice",
        "confirmation",
        "Ihre Sendung ist unterwegs",
        "Ihre Sendung mit 10 x K-100 wurde verschickt.",
    ),
    (
        "shop confirm",
        "confirmation",
        "Your order 4711",
        """Thank you for your order!

10 x K-100
5 x K-200""",
    ),
    (
        "replacement",
        "complaint",
        "Defekte Ware",
        "Von den 10 K-100 sind 2 defekt. Bitte senden Sie uns 2 Stk K-100 als Ersatz.",
    ),
    (
        "forecast",
        "other",
        "Forecast June",
        """Our forecast:

100 x K-100
50 x K-200""",
    ),
    ("rma", "return", "RMA request", "We want to return 10 x K-100 from order 4711."),
    ("don't", "other", "", "Please do not ship PO 4711: 10 x K-100."),
    (
        "ask invoice copy",
        "question",
        "Rechnungskopie",
        "Bitte senden Sie uns eine Kopie der Rechnung 2026-55.",
    ),
    ("autoreply", "other", "Automatische Antwort: Bestellung", "Ich bin bis 1.6. nicht im Büro."),
    (
        "spam seo",
        "spam",
        "Grow your business",
        "We offer SEO services. Buy 10 backlinks, get 5 free!",
    ),
    (
        "job",
        "spam",
        "Invitation webinar",
        "Join our webinar on 20 May at 10:00. 3 speakers, 5 sessions.",
    ),
    ("thanks de", "other", "AW: Bestellung 4711", "Vielen Dank für die schnelle Lieferung!"),
    (
        "change qty en",
        "change",
        "Change to PO 4711",
        "Please change the quantity of item 2 to 20 pcs.",
    ),
    (
        "change date",
        "change",
        "PO 4711",
        "Please postpone the delivery of our order 4711 to June 15.",
    ),
    ("cancel en", "cancellation", "", "We need to cancel order 4711."),
    (
        "cancel fr",
        "cancellation",
        "Annulation commande 4711",
        "Merci d'annuler notre commande 4711.",
    ),
    ("repeat en", "repeat", "Order", "Hi, same as last month please. Thanks"),
    ("repeat po", "repeat", "Reorder", "Please repeat our order 4711."),
    ("usual", "repeat", "", "Hallo, bitte die übliche Bestellung. Gruß"),
    ("where", "question", "Lieferung", "Wo bleibt unsere Bestellung 4711?"),
    ("missing", "complaint", "Lieferung unvollständig", "In der Lieferung fehlen 5 Stk K-100."),
    ("invoice q", "invoice", "Frage zur Rechnung", "Warum steht auf der Rechnung 10 x K-100?"),
    (
        "price list req",
        "question",
        "Preisliste",
        "Könnten Sie uns bitte Ihre aktuelle Preisliste senden?",
    ),
    ("price q", "question", "", "Was kosten 100 Stk K-100?"),
]


@pytest.mark.parametrize(
    ("kind", "subject", "body"), [case[1:] for case in OTHERS], ids=[case[0] for case in OTHERS]
)
def test_what_is_no_new_order(read: Read, kind: str, subject: str, body: str) -> None:
    (order,) = read(body, subject)
    assert order.kind == kind
    assert order.kind_reason


def test_a_quoted_order_is_no_new_one(read: Read, document: MakeDocument) -> None:
    quoted = document("10 x K-100\n5 x K-200", "quoted", "quoted mail")
    (order,) = read("Danke, passt so.", "AW: Bestellung 4711", quoted, in_reply_to="<x@y.example>")
    assert order.kind == "other"
    assert order.lines == ()


def test_a_new_order_above_a_quoted_one(read: Read, document: MakeDocument) -> None:
    quoted = document("10 x K-100\n5 x K-200", "quoted", "quoted mail")
    (order,) = read("Bitte noch 3 Stk K-300.", "AW: Bestellung 4711", quoted)
    assert order.kind == "order"
    assert [line.code for line in order.lines] == ["K-300"]


def test_an_automatic_mail_with_lines_is_looked_at(read: Read) -> None:
    (order,) = read("10 x K-100", "Bestellung 4711", automatic=True)
    assert (order.kind, order.certain_kind) == ("other", False)


def test_an_automatic_reply_is_set_aside(read: Read) -> None:
    (order,) = read("Ich bin im Urlaub.", "Automatische Antwort", automatic=True)
    assert (order.kind, order.certain_kind) == ("other", True)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Rechnung Nr. 55", "invoice"),
        ("INVOICE", "invoice"),
        ("Auftragsbestätigung 77", "confirmation"),
        ("Angebot", "offer"),
        ("Request for Quotation", "question"),
        ("Bestellung 4711", "order"),
        ("Bestelländerung", "change"),
    ],
)
def test_a_file_is_what_it_calls_itself(
    read: Read, document: MakeDocument, title: str, kind: str
) -> None:
    rows = [[title, "", ""], ["Artikel", "Menge", "Preis"], ["K-100", "10", "4,50"]]
    (order,) = read("anbei", "", document(rows, "attachment", "a.pdf"))
    assert order.kind == kind


def test_nothing_but_an_unreadable_file(read: Read) -> None:
    broken = Document(name="po.pdf", role="attachment", format="pdf", problem="is a broken PDF")
    (order,) = read("Anbei unsere Bestellung.", "Bestellung 4711", broken)
    assert order.kind == "unreadable"
    assert not order.certain_kind
    assert [d.type for d in order.doubts] == ["unreadable_document"]
    assert "po.pdf" in order.doubts[0].message


def test_an_unreadable_file_beside_lines_is_a_doubt(read: Read) -> None:
    broken = Document(name="po.pdf", role="attachment", format="pdf", problem="is a broken PDF")
    (order,) = read("10 x K-100", "Bestellung 4711", broken)
    assert (order.kind, [d.type for d in order.doubts]) == ("order", ["unreadable_document"])


def test_a_logo_is_no_loss(read: Read) -> None:
    logo = Document(name="image001.png", role="attachment", format="png", problem="is a picture")
    (order,) = read("10 x K-100", "Bestellung 4711", logo)
    assert order.doubts == ()


def test_an_order_without_lines_is_asked_about(read: Read) -> None:
    (order,) = read("Anbei unsere Bestellung 906.", "Bestellung 906")
    assert (order.kind, order.certain_kind) == ("order", False)
    assert [d.type for d in order.doubts] == ["missing_information"]


def test_an_empty_mail_is_one_order_of_no_kind(read: Read) -> None:
    (order,) = read(None, "")
    assert (order.part, order.kind, order.lines) == (1, "other", ())


@pytest.mark.parametrize(
    ("subject", "words", "kind"),
    [
        (
            "Re: Your enquiry - gloves",
            "thanks, please go ahead with:\n\n24 pairs GV-10\n\nOur PO number is FB-22.",
            "order",
        ),
        ("Re: Your enquiry - gloves", "please quote:\n\n24 pairs GV-10", "question"),
        (
            "Where is our order AV36?",
            "we ordered 10 x K-100 with our order AV36. Could you tell us when it was dispatched?",
            "question",
        ),
        ("Order AV37", "please send 10 x K-100, tell us when they will be shipped", "order"),
    ],
)
def test_subject_and_words_disagree(read: Read, subject: str, words: str, kind: str) -> None:
    (order,) = read(words, subject)
    assert order.kind == kind
