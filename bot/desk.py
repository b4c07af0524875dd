"""The desk: takes mail in, carries orders on, records what people answer.

Everything here computes first, saves in one transaction, and leaves the saying to the
outbox. This is the only caller of the agent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from bot.engine import Engine
from bot.intake import Place
from bot.views.words import mention, when
from graph.agent import Job, Progress, World, build, carry_on, decision_of, so_far
from graph.authority import entitled, everyone_entitled, may
from graph.decide import bookable
from graph.order import Answer, Standing, State, dump
from store import events, mail, orders
from store.checkpoints import Checkpoints, Saver
from store.db import transaction
from store.tables import DecisionRow, MailRow, OrderRow

IDLE = timedelta(minutes=10)
"""How long an order may be in preparation before it is asked for again."""
CLOSED: tuple[State, ...] = ("booked", "rejected", "ignored", "shadow")


@dataclass(frozen=True, slots=True)
class Click:
    """What a button or a modal carries: which order, as the person saw it, and what to do."""

    order_id: int
    version: int
    action: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an answer was taken, and in a sentence for that person why not."""

    taken: bool
    reason: str | None = None


TAKEN = Verdict(True)


class Desk:
    """Takes mail, carries orders on, takes answers. Every method may be called twice."""

    def __init__(
        self, engine: sa.Engine, queue: Engine, checkpoints: Checkpoints, world: World
    ) -> None:
        self._engine, self._queue, self._checkpoints = engine, queue, checkpoints
        self._world, self._graph = world, build(world)

    # --- take ---------------------------------------------------------------------

    def take(self, place: Place, raw: bytes) -> int | None:
        """Store a mail, claim its place and ask for the run of its first order.

        Returns the new order's id, or None where the mail is here already. Only after this
        returns may the mailbox be marked.
        """
        try:
            return self._take(place, raw)
        except IntegrityError:
            # Another worker claimed the same mail between our look and our write.
            return self._take(place, raw)

    def _take(self, place: Place, raw: bytes) -> int | None:
        now = self._world.clock()
        with transaction(self._engine) as session:
            row = mail.claim(session, place.folder, place.uidvalidity, place.uid, raw, now)
            return self._open(session, row, part=1) if row else None

    def _open(self, session: Session, row: MailRow, part: int) -> int:
        order = orders.create(session, row, part, self._world.clock())
        order_id = order.id or 0
        events.record(session, "received", at=row.received_at, order_id=order_id, quiet=True)
        self._queue.enqueue(session, f"start:{order_id}", order_id)
        return order_id

    # --- carry on and settle --------------------------------------------------------

    def advance(self, order_id: int, resume: dict[str, Any] | None = None) -> None:
        """Run the agent on an order until it ends or asks, then save what became of it."""
        with Session(self._engine) as session:
            row = session.get_one(OrderRow, order_id)
            resume = resume or _answered(session, row)
        with self._checkpoints.of(row.key) as saver:
            if row.state not in CLOSED:
                self._carry_on(row, saver, resume)
            if self._state(order_id) in CLOSED:
                saver.delete_thread(row.key)

    def _carry_on(self, row: OrderRow, saver: Saver, resume: dict[str, Any] | None) -> None:
        start: Job = {"mail_id": row.mail_id, "part": row.part}
        try:
            progress = carry_on(self._graph, saver, start, resume)
        except Exception:
            self._keep(row, so_far(self._graph, saver, start).job)
            raise
        self._settle(row, progress)

    def _settle(self, seen: OrderRow, progress: Progress) -> None:
        """Save what a run came to, unless the order moved on while it ran.

        Whoever moved it has asked for a run of its own, which settles in its turn.
        """
        job, now, state = progress.job, self._world.clock(), _state_after(progress)
        with transaction(self._engine) as session:
            row = session.get_one(OrderRow, seen.id)
            if row.version != seen.version or row.state in CLOSED:
                return
            changed = orders.save(
                session,
                row,
                now,
                state=state,
                interrupt_id=progress.question,
                reference=job.get("reference"),
                problem=None,
                **_content(job),
            )
            if changed:
                events.record(session, state, at=now, order_id=row.id)
            self._open_siblings(session, row, job)

    def _keep(self, seen: OrderRow, job: Job) -> None:
        """After a failure, keep what was found out so far, and start the mail's other orders."""
        if "decision" not in job:
            return
        with transaction(self._engine) as session:
            row = session.get_one(OrderRow, seen.id)
            if row.version == seen.version and row.state not in CLOSED:
                for name, value in _content(job).items():
                    setattr(row, name, value)
                session.add(row)
            self._open_siblings(session, row, job)

    def _open_siblings(self, session: Session, row: OrderRow, job: Job) -> None:
        """A mail with several orders starts with its first; the others follow from here."""
        query = select(OrderRow.part).where(OrderRow.mail_id == row.mail_id)
        there = set(session.exec(query))
        for part in range(2, job.get("parts", 1) + 1):
            if part not in there:
                self._open(session, session.get_one(MailRow, row.mail_id), part)

    def give_up(self, order_id: int, why: str) -> None:
        """Save that an order could not be carried on; it stays visible and can be retried."""
        now = self._world.clock()
        with transaction(self._engine) as session:
            row = session.get_one(OrderRow, order_id)
            if row.state in CLOSED:
                return
            orders.save(session, row, now, state="failed", problem=why, tries=row.tries + 1)
            events.record(session, "failed", at=now, order_id=order_id, why=why)

    def retry(self, order_id: int) -> None:
        """Ask for another run of an order that failed, each time after twice as long.

        An order that lies idle without a run, for whatever reason, is asked for as well.
        """
        now = self._world.clock()
        with transaction(self._engine) as session:
            row = session.get_one(OrderRow, order_id)
            if row.state == "failed" and now >= row.updated_at + _pause(row.tries):
                orders.save(session, row, now, state="new")
                self._queue.enqueue(session, f"retry:{order_id}:{row.tries}", order_id)
            elif row.state == "new" and now >= row.updated_at + IDLE:
                self._queue.enqueue(session, f"idle:{order_id}:{row.version}", order_id)

    def _state(self, order_id: int) -> str:
        with Session(self._engine) as session:
            return session.get_one(OrderRow, order_id).state

    # --- answer -----------------------------------------------------------------------

    def answer(self, click: Click, answer: Answer) -> Verdict:
        """Record what a person decided, once, and ask for the order to be carried on.

        Refused with a reason where the order has moved on since the person saw it, where
        somebody else was first, or where this person may not decide it.
        """
        try:
            with transaction(self._engine) as session:
                return self._record(session, click, answer)
        except IntegrityError:
            with Session(self._engine) as session:
                row = session.get_one(OrderRow, click.order_id)
                return self._moved_on(session, row, click, answer)

    def standing(self, order_id: int) -> Standing | None:
        """The order as it stands, None where there is none."""
        return orders.find(self._engine, order_id)

    def judge(self, click: Click, person: str) -> Verdict:
        """What ``answer`` would say to this person before anything is typed."""
        now = self._world.clock()
        with Session(self._engine) as session:
            row = session.get(OrderRow, click.order_id)
            probe = Answer(action="edit", by=person, at=now)
            return self._refusal(session, row, click, probe, click.action) or TAKEN

    def _record(self, session: Session, click: Click, answer: Answer) -> Verdict:
        row = session.get(OrderRow, click.order_id)
        refusal = self._refusal(session, row, click, answer, answer.action)
        if refusal or row is None:
            return refusal or Verdict(False)
        if answer.action in ("approve", "escalate"):
            settled = entitled(orders.standing(row), self._world.playbook(), answer.by)
            answer = answer.model_copy(update={"settled": settled})
        run, resume, after = _consequence(row, answer)
        session.add(_decision(row, run, answer))
        orders.save(session, row, answer.at, problem=None, **after)
        events.record(session, answer.action, at=answer.at, order_id=row.id, by=answer.by)
        self._queue.enqueue(session, run, click.order_id, resume)
        return TAKEN

    def _refusal(
        self, session: Session, row: OrderRow | None, click: Click, answer: Answer, action: str
    ) -> Verdict | None:
        if row is None:
            return Verdict(False, "This order is not known here.")
        if row.version != click.version or row.state not in ("waiting", "failed"):
            return self._moved_on(session, row, click, answer)
        standing, book = orders.standing(row), self._world.playbook()
        if not may(standing, book, answer.by, action):
            people = " or ".join(mention(p) for p in everyone_entitled(standing, book))
            return Verdict(False, f"Only {people} may decide this.")
        if row.state == "failed":
            return None if action in ("approve", "reject") else Verdict(False, FAILED)
        return self._not_yet(standing) if action == "approve" else None

    def _not_yet(self, standing: Standing) -> Verdict | None:
        """Why approving cannot lead to a booking as the order stands."""
        if standing.order.kind != "order":
            return None
        known = self._world.catalog().knows("addresses")
        reason = bookable(standing.order, addresses_known=known)
        if reason is None:
            return None
        return Verdict(False, f"This cannot be booked yet: {reason} Press Edit to complete it.")

    def _moved_on(self, session: Session, row: OrderRow, click: Click, answer: Answer) -> Verdict:
        last = session.exec(
            select(DecisionRow)
            .where(DecisionRow.order_id == row.id, col(DecisionRow.version) >= click.version)
            .order_by(col(DecisionRow.version))
        ).first()
        if last is None:
            return Verdict(False, "This order has changed since; its card shows how it stands now.")
        if last.version == click.version and last.by == answer.by and _same(last.answer, answer):
            return TAKEN
        did = PAST[last.answer["action"]]
        return Verdict(False, f"{mention(last.by)} {did} at {when(last.at)}.")


