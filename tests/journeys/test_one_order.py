"""The way of one order, from the mail to the ERP, with a person where one is needed."""

from __future__ import annotations

from tests.builders import mail
from tests.shop import Shop, buttons, spoken, until

CLEAN = """Guten Tag,

bitte liefern Sie:

10 Stk K-100 Ball valve 1/2 inch

Mit freundlichen Grüßen
Müller Bau GmbH
"""


def test_a_clean_repeat_order_goes_straight_through(shop: Shop) -> None:
    shop.deliver(mail(CLEAN, subject="Bestellung 4711"))
    card = shop.card("4711")
    (order,) = until(shop.booked)
    assert (order["customer_id"], order["po_number"]) == ("C001", "4711")
    assert order["approved_by"] is None
    assert [(line["sku"], line["quantity"]) for line in order["lines"]] == [("K-100", "10")]
    assert order["ship_to"]["address_id"] == "A1"
    assert buttons(card) == []


def test_an_escalated_order_waits_for_its_owner(shop: Shop) -> None:
    shop.deliver(mail("10 Stk K-200 Ball valve 3/4 inch", subject="Bestellung 4712"))
    card = shop.card("4712")
    assert [words.split()[0] for words in buttons(card)] == [
        "Approve",
        "Edit",
        "Escalate",
        "Reject",
    ]
    shop.card("4712", "U0STOCK")
    shop.workspace.click("U0ANNA", "C0DESK", card["ts"], "deskhand_approve")
    refusal = until(lambda: shop.whispers("U0ANNA"))[-1]
    assert "U0STOCK" in refusal
    assert shop.booked() == []
    shop.workspace.click("U0STOCK", "C0DESK", card["ts"], "deskhand_approve")
    (order,) = until(shop.booked)
    assert order["approved_by"] == "U0STOCK"
    settled = until(lambda: [c for c in shop.cards() if not buttons(c)])[0]
    assert "U0STOCK" in spoken(settled)
    until(lambda: not buttons(shop.cards("U0STOCK")[0]))
