"""The App Home: what waits for this person, what waits for others, and how things are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import sqlalchemy as sa

from bot.slack import Slack
from bot.views.home import home
from graph.playbook import Playbook
from graph.ports import Clock
from store import orders


class Home:
    """Draws the App Home from the database whenever somebody looks."""

    def __init__(
        self,
        engine: sa.Engine,
        slack: Slack,
        *,
        playbook: Callable[[], Playbook],
        troubles: Callable[[], Sequence[str]],
        clock: Clock,
    ) -> None:
        self._engine, self._slack, self._clock = engine, slack, clock
        self._playbook, self._troubles = playbook, troubles

    def show(self, person: str, page: int = 0) -> None:
        """Publish one person's App Home. Raises SlackError."""
        now = self._clock()
        view = home(
            orders.in_state(self._engine, "waiting", "failed"),
            person,
            self._playbook(),
            counts=self._today(),
            trouble=self._troubles(),
            now=now,
            page=page,
        )
        self._slack.publish(person, view)

    def _today(self) -> Mapping[str, int]:
        midnight = self._clock().replace(hour=0, minute=0, second=0, microsecond=0)
        return orders.counts(self._engine, midnight)
