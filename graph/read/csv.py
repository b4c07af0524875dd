"""CSV -> one table: delimiter and charset are sniffed, a preamble stays as rows."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable

from graph.order import Block, Table, Text
from graph.read.charset import decode
from graph.read.limits import UnreadableError, check_rows

DELIMITERS = ";\t|,"
"""In this order where two fit equally: a comma is often only a decimal comma."""
_SAMPLE_LINES = 60
Rows = list[tuple[str, ...]]
_STATED = re.compile(r"\s*sep=(.)\s*\n", re.IGNORECASE)


def read_csv(content: bytes) -> tuple[Block, ...]:
    """Read rows of stripped cells, empty rows dropped. Raises UnreadableError."""
    text = decode(content)
    stated = _STATED.match(text)
    text = text[stated.end() :] if stated else text
    delimiter = stated[1] if stated else sniff_delimiter(text)
    if delimiter is None:
        return (Text(text=text.strip("\n")),)
    return (Table(rows=_rows(text, delimiter)),)


def looks_like_csv(content: bytes) -> bool:
    """Whether a text file is all rows of equally many cells; a comma alone proves nothing."""
    lines = [line for line in decode(content[:20_000]).split("\n")[:-1] if line.strip()]
    return len(lines) > 1 and any(_consistency(lines, mark) == 1 for mark in ";\t")


def sniff_delimiter(text: str) -> str | None:
    """The delimiter that splits most lines into equally many cells; None where none does."""
    lines = text.lstrip("\n").split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES]
    scores = {delimiter: _consistency(lines, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best if scores[best] else None


def _consistency(lines: list[str], delimiter: str) -> float:
    return _evenness(_parse(lines, delimiter))


def _evenness(rows: Rows) -> float:
    """The share of rows that have the commonest number of cells, 0 where that is one."""
    widths = Counter(len(row) for row in rows if any(row))
    several = [count for width, count in widths.items() if width > 1]
    return max(several) / widths.total() if several else 0.0


def _rows(text: str, delimiter: str) -> tuple[tuple[str, ...], ...]:
    rows = _parse(text.splitlines(keepends=True), delimiter)
    check_rows(len(rows))
    return tuple(row for row in rows if any(row))


def _parse(lines: list[str], delimiter: str) -> Rows:
    """Parse quoted cells; where that spoils the rows, a quote is just a character (12" pipe)."""
    rows = _cells(csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter != "\t"))
    if any("\n" in cell for row in rows for cell in row):
        plain = _cells(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE))
        return plain if _evenness(plain) > _evenness(rows) else rows
    return rows


def _cells(reader: Iterable[list[str]]) -> Rows:
    try:
        return [tuple(cell.strip() for cell in row) for row in reader]
    except csv.Error as error:
        raise UnreadableError(f"is not a usable CSV file ({error}); ask for XLSX or PDF") from error
