"""Which runs must still happen: DBOS as a durable queue on Deskhand's own database.

Every run is one short workflow with a deterministic id, so asking for it twice runs it
once. An order is a partition: it runs in one place at a time. Nothing is in flight while
a person thinks.
"""

from __future__ import annotations

import logging
import threading
import time
import zlib
from collections.abc import Callable
from typing import Any

import psycopg
import sqlalchemy as sa
from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, EnqueueOptions
from sqlmodel import Session

from graph.ports import ConfigError

log = logging.getLogger(__name__)

QUEUE = "orders"
EXECUTOR_LOCKS = 11
ATTEMPTS = 4

Advance = Callable[[int, dict[str, Any] | None], None]
"""Carries one order on: (order id, answer to resume with or None). May be run again."""
GiveUp = Callable[[int, str], None]
"""Records that an order could not be carried on: (order id, why)."""


class Engine:
    """The queue. ``launch`` makes this process a worker; without it, it only enqueues."""

    def __init__(self, engine: sa.Engine, executor: str, *, workers: int = 4) -> None:
        self._engine, self._executor, self._workers = engine, executor, workers
        self._client: DBOSClient | None = None
        self._busy = _Busy()
        self._stop = threading.Event()
        self._watch: threading.Thread | None = None
        self._name: psycopg.Connection[Any] | None = None

    def enqueue(
        self, session: Session, run: str, order_id: int, resume: dict[str, Any] | None = None
    ) -> None:
        """Ask for a run of an order within the caller's transaction. ``run`` names it for ever."""
        options: EnqueueOptions = {
            "workflow_name": "advance",
            "queue_name": QUEUE,
            "workflow_id": run,
            "queue_partition_key": str(order_id),
        }
        self._connected().enqueue_in_transaction(session, options, order_id, resume)

    def launch(self, advance: Advance, give_up: GiveUp, *, pause: float = 1.0) -> None:
        """Work the queue in this process, taking up what was in flight when it last died.

        A passing failure is tried again after ``pause`` seconds, then after twice as long.
        Raises ConfigError where another process works under the same executor's name.
        """
        if self._engine.dialect.name == "postgresql":
            self._own(psycopg.connect(self._dsn(), autocommit=True))
        DBOS(
            config={
                "name": "deskhand",
                "system_database_engine": self._engine,
                "system_database_url": self._engine.url.render_as_string(hide_password=False),
                "executor_id": self._executor,
                "application_version": "1",
                "serializer": DBOSPortableJSONSerializer(),
                "max_executor_threads": 2 * self._workers + 4,
                "log_level": "WARNING",
                "use_listen_notify": False,
            }
        )
        _register(advance, give_up, pause, self._busy)
        DBOS.launch()
        DBOS.register_queue(
            QUEUE,
            partition_concurrency=1,
            worker_concurrency=self._workers,
            polling_interval_sec=0.1,
            on_conflict="always_update",
        )
        if self._name:
            self._watch = threading.Thread(target=self._watch_peers, name="peers", daemon=True)
            self._watch.start()

    def stop(self) -> None:
        """Let the runs in flight finish shortly, then stop working the queue."""
        self._stop.set()
        self._busy.settle(seconds=5)
        DBOS.destroy(destroy_registry=True)
        if self._client:
            self._client.destroy()
        if self._watch:
            self._watch.join(timeout=5)

    def _connected(self) -> DBOSClient:
        if self._client is None:
            self._client = DBOSClient(
                system_database_engine=self._engine, serializer=DBOSPortableJSONSerializer()
            )
        return self._client

    def _watch_peers(self) -> None:
        """Take over the runs of dead replicas: who holds an executor's lock is alive."""
        while self._name and not self._stop.wait(1.0):
            try:
                if self._name.closed:
                    self._own(psycopg.connect(self._dsn(), autocommit=True))
                _take_over(self._name, self._executor)
            except (psycopg.Error, ConfigError) as error:
                log.warning("watching other workers failed, trying again: %s", error)
        if self._name:
            self._name.close()

    def _own(self, connection: psycopg.Connection[Any], seconds: float = 10) -> None:
        """Hold the executor's name; a dead process' hold ends when its connection is noticed."""
        end = time.monotonic() + seconds
        while not _try_lock(connection, self._executor):
            if time.monotonic() > end or self._stop.is_set():
                connection.close()
                raise ConfigError(
                    f"another process works as {self._executor}: give each its own"
                    " DESKHAND_EXECUTOR"
                )
            time.sleep(0.2)
        self._name = connection

    def _dsn(self) -> str:
        return self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


class _Busy:
    """Counts the runs in flight. What is cut off at the end is taken up at the next start."""

    def __init__(self) -> None:
        self._count, self._changed = 0, threading.Condition()

    def __enter__(self) -> None:
        self._add(1)

    def __exit__(self, *_: object) -> None:
        self._add(-1)

    def _add(self, number: int) -> None:
        with self._changed:
            self._count += number
            self._changed.notify_all()

    def settle(self, seconds: float) -> None:
        """Wait until nothing is in flight, and a little longer for DBOS to write that down."""
        with self._changed:
            self._changed.wait_for(lambda: self._count == 0, timeout=seconds)
        time.sleep(0.1)


def _register(advance: Advance, give_up: GiveUp, pause: float, busy: _Busy) -> None:
    @DBOS.step(
        name="drive",
        retries_allowed=True,
        max_attempts=ATTEMPTS,
        interval_seconds=pause,
        should_retry=lambda error: not getattr(error, "permanent", False),
    )
    def drive(order_id: int, resume: dict[str, Any] | None) -> None:
        advance(order_id, resume)

    @DBOS.step(name="give_up", retries_allowed=True, max_attempts=8, interval_seconds=pause)
    def surrender(order_id: int, why: str) -> None:
        give_up(order_id, why)

    @DBOS.workflow(name="advance")
    def run(order_id: int, resume: dict[str, Any] | None) -> None:
        with busy:
            try:
                drive(order_id, resume)
            except Exception as error:
                # Whatever went wrong with one order is told to the desk; it must not be
                # lost as a failed row of the queue, and the other orders go on.
                log.exception("order %s could not be carried on", order_id)
                surrender(order_id, _reason(error))


def _reason(error: Exception) -> str:
    errors = getattr(error, "errors", None)
    return str(errors[-1] if errors else error) or type(error).__name__


def _lock_name(executor: str) -> tuple[int, int]:
    return EXECUTOR_LOCKS, zlib.crc32(executor.encode()) - 2**31


def _try_lock(connection: psycopg.Connection[Any], executor: str) -> bool:
    query = "select pg_try_advisory_lock(%s, %s)"
    row = connection.execute(query, _lock_name(executor)).fetchone()
    return bool(row and row[0])


def _take_over(connection: psycopg.Connection[Any], me: str) -> None:
    peers = connection.execute(
        "select distinct executor_id from dbos.workflow_status"
        " where status = 'PENDING' and executor_id <> %s",
        (me,),
    ).fetchall()
    for (peer,) in peers:
        if _try_lock(connection, peer):
            try:
                # Private, but the only door in the open source package (see README, Decisions).
                taken = DBOS._recover_pending_workflows([peer])
                log.warning("took over %s runs of the dead worker %s", len(taken), peer)
            finally:
                connection.execute("select pg_advisory_unlock(%s, %s)", _lock_name(peer))
