"""Who speaks: body, forwarded, quoted, signature; and that no order line is lost to any."""

import pytest

from graph.order import Document
from graph.read import roles
from graph.read.text import pieces_of_text


def take_apart(text: str, subject: str = "Order", *, alone: bool = True) -> dict[str, str]:
    parts = roles.split(pieces_of_text(text), subject, alone=alone)
    documents: tuple[Document, ...] = roles.documents(parts, "text")
    return {document.role: document.text for document in documents}


@pytest.mark.parametrize(
    "closing",
    [
        "-- ",
        "Mit freundlichen Grüßen",
        "Mit freundlichem Gruß",
        "mfg",
        "Viele Grüße aus Bremen",
        "Freundliche Grüsse",
        "Best regards,",
        "Kind regards",
        "Yours sincerely,",
        "Cordialement,",
        "Bien cordialement",
        "Met vriendelijke groet,",
        "Saludos",
        "Un cordial saludo,",
        "Cordiali saluti",
        "Distinti saluti,",
        "Thanks and best regards,",
        "Gruß Eva",
        "LG Eva Beispiel, Beispiel GmbH",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
    ],
)
def test_a_closing_begins_the_signature(closing: str) -> None:
    found = take_apart(f"Please send 10 x K-100.\n\n{closing}\nEve Example\nTel. +49 40 000000")
    assert found["body"] == "Please send 10 x K-100."
    assert found["signature"].endswith("Eve Example\nTel. +49 40 000000")


@pytest.mark.parametrize(
    "line",
    [
        "Vielen Dank für Ihre schnelle Lieferung der letzten Bestellung",
        "Best price for these items please",
        "Thank you for your offer, we order:",
        "Regarding our order 4711",
    ],
)
def test_kind_words_within_the_text_sign_nothing(line: str) -> None:
    assert take_apart(f"{line}\n10 x K-100\n20 x K-200") == {
        "body": f"{line}\n10 x K-100\n20 x K-200"
    }


@pytest.mark.parametrize(
    "line",
    [
        "10 x K-100",
        "5 Stk Dichtung",
        "noch bitte 4 Rollen Klebeband",
        "K-100    10",
        "1   K-100   Kugelhahn   10   4,50",
        "K-100;10;Kugelhahn",
        "PS: Bitte liefern Sie an die Baustelle.",
    ],
)
def test_order_lines_below_the_greeting_stay_in_the_body(line: str) -> None:
    found = take_apart(f"Wir bestellen:\n\nViele Grüße\nEva Beispiel\n\n{line}\n")
    assert found["body"].endswith(line)
    assert found["signature"] == "Viele Grüße\nEva Beispiel"


@pytest.mark.parametrize(
    "line",
    [
        "Tel. 040 123456-10",
        "Musterstr. 12, 20457 Hamburg",
        "Amtsgericht Bremen HRB 12345",
        "USt-IdNr. DE000000000",
        "www.example.com | info@example.com | 040 1234",
        "IBAN DE00 1234 5678",
    ],
)
def test_contact_lines_stay_in_the_signature(line: str) -> None:
    found = take_apart(f"10 x K-100\n\nViele Grüße\nEva Beispiel\n\n{line}")
    assert found["body"] == "10 x K-100"
    assert line in found["signature"]


def test_words_above_an_order_line_in_its_paragraph_come_along() -> None:
    found = take_apart("Hallo\n\nViele Grüße\nEva\n\nLiefern Sie auch\n5 Stk Dichtung")
    assert found["body"].endswith("Liefern Sie auch\n5 Stk Dichtung")


def test_a_disclaimer_is_set_aside() -> None:
    found = take_apart("10 x K-100\n\nThis e-mail is confidential and intended only for you.")
    assert found["body"] == "10 x K-100"
    assert "confidential" in found["signature"]


@pytest.mark.parametrize(
    "attribution",
    [
        "On Mon, 4 May 2026 at 10:00, Sales <sales@example.com> wrote:",
        "On Mon, 4 May 2026 at 10:00, Sales Desk\n<sales@example.com> wrote:",
        "Am 04.05.2026 um 10:00 schrieb Verkauf <sales@example.com>:",
        "Am 04.05.2026 schrieb Verkauf:",
        "Le lun. 4 mai 2026 à 10:00, Ventes <v@example.com> a écrit :",
        "El lun, 4 may 2026 a las 10:00, Ventas (<v@example.com>) escribió:",
        "Il giorno lun 4 mag 2026 alle ore 10:00 Vendite <v@example.com> ha scritto:",
        "Op ma 4 mei 2026 om 10:00 schreef Verkoop <v@example.com>:",
    ],
)
@pytest.mark.parametrize("prefix", ["> ", ""])
def test_what_a_reply_quotes_is_set_aside(attribution: str, prefix: str) -> None:
    found = take_apart(
        f"Yes please, 20 x K-200.\n\n{attribution}\n\n{prefix}Do you want 10 x K-100?", "Re: offer"
    )
    assert found["body"] == "Yes please, 20 x K-200."
    assert found["quoted"].startswith(attribution)
    assert found["quoted"].endswith("\nDo you want 10 x K-100?")


