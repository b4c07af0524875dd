"""One document of a mail, read for order lines and ready to be searched for header fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from graph.extract.beside import says_more
from graph.extract.columns import Roles
from graph.extract.evidence import Draft, Place, Style, style_of
from graph.extract.grid import find_grids, is_rule
from graph.extract.headrows import column_rows, head_rows, is_field
from graph.extract.heads import COLUMNS
from graph.extract.kinds import document_kind
from graph.extract.known import NOTHING, Known
from graph.extract.labels import LABELS, labelled
from graph.extract.listing import read_listing
from graph.extract.ponumber import plain_numbers
from graph.extract.positions import read_positions
from graph.extract.rows import Row, rows_of
from graph.extract.table import TableLines, read_table
from graph.extract.totals import total_of
from graph.extract.words import key
from graph.order import Document, Evidence, Kind, Table, Text


@dataclass(slots=True)
class Source:
    """What one document says. ``rows`` leaves out the rows of the lines themselves."""

    document: Document
    style: Style
    title: Kind | None = None
    drafts: list[tuple[Draft, Place]] = field(default_factory=list)
    extra: list[tuple[Draft, Place]] = field(default_factory=list)
    """Lines in words beside a table of lines."""
    rows: list[Row] = field(default_factory=list)
    all_rows: list[Row] = field(default_factory=list)
    totals: dict[str, tuple[Decimal, Evidence]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    reader: str = "fields"

    @property
    def is_file(self) -> bool:
        """Whether this came as an attachment."""
        return self.document.role == "attachment"


@dataclass(slots=True)
class _Reading:
    """Drafts with the reader that found them, and the rows they took, by block."""

    tables: list[tuple[Draft, Place]] = field(default_factory=list)
    words: list[tuple[Draft, Place]] = field(default_factory=list)
    totals: dict[str, tuple[Decimal, Evidence]] = field(default_factory=dict)
    taken: set[tuple[int, int]] = field(default_factory=set)
    listed: set[tuple[int, int]] = field(default_factory=set)
    """Rows of lines in words, which are none where a file has tables of lines."""
    unread: list[str] = field(default_factory=list)
    roles: Roles | None = None


def read_source(
    document: Document,
    today: date,
    language: str = "",
    numbers: frozenset[str] = frozenset(),
    known: Known = NOTHING,
) -> Source:
    """Read one document; ``language`` and order ``numbers`` are those of its mail."""
    every = rows_of(document)
    numbers |= {n for n in plain_numbers(every) if not known.knows_code(n)}
    style = replace(style_of(document.text, today, language, numbers), known=known)
    reading = _Reading()
    _read_positions(reading, document, style)
    for n, block in enumerate(document.blocks):
        if isinstance(block, Table):
            _read_table(reading, n, block, Place(document, block), style)
        else:
            _read_text(reading, n, block.text.split("\n"), Place(document, block), style)
    free = _free_rows(document, head_rows(every), reading)
    rows = [*free, *column_rows(document)]
    totals = reading.totals
    for row in free:
        _add_total(totals, row, style)
    return Source(
        document=document,
        style=style,
        title=document_kind(document) if document.role == "attachment" else None,
        drafts=reading.tables or reading.words,
        extra=[pair for pair in reading.words if says_more(*pair, style)] if reading.tables else [],
        rows=rows,
        all_rows=every,
        totals=totals,
        unread=reading.unread,
        reader="table" if reading.tables else "fields",
    )


def _read_positions(reading: _Reading, document: Document, style: Style) -> None:
    """Read positions of labels and values, which may run over several blocks of text."""
    lines = [
        ((n, at), line)
        for n, block in enumerate(document.blocks)
        if isinstance(block, Text)
        for at, line in enumerate(block.text.split("\n"))
    ]
    found = read_positions(lines, style)
    for draft in found.drafts:
        reading.tables.append((draft, Place(document, document.blocks[draft.at[0]])))
    reading.taken |= found.used


def _read_table(reading: _Reading, n: int, table: Table, place: Place, style: Style) -> None:
    lines = read_table(table.rows, style, reading.roles)
    if lines.drafts:
        _take_table(reading, n, lines, 0, place)
        return
    flat = [(at, line) for at, row in enumerate(table.rows) for line in _flat(row)]
    listing = read_listing([line for _, line in flat], style)
    for draft in listing.drafts:
        draft.at = (n, flat[draft.at[1]][0])
        reading.words.append((draft, place))
    reading.listed |= {(n, flat[at][0]) for at in listing.used}
    reading.unread += listing.unread


def _flat(row: Sequence[str]) -> list[str]:
    if any("\n" in cell for cell in row):
        return [line for cell in row for line in cell.split("\n")]
    filled = [cell for cell in row if cell.strip()]
    if len(filled) == 2 and (filled[0].rstrip().endswith(":") or key(filled[0]) in COLUMNS):
        return [f"{filled[0].rstrip(': ')}: {filled[1]}"]
    if len(filled) > 2 and labelled(filled[0]) == (LABELS.get(key(filled[0])), ""):
        return [f"{name}: {value}" for name, value in zip(filled[::2], filled[1::2], strict=False)]
    return ["  ".join(filled)]


def _take_table(reading: _Reading, n: int, lines: TableLines, offset: int, place: Place) -> None:
    reading.roles = lines.roles
    for draft in lines.drafts:
        draft.at = (n, offset + draft.at[1])
        reading.tables.append((draft, place))
    for kind, (value, words) in lines.totals.items():
        reading.totals.setdefault(kind, (value, place.quote(words)))
    reading.taken |= {(n, offset + at) for at in range(lines.span[0], lines.span[1] + 1)}


def _read_text(reading: _Reading, n: int, lines: list[str], place: Place, style: Style) -> None:
    rest = ["" if (n, at) in reading.taken else line for at, line in enumerate(lines)]
    for grid in find_grids(list(rest)):
        carried = None if grid.headed else reading.roles
        found = read_table(grid.rows, style, carried, ruled=grid.headed)
        if not found.drafts:
            continue
        indices = grid.indices
        reading.roles = found.roles
        for draft in found.drafts:
            draft.at = (n, indices[draft.at[1]])
            reading.tables.append((draft, place))
        for kind, (value, words) in found.totals.items():
            reading.totals.setdefault(kind, (value, place.quote(words)))
        end = indices[found.span[1]]
        reading.taken |= {(n, at) for at in range(grid.start, end + 1)}
        for at in range(grid.start, grid.end):
            rest[at] = ""
    said = ["" if is_rule(line) or line.strip() in style.order_numbers else line for line in rest]
    listing = read_listing(said, style)
    for draft in listing.drafts:
        draft.at = (n, draft.at[1])
        reading.words.append((draft, place))
    reading.listed |= {(n, at) for at in listing.used}
    reading.unread += listing.unread


def _free_rows(document: Document, rows: list[Row], reading: _Reading) -> list[Row]:
    """The rows that hold no lines; fields of the head are free wherever they stand."""
    block_of = {id(block): n for n, block in enumerate(document.blocks)}
    free = []
    for row in rows:
        at = (block_of[id(row.place.block)], row.index)
        opening = row.parts if reading.tables else row.parts[:1]
        field_row = any(is_field(part) for _, part in opening)
        if at not in reading.taken and (at not in reading.listed or field_row):
            free.append(row)
    return free


def _add_total(totals: dict[str, tuple[Decimal, Evidence]], row: Row, style: Style) -> None:
    parts = [text for _, text in row.parts]
    if len(parts) == 1 and ":" in parts[0]:
        parts = [p for p in parts[0].split(":", 1) if p.strip()]
    found = total_of(parts, style) if parts and len(row.text) < 120 else None
    if found and found[1] is not None and found[0] != "carried":
        totals.setdefault(found[0], (found[1], row.place.quote(found[2])))


def subject_document(subject: str) -> Document:
    """The subject as a document of its own."""
    return Document(name="subject", role="body", format="header", blocks=(Text(text=subject),))


def subject_row(subject: str) -> Row:
    """The subject as a row to search; its evidence says ``subject``."""
    return name_row("subject", subject)


def name_row(source: str, words: str) -> Row:
    """Words that are in no document, such as a file's name, as a row to search."""
    document = Document(name=source, role="body", format="header", blocks=(Text(text=words),))
    return Row(Place(document, document.blocks[0]), 0, ((0, words),))
