"""The outbox: an unsaid event is claimed by one, said once, and given back on trouble."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from store import cards, events, orders
from store.db import transaction
from store.mail import claim

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)


@pytest.fixture
def order_id(engine: sa.Engine) -> int:
    with transaction(engine) as session:
        mail = claim(session, "INBOX", 1, 1, b"Subject: x\r\n\r\nx", NOW)
        assert mail is not None
        return orders.create(session, mail, 1, NOW).id or 0


def tell(engine: sa.Engine, order_id: int, kind: str = "waiting", *, quiet: bool = False) -> None:
    with transaction(engine) as session:
        events.record(session, kind, at=NOW, order_id=order_id, quiet=quiet, reason="x")


def test_unsaid_events_wait_by_order(engine: sa.Engine, order_id: int) -> None:
    tell(engine, order_id)
    tell(engine, order_id, "booked")
    assert events.waiting(engine, NOW) == [order_id]


def test_quiet_events_are_history_only(engine: sa.Engine, order_id: int) -> None:
    tell(engine, order_id, "received", quiet=True)
    assert events.waiting(engine, NOW) == []
    assert [row.kind for row in events.history(engine, order_id)] == ["received"]


def test_a_claim_is_exclusive_until_its_lease_ends(engine: sa.Engine, order_id: int) -> None:
    tell(engine, order_id)
    ids = events.claim(engine, order_id, NOW)
    assert len(ids) == 1
    assert events.claim(engine, order_id, NOW) == []
    assert events.waiting(engine, NOW) == []
    later = NOW + events.LEASE + timedelta(seconds=1)
    assert events.claim(engine, order_id, later) == ids


def test_what_was_said_is_never_claimed_again(engine: sa.Engine, order_id: int) -> None:
    tell(engine, order_id)
    events.said(engine, events.claim(engine, order_id, NOW), NOW)
    assert events.claim(engine, order_id, NOW + timedelta(days=1)) == []


def test_released_events_come_back_after_a_while(engine: sa.Engine, order_id: int) -> None:
    tell(engine, order_id)
    ids = events.claim(engine, order_id, NOW)
    events.release(engine, ids, NOW + timedelta(seconds=15))
    assert events.claim(engine, order_id, NOW + timedelta(seconds=14)) == []
    assert events.claim(engine, order_id, NOW + timedelta(seconds=16)) == ids


def test_many_tellers_share_no_event(engine: sa.Engine, order_id: int) -> None:
    for _ in range(5):
        tell(engine, order_id)
    claimed: list[int] = []
    barrier = threading.Barrier(6)

    def teller() -> None:
        barrier.wait()
        claimed.extend(events.claim(engine, order_id, NOW))

    threads = [threading.Thread(target=teller) for _ in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(claimed) == len(set(claimed)) == 5


def test_a_naive_moment_is_refused(engine: sa.Engine, order_id: int) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(sa.exc.StatementError, match="no time zone"), transaction(engine) as session:
        events.record(session, "x", at=naive, order_id=order_id)


def test_a_card_is_claimed_fresh_once(engine: sa.Engine, order_id: int) -> None:
    _, fresh = cards.claim(engine, order_id, "desk", "C0DESK")
    again, second = cards.claim(engine, order_id, "desk", "C0OTHER")
    assert (fresh, second, again.channel, again.ts) == (True, False, "C0DESK", None)
    cards.drawn(engine, order_id, "desk", "1.2", "abc")
    (card,) = cards.of(engine, order_id).values()
    assert (card.ts, card.drawn) == ("1.2", "abc")
