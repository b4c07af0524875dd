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
AT_ONCE = 5
"""Orders told about before looking again what waits."""
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
            except Exception as error:
                # The outbox must outlive whatever one order or the database does to it.
                log.exception("the outbox is tried again")
                self.trouble = (
                    f"The outbox had trouble ({type(error).__name__}); it is tried again."
                )
                told = 0
            if not told:
                stop.wait(0.2)

    def drain(self) -> int:
        """Say something of what is unsaid, what people already look at first; how much it was."""
        waiting = events.waiting(self._engine, self._clock())
        shown = cards.shown(self._engine, waiting)
        first = sorted(waiting, key=lambda order_id: order_id not in shown)
        return sum(self.tell(order_id) for order_id in first[:AT_ONCE])

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
        """Draw for every audience; one that cannot be reached keeps no other from it."""
        book, now, failed = self._playbook(), self._clock(), None
        shown = cards.of(self._engine, int(standing.order_id))
        for person in self._audiences(standing, list(shown)):
            try:
                if person == DESK:
                    channel, message = book.channels.desk, card(standing, book, now=now)
                else:
                    channel = self._slack.direct(person)
                    message = direct(standing, book, person, now=now)
                self._draw(standing, person, channel, message)
            except SlackError as error:
                failed = failed or error
        if failed:
            raise failed

    def _audiences(self, standing: Standing, shown: list[str]) -> list[str]:
        """Who sees this order: nobody new while it is prepared, or runs in the shadow."""
        silent = standing.state in ("new", "shadow")
        return shown if silent else list(dict.fromkeys([DESK, *_asked(standing), *shown]))

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
