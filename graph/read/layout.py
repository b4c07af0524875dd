"""The words and ruled lines of a page -> its tables and texts in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from graph.order import Block
from graph.read.columns import Columns
from graph.read.flow import text_blocks
from graph.read.geometry import Row, Rule, Word, sheet
from graph.read.tables import table_at

__all__ = ["Columns", "Rule", "Word", "read_page"]


def read_page(
    words: Sequence[Word], rules: Sequence[Rule], number: int, before: Columns | None
) -> tuple[list[Block], Columns | None]:
    """The blocks of a page, and the columns with which the next page may go on.

    ``before`` are the columns of the last table on the pages before.
    """
    if not words:
        return [], before
    page = sheet(words, rules, number)
    blocks: list[Block] = []
    text: list[Row] = []
    at = 0
    while at < len(page.rows):
        found = table_at(page, at, before)
        if found is None:
            text.append(page.rows[at])
            at += 1
            continue
        blocks += text_blocks(text[: len(text) - (at - found.start)], page)
        blocks.append(found.table)
        before, text, at = found.columns, [], found.end
    return [*blocks, *text_blocks(text, page)], before
