"""Words beside a table of lines: more lines, or only terms, notes and addresses."""

from __future__ import annotations

from graph.extract.columns import CODES
from graph.extract.evidence import Draft, Place, Style
from graph.extract.slate import ENUMERATOR
from graph.order import Table, Text


def says_more(draft: Draft, place: Place, style: Style) -> bool:
    """Whether words beside a table order something besides.

    They do where they name a known product, and in the mail itself. In a file words that
    open with their quantity may still be a line; a number inside a sentence or in a table
    of terms is none.
    """
    if place.document.role != "attachment" or _names(draft, style):
        return True
    return not isinstance(place.block, Table) and _opens(draft, place)


def _names(draft: Draft, style: Style) -> bool:
    codes = [str(code) for role in CODES if (code := draft.get(role))]
    words = [*codes, str(draft.get("description") or "")]
    return any(style.known.codes_in(text) for text in words)


def _opens(draft: Draft, place: Place) -> bool:
    """Whether a line of the text opens with the quantity."""
    block, quote = place.block, draft.quotes.get("stated_quantity", "")
    lines = block.text.split("\n") if isinstance(block, Text) else []
    return bool(quote) and any(_bare(line).startswith(quote) for line in lines)


def _bare(line: str) -> str:
    return ENUMERATOR.sub("", line.strip(), count=1)
