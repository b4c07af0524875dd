"""What happens at fixed times: one table, kept in memory by APScheduler in every replica.

A job only asks for work under a deterministic name, so that replicas and restarts do it once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import NamedTuple

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = logging.getLogger(__name__)


class Job(NamedTuple):
    """A name, the seconds between two runs, and what to do."""

    name: str
    every: int
    work: Callable[[], object]


class Schedule:
    """Runs jobs at their times until stopped. A job that fails runs again at its next time."""

    def __init__(self, jobs: list[Job]) -> None:
        self._scheduler = BackgroundScheduler(timezone="UTC")
        for job in jobs:
            self._scheduler.add_job(
                job.work,
                IntervalTrigger(seconds=job.every),
                id=job.name,
                max_instances=1,
                coalesce=True,
            )

    def start(self) -> None:
        """Begin; the first run of each job is one interval away."""
        self._scheduler.start()

    def stop(self) -> None:
        """End; a job that is running finishes by itself."""
        self._scheduler.shutdown(wait=False)
