"""Trouble with the world: it is told, nothing is lost, and the rest goes on."""

from __future__ import annotations

import json
import urllib.request

import pytest

from bot.sandbox.server import Workspace
from bot.web import WebServer, site
from tests.builders import mail
from tests.shop import Shop, buttons, spoken, until

CLEAN = "10 Stk K-100 Ball valve 1/2 inch"


def test_a_lost_answer_of_slack_makes_no_second_card(shop: Shop) -> None:
    shop.workspace.fault("chat.postMessage", cut=True, after_effect=True)
    shop.deliver(mail(CLEAN))
    until(shop.booked)
    shop.deliver(mail(CLEAN, subject="Bestellung 4800"), "second")
    shop.card("4800", seconds=30)
    until(lambda: len(shop.cards()) == 2, 30)
    assert len({card["metadata"]["event_payload"]["order_id"] for card in shop.cards()}) == 2


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429, "retry_after": 1, "times": 2},
        {"status": 503, "times": 2},
        {"cut": True, "times": 1},
        {"error": "internal_error", "times": 1},
    ],
)
def test_a_passing_fault_of_slack_delays_a_card_and_loses_none(
    shop: Shop, fault: dict[str, object]
) -> None:
    shop.workspace.fault("chat.postMessage", **fault)
    shop.deliver(mail(CLEAN))
    shop.card("4711", seconds=40)
    assert len(shop.cards()) == 1


def test_a_channel_that_is_gone_is_told_to_the_owner(shop: Shop) -> None:
    shop.workspace.fault("chat.postMessage", error="is_archived", times=1)
    shop.deliver(mail(CLEAN))
    until(lambda: shop.deskhand and shop.deskhand.say.trouble)
    shop.workspace.open_home("U0PETRA")
    assert "is_archived" in json.dumps(until(lambda: shop.workspace.home_of("U0PETRA")))


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("empty", b""),
        ("binary", bytes(range(256)) * 40),
        ("no-header", b"just words\n"),
        ("half-mime", b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"),
        ("huge-header", b"Subject: " + b"x" * 100_000 + b"\r\n\r\n10 x K-100"),
    ],
)
def test_broken_mail_reaches_the_desk_and_the_others_go_on(
    shop: Shop, name: str, raw: bytes
) -> None:
    shop.deliver(raw, name)
    shop.deliver(mail(CLEAN), "good")
    until(shop.booked)
    until(lambda: len(shop.cards()) == 2)
    assert any("Reject" in " ".join(buttons(card)) for card in shop.cards())


def test_an_unreadable_attachment_is_named_to_the_desk(shop: Shop) -> None:
    broken = [("order.pdf", "application/pdf", b"%PDF-1.7 broken")]
    shop.deliver(mail("Please find attached our order.", subject="Order 4901", files=broken))
    assert "order.pdf" in spoken(shop.card("order.pdf"))
    assert shop.booked() == []


def test_the_same_mail_twice_is_one_order(shop: Shop) -> None:
    shop.deliver(mail(CLEAN), "once")
    shop.card("4711")
    shop.deliver(mail(CLEAN), "again")
    shop.deliver(mail(CLEAN, subject="Bestellung 4802"), "other")
    shop.card("4802")
    assert len(shop.cards()) == 2


def test_the_same_order_in_another_mail_is_asked_about(shop: Shop) -> None:
    shop.deliver(mail(CLEAN), "once")
    shop.card("4711")
    shop.deliver(mail(CLEAN + "\n\nzur Sicherheit noch einmal"), "again")
    until(lambda: any(buttons(card) for card in shop.cards()))
    assert len(shop.booked()) == 1


def test_slack_that_comes_back_finds_everything(shop: Shop) -> None:
    shop.workspace.disconnect(refresh=False)
    shop.deliver(mail("400 Stk K-100 Ball valve 1/2 inch", subject="Bestellung 4803"))
    card = shop.card("4803", seconds=30)
    until(lambda: shop.workspace.connections, 30)
    until(lambda: _pressed(shop.workspace, card["ts"]), 30)
    until(shop.booked)


def _pressed(workspace: Workspace, ts: str) -> bool:
    return workspace.click("U0ANNA", "C0DESK", ts, "deskhand_approve").ok


def test_health_names_what_is_wrong(shop: Shop) -> None:
    assert shop.deskhand
    server = WebServer(site(shop.deskhand.health, shop.deskhand.counts, None), "127.0.0.1", 0)
    server.start()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/healthz") as answer:
            assert json.load(answer)["ok"]
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/metrics") as answer:
            assert b"deskhand_orders" in answer.read()
    finally:
        server.stop()
