"""Replay: the same agent over historical mail, without engine, ERP writes or Slack."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from graph.agent import Job, World, decider, decision_of, order_of
from graph.order import Mail, Order
from graph.ports import Clock, ConfigError, Earlier
from graph.report.replay import Score, replay_line


class OneMail:
    """The one mail in hand."""

    def __init__(self) -> None:
        self._raw: dict[str, bytes] = {}
        self._read: dict[str, Mail] = {}

    def hold(self, mail_id: str, raw: bytes) -> None:
        self._raw, self._read = {mail_id: raw}, {}

    @property
    def date(self) -> datetime | None:
        return next((mail.date for mail in self._read.values()), None)

    def raw(self, mail_id: str) -> bytes:
        return self._raw[mail_id]

    def keep(self, mail_id: str, mail: Mail) -> None:
        self._read[mail_id] = mail

    def read(self, mail_id: str) -> Mail:
        return self._read[mail_id]


class OrdersSoFar:
    """The orders of this replay so far, by customer."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_customer: dict[str, dict[str, Earlier]] = {}

    def register(self, order: Order, key: str) -> Sequence[Earlier]:
        if not order.customer_id:
            return ()
        mine = self._by_customer.setdefault(order.customer_id, {})
        before = [earlier for other, earlier in mine.items() if other != key]
        mine[key] = _earlier(order, key, self._clock().date())
        return before[::-1]

    def forget(self, order: Order, key: str) -> None:
        self._by_customer.get(order.customer_id or "", {}).pop(key, None)


def _earlier(order: Order, key: str, today: date) -> Earlier:
    lines = tuple((line.sku, line.quantity) for line in order.lines if line.sku and line.quantity)
    day = order.order_date or today
    return Earlier(f"the order in {key}", order.customer_id or "", order.po_number, day, lines)


def replay(
    mails: Iterable[tuple[str, bytes]], world: World, *, as_of: datetime | None = None
) -> Iterator[dict[str, Any]]:
    """Run every mail through the agent and yield one JSON object per order, in their order.

    Now is ``as_of``, else the date of the mail in hand, else what the clock of ``world`` says.
    """
    papers = OneMail()

    def now() -> datetime:
        return as_of or papers.date or world.clock()

    orders = OrdersSoFar(now)
    decide = decider(replace(world, papers=papers, orders=orders, clock=now))
    for name, raw in mails:
        papers.hold(name, raw)
        yield from _replay_mail(name, decide, papers, orders)


def _replay_mail(
    name: str, decide: Callable[[Job], Job], papers: OneMail, orders: OrdersSoFar
) -> Iterator[dict[str, Any]]:
    part, parts = 1, 1
    while part <= parts:
        started = time.perf_counter()
        job = decide({"mail_id": name, "part": part})
        spent = 1000 * (time.perf_counter() - started)
        order, decision = order_of(job), decision_of(job)
        if decision.outcome in ("reject", "ignore"):
            orders.forget(order, f"{name}-{part}")
        yield replay_line(name, papers.read(name), order, decision, ms=spent)
        part, parts = part + 1, job["parts"]


def truths_at(path: Path) -> list[dict[str, Any]]:
    """Read the truth: a .jsonl file, a .json list, or a folder of .json files.

    Each is an object with ``mail`` or ``message_id``, ``order`` and, where known, ``part``,
    ``kind`` and ``outcome``. Raises ConfigError naming the file and the line.
    """
    files = sorted(path.rglob("*.json*")) if path.is_dir() else [path]
    if not files or not all(file.exists() for file in files):
        raise ConfigError(f"there is no truth at {path}: give a .jsonl file or a folder of .json")
    return [truth for file in files for truth in _truths_in(file)]


def _truths_in(file: Path) -> list[dict[str, Any]]:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".jsonl":
        lines = enumerate(text.splitlines(), 1)
        return [_parsed(line, f"{file}, line {number}") for number, line in lines if line.strip()]
    content = _parsed(text, str(file))
    found = content if isinstance(content, list) else [content]
    return [{"mail": f"{file.stem}.eml", **truth} for truth in found]


def _parsed(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ConfigError(f"{place} is not JSON ({error.msg}): correct it") from None


def write_report(folder: Path, total: Score) -> None:
    """Write ``summary.json`` and ``differences.csv`` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    summary = json.dumps(total.summary(), indent=2)
    (folder / "summary.json").write_text(summary + "\n", encoding="utf-8")
    with (folder / "differences.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["mail", "part", "field", "deskhand", "truth"])
        table.writerows(
            [d.mail, d.part, d.field, d.ours or "", d.truth or ""] for d in total.differences
        )
