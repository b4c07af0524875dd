"""The way of one order, on one screen.

    read -> extract -> match -> check -> decide -> book
                         ^                   |
                         +------- ask <------+

``ask`` does nothing but wait for a person; the answer changes what we know, so the order
is matched and checked again. The state is small JSON, never bytes or objects. Nodes may
run twice (a crash, a retry): what they do outside carries a key and looks before it writes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypedDict, cast

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, StateSnapshot, interrupt

from graph.check import check
from graph.decide import decide
from graph.extract import extract
from graph.extract.model import cross_check
from graph.lookup import Catalog
from graph.match import match
from graph.order import Answer, Decision, Finding, Mail, Order, Question, dump
from graph.ports import Clock, Erp, Model, Orders, Papers, PlaybookSource


class Job(TypedDict, total=False):
    """Where one order is: which mail and part, and what each step returned, as JSON."""

    mail_id: str
    part: int
    parts: int
    order: dict[str, Any]
    findings: list[dict[str, Any]]
    decision: dict[str, Any]
    answers: list[dict[str, Any]]
    reference: str


@dataclass(frozen=True)
class World:
    """Everything the agent needs from outside. ``live`` says whether auto may book alone."""

    papers: Papers
    orders: Orders
    erp: Erp
    catalog: Callable[[], Catalog]
    playbook: PlaybookSource
    clock: Clock
    reader: Callable[[bytes], Mail]
    model: Model | None = None
    live: Callable[[], bool] = lambda: True


def key(job: Job) -> str:
    """The order's key at every outside system: the mail and the part of it."""
    return f"{job['mail_id']}-{job['part']}"


class Steps:
    """The nodes of the graph: each takes the state and returns what it found out."""

    def __init__(self, world: World) -> None:
        self.world = world

    def read(self, state: Job) -> Job:
        papers = self.world.papers
        papers.keep(state["mail_id"], self.world.reader(papers.raw(state["mail_id"])))
        return {}

    def extract(self, state: Job) -> Job:
        mail, book = self.world.papers.read(state["mail_id"]), self.world.playbook()
        now = self.world.clock()
        orders = extract(
            mail,
            company=book.company,
            own_domains=book.own_domains,
            now=now,
            known=self.world.catalog(),
        )
        if self.world.model:
            orders = cross_check(mail, orders, self.world.model)
        return {"parts": len(orders), "order": dump(orders[state["part"] - 1])}

    def match(self, state: Job) -> Job:
        changes = {field: text for a in answers(state) for field, text in a.changes.items()}
        return {"order": dump(match(order_of(state), self.world.catalog(), changes))}

    def check(self, state: Job) -> Job:
        order, world = order_of(state), self.world
        before = world.orders.register(order, key(state))
        findings = check(
            order, world.catalog(), world.playbook(), earlier=before, now=world.clock()
        )
        return {"findings": [dump(finding) for finding in findings]}

    def decide(self, state: Job) -> Job:
        world, order = self.world, order_of(state)
        findings = [Finding.model_validate(finding) for finding in state["findings"]]
        book, catalog = world.playbook(), world.catalog()
        decision = decide(order, findings, book, catalog, answers(state), live=world.live())
        return {"decision": dump(decision)}

    def ask(self, state: Job) -> Job:
        decision = decision_of(state)
        answer = interrupt(dump(Question(outcome=decision.outcome, open=decision.open)))
        return {"answers": [*state.get("answers", []), answer]}

    def book(self, state: Job) -> Job:
        by, world = decision_of(state).approved_by, self.world
        number = world.erp.create(order_of(state), key(state), approved_by=by, now=world.clock())
        return {"reference": number}


def after_decide(job: Job) -> Literal["book", "ask", "close"]:
    """Where the decision leads; shadow runs, rejections and mail that is no order just end.

    An order that people have dealt with stays theirs, whatever stage its type is at now.
    """
    decision = decision_of(job)
    if (decision.stage == "shadow" and not answers(job)) or decision.outcome in (
        "reject",
        "ignore",
    ):
        return "close"
    return "book" if decision.outcome in ("book", "book_with_note") else "ask"


def build(world: World, *, acting: bool = True) -> StateGraph[Job]:
    """The graph over one world. Where not ``acting`` (replay), the decision is the end."""
    graph, steps = StateGraph(Job), Steps(world)
    graph.add_node("read", steps.read)
    graph.add_node("extract", steps.extract)
    graph.add_node("match", steps.match)
    graph.add_node("check", steps.check)
    graph.add_node("decide", steps.decide)
    graph.add_edge(START, "read")
    graph.add_edge("read", "extract")
    graph.add_edge("extract", "match")
    graph.add_edge("match", "check")
    graph.add_edge("check", "decide")
    if not acting:
        graph.add_edge("decide", END)
        return graph
    graph.add_node("ask", steps.ask)
    graph.add_node("book", steps.book)
    graph.add_conditional_edges(
        "decide", after_decide, {"book": "book", "ask": "ask", "close": END}
    )
    graph.add_edge("ask", "match")
    graph.add_edge("book", END)
    return graph


def decider(world: World) -> Callable[[Job], Job]:
    """What takes an order to its decision without checkpoint, interrupt or booking."""
    agent = build(world, acting=False).compile()
    return lambda job: cast(Job, agent.invoke(job))


@dataclass(frozen=True)
class Progress:
    """How far an order came. ``question`` names the interrupt that waits for a person."""

    job: Job
    question: str | None


def carry_on(
    graph: StateGraph[Job],
    saver: BaseCheckpointSaver[str],
    start: Job,
    resume: dict[str, Any] | None = None,
) -> Progress:
    """Run an order until it ends or waits, from wherever it was last left.

    ``resume`` is ``{"question": interrupt id, "answer": Answer as JSON}``. An answer to
    another question than the one that waits changes nothing; a run that was killed goes on
    after its last saved step.
    """
    agent = graph.compile(checkpointer=saver)
    config: RunnableConfig = {"configurable": {"thread_id": key(start)}}
    step = _next_step(agent.get_state(config), start, resume)
    if step is not WAITING:
        agent.invoke(step, config, durability="sync")
    return _progress(agent.get_state(config))


def so_far(graph: StateGraph[Job], saver: BaseCheckpointSaver[str], start: Job) -> Progress:
    """How far an order came, without running anything."""
    config: RunnableConfig = {"configurable": {"thread_id": key(start)}}
    return _progress(graph.compile(checkpointer=saver).get_state(config))


def _progress(state: StateSnapshot) -> Progress:
    question = state.interrupts[0].id if state.interrupts else None
    return Progress(job=cast(Job, state.values), question=question)


WAITING = object()
"""Nothing to run: the order waits for a person, or has ended."""


def _next_step(state: StateSnapshot, start: Job, resume: dict[str, Any] | None) -> Any:
    if state.created_at is None:
        return start
    if resume and any(waiting.id == resume["question"] for waiting in state.interrupts):
        return Command(resume={resume["question"]: resume["answer"]})
    # A run killed between two steps has tasks but may show no next node, so ``next`` is
    # no sign of the end.
    return WAITING if state.interrupts or not state.tasks else None


def answers(job: Job) -> tuple[Answer, ...]:
    """What people answered so far, oldest first."""
    return tuple(Answer.model_validate(answer) for answer in job.get("answers", []))


def order_of(job: Job) -> Order:
    """The order as the last step left it."""
    return Order.model_validate(job["order"])


def decision_of(job: Job) -> Decision:
    """What was decided last."""
    return Decision.model_validate(job["decision"])
