"""The tables, which are the truth; checkpoints and queue rows can be thrown away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator
from sqlmodel import JSON, Column, Field, LargeBinary, SQLModel, UniqueConstraint


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC on every database. Naive values are refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _moment(**options: Any) -> Any:
    return Field(sa_type=Moment, **options)


def _json(default: Any) -> Any:
    return Field(default_factory=default, sa_column=Column(JSON, nullable=False))


class MailRow(SQLModel, table=True):
    """A mail as received. ``mail_id`` is the hash of what it says, whatever way it came."""

    __tablename__ = "mail"
    mail_id: str = Field(primary_key=True)
    message_id: str | None = Field(default=None, index=True)
    sender: str = ""
    subject: str = ""
    received_at: datetime = _moment()
    raw: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    read: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))


class LedgerRow(SQLModel, table=True):
    """Where a mail was seen: one row per place in a mailbox, claimed once."""

    __tablename__ = "ledger"
    folder: str = Field(primary_key=True)
    uidvalidity: int = Field(
        primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    uid: int = Field(
        primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    mail_id: str = Field(foreign_key="mail.mail_id", index=True)
    taken_at: datetime = _moment()


class OrderRow(SQLModel, table=True):
    """One order as it stands. ``version`` grows by one with every change that is saved."""

    __tablename__ = "orders"
    __table_args__ = (UniqueConstraint("mail_id", "part"),)
    id: int | None = Field(default=None, primary_key=True)
    mail_id: str = Field(foreign_key="mail.mail_id")
    part: int = 1
    version: int = 1
    state: str = Field(default="new", index=True)
    subject: str = ""
    sender: str = ""
    received_at: datetime = _moment()
    updated_at: datetime = _moment()
    customer_id: str | None = Field(default=None, index=True)
    po_number: str | None = None
    content: dict[str, Any] = _json(dict)
    decision: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    answers: list[dict[str, Any]] = _json(list)
    interrupt_id: str | None = None
    reference: str | None = None
    problem: str | None = None
    tries: int = 0
    place: int | None = Field(default=None, index=True)
    """In which turn the order was first checked; decides which of two equal ones came first."""

    @property
    def key(self) -> str:
        """The idempotency key of this order at every outside system."""
        return f"{self.mail_id}-{self.part}"


class VersionRow(SQLModel, table=True):
    """What an order was at each version; written once, never changed."""

    __tablename__ = "order_version"
    order_id: int = Field(primary_key=True, foreign_key="orders.id")
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = _moment()
    state: str
    content: dict[str, Any] = _json(dict)
    decision: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))


class DecisionRow(SQLModel, table=True):
    """What a person answered to one question. The first row per question wins."""

    __tablename__ = "decision"
    interrupt_id: str = Field(primary_key=True)
    order_id: int = Field(foreign_key="orders.id", index=True)
    version: int
    by: str
    at: datetime = _moment()
    answer: dict[str, Any] = _json(dict)


class EventRow(SQLModel, table=True):
    """What happened, append-only. A row with ``said_at`` empty is still to be told."""

    __tablename__ = "event"
    id: int | None = Field(default=None, primary_key=True)
    order_id: int | None = Field(default=None, foreign_key="orders.id", index=True)
    kind: str
    at: datetime = _moment()
    by: str = "deskhand"
    data: dict[str, Any] = _json(dict)
    said_at: datetime | None = _moment(default=None, nullable=True, index=True)
    claimed_until: datetime | None = _moment(default=None, nullable=True)


class CardRow(SQLModel, table=True):
    """A card of an order in one Slack conversation; ``ts`` is empty while it is being posted."""

    __tablename__ = "card"
    order_id: int = Field(primary_key=True, foreign_key="orders.id")
    audience: str = Field(primary_key=True)
    channel: str
    ts: str | None = None
    drawn: str | None = None


class OverrideRow(SQLModel, table=True):
    """The owner's recorded word to go live before everything is ready."""

    __tablename__ = "override"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = _moment()
    by: str
    reason: str
