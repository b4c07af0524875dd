"""What looks like a line beside the lines, but is an address, a deadline or a term of delivery."""

from __future__ import annotations

import re

from graph.extract.addresses import place_span
from graph.extract.evidence import Draft
from graph.extract.prose import sentences
from graph.extract.source import Source

_TERM = re.compile(
    r"\b(?:max\w*|pallets?|palett\w*|teillieferung\w*|consignments?|avis\w*|"
    r"prices? (?:are|valid)|preise (?:sind|gelten)|gültig|valid|fixed|"
    r"(?:business |working )?days?|(?:arbeits|werk)?tage\w*|stunden|hours?|"
    r"wochen?|weeks?|annahme\w*|jours|dagen|giorni|días)\b",
    re.I,
)
_MORE = re.compile(
    r"\b(?:zusätzlich\w*|additional\w*|also|auch|außerdem|ausserdem|noch|add|plus|extra)\b", re.I
)


def is_no_line(draft: Draft, source: Source) -> bool:
    """True where the sentence of ``draft`` holds no product number and speaks of no goods.

    A sentence that asks for more is a line whatever else it says.
    """
    said = _sentence(draft, source)
    if not said or _MORE.search(said) or source.style.known.codes_in(said):
        return False
    place = place_span(said)
    if place and not any(c.isdigit() for c in said[: place[0]] + said[place[1] :]):
        return True
    code = str(draft.get("code") or "")
    return (not code or code.isdigit()) and _TERM.search(said) is not None


def _sentence(draft: Draft, source: Source) -> str:
    """The sentences that the quantity of ``draft`` stands in."""
    quote = draft.quotes.get("stated_quantity", "")
    block, line = draft.at
    blocks = [id(b) for b in source.document.blocks]
    rows = [
        row
        for row in source.all_rows
        if blocks.index(id(row.place.block)) == block and row.index == line
    ]
    said = [s for row in rows for s in sentences(row.text) if quote and quote in s]
    return " ".join(said)
