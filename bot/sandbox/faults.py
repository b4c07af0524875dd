"""Trouble on demand: faults that a test asks for, and Slack's rate limits."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(slots=True)
class Fault:
    """What happens to the next ``times`` calls of a method (``*``: any method).

    ``error`` answers ``ok: false``; ``status`` answers with an HTTP status (429 with
    Retry-After); ``cut`` breaks the connection without an answer; ``delay`` waits first,
    in seconds. With ``after_effect`` the method does its work all the same.
    """

    method: str
    times: int = 1
    status: int = 200
    error: str = ""
    retry_after: int = 1
    after_effect: bool = False
    cut: bool = False
    delay: float = 0.0
    channel: str = ""
    """Only for calls that name this channel."""

    def fits(self, method: str, channel: str) -> bool:
        """Whether this call is the one to go wrong."""
        return self.times > 0 and self.method in ("*", method) and self.channel in ("", channel)


class Faults:
    """The faults that wait to happen, first in, first out."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def take(self, method: str, channel: str) -> Fault | None:
        """The fault for this call, used up by it."""
        for fault in self.waiting:
            if fault.fits(method, channel):
                fault.times -= 1
                return fault
        return None


class Rates:
    """Token buckets per method and channel: ``burst`` at once, then ``per_second``."""

    def __init__(self) -> None:
        self._level: dict[tuple[str, str], tuple[float, float]] = {}

    def wait(self, key: tuple[str, str], per_second: float, burst: int) -> float:
        """0 where the call may go ahead, otherwise the seconds to wait."""
        now = time.monotonic()
        level, at = self._level.get(key, (float(burst), now))
        level = min(burst, level + (now - at) * per_second)
        allowed = level >= 1
        self._level[key] = (level - 1 if allowed else level, now)
        return 0.0 if allowed else (1 - level) / per_second
