"""The one doorway to the database: SQLite for one process, PostgreSQL for many."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session


def connect(url: str) -> sa.Engine:
    """Open an engine for ``url``. SQLite runs with a write-ahead log and immediate writes.

    Raises sqlalchemy.exc.ArgumentError for a URL that is none.
    """
    if url.startswith("sqlite"):
        engine = sa.create_engine(
            url,
            pool_size=20,
            hide_parameters=True,
            connect_args={"check_same_thread": False},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    return sa.create_engine(
        url, pool_size=10, max_overflow=20, pool_pre_ping=True, hide_parameters=True
    )


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # A transaction that writes takes the write lock at its first statement; waiting
    # then happens at BEGIN, where busy_timeout applies, and never in the middle.
    connection.isolation_level = "IMMEDIATE"
    for pragma in ("busy_timeout=30000", "foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def transaction(engine: sa.Engine) -> Iterator[Session]:
    """One transaction: committed at the end, rolled back on any exception."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session
