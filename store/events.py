"""The append-only history; rows that are not said yet are the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, or_, select

from store.db import transaction
from store.tables import EventRow

LEASE = timedelta(seconds=60)
"""How long a claimed event belongs to the one who says it before others may try."""


def record(
    session: Session,
    kind: str,
    *,
    at: datetime,
    order_id: int | None = None,
    by: str = "deskhand",
    quiet: bool = False,
    **data: Any,
) -> None:
    """Append an event in the caller's transaction. A ``quiet`` one is not told to anybody."""
    session.add(
        EventRow(
            order_id=order_id, kind=kind, at=at, by=by, data=data, said_at=at if quiet else None
        )
    )


def first(session: Session, kind: str, now: datetime) -> datetime:
    """When this kind of event happened for the first time; now, recorded, if never before."""
    query = select(sa.func.min(EventRow.at)).where(EventRow.kind == kind)
    found = session.exec(query).one()
    if found is None:
        record(session, kind, at=now, quiet=True)
    return found or now


def waiting(engine: sa.Engine, now: datetime, limit: int = 100) -> list[int]:
    """Ids of orders with something unsaid that nobody has claimed, longest waiting first."""
    free = or_(col(EventRow.claimed_until).is_(None), col(EventRow.claimed_until) < now)
    query = (
        select(EventRow.order_id)
        .where(col(EventRow.said_at).is_(None), col(EventRow.order_id).is_not(None), free)
        .group_by(col(EventRow.order_id))
        .order_by(sa.func.min(EventRow.id))
        .limit(limit)
    )
    with Session(engine) as session:
        return [order_id for order_id in session.exec(query) if order_id is not None]


def claim(engine: sa.Engine, order_id: int, now: datetime) -> list[int]:
    """Claim all that is unsaid about an order; the ids, or [] where somebody else has it."""
    free = or_(col(EventRow.claimed_until).is_(None), col(EventRow.claimed_until) < now)
    mine = (
        sa.update(EventRow)
        .where(col(EventRow.order_id) == order_id, col(EventRow.said_at).is_(None), free)
        .values(claimed_until=now + LEASE)
        .returning(col(EventRow.id))
    )
    with transaction(engine) as session:
        return sorted(session.execute(mine).scalars())


def said(engine: sa.Engine, ids: Sequence[int], now: datetime) -> None:
    """Mark claimed events as told."""
    with transaction(engine) as session:
        session.execute(sa.update(EventRow).where(col(EventRow.id).in_(ids)).values(said_at=now))


def release(engine: sa.Engine, ids: Sequence[int], until: datetime) -> None:
    """Give claimed events back; they may be tried again after ``until``."""
    with transaction(engine) as session:
        session.execute(
            sa.update(EventRow).where(col(EventRow.id).in_(ids)).values(claimed_until=until)
        )


def history(engine: sa.Engine, order_id: int) -> list[EventRow]:
    """Everything that happened to an order, oldest first."""
    query = select(EventRow).where(EventRow.order_id == order_id).order_by(col(EventRow.id))
    with Session(engine) as session:
        return list(session.exec(query))
