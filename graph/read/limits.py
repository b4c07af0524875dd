"""What a document may cost, and the error a reader raises when it cannot read one."""

from __future__ import annotations

from dataclasses import dataclass

MAX_BYTES = 40_000_000
MAX_PAGES = 200
MAX_ROWS = 20_000
MAX_CHARACTERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one attachment may cost: seconds, and megabytes of address space."""

    seconds: float = 20.0
    megabytes: int = 1024


class UnreadableError(Exception):
    """A reader could not read a document; the words say why and what helps."""


def check_rows(rows: int) -> None:
    """Raise UnreadableError where a table has more rows than an order can have."""
    if rows > MAX_ROWS:
        raise UnreadableError(
            f"has more than {MAX_ROWS:,} rows; ask the sender for the order alone, "
            "in a smaller file"
        )
