"""Orders as they stand, saved with a new version at every change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Session, col, select

from graph.order import Answer, Decision, Order, Standing, dump
from graph.ports import Earlier
from store.db import transaction
from store.tables import DecisionRow, MailRow, OrderRow, VersionRow

REGISTER_LOCK = 8
OPEN = ("new", "waiting", "booked", "failed")
"""States in which an order counts as having come before another."""


def create(session: Session, mail: MailRow, part: int, now: datetime) -> OrderRow:
    """Add the order of one part of a mail, still to be prepared."""
    row = OrderRow(
        mail_id=mail.mail_id,
        part=part,
        subject=mail.subject,
        sender=mail.sender,
        received_at=mail.received_at,
        updated_at=now,
    )
    session.add(row)
    session.flush()
    return row


def save(session: Session, row: OrderRow, now: datetime, **changes: Any) -> bool:
    """Write what changed as a new version; False where nothing changed.

    The old version stays in ``order_version``. Two writers of one version clash there,
    and the second gets sqlalchemy.exc.IntegrityError.
    """
    if all(getattr(row, name) == value for name, value in changes.items()):
        return False
    session.add(
        VersionRow(
            order_id=row.id or 0,
            version=row.version,
            at=row.updated_at,
            state=row.state,
            content=row.content,
            decision=row.decision,
        )
    )
    for name, value in changes.items():
        setattr(row, name, value)
    row.version, row.updated_at = row.version + 1, now
    session.add(row)
    session.flush()
    return True


def standing(row: OrderRow) -> Standing:
    """The order as the views and the desk see it."""
    return Standing(
        order_id=str(row.id),
        version=row.version,
        state=row.state,
        received_at=row.received_at,
        subject=row.subject,
        sender=row.sender,
        order=Order.model_validate(row.content),
        decision=Decision.model_validate(row.decision) if row.decision else None,
        answers=tuple(Answer.model_validate(answer) for answer in row.answers),
        reference=row.reference,
        problem=row.problem,
    )


def find(engine: sa.Engine, order_id: int) -> Standing | None:
    """The order with this id, or None."""
    with Session(engine) as session:
        row = session.get(OrderRow, order_id)
        return standing(row) if row else None


def in_state(engine: sa.Engine, *states: str, limit: int = 1000) -> list[Standing]:
    """Orders in one of the states, oldest first."""
    query = (
        select(OrderRow)
        .where(col(OrderRow.state).in_(states))
        .order_by(col(OrderRow.id))
        .limit(limit)
    )
    with Session(engine) as session:
        return [standing(row) for row in session.exec(query)]


def counts(engine: sa.Engine, since: datetime) -> dict[str, int]:
    """How many orders received since then are in each state."""
    query = (
        select(OrderRow.state, sa.func.count())
        .where(col(OrderRow.received_at) >= since)
        .group_by(OrderRow.state)
    )
    with Session(engine) as session:
        return dict(session.exec(query).all())


def decided(session: Session, run: str) -> DecisionRow | None:
    """The decision that asked for this run, if anybody made it."""
    return session.get(DecisionRow, run)


class Orders:
    """The ``graph.ports.Orders`` of the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def register(self, order: Order, key: str) -> Sequence[Earlier]:
        """Note the order as being checked; the customer's orders noted before, newest first."""
        mail_id, _, part = key.rpartition("-")
        with transaction(self._engine) as session:
            if self._engine.dialect.name == "postgresql":
                session.execute(sa.select(sa.func.pg_advisory_xact_lock(REGISTER_LOCK)))
            place = session.execute(_note(order, mail_id, int(part))).scalar_one()
            if not order.customer_id:
                return ()
            return [_earlier(row) for row in session.exec(_before(order.customer_id, place))]


def _note(order: Order, mail_id: str, part: int) -> ReturningUpdate[Any]:
    others = sa.select(sa.func.coalesce(sa.func.max(OrderRow.place), 0) + 1).scalar_subquery()
    return (
        sa.update(OrderRow)
        .where(col(OrderRow.mail_id) == mail_id, col(OrderRow.part) == part)
        .values(
            place=sa.func.coalesce(OrderRow.place, others),
            customer_id=order.customer_id,
            po_number=order.po_number,
            content=dump(order),
        )
        .returning(col(OrderRow.place))
    )


def _before(customer_id: str, place: int) -> Any:
    return (
        select(OrderRow)
        .where(OrderRow.customer_id == customer_id, col(OrderRow.place) < place)
        .where(col(OrderRow.state).in_(OPEN))
        .order_by(col(OrderRow.place).desc())
        .limit(500)
    )


def _earlier(row: OrderRow) -> Earlier:
    order = Order.model_validate(row.content)
    return Earlier(
        reference=f"order {row.id}",
        customer_id=row.customer_id or "",
        po_number=row.po_number,
        day=order.order_date or row.received_at.date(),
        lines=tuple((line.sku, line.quantity or Decimal(0)) for line in order.lines if line.sku),
    )
