"""What stands beside the lines: fine print is nothing, a bent order is a question."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.order import Document, Order

Read = Callable[..., tuple[Order, ...]]
ROWS = [
    ["Art.-Nr.", "Bezeichnung", "Menge"],
    ["K-100", "Kupplung", "10 Stk"],
    ["K-200", "F", "5 Stk"],
]
TERMS = (
    "This order is subject to our Conditions of Purchase (12 pages). Payment 60 days end of month. "
    "Warranty 24 months. Pallets max. 1,000 kg. Goods supplied in excess of the quantity ordered "
    "by more than 0 % will be returned at your cost. This mail is confidential; if you received "
    "it in error call 020 7946 0100."
)


@pytest.mark.parametrize(
    "words",
    [
        TERMS,
        "Bitte bestätigen Sie innerhalb von 2 Arbeitstagen.",
        "Order ref KP-771 attached. Delivery to Unit 12 Falcon Park, Netherwick BA99 5LT please.",
        "Anbei erhalten Sie unsere Bestellung 4500087312.",
        "Eilt nicht, nächste Woche reicht.",
        "Ohne Preise - es gilt Rahmenvertrag 46-2025.",
        "Your ref: quote Q-88213 of 18 May 2026",
    ],
)
def test_needs_no_question(read: Read, document: Callable[..., Document], words: str) -> None:
    subject = "Bestellung 4500087312" if "4500087312" in words else "Bestellung KP-771"
    (order,) = read(words, subject, document(ROWS, "attachment", "Bestellung.xlsx"))
    assert [doubt.message for doubt in order.doubts] == []


@pytest.mark.parametrize(
    "words",
    [
        "Anbei die Bestellung. Bitte ohne Pos. 2 liefern.",
        "Sheet attached. One correction: please make it 10 instead of 12 on the K-100.",
        "Anbei die Bestellung, außerdem noch 20 Stk K-300.",
        "Bestellung anbei. Bitte nur die Hälfte liefern.",
    ],
)
def test_a_bent_order_is_asked_about(
    read: Read, document: Callable[..., Document], words: str
) -> None:
    (order,) = read(words, "Bestellung KP-771", document(ROWS, "attachment", "Bestellung.xlsx"))
    assert order.doubts


def test_the_same_lines_in_mail_and_file_are_one_order(
    read: Read, document: Callable[..., Document]
) -> None:
    body = "Bestellung KP-771:\n\n10 Stk K-100 Kupplung\n5 Stk K-200 F\n"
    (order,) = read(body, "Bestellung KP-771", document(ROWS, "attachment", "Bestellung.xlsx"))
    assert len(order.lines) == 2
    assert not order.doubts


def test_terms_on_another_sheet_are_no_lines(read: Read, document: Callable[..., Document]) -> None:
    terms = document([["Clause", "Text"], ["3", "Pallet 1200 x 800, max 20 boxes"]], "attachment")
    sheet = document(ROWS, "attachment", "PO.xlsx")
    both = sheet.model_copy(update={"blocks": (*terms.blocks, *sheet.blocks)})
    (order,) = read("See sheet.", "Bestellung KP-771", both)
    assert len(order.lines) == 2
    assert not order.doubts
