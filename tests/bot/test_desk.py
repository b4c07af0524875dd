"""The desk keeps its promises when runs fail, repeat, or meet people's answers half-way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from bot.desk import IDLE, Click, Desk
from bot.intake import Place
from graph.agent import World
from graph.lookup import Catalog
from graph.order import Answer, Order, Standing
from graph.ports import ErpError
from graph.read import read
from store import orders
from store.catalog import CatalogSource
from store.checkpoints import Checkpoints
from store.erp import open_erp
from store.mail import Papers
from store.orders import Orders
from store.playbook import load
from store.tables import OrderRow
from tests.builders import furnish, mail

CLEAN = "10 Stk K-100 Ball valve 1/2 inch"
UNUSUAL = "400 Stk K-100 Ball valve 1/2 inch"
SCARCE = "10 Stk K-200 Ball valve 3/4 inch"


class FakeQueue:
    """Remembers what was asked for; every run once, as the real queue."""

    def __init__(self) -> None:
        self.asked: dict[str, tuple[int, dict[str, Any] | None]] = {}

    def enqueue(
        self, session: Session, run: str, order_id: int, resume: dict[str, Any] | None = None
    ) -> None:
        self.asked.setdefault(run, (order_id, resume))


class Scene:
    """One desk over a folder ERP, with a clock and an ERP that may refuse."""

    def __init__(self, engine: sa.Engine, home: Path) -> None:
        furnish(home)
        self.now = datetime(2026, 6, 1, 9, tzinfo=UTC)
        self.queue, self.engine, self.home = FakeQueue(), engine, home
        self.erp = open_erp(f"folder:{home}/erp")
        self.broken: Exception | None = None
        self.checkpoints = Checkpoints(engine)
        self.desk = Desk(engine, self.queue, self.checkpoints, self._world())  # type: ignore[arg-type]
        self.done: set[str] = set()

    def _world(self) -> World:
        return World(
            papers=Papers(self.engine),
            orders=Orders(self.engine),
            erp=self,  # type: ignore[arg-type]
            catalog=CatalogSource(self.erp, Catalog, lambda: self.now),
            playbook=lambda: load(self.home / "playbook.yaml"),
            clock=lambda: self.now,
            reader=read,
        )

    def create(self, order: Order, key: str, **rest: Any) -> str:
        """Book, unless the ERP is broken."""
        if self.broken:
            raise self.broken
        return self.erp.create(order, key, **rest)

    def take(self, body: str, subject: str = "Bestellung 4711", **more: Any) -> int:
        uid = len(self.queue.asked) + 1
        taken = self.desk.take(Place("INBOX", 1, uid), mail(body, subject=subject, **more))
        assert taken is not None
        self.run()
        return taken

    def run(self) -> None:
        """Do what is asked for, as the queue does: a failing run is given up."""
        while todo := [run for run in self.queue.asked if run not in self.done]:
            self.done.add(todo[0])
            order_id, resume = self.queue.asked[todo[0]]
            try:
                self.desk.advance(order_id, resume)
            except ErpError as error:
                self.desk.give_up(order_id, str(error))

    def standing(self, order_id: int) -> Standing:
        found = orders.find(self.engine, order_id)
        assert found is not None
        return found

    def answer(self, order_id: int, action: str, by: str, **more: Any) -> str | None:
        """Answer on the order as it stands; the refusal, None where it was taken."""
        click = Click(order_id, self.standing(order_id).version, action)
        given = Answer(action=action, by=by, at=self.now, **more)  # type: ignore[arg-type]
        verdict = self.desk.answer(click, given)
        assert verdict.taken == (verdict.reason is None)
        return verdict.reason

    def rewrite(self, old: str, new: str) -> None:
        path = self.home / "playbook.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.fixture
def scene(engine: sa.Engine, tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(engine, tmp_path)
    yield scene
    scene.checkpoints.close()


def test_handing_a_clean_order_to_oneself_gives_no_right_to_what_comes_up_later(
    scene: Scene,
) -> None:
    scene.rewrite("stage: auto", "stage: draft")
    order = scene.take(CLEAN)
    assert scene.answer(order, "escalate", "U0ANNA", to="U0ANNA", reason="mine") is None
    scene.run()
    edit = {"lines.1.sku": "K-200"}
    assert scene.answer(order, "edit", "U0ANNA", changes=edit) is None
    scene.run()
    refusal = scene.answer(order, "approve", "U0ANNA")
    assert refusal is not None
    assert "U0STOCK" in refusal


def test_an_edit_settles_nothing_that_it_left_as_it_was(scene: Scene) -> None:
    order = scene.take(UNUSUAL)
    scene.answer(order, "edit", "U0ANNA", changes={"po_number": "4999"})
    scene.run()
    decision = scene.standing(order).decision
    assert decision is not None
    assert [key.split(":")[0] for key in decision.open] == ["unusual_quantity"]


def test_a_second_edit_of_the_same_state_is_refused_not_swallowed(scene: Scene) -> None:
    order = scene.take(UNUSUAL)
    seen = Click(order, scene.standing(order).version, "edit")
    first, second = (
        Answer(action="edit", by="U0ANNA", at=scene.now, changes={"lines.1.quantity": n})
        for n in ("12", "120")
    )
    assert scene.desk.answer(seen, first).taken
    assert scene.desk.answer(seen, first).taken
    assert not scene.desk.answer(seen, second).taken


def test_an_answer_whose_run_failed_is_applied_by_the_next(scene: Scene) -> None:
    order = scene.take(SCARCE)
    assert scene.answer(order, "approve", "U0STOCK") is None
    lost = next(run for run in scene.queue.asked if run.startswith("resume:"))
    scene.done.add(lost)
    scene.desk.give_up(order, "the database was away")
    scene.now += timedelta(minutes=5)
    scene.desk.retry(order)
    scene.run()
    assert scene.standing(order).state == "booked"


def test_a_reject_beats_a_retry_and_a_retry_beats_a_reject_but_never_both(scene: Scene) -> None:
    scene.broken = ErpError("the period is closed", permanent=True)
    order = scene.take(CLEAN)
    assert scene.standing(order).state == "failed"
    scene.now += timedelta(minutes=5)
    scene.desk.retry(order)
    assert scene.answer(order, "reject", "U0ANNA", reason="no") is not None
    scene.broken = None
    scene.run()
    assert scene.standing(order).state == "booked"


def test_a_failed_order_rests_longer_each_time(scene: Scene) -> None:
    scene.broken = ErpError("down", permanent=False)
    order = scene.take(CLEAN)
    scene.desk.retry(order)
    assert scene.standing(order).state == "failed"
    scene.now += timedelta(minutes=1)
    scene.desk.retry(order)
    scene.run()
    scene.now += timedelta(minutes=1)
    scene.desk.retry(order)
    assert scene.standing(order).state == "failed"


def test_a_failure_shows_who_approved_and_lets_that_be_tried_again(scene: Scene) -> None:
    order = scene.take(SCARCE)
    scene.broken = ErpError("down", permanent=True)
    scene.answer(order, "approve", "U0STOCK")
    scene.run()
    failed = scene.standing(order)
    assert (failed.state, failed.problem) == ("failed", "down")
    assert [answer.by for answer in failed.answers] == ["U0STOCK"]
    scene.broken = None
    assert scene.answer(order, "approve", "U0ANNA") is None
    scene.run()
    assert scene.standing(order).state == "booked"


def test_a_late_run_never_undoes_what_was_booked(scene: Scene) -> None:
    order = scene.take(CLEAN)
    booked = scene.standing(order)
    scene.desk.advance(order, None)
    assert scene.standing(order) == booked


def test_an_order_people_dealt_with_never_drops_into_the_shadow(scene: Scene) -> None:
    order = scene.take(UNUSUAL)
    scene.rewrite("stage: auto", "stage: shadow")
    assert scene.answer(order, "approve", "U0ANNA") is None
    scene.run()
    assert scene.standing(order).state == "booked"


def test_the_second_order_of_a_mail_starts_though_the_first_cannot_be_booked(
    scene: Scene,
) -> None:
    scene.broken = ErpError("the period is closed", permanent=True)
    files = [
        (f"PO-{n}.csv", "text/csv", f"PO number;PO-{n}\nSKU;Qty\n{sku};10\n".encode())
        for n, sku in ((1, "K-100"), (2, "K-100"))
    ]
    order = scene.take("Two orders, see the files.", subject="Orders", files=files)
    assert scene.standing(order).state == "failed"
    assert scene.standing(order + 1).order.part == 2


def test_an_erp_without_addresses_can_be_booked_into(scene: Scene) -> None:
    (scene.home / "erp" / "addresses.csv").unlink()
    scene.rewrite("stage: auto", "stage: draft")
    order = scene.take(CLEAN)
    assert scene.answer(order, "approve", "U0ANNA") is None
    scene.run()
    assert scene.standing(order).state == "booked"


def test_an_idle_order_is_asked_for_again(scene: Scene) -> None:
    order = scene.take(CLEAN)
    with Session(scene.engine) as session, session.begin():
        session.get_one(OrderRow, order).state = "new"
    scene.desk.retry(order)
    assert not any(run.startswith("idle:") for run in scene.queue.asked)
    scene.now += IDLE
    scene.desk.retry(order)
    assert any(run.startswith("idle:") for run in scene.queue.asked)
