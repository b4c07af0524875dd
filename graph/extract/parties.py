"""Who orders and where the goods go: blocks of address, signatures, telephone, VAT id."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.extract.addresses import is_place
from graph.extract.labels import Field, labelled
from graph.extract.rows import Row
from graph.extract.shapes import COMPANY, is_contact
from graph.extract.totals import total_kind
from graph.extract.words import key
from graph.order import Table

_LEGAL_FORM = re.compile(
    r"\b(?:gmbh|ag|kg|co|ohg|ug|ltd|limited|llc|inc|plc|bv|b\.v\.|sarl|srl|spa|sa|se|"
    r"&|und|and)\b\.?",
    re.I,
)
_VAT = re.compile(
    r"(?<![\w-])(?:DE\s?\d{3}\s?\d{3}\s?\d{3}|AT\s?U\s?\d{8}|"
    r"FR\s?[0-9A-Z]{2}\s?\d{3}\s?\d{3}\s?\d{3}|NL\s?\d{9}\s?B\s?\d{2}|"
    r"NL\d{3}\.?\d{3}\.?\d{3}\.?B\.?\d{2}|BE\s?0?\d{3}\.?\d{3}\.?\d{3}|"
    r"ES\s?[A-Z0-9]\d{7}[A-Z0-9]|IT\s?\d{11}|GB\s?\d{3}\s?\d{4}\s?\d{2}|PL\s?\d{10}|"
    r"CHE-?\s?\d{3}\.?\d{3}\.?\d{3}|CZ\d{8,10}|DK\s?\d{8}|SE\d{12}|FI\d{8}|LU\d{8}|"
    r"PT\d{9}|IE\d{7}[A-Z]{1,2}|HU\d{8}|SK\d{10}|SI\d{8}|RO\d{6,10})(?![\w-])"
)
_PHONE = re.compile(
    r"(?<!\w)(?:tel(?:efon|ephone|éfono|efono|efoon|\.)?|phone|fon|mobil(?:e|"
    r"telefon)?|mob|cell|handy|tél(?:éphone)?|durchwahl|direct|ph|t|m)\s*\.?(?:no\.?|"
    r"nr\.?)?\s*[:.\s]\s*"
    r"(?P<number>\+?\(?\d[\d\s()./\-–]{5,22}\d)",
    re.I,
)
_FAX = re.compile(r"fax", re.I)
_LINES_OF_A_BLOCK = 8
Block = tuple[list[str], Row]
"""The lines of an address and the row it begins on."""


@dataclass(frozen=True, slots=True)
class Company:
    """Our own name, to tell our address from the customer's."""

    name: str
    domains: tuple[str, ...] = ()

    def names(self, text: str) -> bool:
        """True where ``text`` names us."""
        words = _LEGAL_FORM.sub(" ", self.name).split()
        core = key("".join(words[:2]))
        if len(core) > 3 and core in key(_LEGAL_FORM.sub(" ", text)):
            return True
        lowered = text.casefold()
        return any(
            d and re.search(rf"(?:@|www\.|//){re.escape(d.casefold())}\b", lowered)
            for d in self.domains
        )


def without_us(rows: Sequence[Row], us: Company) -> list[Row]:
    """The rows without the address blocks that name us or are labelled as the supplier's."""
    kept: list[Row] = []
    hidden: dict[int, int] = {}
    for row in rows:
        if not row.parts:
            hidden = {}
            kept.append(row)
            continue
        if isinstance(row.place.block, Table):
            kept.append(_own_cells(row, us))
            continue
        parts = []
        for offset, part in row.parts:
            column = next((c for c in hidden if abs(c - offset) < 4), None)
            found = labelled(part)
            if column is not None and not found and hidden[column] > 0:
                hidden[column] -= 1
            elif (
                us.names(part)
                and not _is_sentence(part)
                and not (found and found[0] in ("ship_to", "po_number"))
            ):
                hidden[offset] = _LINES_OF_A_BLOCK - 2
            elif found and found[0] == "supplier":
                hidden[offset] = _LINES_OF_A_BLOCK - 1
            else:
                parts.append((offset, part))
        kept.append(Row(row.place, row.index, tuple(parts)))
    return kept


def _own_cells(row: Row, us: Company) -> Row:
    """A table row without the cells that name us."""
    parts = tuple(p for p in row.parts if not us.names(p[1]) or _is_sentence(p[1]))
    return Row(row.place, row.index, parts)


def _is_sentence(part: str) -> bool:
    return len(part.split()) > 10


# --- blocks -----------------------------------------------------------------------


def labelled_block(rows: Sequence[Row], field: Field, us: Company) -> Block | None:
    """The first block labelled as ``field`` that does not name us, and the row of its label."""
    return next(labelled_blocks(rows, field, us), None)


def labelled_blocks(rows: Sequence[Row], field: Field, us: Company) -> Iterator[Block]:
    """Every such block."""
    for n, row in enumerate(rows):
        for at, (offset, part) in enumerate(row.parts):
            found = labelled(part)
            if not found or not _is_labelled(_beside(row, at, found), field):
                continue
            lines = _block(rows, n, at, offset, found[1])
            if lines and not any(us.names(line) for line in lines[:2]):
                yield lines, row


