"""The current catalog: rebuilt when the ERP changed or the last one grew old."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from graph.catalog import Records
from graph.ports import Clock, WorldError
from store.erp import BackEnd

log = logging.getLogger(__name__)

Index = TypeVar("Index")
RETRY_AFTER = timedelta(seconds=30)
"""How long an ERP that could not be reached is left alone."""


class CatalogSource(Generic[Index]):
    """Called, it returns the current index of the ERP's records.

    While the ERP cannot be reached the last records stay in force, ``trouble`` says why
    and ``age`` how old they are. Raises ErpError only where none were ever read.
    """

    def __init__(
        self,
        erp: BackEnd,
        index: Callable[[Records], Index],
        clock: Clock,
        max_age: timedelta = timedelta(minutes=15),
    ) -> None:
        self.trouble: str | None = None
        self.erp = erp
        self._index = index
        self._clock = clock
        self._max_age = max_age
        self._lock = Lock()
        self._current: tuple[Records, Index] | None = None
        self._stamp: Hashable = None
        self._due: datetime | None = None

    def __call__(self) -> Index:
        with self._lock:
            now, stamp = self._clock(), self.erp.stamp()
            current = self._current
            if current is None or self._due is None or now >= self._due or stamp != self._stamp:
                current = self._read(now)
                self._stamp = stamp
            return current[1]

    @property
    def records(self) -> Records | None:
        """The records in force, None where none were read yet."""
        return self._current[0] if self._current else None

    @property
    def age(self) -> timedelta | None:
        """How long ago the records in force were read, None where none were."""
        return self._clock() - self._current[0].read_at if self._current else None

    def _read(self, now: datetime) -> tuple[Records, Index]:
        try:
            records = self.erp.load(now)
        except WorldError as error:
            self.trouble = str(error)
            self._due = now + min(RETRY_AFTER, self._max_age)
            if self._current is None:
                raise
            log.warning("the ERP's last records stay in force: %s", error)
            return self._current
        self._current = records, self._index(records)
        self._due, self.trouble = now + self._max_age, None
        return self._current
