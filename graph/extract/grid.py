"""Tables drawn with spaces, tabs, pipes or semicolons inside running text."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.extract.columns import read_head
from graph.extract.totals import total_kind

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_RULE = re.compile(r"[\s|+\-=_*.:─━═│┼┌┐└┘├┤┬┴]+")
Cells = tuple[str, ...]
Splitter = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table found in lines ``start`` to ``end`` (exclusive) of a text."""

    start: int
    end: int
    rows: tuple[Cells, ...]
    headed: bool
    indices: tuple[int, ...]
    """The line each row stands on."""


def is_rule(line: str) -> bool:
    """True for lines drawn with dashes, and for blank ones."""
    return _RULE.fullmatch(line) is not None or not line.strip()


def segments(line: str) -> list[tuple[int, str]]:
    """The parts of a line set apart by two spaces or more, each with its offset."""
    return [(m.start(), m[0]) for m in _SEGMENT.finditer(line.replace("\t", "    "))]


def find_grids(lines: Sequence[str]) -> list[Grid]:
    """Every table in ``lines``, top to bottom, none overlapping."""
    grids: list[Grid] = []
    n = 0
    while n < len(lines):
        grid = _headed(lines, n) or _marked(lines, n) or _aligned(lines, n)
        if grid:
            grids.append(grid)
        n = grid.end if grid else n + 1
    return grids


def _by_mark(mark: str) -> Splitter:
    if mark == "|":
        return lambda line: [c.strip() for c in line.strip().strip("|").split("|")]
    return lambda line: [c.strip() for c in next(csv.reader([line], delimiter=mark), [])]


def _marks(line: str) -> list[str]:
    return [mark for mark in "|\t;," if mark in line.strip()]


def _headed(lines: Sequence[str], n: int) -> Grid | None:
    """A table whose first line holds known column heads."""
    line = lines[n]
    if not any(c.isalpha() for c in line) or len(line) > 400:
        return None
    for mark in _marks(line):
        split = _by_mark(mark)
        head = split(line)
        if len(head) > 1 and read_head(head):
            return _rows_by_mark(lines, n, split, mark)
    parts = segments(line)
    if len(parts) < 2 or not read_head([text for _, text in parts]):
        return None
    return _rows_by_offset(lines, n, parts)


def _rows_by_mark(lines: Sequence[str], n: int, split: Splitter, mark: str) -> Grid:
    rows, indices = [tuple(split(lines[n]))], [n]
    end = n + 1
    while end < len(lines):
        line = lines[end]
        if is_rule(line):
            if not line.strip() and (end + 1 >= len(lines) or mark not in lines[end + 1]):
                break
        elif mark in line and (mark != "," or abs(len(split(line)) - len(rows[0])) <= 1):
            rows.append(tuple(split(line)))
            indices.append(end)
        else:
            break
        end += 1
    return Grid(n, end, tuple(rows), True, tuple(indices))


def _rows_by_offset(lines: Sequence[str], n: int, head: list[tuple[int, str]]) -> Grid:
    rows, indices = [tuple(text for _, text in head)], [n]
    end, blank = n + 1, 0
    for at in range(n + 1, len(lines)):
        line = lines[at]
        if is_rule(line):
            blank += not line.strip()
            if blank > 1 and not _goes_on(lines, at, len(head)):
                break
            if not line.strip() and blank == 1:
                rows.append(())
                indices.append(at)
            continue
        parts = segments(line)
        if _leaves(parts, head, blank):
            break
        rows.append(_place(parts, head))
        indices.append(at)
        end, blank = at + 1, 0
    return Grid(n, end, tuple(rows), True, tuple(indices))


def _goes_on(lines: Sequence[str], at: int, width: int) -> bool:
    following = next((line for line in lines[at : at + 4] if not is_rule(line)), "")
    return len(segments(following)) >= max(3, width - 2)


def _leaves(parts: list[tuple[int, str]], head: list[tuple[int, str]], blank: int) -> bool:
    """True where the line is no row: prose at the edge, or one part after a gap."""
    if len(parts) > 1:
        return len(parts) == 2 < len(head) - 1 and bool(blank) and not total_kind(parts[0][1])
    start, text = parts[0]
    if total_kind(text):
        return False
    at_edge = start < head[1][0] - 1 and not _is_wide_first(head)
    return bool(blank) or (
        at_edge and (len(text) > head[1][0] - head[0][0] + 4 or text.endswith(":"))
    )


def _is_wide_first(head: list[tuple[int, str]]) -> bool:
    roles = read_head([text for _, text in head])
    return roles is not None and roles[0] in ("description", "thing")


def _place(parts: list[tuple[int, str]], head: list[tuple[int, str]]) -> Cells:
    if len(parts) == len(head):
        return tuple(text for _, text in parts)
    cells = [""] * len(head)
    least = 0
    for start, text in parts:
        column = min(
            range(least, len(head)),
            key=lambda c: _distance(start, text, head[c]),
            default=len(head) - 1,
        )
        cells[column] = f"{cells[column]} {text}".strip()
        least = column
    return tuple(cells)


def _distance(start: int, text: str, head: tuple[int, str]) -> tuple[int, int]:
    end, head_end = start + len(text), head[0] + len(head[1])
    gap = max(head[0] - end, start - head_end, 0)
    return gap, min(abs(start - head[0]), abs(end - head_end))


def _marked(lines: Sequence[str], n: int) -> Grid | None:
    """Two lines or more with the same number of the same marks, without known heads."""
    for mark in _marks(lines[n]):
        split = _by_mark(mark)
        width = len(split(lines[n]))
        if mark == "," or width < 3:
            continue
        end = n
        while end < len(lines) and mark in lines[end] and len(split(lines[end])) == width:
            end += 1
        if end - n > 1:
            kept = [at for at in range(n, end) if not is_rule(lines[at])]
            return Grid(n, end, tuple(tuple(split(lines[at])) for at in kept), False, tuple(kept))
    return None


def _aligned(lines: Sequence[str], n: int) -> Grid | None:
    """Two lines or more with the same number of parts, three at the least."""
    width = len(segments(lines[n]))
    if width < 3:
        return None
    end = n
    while end < len(lines) and len(segments(lines[end])) == width:
        end += 1
    if end - n < 2:
        return None
    rows = tuple(tuple(text for _, text in segments(line)) for line in lines[n:end])
    return Grid(n, end, rows, False, tuple(range(n, end)))