def _beside(row: Row, at: int, found: tuple[Field, str]) -> tuple[Field, str]:
    """The label with the value of the next cell, where it has none of its own."""
    value = found[1] or (row.parts[at + 1][1] if at + 1 < len(row.parts) else "")
    return found[0], value


def _is_labelled(found: tuple[Field, str], field: Field) -> bool:
    """``Lieferung: Halle 3, Speicherweg 88, 21129 Hamburg`` is a place, not a date."""
    label, value = found
    return label == field or (
        field == "ship_to" and label in ("requested_date", "site") and is_place(value)
    )


def _block(rows: Sequence[Row], n: int, at: int, offset: int, words: str) -> list[str]:
    row = rows[n]
    lines = [words] if words else []
    column, beside = offset, False
    if not words and at + 1 < len(row.parts) and not labelled(row.parts[at + 1][1]):
        column, beside = row.parts[at + 1][0], True
        lines = [row.parts[at + 1][1]]
    elif words:
        indent = offset + row.parts[at][1].find(words)
        below = rows[n + 1].parts if n + 1 < len(rows) else ()
        column = indent if any(abs(start - indent) < 4 for start, _ in below) else offset
    if len(words.split(",")) > 2:
        return lines
    return (
        lines
        + list(_below(rows[n + 1 :], row.index, column, beside, bool(lines)))[
            : _LINES_OF_A_BLOCK - len(lines)
        ]
    )


def _below(
    rows: Sequence[Row], above: int, column: int, beside: bool, begun: bool
) -> Iterator[str]:
    for n, row in enumerate(rows[: _LINES_OF_A_BLOCK + 1]):
        if 0 <= above < row.index - 1:
            return  # Order lines stood between.
        above = row.index
        part = next((text for start, text in row.parts if abs(start - column) < 4), None)
        if part is None and not row.parts and n == 0 and not begun:
            continue
        if (
            part is None
            or labelled(part)
            or total_kind(part)
            or (beside and len(row.parts) > 1 and row.parts[0][0] < column)
        ):
            return
        if (
            (len(part.split()) > 9 and "," not in part)
            or part.endswith(":")
            or (is_contact(part) and "@" not in part)
        ):
            return
        yield part


# --- numbers of a party -----------------------------------------------------------


def vat_ids(rows: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    """VAT ids, except those called ``yours``."""
    for row in rows:
        for match in _VAT.finditer(row.text):
            if not re.search(
                r"\b(?:ihre|your|lieferant\w*|supplier|vendor)\b[^:]*:?\s*$",
                row.text[: match.start()],
                re.I,
            ):
                yield match[0], row


def phones(rows: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    """Labelled telephone numbers, no fax."""
    for row in rows:
        for match in _PHONE.finditer(row.text):
            digits = sum(c.isdigit() for c in match["number"])
            if (
                not _FAX.search(row.text[max(0, match.start() - 4) : match.start() + 4])
                and 6 <= digits <= 16
            ):
                yield match["number"].strip(), row


_CAPITAL_RUN = re.compile(
    r"(?:[A-ZÀ-Þ][\w.&'’-]*\s+(?:(?:und|and|&|et|y|e|di|de|of)\s+)?){1,6}\S+$"
)
"""``ordine 12 per Trattoria Rossi S.r.l.``: the name without the words before it."""
_INTRODUCED = re.compile(
    r"\b(?:hier (?:ist |schreibt )?|this is |ici )[^.,:;\n]{3,40}? (?:von|vom|from|of|de) "
    r"(?:der |the )?(?P<name>[A-ZÀ-Þ][^.,;:!?\n]{2,50})"
)


def introduced(rows: Sequence[Row], us: Company) -> tuple[str, Row] | None:
    """The company of ``this is Ann Lee from Lee & Daughters``."""
    for row in rows:
        match = _INTRODUCED.search(row.text)
        if match and not us.names(match["name"]):
            return match["name"].strip(), row
    return None


_NO_NAME = re.compile(
    r"^(?:(?:bestell\w*|purchase order|order form|order|firma|fa\.|company|kunde|"
    r"customer|besteller|from|von|absender)\b[\s:]*)+",
    re.I,
)


def company_line(
    rows: Sequence[Row], us: Company, besides: Sequence[str] = ()
) -> tuple[str, Row] | None:
    """The first short line with a legal form that does not name us and is none of ``besides``."""
    for row in rows:
        for _, part in row.parts:
            if any(line and line in part for line in besides):
                continue
            match = COMPANY.search(part)
            if not match or us.names(part) or len(part) > 90 or is_contact(part):
                continue
            name = re.split(r"\s*[,|·•]\s|\s[-–]\s", part[: match.end()])[-1].strip(" .,:")
            name = _NO_NAME.sub("", name)
            if not name[:1].isupper() and (run := _CAPITAL_RUN.search(name)):
                name = run[0]
            tail = re.match(r"(?:\s*&?\s*(?:Co\.?\s*)?(?:KGaA|KG|AG|OHG))", part[match.end() :])
            name = f"{name}{tail[0]}" if tail else name
            if (
                1 < len(name.split()) <= 8
                and name[0].isupper()
                and not re.search(r"\b(?:für|for|der|die|from|von|we|wir|bei|at)\b", name)
            ):
                return name, row
    return None
