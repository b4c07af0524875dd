"""Tables whose columns do not tell: each item is read as words, over one row or several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from graph.extract.columns import CODES, Row
from graph.extract.evidence import Draft, Style
from graph.extract.marked import has_code
from graph.extract.phrase import read_phrase
from graph.extract.totals import sum_of, total_of

_POSITION = re.compile(r"\s*0*(?P<n>\d{1,5})[.)]?(?:\s+|$)")
_STEPS = (1, 10, 100)
_LONGEST = 4
"""Rows of an item, at most."""


def read_records(rows: Sequence[Row], style: Style) -> list[Draft]:
    """The lines of a table read as words; only with a catalog that knows product numbers.

    Only plain counts are believed: a bare number may come from any of the columns.
    """
    texts = ["  ".join(" ".join(c.split()) for c in row if c.strip()) for row in rows]
    known = [n for n, text in enumerate(texts) if style.known.codes_in(text)]
    positions = _positions(texts)
    drafts = list[Draft]()
    if not known:
        return drafts
    for start, end in _spans(rows, positions or known, style):
        opening = _POSITION.match(texts[start]) if positions else None
        text = "  ".join(texts[start:end])
        draft = _record(text[opening.end() :] if opening else text, style)
        if draft.strength > 2:
            draft.at = (0, start)
            drafts.append(draft)
    return drafts


def is_better(words: Sequence[Draft], columns: Sequence[Draft], style: Style) -> bool:
    """Whether words name more known goods with a quantity than the columns, and no fewer lines.

    Columns that name all goods and count some are believed: the rest was left blank.
    """
    plain, read = (_plain(drafts, style) for drafts in (words, columns))
    if read and all(_is_known(d, style) for d in columns):
        return False
    return plain > read and len(words) - plain <= len(columns) - read


def _plain(drafts: Sequence[Draft], style: Style) -> int:
    """How many lines have a quantity and a number that the catalog knows."""
    return sum(d.get("stated_quantity") is not None and _is_known(d, style) for d in drafts)


def _is_known(draft: Draft, style: Style) -> bool:
    return any(style.known.knows_code(str(c)) for role in CODES if (c := draft.get(role)))


def _spans(rows: Sequence[Row], starts: Sequence[int], style: Style) -> list[tuple[int, int]]:
    """From where to where each item goes: to the next one or to a sum."""
    if not starts:
        return []
    ends = [n for n, row in enumerate(rows) if total_of(row, style) or sum_of(row, style)]
    last = next((n for n in ends if n > starts[-1]), len(rows))
    spans = []
    for start, end in pairwise([*starts, last]):
        first_sum = next((n for n in ends if start < n < end), end)
        spans.append((start, min(first_sum, start + _LONGEST)))
    return spans


def _positions(texts: Sequence[str]) -> list[int]:
    """The rows that open with 1, 2, 3 or 10, 20, 30; empty where two are not in order."""
    found = [(n, int(m["n"])) for n, t in enumerate(texts) if (m := _POSITION.match(t))]
    for step in _STEPS:
        at, wanted = list[int](), step
        for n, number in found:
            if number == wanted:
                at, wanted = [*at, n], wanted + step
        if len(at) > 1:
            return at
    return []


def _record(text: str, style: Style) -> Draft:
    """One item; a known number in its words names it where no label does."""
    draft = read_phrase(text, style)
    known = style.known.codes_in(text)
    named = [str(draft.get(role)) for role in CODES if draft.get(role)]
    if len(set(known)) == 1 and not any(style.known.knows_code(code) for code in named):
        role = "supplier_sku" if has_code(draft) else "code"
        draft.put(role, known[0], known[0])
    return draft
