"""Which card shows an order in which conversation."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from store.db import transaction
from store.tables import CardRow


def of(engine: sa.Engine, order_id: int) -> dict[str, CardRow]:
    """The cards of an order by audience: ``desk`` or a person's Slack id."""
    with Session(engine) as session:
        rows = session.exec(select(CardRow).where(CardRow.order_id == order_id))
        return {row.audience: row for row in rows}


def shown(engine: sa.Engine, order_ids: Sequence[int]) -> set[int]:
    """Those of the orders that have a card somewhere."""
    query = select(CardRow.order_id).where(col(CardRow.order_id).in_(order_ids))
    with Session(engine) as session:
        return set(session.exec(query))


def claim(engine: sa.Engine, order_id: int, audience: str, channel: str) -> tuple[CardRow, bool]:
    """The card for an audience, made where there is none; and whether it was made now."""
    with transaction(engine) as session:
        row = session.get(CardRow, (order_id, audience))
        if row is not None:
            return row, False
        row = CardRow(order_id=order_id, audience=audience, channel=channel)
        session.add(row)
        return row, True


def drawn(engine: sa.Engine, order_id: int, audience: str, ts: str, digest: str) -> None:
    """Remember where the card stands and what it shows."""
    with transaction(engine) as session:
        row = session.get_one(CardRow, (order_id, audience))
        row.ts, row.drawn = ts, digest
        session.add(row)