OUTLOOK = (
    "Von: Eva Beispiel <eva@kunde.example>\nGesendet: Montag, 4. Mai 2026 10:00\n"
    "An: Verkauf\nBetreff: Bestellung"
)
MARKED = (
    "-----Original Message-----\nFrom: Eve <eve@customer.example>\n"
    "Sent: Monday 10:00\nSubject: Order"
)


@pytest.mark.parametrize("heading", [OUTLOOK, MARKED, "-----Ursprüngliche Nachricht-----"])
@pytest.mark.parametrize("subject", ["WG: Bestellung", "Fwd: Order", "TR: commande", "Rv: pedido"])
def test_an_earlier_mail_is_forwarded_by_its_subject(heading: str, subject: str) -> None:
    found = take_apart(f"z.K.\n\n{heading}\n\n10 x K-100\n\nViele Grüße\nEva", subject)
    assert found["body"] == "z.K."
    assert found["forwarded"] == f"{heading}\n\n10 x K-100\n\nViele Grüße\nEva"


@pytest.mark.parametrize("heading", [OUTLOOK, MARKED])
def test_an_earlier_mail_below_a_reply_is_quoted(heading: str) -> None:
    found = take_apart(f"Danke, passt.\n\n{heading}\n\n10 x K-100", "AW: Bestellung")
    assert found["body"] == "Danke, passt."
    assert "10 x K-100" in found["quoted"]


def test_an_earlier_mail_below_next_to_nothing_is_forwarded() -> None:
    assert "10 x K-100" in take_apart(f"bitte\n\n{OUTLOOK}\n\n10 x K-100")["forwarded"]


def test_an_earlier_mail_below_real_words_is_quoted() -> None:
    words = "We refer to the mail below and ask you to send us the new catalogue for next year."
    assert "10 x K-100" in take_apart(f"{words}\n\n{OUTLOOK}\n\n10 x K-100")["quoted"]


def test_a_reply_that_says_nothing_new_does_not_order_again() -> None:
    found = take_apart(f"\n\n{OUTLOOK}\n\n10 x K-100", "Re: order")
    assert "body" not in found
    assert "10 x K-100" in found["quoted"]


def test_a_header_in_another_order_is_found() -> None:
    heading = "Date: Mon, 4 May 2026 10:00:00 +0200\nSubject: Order\nFrom: eve@customer.example"
    assert take_apart(f"ok\n\n{heading}\n\n10 x K-100", "Re: x")["body"] == "ok"


def test_an_apple_forward_loses_its_quote_marks() -> None:
    found = take_apart(
        "FYI\n\nBegin forwarded message:\n\n> From: Eve <eve@customer.example>\n"
        "> Subject: Order\n> Date: 4 May 2026 10:00\n> To: x@example.com\n> \n> 10 x K-100",
        "Order",
    )
    assert found["forwarded"].endswith("To: x@example.com\n\n10 x K-100")


def test_of_a_forwarded_conversation_only_the_newest_mail_is_forwarded() -> None:
    found = take_apart(
        f"{OUTLOOK}\n\n20 x K-200\n\nAm 01.05.2026 schrieb Verkauf:\n> 10 x K-100", "WG: Bestellung"
    )
    assert "20 x K-200" in found["forwarded"]
    assert "10 x K-100" not in found["forwarded"]
    assert "10 x K-100" in found["quoted"]


def test_of_a_forwarded_forward_the_words_that_say_something_count() -> None:
    found = take_apart(f"{OUTLOOK}\n\nz.K.\n\n{MARKED}\n\n10 x K-100", "WG: WG: Bestellung")
    assert found["forwarded"].endswith("10 x K-100")


def test_a_mail_of_quotes_alone_keeps_its_words() -> None:
    assert take_apart("> 10 x K-100\n> 20 x K-200") == {"body": "10 x K-100\n20 x K-200"}


def test_quotes_beside_an_attachment_stay_quotes() -> None:
    assert take_apart("> 10 x K-100", alone=False) == {"quoted": "10 x K-100"}


def test_an_answer_between_the_quotes_is_the_body() -> None:
    found = take_apart("> How many?\n20 x K-200\n> Where to?\nHarbour site", "Re: order")
    assert found["body"] == "20 x K-200\nHarbour site"
    assert found["quoted"] == "How many?\nWhere to?"


def test_nothing_is_lost() -> None:
    text = f"Hello\n10 x K-100\n\nRegards\nEve\n\n{OUTLOOK}\n\nold words\n> older words"
    found = " ".join(take_apart(text, "Re: x").values())
    for word in ["Hello", "K-100", "Regards", "Eve", "Betreff", "old", "older"]:
        assert word in found


def test_many_forwards_within_each_other_end() -> None:
    assert take_apart("-----Original Message-----\n\n" * 3000)


def test_columns_keep_their_spacing() -> None:
    table = "Pos  Artikel   Menge\n  1  K-100        10\n  2  K-200         5"
    assert take_apart(table)["body"] == table


def test_flowed_lines_become_whole() -> None:
    pieces = pieces_of_text("Please send \nten valves.\n> quoted \n> words\n-- \nEve", flowed=True)
    assert [(p.content, p.depth) for p in pieces] == [
        ("Please send ten valves.", 0),
        ("quoted words", 1),
        ("--", 0),
        ("Eve", 0),
    ]


def test_flowed_lines_may_delete_their_space() -> None:
    (piece,) = pieces_of_text("K- \n100", flowed=True, delsp=True)
    assert piece.content == "K-100"
