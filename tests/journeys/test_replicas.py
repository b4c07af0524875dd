"""Two workers on one PostgreSQL: a dead one's work is taken over, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import victim
from tests.builders import mail
from tests.postgres import Postgres
from tests.shop import FORKS, Shop, buttons, until

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(180)]


@pytest.fixture
def shop(tmp_path: Path, postgres: Postgres, postgres_template: str) -> Iterator[Shop]:
    shop = Shop(tmp_path, postgres.database(postgres_template), running=False)
    yield shop
    shop.close()


def test_the_living_take_over_from_the_dead(shop: Shop) -> None:
    shop.spawn("check:before")
    shop.deliver(mail("10 Stk K-100 Ball valve 1/2 inch"))
    assert shop.reap() is not None
    shop.environment["DESKHAND_EXECUTOR"] = "another"
    shop.spawn()
    (order,) = until(shop.booked, 60)
    assert order["po_number"] == "4711"


def test_two_workers_book_every_order_once(shop: Shop) -> None:
    other = {**shop.environment, "DESKHAND_EXECUTOR": "second"}
    peer = FORKS.Process(target=victim.main, args=(other, shop.home / "mail"))
    peer.start()
    shop.spawn()
    for number in range(12):
        body = "10 Stk K-100 Ball valve 1/2 inch"
        shop.deliver(mail(body, subject=f"Bestellung T{number:02}"), f"mail{number}")
    until(lambda: len(shop.booked()) == 12, 90)
    until(lambda: len(shop.cards()) == 12 and not any(map(buttons, shop.cards())), 60)
    assert len({order["po_number"] for order in shop.booked()}) == 12
    peer.kill()
    peer.join(20)
    peer.close()
