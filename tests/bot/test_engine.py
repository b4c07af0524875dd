"""The queue: what was asked for in a transaction happens once, on SQLite and PostgreSQL."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from bot.engine import ATTEMPTS, Engine
from graph.ports import ErpError
from store.db import transaction

Runs = list[tuple[int, dict[str, Any] | None]]


class Worker:
    """Records runs; ``fail`` may raise."""

    def __init__(self) -> None:
        self.runs: Runs = []
        self.given_up: list[tuple[int, str]] = []
        self.together: Counter[int] = Counter()
        self.most_together = 0
        self.fail: Callable[[int], None] = lambda order_id: None

    def advance(self, order_id: int, resume: dict[str, Any] | None) -> None:
        self.together[order_id] += 1
        self.most_together = max(self.most_together, self.together[order_id])
        self.runs.append((order_id, resume))
        try:
            time.sleep(0.01)
            self.fail(order_id)
        finally:
            self.together[order_id] -= 1

    def give_up(self, order_id: int, why: str) -> None:
        self.given_up.append((order_id, why))


@pytest.fixture
def worker() -> Worker:
    return Worker()


@pytest.fixture
def queue(engine: sa.Engine, worker: Worker) -> Iterator[Engine]:
    queue = Engine(engine, "test")
    queue.launch(worker.advance, worker.give_up, pause=0.01)
    yield queue
    queue.stop()


def until(condition: Callable[[], object], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def ask(engine: sa.Engine, queue: Engine, run: str, order_id: int = 1, **resume: Any) -> None:
    with transaction(engine) as session:
        queue.enqueue(session, run, order_id, resume or None)


def test_what_is_asked_for_runs_with_its_answer(
    engine: sa.Engine, queue: Engine, worker: Worker
) -> None:
    ask(engine, queue, "resume:x", 7, question="x", answer={"action": "approve"})
    until(lambda: worker.runs)
    assert worker.runs == [(7, {"question": "x", "answer": {"action": "approve"}})]


def test_a_run_asked_for_twice_happens_once(
    engine: sa.Engine, queue: Engine, worker: Worker
) -> None:
    for _ in range(3):
        ask(engine, queue, "start:1")
    ask(engine, queue, "start:2", 2)
    until(lambda: (2, None) in worker.runs)
    assert worker.runs.count((1, None)) == 1


def test_nothing_runs_for_a_transaction_that_was_rolled_back(
    engine: sa.Engine, queue: Engine, worker: Worker
) -> None:
    with transaction(engine) as session:
        queue.enqueue(session, "start:1", 1)
        session.rollback()
    ask(engine, queue, "start:2", 2)
    until(lambda: worker.runs)
    assert worker.runs == [(2, None)]


def test_a_passing_failure_is_tried_again(engine: sa.Engine, queue: Engine, worker: Worker) -> None:
    def fail_once(_: int) -> None:
        if len(worker.runs) == 1:
            raise ErpError("busy", permanent=False)

    worker.fail = fail_once
    ask(engine, queue, "start:1")
    until(lambda: len(worker.runs) == 2)
    assert worker.given_up == []


@pytest.mark.parametrize(("permanent", "tries"), [(True, 1), (False, ATTEMPTS)])
def test_a_failure_that_stays_is_told(
    engine: sa.Engine, queue: Engine, worker: Worker, permanent: bool, tries: int
) -> None:
    def fail(_: int) -> None:
        raise ErpError("the period is closed", permanent=permanent)

    worker.fail = fail
    ask(engine, queue, "start:1")
    until(lambda: worker.given_up)
    assert worker.given_up == [(1, "the period is closed")]
    assert len(worker.runs) == tries


def test_a_bug_in_one_order_leaves_the_others_alone(
    engine: sa.Engine, queue: Engine, worker: Worker
) -> None:
    def fail(order_id: int) -> None:
        if order_id == 1:
            raise KeyError("sku")

    worker.fail = fail
    ask(engine, queue, "start:1", 1)
    ask(engine, queue, "start:2", 2)
    until(lambda: worker.given_up and (2, None) in worker.runs)
    assert [order_id for order_id, _ in worker.given_up] == [1]


def test_an_order_never_runs_in_two_places(
    engine: sa.Engine, queue: Engine, worker: Worker
) -> None:
    for number in range(6):
        ask(engine, queue, f"run:{number}", 1)
    until(lambda: len(worker.runs) == 6)
    assert worker.most_together == 1


def test_a_process_that_only_enqueues_needs_no_worker(engine: sa.Engine, worker: Worker) -> None:
    first = Engine(engine, "test")
    first.launch(worker.advance, worker.give_up)
    first.stop()
    teller = Engine(engine, "teller")
    ask(engine, teller, "start:1")
    later = Engine(engine, "test")
    later.launch(worker.advance, worker.give_up)
    until(lambda: worker.runs)
    later.stop()
    assert threading.active_count() < 20
