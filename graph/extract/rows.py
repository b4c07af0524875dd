"""Documents as rows of parts with offsets, so that text and tables are searched alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.extract.evidence import Place
from graph.extract.grid import segments
from graph.order import Document, Table

_CELL_WIDTH = 60
"""Offset of one table column to the next, so that cells line up like columns of text."""

_LONGEST = 2000
"""What goes on longer in one line is no head of an order."""


@dataclass(frozen=True)
class Row:
    """One line of a document; ``index`` counts lines of a text or rows of a table."""

    place: Place
    index: int
    parts: tuple[tuple[int, str], ...]

    @cached_property
    def text(self) -> str:
        """The words of the row, its parts two spaces apart."""
        return "  ".join(words for _, words in self.parts)


def rows_of(document: Document) -> list[Row]:
    """Every line and table row of a document; blank ones have no parts."""
    return [row for n in range(len(document.blocks)) for row in block_rows(document, n)]


def block_rows(document: Document, n: int) -> Iterator[Row]:
    """The rows of one block and a blank one after it."""
    block = document.blocks[n]
    place = Place(document, block)
    if isinstance(block, Table):
        for index, cells in enumerate(block.rows):
            yield from _table_row(place, index, cells)
    else:
        for index, line in enumerate(block.text.split("\n")):
            yield Row(place, index, tuple(segments(line[:_LONGEST])))
    yield Row(place, -1, ())


def _table_row(place: Place, index: int, cells: Sequence[str]) -> Iterator[Row]:
    """Cells of several lines make several rows."""
    split = [[line.strip() for line in cell.split("\n")] for cell in cells]
    for n in range(max(map(len, split), default=0)):
        parts = tuple(
            (column * _CELL_WIDTH, lines[n])
            for column, lines in enumerate(split)
            if n < len(lines) and lines[n]
        )
        if parts:
            yield Row(place, index, parts)
