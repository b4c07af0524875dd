"""How mail is handed over, whatever it comes from: where it was seen, and when it is due."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail was seen. No two mails ever share a place."""

    folder: str
    uidvalidity: int
    uid: int

    def __str__(self) -> str:
        return f"mail {self.uid} in {self.folder} (UIDVALIDITY {self.uidvalidity})"


Take = Callable[[Place, bytes], None]
"""Stores a mail durably and at most once, or raises."""
Seen = Callable[[Place], bool]
"""Whether a place was taken before."""


def never(_: Place) -> bool:
    """Nothing was taken before."""
    return False


def message_id(raw: bytes) -> str:
    """The Message-ID of a mail for a log line, or nothing."""
    found = re.search(rb"(?im)^message-id:\s*(<[^>\r\n]{1,200}>)", raw[:50_000])
    return f" {found[1].decode('ascii', 'replace')}" if found else ""


@dataclass(slots=True)
class Offers:
    """Which mails are due. A refused mail is due again later, each time after twice as long."""

    first: float
    """Seconds until a refused mail is offered again."""
    most: float
    seen: Seen = never
    clock: Callable[[], float] = time.monotonic
    _done: set[Place] = field(default_factory=set)
    _refused: dict[Place, tuple[int, float]] = field(default_factory=dict)

    def due(self, places: Iterable[Place]) -> list[Place]:
        """Those of ``places``, all that are there, that should be offered now, in their order."""
        there = list(places)
        self._done.intersection_update(there)
        self._refused = {place: self._refused[place] for place in there if place in self._refused}
        now = self.clock()
        return [
            place
            for place in there
            if place not in self._done and self._refused.get(place, (0, now))[1] <= now
        ]

    def known(self, place: Place) -> bool:
        """Whether it was taken before; where that cannot be told, ``take`` will know."""
        try:
            return self.seen(place)
        except Exception as error:
            log.warning("it is not known whether %s was taken: %s", place, error, exc_info=error)
            return False

    def hand(self, place: Place, raw: bytes, take: Take) -> bool:
        """Hand a mail over; True when it was taken. Else it is due again later."""
        try:
            take(place, raw)
        except Exception as error:
            # Whatever went wrong with one mail must not keep the others from being taken.
            self.refused(place)
            log.warning(
                "%s%s is refused and tried again later: %s",
                place,
                message_id(raw),
                error,
                exc_info=error,
            )
            return False
        return True

    def done(self, place: Place) -> None:
        """Offer this mail no more: it was taken, and marked where that is possible."""
        self._refused.pop(place, None)
        self._done.add(place)

    def refused(self, place: Place) -> None:
        """Offer this mail again, later."""
        times = self._refused.get(place, (0, 0.0))[0]
        distance = min(self.most, self.first * 2.0 ** min(times, 10))
        self._refused[place] = (times + 1, self.clock() + distance)

    @property
    def waiting(self) -> int:
        """How many mails were refused and are still there."""
        return len(self._refused)

    def patience(self, most: float) -> float:
        """Seconds until a refused mail is due again, at the most ``most``."""
        soonest = min((when for _, when in self._refused.values()), default=None)
        return most if soonest is None else max(0.0, min(most, soonest - self.clock()))
