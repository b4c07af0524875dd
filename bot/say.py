"""The outbox: unsaid events become cards, always drawn from the newest state."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa

from bot.slack import Slack
from bot.views.card import Message, card, direct
from graph.authority import handed_to, open_findings
from graph.order import Standing
from graph.playbook import Playbook
from graph.ports import Clock, SlackError
from store import cards, events, orders

log = logging.getLogger(__name__)

DESK = "desk"
LATER = timedelta(seconds=5)
MUCH_LATER = timedelta(minutes=5)


class Say:
    """Tells Slack what happened: one card per order in the desk channel, one per owner asked."""

    def __init__(
        self, engine: sa.Engine, slack: Slack, playbook: Callable[[], Playbook], clock: Clock
    ) -> None:
        self._engine, self._slack, self._playbook, self._clock = engine, slack, playbook, clock
        self.trouble: str | None = None

    def run(self, stop: threading.Event) -> None:
        """Empty the outbox until told to stop."""
        while not stop.is_set():
            try:
                told = self.drain()
            except sa.exc.SQLAlchemyError as error:
                log.warning("the outbox cannot reach the database, trying again: %s", error)
                told = 0
            if not told:
                stop.wait(0.2)

    def drain(self) -> int:
        """Say everything that is unsaid; how many orders were told about."""
        waiting = events.waiting(self._engine, self._clock())
        return sum(self.tell(order_id) for order_id in waiting)

    def tell(self, order_id: int) -> bool:
        """Bring every card of one order to its newest state."""
        ids = events.claim(self._engine, order_id, self._clock())
        standing = orders.find(self._engine, order_id) if ids else None
        if standing is None:
            return False
        try:
            self._show(standing)
        except SlackError as error:
            self.trouble = f"Slack did not take a card ({error}); it is tried again."
            log.warning("order %s could not be shown: %s", order_id, error)
            pause = MUCH_LATER if error.permanent else LATER
            events.release(self._engine, ids, self._clock() + pause)
            return False
        self.trouble = None
        events.said(self._engine, ids, self._clock())
        return True

    def _show(self, standing: Standing) -> None:
        if standing.state == "shadow":
            return
        book, now = self._playbook(), self._clock()
        shown = cards.of(self._engine, int(standing.order_id))
        if standing.state != "new" or DESK in shown:
            self._draw(standing, DESK, book.channels.desk, card(standing, book, now=now))
        for person in dict.fromkeys([*_asked(standing), *shown]):
            if person != DESK:
                message = direct(standing, book, person, now=now)
                self._draw(standing, person, self._slack.direct(person), message)

    def _draw(self, standing: Standing, audience: str, channel: str, message: Message) -> None:
        order_id, drawn = int(standing.order_id), _digest(message)
        row, fresh = cards.claim(self._engine, order_id, audience, channel)
        if row.drawn == drawn:
            return
        # A row without ts that is not fresh: we may have posted and died before saving it.
        ts = row.ts or (None if fresh else self._slack.find(row.channel, standing.order_id))
        if ts is None or not self._slack.update(row.channel, ts, message):
            ts = self._slack.post(row.channel, message)
        cards.drawn(self._engine, order_id, audience, ts, drawn)


def _asked(standing: Standing) -> list[str]:
    """People who are asked directly: owners of open escalations, or who was handed the order."""
    owners = [f.owner for f in open_findings(standing) if f.action == "escalate" and f.owner]
    receiver = handed_to(standing) if standing.state == "waiting" else None
    return owners + ([receiver] if receiver else [])


def _digest(message: Message) -> str:
    words = json.dumps([message.text, list(message.blocks)], sort_keys=True, default=str)
    return hashlib.sha256(words.encode()).hexdigest()[:16]
