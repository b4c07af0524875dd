"""Where inside a run an order is: LangGraph's checkpoints, beside the tables.

A thread is disposable: it is deleted when its order closes. On PostgreSQL the connection
that writes the checkpoints also holds the order's lock, so a worker that lost its
connection can write no more.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import sqlalchemy as sa
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.postgres import PostgresSaver
from langgraph.checkpoint.sqlite import SqliteSaver
from psycopg.rows import dict_row

Saver = BaseCheckpointSaver[str]
ORDER_LOCKS = 7


class Checkpoints:
    """Opens the saver for one order at a time."""

    def __init__(self, engine: sa.Engine) -> None:
        self._postgres = engine.dialect.name == "postgresql"
        self._dsn = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        if not self._postgres:
            self._sqlite = SqliteSaver(_open_sqlite(engine.url.database or ":memory:"))

    def setup(self) -> None:
        """Create the saver's own tables where they are missing."""
        if not self._postgres:
            self._sqlite.setup()
            return
        with PostgresSaver.from_conn_string(self._dsn) as saver:
            saver.setup()

    @contextmanager
    def of(self, order_key: str) -> Iterator[Saver]:
        """The saver for one order, with the order locked against other workers."""
        if not self._postgres:
            yield self._sqlite
            return
        with psycopg.connect(
            self._dsn, autocommit=True, row_factory=dict_row, prepare_threshold=0
        ) as connection:
            lock = zlib.crc32(order_key.encode()) - 2**31
            connection.execute("select pg_advisory_lock(%s, %s)", (ORDER_LOCKS, lock))
            yield PostgresSaver(connection)

    def close(self) -> None:
        """Close what is held open."""
        if not self._postgres:
            self._sqlite.conn.close()


def _open_sqlite(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False, timeout=30)
    connection.execute("PRAGMA synchronous=FULL")
    return connection
