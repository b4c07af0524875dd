"""Does a value stand in the mail? Where it does not, nobody may believe it.

Numbers and dates are compared by what they mean, codes as whole words, and free text by
its words. A number inside a code or another number is not that number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from graph.extract.compare import CUSTOMER, HEADER, LINE, SHIP_TO, written
from graph.extract.dates import FULL_DATE, find_dates
from graph.extract.evidence import Place, Style
from graph.extract.form import GROUPED, style_of_mail
from graph.extract.money import SIGN, currency_in
from graph.extract.numbers import NUMBER, WORD_NUMBERS
from graph.extract.units import canonical_unit
from graph.normal import words
from graph.order import Document, Evidence, Line, Mail, Order, Party, ShipTo, Text

_BEFORE = r"(?<![^\W_])(?<!\d[.,:])(?<![^\W_][-/_])"
_AFTER = r"(?![.,:]?\d)(?![-/_][^\W_])"
_NUMBERS = tuple(
    re.compile(rf"{_BEFORE}{number}{_AFTER}(?![^\W\d_]+\d)(?! 0\d\d(?![\w-]))")
    for number in (NUMBER, GROUPED)
)
"""A number that is no part of a code (``K-100``), a size (``M6x20``) or of ``1 000``."""
_GLUED = re.compile(rf"{SIGN}|(?<![^\W_])[x×](?=\d)", re.I)
"""What stands before a number without a space: ``€4.50``, ``x10``."""
_WORD = re.compile(r"[^\W\d_]+[²³]?")
_DASHES = str.maketrans("‐‑‒–—−", "------")
_FREE_TEXT = frozenset({"text", "description"})


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of text or one row of a table, and what stands in it."""

    place: Place
    text: str
    folded: str
    words: frozenset[str]
    numbers: frozenset[Decimal]
    dates: frozenset[date | None]

    def says(self, field: str, value: object) -> bool:
        """Whether ``value`` stands here as a whole."""
        if isinstance(value, Decimal):
            return abs(value) in self.numbers
        if isinstance(value, date):
            return value in self.dates
        if field == "stated_unit":
            return any(value in (w, canonical_unit(w)) for w in _WORD.findall(self.text))
        if field == "currency":
            return (currency_in(self.text) or ("",))[0] == value
        code = _folded(str(value)).strip(" .,;:()[]#\"'")
        whole = rf"{_BEFORE}{re.escape(code)}(?![^\W_]){_AFTER}"
        return bool(code) and re.search(whole, self.folded) is not None


class Source:
    """The words of a mail, row by row, to look values up in."""

    def __init__(self, mail: Mail) -> None:
        style = style_of_mail(mail)
        self._rows = tuple(_row(place, text, style) for place, text in _texts(mail))
        self._words = frozenset(word for row in self._rows for word in row.words)

    def find(self, field: str, value: object, near: int = 0) -> tuple[int, Evidence] | None:
        """Where ``value`` stands: the number of the row, nearest to ``near``, and its words.

        ``field`` is a field of Order, Line or Party; free text may go over several rows.
        """
        if field in _FREE_TEXT:
            return self._find_words(frozenset(words(str(value))), near)
        found = [n for n, row in enumerate(self._rows) if row.says(field, value)]
        return self._at(min(found, key=lambda n: abs(n - near))) if found else None

    def _find_words(self, said: frozenset[str], near: int) -> tuple[int, Evidence] | None:
        if not said or not said <= self._words:
            return None
        shared = [len(said & row.words) for row in self._rows]
        return self._at(max(range(len(shared)), key=lambda n: (shared[n], -abs(n - near))))

    def _at(self, n: int) -> tuple[int, Evidence]:
        row = self._rows[n]
        return n, row.place.quote(row.text)


def _texts(mail: Mail) -> Iterator[tuple[Place, str]]:
    yield Place(Document(name="subject", role="body", format="header")), mail.subject
    for document in mail.documents:
        for block in document.blocks:
            if isinstance(block, Text):
                yield from ((Place(document, block), line) for line in block.text.split("\n"))
            else:
                yield from ((Place(document, block), _joined(row)) for row in block.rows)


def _joined(row: tuple[str, ...]) -> str:
    return "  ".join(" ".join(cell.split()) for cell in row)


def _row(place: Place, text: str, style: Style) -> _Row:
    return _Row(
        place=place,
        text=text,
        folded=_folded(text),
        words=frozenset(words(text)),
        numbers=frozenset(_numbers_in(text, style)),
        dates=frozenset(
            day
            for found in find_dates(text, style.today, day_first=style.day_first)
            for day in (found.day, found.other)
        ),
    )


def _numbers_in(text: str, style: Style) -> Iterator[Decimal]:
    bare = _GLUED.sub(" ", FULL_DATE.sub(" ", text))
    for pattern in _NUMBERS:
        for match in pattern.finditer(bare):
            reading = style.number(match[0])
            if reading:
                yield reading.value
    for word in _WORD.findall(text.casefold()):
        if word in WORD_NUMBERS:
            yield Decimal(WORD_NUMBERS[word])


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return " ".join(plain.casefold().split())


def supported(said: Order, source: Source) -> tuple[Order, list[str]]:
    """A model's order with only what stands in the mail, and the names of the rest.

    Every value left has its evidence. Fields that no model is asked for are left out, and
    so are lines that no longer name a product.
    """
    header, invented = _found(said, HEADER, source)
    customer, more = _found(said.customer, CUSTOMER, source)
    ship_to, address = _found(said.ship_to, SHIP_TO, source)
    invented += more + address
    lines: list[Line] = []
    for line in said.lines:
        values, missing = _found(line, LINE, source)
        invented += [f"line {line.position} {name}" for name in missing]
        if values.keys() & {"code", "customer_sku", "description"}:
            lines.append(Line(position=len(lines) + 1, **values))
    order = Order(
        kind=said.kind,
        customer=Party(**customer),
        ship_to=ShipTo(**ship_to),
        lines=tuple(lines),
        **header,
    )
    return order, invented


def _found(
    part: Order | Line | Party, fields: Mapping[str, str], source: Source
) -> tuple[dict[str, Any], list[str]]:
    """The values of ``part`` that stand in the mail, with evidence, and the names of the rest.

    Each is looked for near the one before, so that a line's values quote the same row.
    """
    values: dict[str, Any] = {}
    evidence: dict[str, Evidence] = {}
    invented = []
    near = 0
    for field, name in fields.items():
        value = getattr(part, field)
        place = None if value is None else source.find(field, value, near)
        if place:
            near, evidence[field] = place
            values[field] = value
        elif value is not None:
            invented.append(f"{name} {written(value)}")
    return values | {"evidence": evidence}, invented
