"""Tables on a page, ruled or not.

1. A table begins at a heading (rows of several runs without figures), at a row of
   figures, or with the columns of the page before.
2. ``columns`` finds where its columns part.
3. A row with a number where numbers belong is an item. The lines around it are wrapped
   cells: ruled lines part the rows where there are enough of them, else a line joins
   the nearest item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.order import Table
from graph.read.columns import (
    MOSTLY,
    Columns,
    find_columns,
    follow_columns,
    has_number,
    is_number,
    near,
)
from graph.read.geometry import Row, Sheet

_QUANTITY = re.compile(
    r"\b(?:menge|anzahl|bestellmenge|stück(?:zahl)?|stk|qty|quantity|quantité|qté|cantidad|cant"
    r"|quantità|q\.?tà|aantal|ordered|pcs|pieces|units?)\b",
    re.IGNORECASE,
)
_LEADING = 1.7
"""Letter heights from line to line inside a cell, at most."""
_OVERLAP = 0.8
"""Letter heights from line to line below which the lines overlap."""
_LONGEST_HEADING = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A table that takes the rows of a page from ``start`` to before ``end``."""

    table: Table
    columns: Columns
    start: int
    end: int


def table_at(page: Sheet, at: int, before: Columns | None) -> Found | None:
    """The table that begins at a row; ``before`` are the columns of the page before."""
    if len(page.rows[at].runs) < 2:
        return None
    if before and (columns := follow_columns(page.rows[at:], before)):
        return _found(page, at, at, _end(page, at, len(page.rows), columns), columns)
    first = _heading_end(page, at)
    if first == at and sum(is_number(run.text) for run in page.rows[at].runs) < 2:
        return None
    reach = _reach(page, at, max(first, at + 1))
    if first == reach:
        return None
    columns = find_columns(page, page.rows[at:first], page.rows[first:reach])
    if not _is_table(columns, page.rows[first:reach]):
        return None
    start = _heading_start(page, at, columns) if first > at else at
    columns = columns.headed(page.rows[start:first])
    return _found(page, start, first, _end(page, first, reach, columns), columns)


# --- where it begins and ends -----------------------------------------------------


def _heading_end(page: Sheet, at: int) -> int:
    """The row after the heading, whose rows follow each other closely."""
    for end in range(at, min(len(page.rows), at + _LONGEST_HEADING)):
        if end > at and not _is_close(page, end):
            return end
        if not _is_heading(page.rows[end]):
            return end
    return at


def _heading_start(page: Sheet, at: int, columns: Columns) -> int:
    """The first row of the heading: words right above it may be its wrapped cells."""
    start = at
    while start and _is_close(page, start) and at - start < _LONGEST_HEADING:
        above = page.rows[start - 1]
        if not _is_heading(above) or not columns.fits(above) or columns.cells(above)[0]:
            break
        start -= 1
    return start


def _is_close(page: Sheet, at: int) -> bool:
    """Whether a row follows the one above as within a cell."""
    upper, row = page.rows[at - 1 : at + 1]
    return row.y - upper.y <= _LEADING * row.em and not page.is_ruled_between(upper, row)


def _is_heading(row: Row) -> bool:
    """Names of columns hold no figures, save perhaps one such as "price per 100"."""
    figures = sum(any(map(str.isdigit, run.text)) for run in row.runs)
    return figures == 0 or (figures == 1 and len(row.runs) > 2 and not has_number(row))


def _reach(page: Sheet, at: int, first: int) -> int:
    """The row at which the table that begins at ``at`` ends at the latest."""
    for number, row in enumerate(page.rows[first:], start=first):
        another = len(row.runs) > 2 and _is_heading(row) and _QUANTITY.search(row.text)
        if another or row.text == page.rows[at].text:
            return number
    return len(page.rows)


def _is_table(columns: Columns, rows: Sequence[Row]) -> bool:
    """A heading that names a quantity, or several rows of several numbers."""
    items = [row for row in rows if columns.is_item(row)]
    if not items or not columns.gaps:
        return False
    if any(_QUANTITY.search(name) for name in columns.heading):
        return True
    labelled = any(cell.endswith(":") for row in items for cell in columns.cells(row))
    return len(items) > 1 and len(columns.numeric) > 1 and len(columns.gaps) > 1 and not labelled


