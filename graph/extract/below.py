"""Entries over several lines: the goods first, and how many on a line below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.extract.evidence import Draft, Style
from graph.extract.numbers import NUMBER
from graph.extract.phrase import read_phrase
from graph.extract.units import ANY_UNIT

_ONLY_COUNT = re.compile(
    rf"^\W*(?:(?:menge|qty|quantity|anzahl)\W*)?{NUMBER}\s*(?:[x×]|"
    rf"{ANY_UNIT})?\s*(?:(?:à|@|je|zu|at)\s.*)?$",
    re.I,
)
"""``10 Stk à 4,50 EUR``: how many, but not of what."""


def with_names(named: Sequence[str], line: str, style: Style) -> Draft | None:
    """The entry of a line that counts what the lines above it name; None where it is none."""
    if not named or not _ONLY_COUNT.match(line):
        return None
    draft = read_phrase(", ".join(part.strip() for part in [*named, line]), style)
    return draft if draft.strength > 1 else None


def add_count(draft: Draft, line: str, style: Style) -> bool:
    """Add to an entry without quantity the line that states it; false where it does not."""
    if draft.get("stated_quantity") is not None or not _ONLY_COUNT.match(line):
        return False
    count = read_phrase(f"{line}, #0", style)
    for name in ("stated_quantity", "stated_unit", "stated_price", "price_per"):
        draft.put(name, count.get(name), count.quotes.get(name, ""))
    return True
