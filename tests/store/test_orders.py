"""Orders are saved with a version; of two equal orders exactly one sees the other."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from graph.order import Answer, Decision, Line, Order, dump
from store import orders
from store.db import transaction
from store.mail import claim
from store.orders import Orders
from store.tables import MailRow, OrderRow, VersionRow

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
LATER = datetime(2026, 5, 20, 10, tzinfo=UTC)


def order_row(engine: sa.Engine, name: str = "a", part: int = 1) -> OrderRow:
    raw = f"Message-ID: <{name}@kunde.example>\r\nSubject: {name}\r\n\r\nx".encode()
    with transaction(engine) as session:
        mail = claim(session, "INBOX", 1, int.from_bytes(name.encode()), raw, NOW)
        found = mail or session.exec(select(MailRow).where(MailRow.subject == name)).one()
        return orders.create(session, found, part, NOW)


def save(engine: sa.Engine, row: OrderRow, **changes: object) -> bool:
    with transaction(engine) as session:
        return orders.save(session, session.get_one(OrderRow, row.id), LATER, **changes)


ORDER = Order(
    customer_id="C001",
    po_number="4711",
    order_date=date(2026, 5, 19),
    lines=(Line(position=1, sku="K-100", quantity=Decimal(10)),),
)


def test_a_change_is_a_new_version_and_the_old_one_stays(engine: sa.Engine) -> None:
    row = order_row(engine)
    assert save(engine, row, state="waiting", interrupt_id="q1")
    now = orders.find(engine, row.id or 0)
    assert now is not None
    assert (now.version, now.state) == (2, "waiting")
    with Session(engine) as session:
        old = session.get_one(VersionRow, (row.id, 1))
    assert (old.state, old.at) == ("new", NOW)


def test_saving_what_is_there_already_changes_nothing(engine: sa.Engine) -> None:
    row = order_row(engine)
    assert save(engine, row, state="waiting")
    assert not save(engine, row, state="waiting")
    found = orders.find(engine, row.id or 0)
    assert found is not None
    assert found.version == 2


def test_two_writers_of_one_version_clash(engine: sa.Engine) -> None:
    row = order_row(engine)
    assert save(engine, row, state="waiting")
    with pytest.raises(IntegrityError), transaction(engine) as session:
        session.add(VersionRow(order_id=row.id or 0, version=1, at=NOW, state="booked"))


def test_a_standing_order_is_read_back_as_it_was_saved(engine: sa.Engine) -> None:
    row = order_row(engine)
    decision = Decision(outcome="review", order_type="other", stage="draft")
    answer = Answer(action="edit", by="U0ANNA", at=NOW, changes={"lines.1.quantity": "12"})
    save(engine, row, content=dump(ORDER), decision=dump(decision), answers=[dump(answer)])
    found = orders.find(engine, row.id or 0)
    assert found is not None
    assert (found.order, found.decision, found.answers) == (ORDER, decision, (answer,))
    assert found.received_at == NOW


def test_an_unknown_order_is_none(engine: sa.Engine) -> None:
    assert orders.find(engine, 99) is None


def test_lists_and_counts_by_state(engine: sa.Engine) -> None:
    first, second, third = (order_row(engine, name) for name in "abc")
    save(engine, first, state="waiting")
    save(engine, third, state="failed", problem="down")
    listed = orders.in_state(engine, "waiting", "failed")
    assert [each.order_id for each in listed] == [str(first.id), str(third.id)]
    assert orders.counts(engine, NOW) == {"waiting": 1, "new": 1, "failed": 1}
    assert orders.counts(engine, LATER) == {}
    assert second.state == "new"


def test_an_earlier_order_of_the_customer_is_seen(engine: sa.Engine) -> None:
    first, second = order_row(engine, "a"), order_row(engine, "b")
    port = Orders(engine)
    assert port.register(ORDER, first.key) == []
    (seen,) = port.register(ORDER, second.key)
    assert (seen.reference, seen.po_number, seen.day) == (
        f"order {first.id}",
        "4711",
        date(2026, 5, 19),
    )
    assert seen.lines == (("K-100", Decimal(10)),)


def test_an_order_checked_again_keeps_its_place(engine: sa.Engine) -> None:
    first, second = order_row(engine, "a"), order_row(engine, "b")
    port = Orders(engine)
    port.register(ORDER, first.key)
    port.register(ORDER, second.key)
    assert port.register(ORDER, first.key) == []


@pytest.mark.parametrize(("state", "seen"), [("rejected", 0), ("ignored", 0), ("booked", 1)])
def test_what_was_rejected_did_not_come_before(engine: sa.Engine, state: str, seen: int) -> None:
    first, second = order_row(engine, "a"), order_row(engine, "b")
    port = Orders(engine)
    port.register(ORDER, first.key)
    save(engine, first, state=state)
    assert len(port.register(ORDER, second.key)) == seen


def test_other_customers_and_unknown_ones_have_none(engine: sa.Engine) -> None:
    first, second, third = (order_row(engine, name) for name in "abc")
    port = Orders(engine)
    port.register(ORDER, first.key)
    assert port.register(ORDER.model_copy(update={"customer_id": "C002"}), second.key) == []
    assert not port.register(ORDER.model_copy(update={"customer_id": None}), third.key)


def test_of_many_equal_orders_at_once_exactly_one_sees_no_other(engine: sa.Engine) -> None:
    keys = [order_row(engine, name).key for name in "abcdefgh"]
    port, seen = Orders(engine), []
    barrier = threading.Barrier(len(keys))

    def check(key: str) -> None:
        barrier.wait()
        seen.append(len(port.register(ORDER, key)))

    threads = [threading.Thread(target=check, args=(key,)) for key in keys]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(seen) == list(range(8))