def _end(page: Sheet, first: int, reach: int, columns: Columns) -> int:
    """The row after the last item and the lines that still belong to it."""
    end = first
    for at, row in enumerate(near(page.rows[first:reach], columns.fits), start=first):
        end = at + 1 if columns.is_item(row) else end
    while end < reach and _goes_on(page, end, columns):
        end += 1
    return end


def _goes_on(page: Sheet, at: int, columns: Columns) -> bool:
    """Whether a row after the last item is still part of its wrapped cells."""
    row = page.rows[at]
    if _overlaps(page.rows[at - 1], row):
        return True
    close = _is_close(page, at)
    return close and not _stands_alone(row, columns) and not columns.cells(row)[0]


# --- lines to rows ----------------------------------------------------------------


def _found(page: Sheet, start: int, first: int, end: int, columns: Columns) -> Found:
    """The table of some lines; one without a heading gets that of the page before."""
    rows = [columns.heading] if any(columns.heading) else []
    for band in _bands(page, first, end):
        lines = [page.rows[at] for at in band]
        whole = _is_one_row(lines, columns) and page.is_ruled_below(lines[-1])
        rows += map(columns.joined, [lines] if whole else _by_distance(lines, columns))
    return Found(Table(rows=tuple(rows), page=page.number), columns, start, end)


def _bands(page: Sheet, first: int, end: int) -> list[range]:
    """The lines between one level rule and the next."""
    cuts = [
        at
        for at in range(first + 1, end)
        if page.is_ruled_between(page.rows[at - 1], page.rows[at])
    ]
    return [range(a, b) for a, b in pairwise((first, *cuts, end))]


def _is_one_row(band: Sequence[Row], columns: Columns) -> bool:
    """Whether all lines between two rules are the cells of one item."""
    enough = max(2, (len(columns.gaps) + 1) * MOSTLY)
    items = sum(columns.filled(row) >= enough for row in band)
    return items == 1 and all(map(columns.fits, band))


def _by_distance(band: Sequence[Row], columns: Columns) -> list[list[Row]]:
    """Lines that stand alone, and items with the wrapped lines that are nearest to them."""
    groups: list[list[Row]] = []
    for at, row in enumerate(band):
        if at == 0 or _parts_rows(band, at - 1, columns):
            groups.append([])
        groups[-1].append(row)
    return groups


def _parts_rows(band: Sequence[Row], at: int, columns: Columns) -> bool:
    """Whether a new table row begins after the line ``at``.

    Between two items, the widest gap between their lines parts them, the lowest of equals.
    """
    if _overlaps(band[at], band[at + 1]):
        return False
    if _stands_alone(band[at], columns) or _stands_alone(band[at + 1], columns):
        return True
    start, stop = at, at + 1
    while start > 0 and _is_wrapped(band[start], columns):
        start -= 1
    while stop < len(band) - 1 and _is_wrapped(band[stop], columns):
        stop += 1
    if not columns.is_item(band[stop]) or not columns.is_item(band[start]):
        return False
    gaps = [lower.y - upper.y for upper, lower in pairwise(band[start : stop + 1])]
    lowest = max(i for i, gap in enumerate(gaps) if gap > max(gaps) * 0.9)
    return start + lowest == at


def _overlaps(upper: Row, lower: Row) -> bool:
    """Whether two lines are too close for two rows: centred cells of different height."""
    return lower.y - upper.y < _OVERLAP * min(upper.em, lower.em)


def _is_wrapped(row: Row, columns: Columns) -> bool:
    return not columns.is_item(row) and not _stands_alone(row, columns)


def _stands_alone(row: Row, columns: Columns) -> bool:
    """A line that is no part of an item, such as the heading of a group."""
    if columns.is_item(row):
        return False
    return not columns.fits(row) or bool(0 in columns.numeric and columns.cells(row)[0])
