"""The process is killed at every node, and at random: nothing is lost, nothing booked twice."""

from __future__ import annotations

import contextlib
import random
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from store.db import connect
from store.tables import DecisionRow, OrderRow
from tests.builders import mail
from tests.shop import Shop, buttons, until

pytestmark = pytest.mark.timeout(300)
BEFORE_A_PERSON = [
    f"{point}:{when}"
    for point in ("take", "read", "extract", "match", "check", "decide", "settle")
    for when in ("before", "after")
]
AFTER_A_PERSON = ["match:before", "decide:after", "book:before", "book:after", "settle:before"]


@pytest.fixture
def shop(tmp_path: Path, database_url: str) -> Iterator[Shop]:
    shop = Shop(tmp_path, database_url, running=False)
    yield shop
    shop.close()


def test_killed_at_every_node_an_order_still_gets_there_once(shop: Shop) -> None:
    shop.deliver(mail("10 Stk K-200 Ball valve 3/4 inch", subject="Bestellung 4712"))
    for kill in BEFORE_A_PERSON:
        shop.spawn(kill)
        assert shop.reap() == -signal.SIGKILL, kill
    shop.spawn()
    card = shop.card("4712", seconds=30)
    shop.kill()

    shop.spawn("answer:before")
    until(lambda: shop.workspace.connections, 30)
    shop.workspace.click("U0STOCK", "C0DESK", card["ts"], "deskhand_approve")
    assert shop.reap() == -signal.SIGKILL
    assert shop.booked() == []

    shop.spawn("match:before")
    until(lambda: shop.workspace.connections, 30)
    shop.workspace.click("U0STOCK", "C0DESK", card["ts"], "deskhand_approve")
    assert shop.reap() == -signal.SIGKILL
    for kill in AFTER_A_PERSON:
        shop.spawn(kill)
        assert shop.reap() == -signal.SIGKILL, kill
    shop.spawn()
    until(lambda: shop.cards() and not buttons(shop.cards()[0]), 30)
    (order,) = shop.booked()
    assert (order["po_number"], order["approved_by"]) == ("4712", "U0STOCK")
    assert len(shop.cards()) == 1


def test_killed_at_random_while_people_click_against_each_other(shop: Shop) -> None:
    rng = random.Random(7)
    orders = 24
    stop = threading.Event()
    clicker = threading.Thread(target=_click_against_each_other, args=(shop, stop, rng))
    shop.spawn()
    clicker.start()
    for number in range(orders):
        sku = rng.choice(["K-100 Ball valve 1/2 inch", "K-200 Ball valve 3/4 inch"])
        shop.deliver(mail(f"10 Stk {sku}", subject=f"Bestellung R{number:03}"), f"mail{number}")
        if number % 4 == 3:
            shop.kill()
            shop.spawn()
            until(lambda: shop.workspace.connections, 30)
            threading.Event().wait(rng.uniform(0, 2))
    until(lambda: len(_rows(shop)) == orders and _settled(shop), 120)
    stop.set()
    clicker.join()
    _agree(shop)


def _click_against_each_other(shop: Shop, stop: threading.Event, rng: random.Random) -> None:
    """On every open card, one person presses Approve and another Reject at the same time."""
    while not stop.wait(0.1):
        for card in shop.cards():
            if not any("Approve" in words for words in buttons(card)):
                continue
            first, second = rng.sample(["U0STOCK", "U0BEN", "U0PETRA"], 2)
            pair = [
                threading.Thread(target=_approve, args=(shop, first, card["ts"])),
                threading.Thread(target=_reject, args=(shop, second, card["ts"])),
            ]
            [thread.start() for thread in pair]
            [thread.join() for thread in pair]


def _approve(shop: Shop, person: str, ts: str) -> None:
    with contextlib.suppress(LookupError, TimeoutError):
        shop.workspace.click(person, "C0DESK", ts, "deskhand_approve")


def _reject(shop: Shop, person: str, ts: str) -> None:
    with contextlib.suppress(LookupError, TimeoutError):
        shop.workspace.click(person, "C0DESK", ts, "deskhand_reject")
        shop.workspace.submit(person, values={"reason": "not today"})
        shop.workspace.close_view(person, everything=True)


def _rows(shop: Shop) -> list[OrderRow]:
    engine = connect(shop.environment["DATABASE_URL"])
    with Session(engine) as session:
        rows = list(session.exec(select(OrderRow)))
    engine.dispose()
    return rows


def _settled(shop: Shop) -> bool:
    return {row.state for row in _rows(shop)} <= {"booked", "rejected"}


def _agree(shop: Shop) -> None:
    """Database, ERP and Slack tell the same story, which is that of the first decision."""
    engine = connect(shop.environment["DATABASE_URL"])
    with Session(engine) as session:
        decisions = {row.order_id: row for row in session.exec(select(DecisionRow))}
    engine.dispose()
    booked = {order["key"]: order for order in shop.booked()}
    rows = _rows(shop)
    assert {row.key for row in rows if row.state == "booked"} == booked.keys()
    for row in rows:
        decision = decisions.get(row.id or 0)
        if row.state == "booked":
            assert booked[row.key]["approved_by"] == (decision and decision.by)
        assert row.state == ("rejected" if _is(decision, "reject") else "booked")
    numbers = [order["po_number"] for order in booked.values()]
    assert len(numbers) == len(set(numbers))
    until(lambda: len(_shown(shop)) == len(rows) and not any(map(buttons, shop.cards())), 60)
    assert set(_shown(shop).values()) == {1}


def _is(decision: DecisionRow | None, action: str) -> bool:
    return decision is not None and decision.answer["action"] == action


def _shown(shop: Shop) -> Counter[str]:
    return Counter(card["metadata"]["event_payload"]["order_id"] for card in shop.cards())
