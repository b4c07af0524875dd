"""What the readers of one document share: how it writes numbers and dates, and how to quote it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from graph.extract.dates import FoundDate, day_comes_first, find_date
from graph.extract.known import NOTHING, Known
from graph.extract.numbers import Mark, Reading, decimal_mark, language_of, read_number
from graph.extract.units import canonical_unit
from graph.order import Document, Evidence, Finding, FindingType, Line, Table, Text


@dataclass(frozen=True, slots=True)
class Style:
    """How a document writes numbers and dates; ``today`` is the day it was sent."""

    today: date
    decimal: Mark | None = None
    grouping: Mark | None = None
    day_first: bool | None = None
    language: str | None = None
    order_numbers: frozenset[str] = frozenset()
    """Numbers that the subject calls the order: they name no goods."""
    known: Known = NOTHING

    def number(self, text: str) -> Reading | None:
        """Read an unsigned number the way this document writes them."""
        return read_number(text, self.decimal, self.grouping)

    def unit(self, word: str) -> str:
        """The canonical unit, or the word itself; a Dutch ``dozen`` are boxes, not twelves."""
        if self.language == "nl" and word.casefold() == "dozen":
            return "box"
        return canonical_unit(word) or word.strip("./ ")

    def date(self, text: str) -> FoundDate | None:
        """The first date in ``text``."""
        return find_date(text, self.today, day_first=self.day_first)


def style_of(
    text: str, today: date, beside: str = "", order_numbers: frozenset[str] = frozenset()
) -> Style:
    """Judge how ``text`` writes numbers and dates; what it leaves open stays None.

    ``beside`` is the language of the mail it came with, for files that hold few words.
    """
    decimal, language = decimal_mark(text), language_of(text) or beside or None
    grouping: Mark | None = None
    if language:
        grouping = "," if language == "en" else "."
    day_first = day_comes_first(text, today)
    if day_first is None and (grouping == "." or decimal == ","):
        day_first = True
    return Style(today, decimal, grouping, day_first, language, order_numbers)


@dataclass(frozen=True, slots=True)
class Place:
    """A block of a document, to quote from."""

    document: Document
    block: Text | Table | None = None

    def quote(self, words: str) -> Evidence:
        """Evidence that ``words`` stand here."""
        return Evidence(source=self.document.where(self.block), quote=words.strip())


@dataclass(slots=True)
class Draft:
    """A line in the making: values by the field names of ``Line``, each with its words."""

    values: dict[str, Any] = field(default_factory=dict)
    quotes: dict[str, str] = field(default_factory=dict)
    doubts: list[tuple[FindingType, str, str]] = field(default_factory=list)
    """(type, message, quote)"""
    strength: int = 0
    """How surely this is an order line: 0 not, 1 perhaps, 2 likely, 3 plainly."""
    po_number: str | None = None
    at: tuple[int, int] = (0, 0)
    """Index of the block and of the line or row in it."""

    def put(self, name: str, value: object, quote: str) -> None:
        """Set a field that is still empty."""
        if value is not None and name not in self.values:
            if (
                name == "stated_quantity"
                and isinstance(value, Decimal)
                and value == value.to_integral()
            ):
                value = value.to_integral()
            self.values[name] = value
            self.quotes[name] = quote

    def add_words(self, words: str) -> None:
        """Append to the description what a wrapped row goes on with."""
        before = self.values.get("description")
        self.values["description"] = f"{before} {words}" if before else words
        self.quotes.setdefault("description", words)

    def get(self, name: str) -> Any:
        """The value of a field, None where it is not set."""
        return self.values.get(name)

    def doubt(self, kind: FindingType, message: str, quote: str) -> None:
        """Remember what was not sure about this line."""
        self.doubts.append((kind, message, quote))


def finish(draft: Draft, place: Place, position: int) -> tuple[Line, list[Finding]]:
    """Turn a draft into a line at ``position`` and its doubts into findings."""
    evidence = {name: place.quote(words) for name, words in draft.quotes.items() if words.strip()}
    line = Line(position=position, evidence=evidence, **draft.values)
    findings = [
        Finding(
            type=kind, message=f"Line {position}: {message}", line=position, evidence=place.quote(q)
        )
        for kind, message, q in draft.doubts
    ]
    return line, findings