def _same(before: dict[str, Any], answer: Answer) -> bool:
    """Whether an answer only repeats another: a double click, a redelivery."""
    again = dump(answer)
    return all(before.get(name) == again.get(name) for name in ("action", "changes", "to"))


def _answered(session: Session, row: OrderRow) -> dict[str, Any] | None:
    """The answer on record to the question that waits: the table is the truth, not the run."""
    decided = orders.decided(session, f"resume:{row.interrupt_id}")
    return {"question": row.interrupt_id, "answer": decided.answer} if decided else None


def _content(job: Job) -> dict[str, Any]:
    """What a run found out, as the order's row keeps it."""
    return {
        "content": job["order"],
        "decision": job["decision"],
        "answers": job.get("answers", []),
        "customer_id": job["order"].get("customer_id"),
        "po_number": job["order"].get("po_number"),
    }


def _pause(tries: int) -> timedelta:
    """How long a failed order rests: a minute, then twice as long, an hour at the most."""
    return min(timedelta(hours=1), timedelta(minutes=2 ** min(tries - 1, 6)))


PAST = {
    "approve": "already approved this order",
    "edit": "already edited this order",
    "escalate": "already handed this order on",
    "reject": "already rejected this order",
}
FAILED = "Booking this order failed. Press Approve to try again, or Reject to close it."


def _consequence(
    row: OrderRow, answer: Answer
) -> tuple[str, dict[str, Any] | None, dict[str, Any]]:
    """What an answer leads to: the run to ask for, what it resumes with, what changes now."""
    if row.state != "failed":
        resume = {"question": row.interrupt_id, "answer": dump(answer)}
        return f"resume:{row.interrupt_id}", resume, {"state": "new"}
    if answer.action == "approve":
        return f"retry:{row.id}:{row.tries}", None, {"state": "new"}
    given_up = {"state": "rejected", "answers": [*row.answers, dump(answer)]}
    return f"close:{row.id}", None, given_up


def _decision(row: OrderRow, run: str, answer: Answer) -> DecisionRow:
    return DecisionRow(
        interrupt_id=run,
        order_id=row.id or 0,
        version=row.version,
        by=answer.by,
        at=answer.at,
        answer=dump(answer),
    )


def _state_after(progress: Progress) -> State:
    if progress.question:
        return "waiting"
    decision = decision_of(progress.job)
    if "reference" in progress.job:
        return "booked"
    if decision.outcome == "reject":
        return "rejected"
    return "ignored" if decision.outcome == "ignore" else "shadow"
