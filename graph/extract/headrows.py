"""Rows of the head put in order: each label beside its value, each field in a part of its own.

Papers set labels in one column and ``: values`` in the next, several fields in one line, or
a field of the whole order in a column of the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.extract.evidence import Place
from graph.extract.labels import LABELS, Field, labelled, prefixed
from graph.extract.rows import Row
from graph.extract.words import key
from graph.order import Document, Table

_OF_THE_ORDER: frozenset[Field] = frozenset({"ship_to", "order_date", "account_number", "currency"})
_COLON = re.compile(r"(?<=[^\W_])\)?\s*:(?!//)")
_SEPARATORS = " ,;·•|–-"
_LONGEST_LABEL = 5
_LABEL_WIDTH = 40
_HEADING_ROWS = 8


def head_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows with labels and values paired and fields set apart."""
    return [_fields_apart(row) for row in _paired(rows)]


def _paired(rows: Sequence[Row]) -> list[Row]:
    """A column of labels, then a column of ``: values``: one row each."""
    paired = list(rows)
    for start, end in _runs_of_values(rows):
        labels = _labels_before(rows, start, end - start)
        for n, at in enumerate(labels):
            value = rows[start + n]
            words = f"{rows[at].text} {value.text}"
            paired[start + n] = Row(value.place, value.index, ((0, words),))
            paired[at] = Row(rows[at].place, rows[at].index, ())
    return paired


def _runs_of_values(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    n = 0
    while n < len(rows):
        end = n
        while end < len(rows) and rows[end].text.startswith(":") and len(rows[end].parts) == 1:
            end += 1
        if end > n:
            yield n, end
        n = max(end, n + 1)


def _labels_before(rows: Sequence[Row], start: int, count: int) -> range:
    """The block of rows right before the values, if it is as many labels; else none.

    One label too many or too few, and nobody knows which value is whose.
    """
    last = start
    while last > 0 and not rows[last - 1].parts:
        last -= 1
    first = last
    while first > 0 and rows[first - 1].parts:
        first -= 1
    fits = last - first == count and all(_could_be_label(rows[at]) for at in range(first, last))
    return range(first, last) if fits else range(0)


def _could_be_label(row: Row) -> bool:
    return len(row.parts) == 1 and len(row.text) < _LABEL_WIDTH and ":" not in row.text


def _fields_apart(row: Row) -> Row:
    """``Fecha: 15/06 - Fecha de entrega: 30/06`` as two parts."""
    parts = tuple(piece for part in row.parts for piece in _pieces(*part))
    return row if parts == row.parts else Row(row.place, row.index, parts)


def _pieces(offset: int, part: str) -> Iterator[tuple[int, str]]:
    starts = [0, *_label_starts(part)]
    for start, end in zip(starts, [*starts[1:], len(part)], strict=True):
        words = part[start:end] if end == len(part) else part[start:end].rstrip(_SEPARATORS)
        if words.strip():
            yield offset + start, words


def _label_starts(part: str) -> list[int]:
    """Where labels with a colon begin, and labels without one behind a separator."""
    starts = {start for colon in _COLON.finditer(part) if (start := _opens(part, colon.start()))}
    starts |= {
        mark.end()
        for mark in re.finditer(r"(?:\s[-–|·•]|[,;])\s+(?=[^\W\d_])", part)
        if _is_short_field(part[mark.end() :])
    }
    return sorted(starts)


def _opens(part: str, colon: int) -> int:
    """Where the longest label that ends at ``colon`` begins, behind another field; else 0."""
    words = list(re.finditer(r"\S+", part[:colon]))[-_LONGEST_LABEL:]
    start = next((w.start() for w in words if LABELS.get(key(part[w.start() : colon]))), 0)
    before = part[:start].rstrip()
    return start if before[-1:] in _SEPARATORS or is_field(before) else 0


def _is_short_field(words: str) -> bool:
    """``Kd-Nr. 20101``: a label without a colon and its number."""
    piece = re.split(r"\s[-–|·•]\s|[,;]\s", words, maxsplit=1)[0]
    found = prefixed(piece)
    return bool(found and found[1][:1].isdigit() and len(piece.split()) < 6)


def column_rows(document: Document) -> list[Row]:
    """``Ship to: Dock 4, ...`` for every different value of a column that names the whole order."""
    return [
        row
        for block in document.blocks
        if isinstance(block, Table)
        for row in _column_values(block, Place(document, block))
    ]


def _column_values(table: Table, place: Place) -> Iterator[Row]:
    for n, heads in enumerate(table.rows[:_HEADING_ROWS]):
        named = [(at, LABELS.get(key(cell))) for at, cell in enumerate(heads)]
        filled = [cell for cell in heads if cell.strip()]
        if len(filled) < 3 or any(c.isdigit() for cell in filled for c in cell):
            continue
        for at, field in named:
            if field in _OF_THE_ORDER:
                below = [row[at].strip() for row in table.rows[n + 1 :] if at < len(row)]
                for value in dict.fromkeys(filter(None, below)):
                    yield Row(place, n, ((0, f"{heads[at]}: {' '.join(value.split())}"),))
        return


def is_field(part: str) -> bool:
    """True for a labelled value, whose row is of the head though it looks like goods."""
    found = labelled(part) or prefixed(part)
    return bool(found and any(c.isdigit() for c in found[1]))
