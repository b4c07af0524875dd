"""An ERP in memory: for tests and a first look. What it holds ends with the process."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from datetime import UTC, datetime
from threading import Lock

from graph.catalog import Records
from graph.order import Order
from store.erp.booking import Booking, booking, past_lines, with_booked

_NOTHING = Records(read_at=datetime(1970, 1, 1, tzinfo=UTC))


class MemoryErp:
    """Master data as given, booked orders in ``bookings`` by key."""

    def __init__(self, records: Records = _NOTHING) -> None:
        self.bookings: dict[str, Booking] = {}
        self._records = records
        self._lock = Lock()

    def load(self, now: datetime) -> Records:
        """The master data, with every booked order as history."""
        with self._lock:
            booked = tuple(line for order in self.bookings.values() for line in past_lines(order))
        return with_booked(replace(self._records, read_at=now), booked)

    def stamp(self) -> Hashable:
        """Always the same: master data in memory does not change."""
        return 0

    def create(self, order: Order, key: str, *, approved_by: str | None, now: datetime) -> str:
        """Book once. Raises ErpError where ``key`` is no safe file name."""
        made = booking(order, key, approved_by=approved_by, now=now)
        with self._lock:
            return str(self.bookings.setdefault(key, made)["order_id"])

    def booked(self, key: str) -> str | None:
        """The number under which ``key`` is booked, None where it is not."""
        made = self.bookings.get(key)
        return None if made is None else str(made["order_id"])
