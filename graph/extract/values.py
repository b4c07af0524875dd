"""Values beside their labels: the ladder that every field of the head is read by.

A value stands 1. behind its label and a colon, 2. in the next cell or the line below,
3. behind a label without a colon. The first that looks like what it should be is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graph.extract.dates import FULL_DATE
from graph.extract.labels import LABELS, Field, labelled, prefixed
from graph.extract.rows import Row
from graph.extract.units import COUNTED, canonical_unit
from graph.extract.words import key
from graph.order import Evidence

CODE = (
    r"(?P<code>(?-i:(?!PO|NR|NO|KW|CW|TEL|FAX|EUR|USD|GBP|CHF|KD|ART)[A-Z]{2,4} "
    r"\d{3,})(?![\w/]|[.,]\d)|[^\W_](?:[\w./\-+]*[^\W_])?"
    rf"(?:(?<=\d\d) / \d{{1,3}}(?![\w.,/]| ?[-/.]? ?\d|\s*(?:[x×]|{COUNTED})))?)"
)
"""A number as it is written, ``GQ 648`` and ``4500-12 / 2`` included."""
_CODE_TOKEN = re.compile(
    rf"(?:\s|no\b|nr\b|nummer|number|num\b|n°|nº|#|:|\.|-(?=\s)|id\b)*[“”\"„'(]?{CODE}", re.I
)


@dataclass(frozen=True, slots=True)
class Value:
    """A value with its evidence; ``rank`` is the rung that found it, small is sure."""

    value: str
    evidence: Evidence
    rank: int = 0
    row: Row | None = None


def values(
    rows: Sequence[Row], field: Field, accept: Callable[[str], str | None]
) -> Iterator[Value]:
    """Labelled values of ``field`` that ``accept`` understands, rungs 1 to 3."""
    for n, row in enumerate(rows):
        for at, (offset, part) in enumerate(row.parts):
            found = labelled(part) or _label_cell(row, at)
            if found and found[0] == field:
                yield from _labelled_value(rows, n, at, offset, found[1], accept)
            elif not found and (loose := prefixed(part)) and loose[0] == field:
                value = accept(loose[1])
                if value:
                    yield Value(value, row.place.quote(value), 3, row)


def _label_cell(row: Row, at: int) -> tuple[Field, str] | None:
    """A common word such as ``Date`` is a label where it has a cell of its own."""
    alone = LABELS.get(key(row.parts[at][1])) if at % 2 == 0 and at + 1 < len(row.parts) else None
    return (alone, "") if alone else None


def _labelled_value(
    rows: Sequence[Row],
    n: int,
    at: int,
    offset: int,
    words: str,
    accept: Callable[[str], str | None],
) -> Iterator[Value]:
    row = rows[n]
    spots: list[tuple[Row, str, int]] = [(row, words, 1)] if words else []
    if not words:
        spots += [(row, row.parts[at + 1][1], 2)] if at + 1 < len(row.parts) else []
        below = rows[n + 1].parts if n + 1 < len(rows) else ()
        spots += [(rows[n + 1], text, 2) for start, text in below if abs(start - offset) < 4]
    for place, text, rank in spots:
        value = accept(text)
        if value:
            yield Value(value, place.place.quote(value), rank, place)
            return


def order_number(text: str) -> str | None:
    """The number that ``text`` opens with, None where it is a date, a count or a word."""
    match = _CODE_TOKEN.match(text)
    if not match:
        return None
    code, after = match["code"].rstrip("."), text[match.end() :].strip("”\"“') ").split()
    if not any(c.isdigit() for c in code) or len(code) < 2 or len(code) > 30:
        return None
    if FULL_DATE.match(text[match.start("code") :]) or re.fullmatch(
        r"\d{1,2}[.:]\d{2}|\d+[.,]\d{2}", code
    ):
        return None
    if after and (canonical_unit(after[0]) or after[0] in ("x", "×")):
        return None
    return code
