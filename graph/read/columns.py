"""The columns of a table: the stretches of x that stay free in all its rows.

A gap parts two columns where it is wider than a space, or ruled, in most rows that have
words on both sides of it. A column is numeric where most of its cells are numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from graph.read.geometry import INFINITY, Interval, Row, Sheet, Word, intersect

_NUMBER = re.compile(
    r"(?:[€$£]|EUR|USD|GBP|CHF)?\s*[-+]?\d[\d.,'’ ]*"
    r"(?:\s*(?:%|€|\$|£|[A-Za-zÀ-ÿ]{1,6}\.?(?:\s*/\s*[A-Za-z0-9]{1,5})?))?"
)
_UNIT = re.compile(r"[€$£%]|[^\W\d]{1,4}\.?|[-–/]")
_HAIR = 0.5
"""Points by which a letter may stick out of its column."""
_LONG_WORD = 4.5
"""Letter heights that a wrapped line may be longer than the line of its item."""
_FARTHEST = 8.0
"""Letter heights from row to row inside a table, at most."""
MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Columns:
    """The gaps that part columns, which of the columns hold numbers, and what heads them."""

    gaps: tuple[Interval, ...]
    numeric: frozenset[int] = frozenset()
    heading: tuple[str, ...] = ()

    def cells(self, row: Row) -> tuple[str, ...]:
        """The words of a row by column; a run over several columns stays with its first."""
        cells: list[list[str]] = [[] for _ in range(len(self.gaps) + 1)]
        for run in row.runs:
            words = [word for word in row.words if run.x0 <= word.x0 < run.x1]
            across = any(_fills(word, gap) for word in words for gap in self.gaps)
            for word in words:
                cells[self._at(run.x0 if across else word.x0)].append(word.text)
        return tuple(" ".join(cell) for cell in cells)

    def _at(self, x: float) -> int:
        return sum((gap.start + gap.end) / 2 <= x for gap in self.gaps)

    def filled(self, row: Row) -> int:
        """How many cells of a row hold words."""
        return sum(map(bool, self.cells(row)))

    def fits(self, row: Row) -> bool:
        """Whether a row leaves all gaps free."""
        return not any(_fills(word, gap) for word in row.words for gap in self.gaps)

    def is_item(self, row: Row) -> bool:
        """Whether a row has a number where numbers belong."""
        cells = self.cells(row)
        return any(is_number(cells[at]) for at in self.numeric)

    def headed(self, heading: Sequence[Row]) -> Columns:
        """The same columns under the names of a heading."""
        return replace(self, heading=self.joined(heading))

    def joined(self, rows: Iterable[Row]) -> tuple[str, ...]:
        """The cells of several lines, joined by spaces to one table row."""
        lines = zip(*map(self.cells, rows), strict=True)
        return tuple(" ".join(filter(None, cell)) for cell in lines)


def _fills(word: Word, gap: Interval) -> bool:
    return word.x0 < gap.end - _HAIR and word.x1 > gap.start + _HAIR


def is_number(text: str) -> bool:
    """A number, with its unit or currency if need be."""
    return bool(_NUMBER.fullmatch(text))


def has_number(row: Row) -> bool:
    """Whether one of the runs of a row is a number."""
    return any(is_number(run.text) for run in row.runs)


def near(rows: Sequence[Row], belongs: Callable[[Row], bool]) -> Iterator[Row]:
    """The rows down to where none that belongs has come for long."""
    last = rows[0]
    for row in rows:
        if row.y - last.y > _FARTHEST * last.em:
            return
        last = row if belongs(row) else last
        yield row


def find_columns(page: Sheet, heading: Sequence[Row], below: Sequence[Row]) -> Columns:
    """The columns of the table that a heading and some of the rows below it form."""
    gaps = [Interval(-INFINITY, INFINITY)]
    names = heading or below[:1]
    for row in names:
        gaps = intersect(gaps, row.free)
    needed = [gap for gap in gaps if all(_parts(gap, row, page) for row in names)]
    full = max(len(row.runs) for row in names) * MOSTLY
    fitting: list[Row] = []
    for row in near(below, lambda row: _beside(needed, row.free) is not None):
        if not _is_row(row) or _beside(needed, rest := intersect(gaps, row.free)) is None:
            continue
        fitting.append(row)
        # A sum has fewer cells, and may stand across several columns.
        gaps = rest if len(row.runs) >= full else gaps
    inner = [gap for gap in gaps if gap.end - gap.start < INFINITY]
    columns = _typed(_without_spaces(inner, [*heading, *fitting], page), heading, fitting)
    items = [at for at, row in enumerate(below) if columns.is_item(row)]
    return _widened(columns, below[: items[-1]]) if items else columns


def follow_columns(below: Sequence[Row], before: Columns) -> Columns | None:
    """The columns of the page before, if their table goes on without a heading."""
    columns = before
    for row in near(below, _is_row):
        gaps = _beside(columns.gaps, row.free)
        if gaps and _is_row(row):
            columns = replace(columns, gaps=gaps)
    first = below[0]
    full = columns.filled(first) >= max(2, sum(map(bool, columns.heading)) * MOSTLY)
    return columns if full and columns.fits(first) and columns.is_item(first) else None


def _is_row(row: Row) -> bool:
    return len(row.runs) > 1 and has_number(row)


def _beside(gaps: Sequence[Interval], free: Sequence[Interval]) -> tuple[Interval, ...] | None:
    """What stays of each gap beside a row; None where the row fills one of them."""
    pieces = [intersect([gap], free) for gap in gaps]
    if not all(pieces):
        return None
    return tuple(max(piece, key=lambda g: g.end - g.start) for piece in pieces)


def _without_spaces(gaps: list[Interval], rows: Sequence[Row], page: Sheet) -> Columns:
    """Drop, narrowest first, the gaps that are mere spaces between two words."""
    for gap in sorted(gaps, key=lambda g: g.end - g.start):
        columns = Columns(tuple(gaps))
        left = gaps.index(gap)
        beside = [row for row in rows if all(columns.cells(row)[left : left + 2])]
        wide = sum(_parts(gap, row, page) for row in beside)
        if wide < max(1, len(beside) * MOSTLY):
            gaps = [other for other in gaps if other != gap]
    return Columns(tuple(gaps))


def _parts(gap: Interval, row: Row, page: Sheet) -> bool:
    """Whether a row is wider apart at a gap than a space, or ruled there."""
    around = next((free for free in row.free if free.start <= gap.start < free.end), gap)
    wide = page.gap * row.em < around.end - around.start < INFINITY
    return wide or (gap.end - gap.start < INFINITY and page.is_ruled_within(gap, row))


def _typed(columns: Columns, heading: Sequence[Row], items: Sequence[Row]) -> Columns:
    """The same columns, knowing which of them hold numbers and what heads them."""
    fullest = max(map(columns.filled, items), default=0)
    full = [columns.cells(row) for row in items if columns.filled(row) >= fullest * MOSTLY]
    numeric = frozenset(at for at, cells in enumerate(zip(*full, strict=True)) if _numeric(cells))
    return replace(columns, numeric=numeric).headed(heading)


def _numeric(cells: Sequence[str]) -> bool:
    """Mostly numbers in cells that are mostly filled; a unit alone decides nothing."""
    filled = [cell for cell in cells if cell]
    telling = [cell for cell in filled if not _UNIT.fullmatch(cell)]
    numbers = sum(map(is_number, telling))
    return len(filled) * 2 >= len(cells) and numbers >= max(1, len(telling) * MOSTLY)


def _widened(columns: Columns, rows: Sequence[Row]) -> Columns:
    """The same columns with room for wrapped lines that are a word longer than the items."""
    gaps = columns.gaps
    for row in rows:
        if len(row.runs) == 1:
            (run,) = row.runs
            free = (Interval(-INFINITY, run.x0), Interval(run.x1, INFINITY))
            rest = _beside(gaps, free) or ()
            lost = [a.end - a.start - b.end + b.start for a, b in zip(gaps, rest, strict=False)]
            gaps = rest if lost and max(lost) < _LONG_WORD * row.em else gaps
    return replace(columns, gaps=gaps)
