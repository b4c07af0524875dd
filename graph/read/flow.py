"""Rows outside tables -> Text blocks; columns of text that stand side by side come apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from graph.order import Text
from graph.read.geometry import INFINITY, Interval, Row, Run, Sheet, intersect

_RIVER = 1.2
"""Letter heights that separate two columns of text."""
_PARAGRAPH = 2.0
"""Letter heights from line to line that separate two paragraphs."""
_LETTER = 0.5
"""Mean width of a letter, as a share of its height."""
_SHORTEST_STRETCH = 3
_LONGEST_STRETCH = 15
"""Rows that may fall into columns by themselves, such as two addresses."""
_DEEPEST = 30


def text_blocks(rows: Sequence[Row], page: Sheet, level: int = 0) -> list[Text]:
    """Texts in reading order: the left column whole, then the right one."""
    if not rows:
        return []
    em = median(row.em for row in rows)
    for parts in (_columns(rows, em), _bands(rows, em), _columns_within(rows, em)):
        if len(parts) > 1 and level < _DEEPEST:
            return [text for part in parts for text in text_blocks(part, page, level + 1)]
    return [Text(text=_lay_out(rows, em), page=page.number)]


def _columns(rows: Sequence[Row], em: float) -> list[list[Row]]:
    """The rows cut into two columns of text, unless they are one."""
    river = _river(rows, em)
    return [list(rows)] if river is None else _cut_upright(rows, river)


def _bands(rows: Sequence[Row], em: float) -> list[list[Row]]:
    """The rows, parted where a wide gap runs across."""
    bands = [[rows[0]]]
    for upper, lower in pairwise(rows):
        if lower.y - upper.y > _PARAGRAPH * em:
            bands.append([])
        bands[-1].append(lower)
    return bands


def _columns_within(rows: Sequence[Row], em: float) -> list[list[Row]]:
    """The rows above, in and below the longest stretch that falls into columns."""
    for length in range(min(len(rows) - 1, _LONGEST_STRETCH), _SHORTEST_STRETCH - 1, -1):
        for start in range(len(rows) - length + 1):
            part = rows[start : start + length]
            if all(len(row.runs) > 1 for row in part) and _river(part, em) is not None:
                return [
                    p for p in (list(rows[:start]), list(part), list(rows[start + length :])) if p
                ]
    return [list(rows)]


def _river(rows: Sequence[Row], em: float) -> float | None:
    """Where to cut the rows into two columns of text; None where they are one."""
    free = [Interval(-INFINITY, INFINITY)]
    for row in rows:
        free = intersect(free, row.free)
    wide = [gap for gap in free if _RIVER * em < gap.end - gap.start < INFINITY]
    bands = _bands(rows, em)
    for gap in sorted(wide, key=lambda g: g.start - g.end):
        middle = (gap.start + gap.end) / 2
        pairs = [[pair for row in band if (pair := _beside(row, middle))] for band in bands]
        if sum(map(len, pairs)) > 1 and not any(map(_are_labelled, pairs)):
            return middle
    return None


def _beside(row: Row, x: float) -> tuple[Run, Run] | None:
    """The runs of a row just left and right of x."""
    left = [run for run in row.runs if run.x1 <= x]
    right = [run for run in row.runs if run.x0 >= x]
    return (left[-1], right[0]) if left and right else None


def _are_labelled(pairs: Sequence[tuple[Run, Run]]) -> bool:
    """Whether the left side names what the right side states, as in a form."""
    colons = sum(left.text.endswith(":") for left, _ in pairs)
    names = sum(not any(map(str.isdigit, left.text)) for left, _ in pairs)
    values = sum(right.text[0].isdigit() for _, right in pairs)
    half = len(pairs) / 2
    return colons > half or (names >= half * 1.6 and values >= half > 0)


def _cut_upright(rows: Sequence[Row], x: float) -> list[list[Row]]:
    left = [_part(row, [w.x1 <= x for w in row.words]) for row in rows]
    right = [_part(row, [w.x1 > x for w in row.words]) for row in rows]
    return [[row for row in side if row] for side in (left, right)]


def _part(row: Row, keep: Sequence[bool]) -> Row | None:
    words = tuple(word for word, kept in zip(row.words, keep, strict=True) if kept)
    if not words:
        return None
    runs = tuple(r for r in row.runs if words[0].x0 <= r.x0 and r.x1 <= words[-1].x1)
    return Row(words, runs, row.y, row.em)


def _lay_out(rows: Sequence[Row], em: float) -> str:
    """Lines of text in which runs keep their columns."""
    margin = min(row.words[0].x0 for row in rows)
    lines = []
    for row in rows:
        line = ""
        for run in row.runs:
            column = int((run.x0 - margin) / (_LETTER * em)) if line else 0
            line += " " * max(column - len(line), 3 if line else 0) + run.text
        lines.append(line)
    return "\n".join(lines)
