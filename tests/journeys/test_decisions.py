"""What people decide in Slack: once, by those entitled, drawn from the database afterwards."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.builders import mail
from tests.shop import CROWD, Shop, buttons, spoken, until

Card = dict[str, Any]


def waiting(shop: Shop, subject: str = "Bestellung 4712", name: str = "order") -> Card:
    """Deliver an order for more than is in stock, which only its owners may settle."""
    shop.deliver(mail("10 Stk K-200 Ball valve 3/4 inch", subject=subject), name)
    return shop.card(subject.split()[-1])


def questioned(shop: Shop) -> Card:
    """Deliver an order with an unusual quantity, which the desk settles."""
    shop.deliver(mail("400 Stk K-100 Ball valve 1/2 inch", subject="Bestellung 4713"))
    return shop.card("4713")


def decided(shop: Shop, channel: str = "C0DESK") -> Card:
    return until(lambda: next((c for c in shop.cards(channel) if not buttons(c)), None))


def redrawn(shop: Shop, words: str) -> Card:
    """The card once it shows some words and waits again."""
    return until(lambda: next((c for c in shop.cards() if words in spoken(c) and buttons(c)), None))


def test_a_question_of_the_desk_names_the_reason_with_its_figures(shop: Shop) -> None:
    card = questioned(shop)
    assert "400" in spoken(card)
    assert "ordered" in spoken(card)


def test_edit_changes_the_order_and_another_approval_books_it(shop: Shop) -> None:
    card = questioned(shop)
    view = shop.window("U0ANNA", card["ts"], "edit")
    labels = [b["label"]["text"] for b in view["blocks"] if b["type"] == "input"]
    assert any("1" in words and "Quantity" in words for words in labels)
    shop.workspace.submit("U0ANNA", values={"line_1_quantity": "12"})
    redrawn(shop, "12 pcs")
    assert shop.booked() == []
    shop.workspace.click("U0BEN", "C0DESK", card["ts"], "deskhand_approve")
    (order,) = until(shop.booked)
    assert (order["lines"][0]["quantity"], order["approved_by"]) == ("12", "U0BEN")


def test_a_quantity_that_is_none_is_refused_at_its_field(shop: Shop) -> None:
    card = questioned(shop)
    shop.window("U0ANNA", card["ts"], "edit")
    outcome = shop.workspace.submit("U0ANNA", values={"line_1_quantity": "a lot"})
    assert "line_1_quantity" in outcome.fields
    assert shop.workspace.view_of("U0ANNA")


def test_reject_needs_a_reason_and_closes_the_order(shop: Shop) -> None:
    card = questioned(shop)
    shop.window("U0ANNA", card["ts"], "reject")
    outcome = shop.workspace.submit("U0ANNA", values={"reason": "   "})
    assert "reason" in outcome.fields
    shop.workspace.submit("U0ANNA", values={"reason": "customer called it off"})
    closed = decided(shop)
    assert "customer called it off" in spoken(closed)
    assert shop.booked() == []


def test_escalate_hands_the_order_to_a_person_who_then_decides(shop: Shop) -> None:
    card = questioned(shop)
    shop.window("U0ANNA", card["ts"], "escalate")
    shop.workspace.submit("U0ANNA", values={"person": "U0EVE", "reason": "ask the customer"})
    direct = shop.card("4713", "U0EVE")
    shop.workspace.click("U0BEN", "C0DESK", card["ts"], "deskhand_approve")
    assert "U0EVE" in until(lambda: shop.whispers("U0BEN"))[-1]
    shop.workspace.click("U0EVE", "U0EVE", direct["ts"], "deskhand_approve")
    (order,) = until(shop.booked)
    assert order["approved_by"] == "U0EVE"
    decided(shop)
    decided(shop, "U0EVE")


def test_a_stranger_may_decide_nothing(shop: Shop) -> None:
    card = questioned(shop)
    for action in ("deskhand_approve", "deskhand_edit", "deskhand_reject", "deskhand_escalate"):
        shop.workspace.click("U0EVE", "C0DESK", card["ts"], action)
    until(lambda: len(shop.whispers("U0EVE")) == 4)
    assert all("U0ANNA" in words and "U0BEN" in words for words in shop.whispers("U0EVE"))
    assert shop.workspace.view_of("U0EVE") is None
    assert shop.booked() == []


def test_entitlement_is_judged_again_when_a_window_is_sent(shop: Shop) -> None:
    card = questioned(shop)
    shop.window("U0ANNA", card["ts"], "reject")
    book = (shop.home / "playbook.yaml").read_text(encoding="utf-8")
    (shop.home / "playbook.yaml").write_text(
        book.replace("desk: [U0ANNA, U0BEN]", "desk: [U0BEN]"), encoding="utf-8"
    )
    outcome = shop.workspace.submit("U0ANNA", values={"reason": "no"})
    assert "U0BEN" in outcome.fields["reason"]
    assert buttons(shop.card("4713"))


def test_twenty_people_click_at_once_and_one_wins(shop: Shop) -> None:
    book = (shop.home / "playbook.yaml").read_text(encoding="utf-8")
    (shop.home / "playbook.yaml").write_text(
        book.replace("[U0ANNA, U0BEN]", f"[{', '.join(CROWD)}]"), encoding="utf-8"
    )
    card = questioned(shop)
    threads = [
        threading.Thread(
            target=shop.workspace.click, args=(person, "C0DESK", card["ts"], "deskhand_approve")
        )
        for person in CROWD
    ]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    (order,) = until(shop.booked)
    winner = order["approved_by"]
    losers = [person for person in CROWD if person != winner]
    until(lambda: all(shop.whispers(person) for person in losers))
    assert all(winner in shop.whispers(person)[0] for person in losers)
    assert not shop.whispers(winner)


def test_a_double_click_is_one_decision_without_an_error(shop: Shop) -> None:
    card = questioned(shop)
    for _ in range(2):
        shop.workspace.click("U0ANNA", "C0DESK", card["ts"], "deskhand_approve")
    shop.workspace.redeliver()
    until(shop.booked)
    decided(shop)
    assert len(shop.booked()) == 1
    assert shop.whispers("U0ANNA") == []


def test_a_click_on_an_older_state_is_told_who_decided(shop: Shop) -> None:
    card = questioned(shop)
    old = next(b for b in card["blocks"] if b["type"] == "actions")["elements"][0]["value"]
    shop.window("U0ANNA", card["ts"], "edit")
    shop.workspace.submit("U0ANNA", values={"line_1_quantity": "300"})
    redrawn(shop, "300 pcs")
    shop.workspace.click("U0BEN", "C0DESK", card["ts"], "deskhand_approve", value=old)
    assert "<@U0ANNA> already edited this order" in until(lambda: shop.whispers("U0BEN"))[0]
    assert shop.booked() == []


@pytest.mark.parametrize(
    "forged",
    [
        "no json",
        json.dumps({"order": "1", "version": 2}),
        json.dumps({"order": "1", "version": 2, "action": "reject"}),
        json.dumps({"order": "1", "version": 2, "action": "approve", "by": "U0STOCK"}),
        json.dumps({"order": "999", "version": 2, "action": "approve"}),
    ],
)
def test_a_forged_button_does_nothing(shop: Shop, forged: str) -> None:
    card = questioned(shop)
    shop.workspace.click("U0ANNA", "C0DESK", card["ts"], "deskhand_approve", value=forged)
    assert until(lambda: shop.whispers("U0ANNA"))
    assert buttons(shop.card("4713"))


def test_a_failing_erp_is_told_and_tried_again(shop: Shop) -> None:
    orders = shop.home / "erp" / "orders"
    orders.write_text("in the way", encoding="utf-8")
    shop.deliver(mail("10 Stk K-100 Ball valve 1/2 inch", subject="Bestellung 4714"))
    card = shop.card("failed", seconds=30)
    assert "approved" not in spoken(card).lower()
    orders.unlink()
    shop.workspace.click("U0ANNA", "C0DESK", card["ts"], "deskhand_approve")
    (order,) = until(shop.booked)
    assert order["po_number"] == "4714"


def test_a_second_start_goes_on_where_it_was(shop: Shop) -> None:
    card = waiting(shop)
    shop.stop()
    shop.deliver(mail("10 Stk K-100 Ball valve 1/2 inch", subject="Bestellung 4715"), "second")
    shop.open()
    shop.card("4715")
    shop.workspace.click("U0STOCK", "C0DESK", card["ts"], "deskhand_approve")
    until(lambda: len(shop.booked()) == 2)
    assert len(shop.cards()) == 2


def test_the_home_lists_what_waits_for_whom(shop: Shop) -> None:
    waiting(shop)
    shop.workspace.open_home("U0STOCK")
    mine = until(lambda: shop.workspace.home_of("U0STOCK"))
    assert "4712" in json.dumps(mine)


def test_a_broken_playbook_keeps_the_last_good_one_and_says_so(shop: Shop, tmp_path: Path) -> None:
    (shop.home / "playbook.yaml").write_text("company: [", encoding="utf-8")
    shop.deliver(mail("10 Stk K-100 Ball valve 1/2 inch", subject="Bestellung 4716"))
    until(shop.booked)
    shop.workspace.open_home("U0PETRA")
    assert "playbook" in json.dumps(until(lambda: shop.workspace.home_of("U0PETRA"))).lower()
