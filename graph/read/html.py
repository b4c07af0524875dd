"""HTML -> pieces in reading order: lines, data tables, quote depth.

What is hidden or struck through is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from lxml import etree

from graph.order import Block, Table
from graph.read.charset import clean, decode_exactly
from graph.read.limits import MAX_CHARACTERS, UnreadableError, check_rows
from graph.read.roles import Piece, blocks
from graph.read.style import Paint, hidden_classes, hides, strikes

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([\w-]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\f]+")
_SKIPPED = {
    "script",
    "style",
    "head",
    "title",
    "template",
    "noscript",
    "svg",
    "object",
    "iframe",
} | {"s", "strike", "del"}
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "hr", "blockquote", "pre"}
_LINES = _PARAGRAPHS | {
    *("div", "li", "tr", "table", "section", "article", "header", "footer", "address", "dl"),
    *("dt", "dd", "center", "form", "fieldset", "main", "caption", "body", "nav", "aside"),
}
_EARLIER = re.compile(
    r"divRplyFwdMsg|OutlookMessageHeader|appendonsend|mail-editor-reference-message"
)
_SIGNATURE = re.compile(
    r"gmail_signature|moz-signature|ms-outlook-mobile-signature|^(?:x_)?signature$"
)
_DEEPEST = 200
_CELL_LINES = 3
_WIDEST = 60

Rows = list[list[list[Piece]]]


def read_html(content: bytes) -> tuple[Block, ...]:
    """Read an attached HTML document. Raises UnreadableError."""
    return blocks(pieces_of_html(html_text(content)))


def html_text(content: bytes, declared: str | None = None) -> str:
    """Decode HTML by the declared charset, else by the one it names itself."""
    named = _META_CHARSET.search(content[:4000])
    return decode_exactly(content, declared or (named[1].decode("ascii") if named else None))


def pieces_of_html(markup: str) -> list[Piece]:
    """The visible pieces of a document. Raises UnreadableError for one too large or too deep."""
    if len(markup) > MAX_CHARACTERS:
        raise UnreadableError("is too long to be an order; ask the sender for the order alone")
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except etree.ParserError:
        return []
    except etree.XMLSyntaxError as error:
        raise UnreadableError(
            f"is broken HTML ({error}); ask for it as plain text or PDF"
        ) from error
    if root is None:
        return []
    writer = _Writer()
    sheets = "".join(style.text or "" for style in root.iter("style"))
    _walk(root, _Place(hidden=hidden_classes(sheets)), writer)
    return writer.close()


@dataclass(frozen=True, slots=True)
class _Place:
    """What holds at an element of the tree."""

    depth: int = 0
    mark: Literal["", "signature", "earlier"] = ""
    paint: Paint = field(default_factory=Paint)
    pre: bool = False
    level: int = 0
    hidden: frozenset[str] = frozenset()

    def hides(self, attributes: Mapping[str, str]) -> bool:
        """Whether an element with these attributes is out of sight or struck out here."""
        if hides(attributes) or strikes(attributes):
            return True
        return not self.hidden.isdisjoint(attributes.get("class", "").split())


@dataclass(slots=True)
class _Writer:
    """Collects words to lines and lines to pieces."""

    pieces: list[Piece] = field(default_factory=list)
    line: str = ""

    def say(self, words: str, place: _Place) -> None:
        if place.pre:
            *lines, words = words.split("\n")
            for line in lines:
                self.line += line
                self.end_line(place, force=True)
        else:
            words = _SPACE.sub(" ", words)
            words = words.lstrip(" ") if not self.line or self.line.endswith(" ") else words
        self.line += words

    def end_line(self, place: _Place, *, force: bool = False) -> None:
        """Finish the line; an empty one is only written where forced."""
        if self.line.strip() or force:
            line = clean(self.line).rstrip().replace("\n", " ")
            self.pieces.append(Piece(line, place.depth, place.mark))
        self.line = ""

    def end_paragraph(self, place: _Place) -> None:
        self.end_line(place)
        if self.pieces and not self.pieces[-1].blank:
            self.pieces.append(Piece("", place.depth, place.mark))

    def close(self) -> list[Piece]:
        self.end_line(_Place())
        return self.pieces


def _walk(element: etree._Element, place: _Place, writer: _Writer) -> None:
    """Write an element and what it holds, but not the words that follow it."""
    tag = element.tag
    attributes: Mapping[str, str] = element.attrib
    if tag in _SKIPPED or place.hides(attributes):
        return
    if place.level > _DEEPEST:
        raise UnreadableError("is nested too deeply to be read; ask for it as plain text or PDF")
    inner = _enter(tag, attributes, place)
    if tag == "br":
        writer.end_line(place, force=True)
    elif tag == "table":
        writer.end_line(place)
        writer.pieces += _table(element, inner)
    else:
        _begin(tag, attributes, inner, place, writer)
        _walk_inside(element, inner, writer)
        _end(tag, attributes, inner, writer)


def _walk_inside(element: etree._Element, place: _Place, writer: _Writer) -> None:
    if element.text and not place.paint.invisible:
        writer.say(element.text, place)
    for child in element:
        _walk(child, place, writer)
        if child.tail and not place.paint.invisible:
            writer.say(child.tail, place)


def _enter(tag: str, attributes: Mapping[str, str], place: _Place) -> _Place:
    """What holds inside an element."""
    style = attributes.get("style", "").replace(" ", "")
    # Gmail indents with a borderless blockquote; every other one quotes.
    quotes = tag == "blockquote" and "border:none" not in style
    names = f"{attributes.get('id', '')} {attributes.get('class', '')}".split()
    signs = any(map(_SIGNATURE.search, names))
    return replace(
        place,
        depth=place.depth + quotes,
        mark="signature" if signs else place.mark,
        paint=place.paint.within(attributes),
        pre=place.pre or tag == "pre" or "white-space:pre" in style,
        level=place.level + 1,
    )


def _begin(
    tag: str, attributes: Mapping[str, str], inner: _Place, outer: _Place, writer: _Writer
) -> None:
    if tag in _LINES:
        writer.end_line(outer)
    if _EARLIER.search(f"{attributes.get('id', '')} {attributes.get('class', '')}"):
        writer.end_line(outer)
        writer.pieces.append(Piece("", outer.depth, "earlier"))
    if tag == "li":
        writer.say("- ", inner)
    if tag in {"td", "th"}:
        writer.say("  ", replace(inner, pre=True))


def _end(tag: str, attributes: Mapping[str, str], inner: _Place, writer: _Writer) -> None:
    if tag in _PARAGRAPHS and "MsoNormal" not in attributes.get("class", ""):
        writer.end_paragraph(inner)
    elif tag in _LINES:
        # Outlook writes an empty line as a paragraph that holds one space.
        writer.end_line(inner, force=bool(writer.line))


# --- tables -----------------------------------------------------------------------


def _table(element: etree._Element, place: _Place) -> list[Piece]:
    """A data table as one piece; a layout table as the pieces of its cells."""
    rows = [_row(row, place) for row in _own_rows(element)]
    check_rows(len(rows))
    if _is_data(rows):
        grid = _grid(element, rows, place)
        return [Piece(Table(rows=grid), place.depth, place.mark)] if grid else []
    if _is_side_by_side(rows):
        return _by_column(rows)
    return [piece for row in rows for piece in _flatten(row, place)]


def _own_rows(table: etree._Element) -> Iterable[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from _own_rows(child)
        elif child.tag == "caption":
            yield child


def _own_cells(row: etree._Element, place: _Place) -> list[etree._Element]:
    if row.tag == "caption":
        return [row]
    return [
        cell
        for cell in row
        if cell.tag in {"td", "th"} and not place.hides(cell.attrib) and not place.hides(row.attrib)
    ]


def _row(row: etree._Element, place: _Place) -> list[list[Piece]]:
    within = replace(place, paint=place.paint.within(row.attrib), level=place.level + 2)
    cells = []
    for cell in _own_cells(row, place):
        writer = _Writer()
        _walk_inside(cell, _enter(str(cell.tag), cell.attrib, within), writer)
        cells.append([*writer.close(), *([Piece("")] if writer.line else [])])
    return cells


def _lines(cell: list[Piece]) -> list[str]:
    return [p.line for p in cell if not p.blank]


def _is_data(rows: Rows) -> bool:
    """Several rows with several short cells and no table inside."""
    filled = [[lines for cell in row if (lines := _lines(cell))] for row in rows]
    inner = any(isinstance(p.content, Table) for row in rows for cell in row for p in cell)
    wide = sum(1 for row in filled if len(row) > 1)
    if inner or wide < 2:
        return False
    if wide * 2 < len([row for row in filled if row]) and not _is_ruled(rows):
        return False
    tall = [row for row in filled if sum(len(lines) >= _CELL_LINES for lines in row) * 2 > len(row)]
    return len(tall) * 2 < len(filled)


def _is_ruled(rows: Rows) -> bool:
    """Rows of equally many cells, three at the least, several of them full."""
    widths = {len(row) for row in rows if row}
    full = sum(all(map(_lines, row)) for row in rows if row)
    return len(widths) == 1 and min(widths) > 2 and full > 1


def _is_side_by_side(rows: Rows) -> bool:
    """Columns of running text under each other, such as two addresses."""
    widths = {len(row) for row in rows if any(map(_lines, row))}
    tall = any(sum(len(_lines(cell)) >= _CELL_LINES for cell in row) > 1 for row in rows)
    return len(widths) == 1 and max(widths) > 1 and tall and len(rows) <= _CELL_LINES


def _by_column(rows: Rows) -> list[Piece]:
    """The first cell of every row, then the second; a blank line between the columns."""
    full = [row for row in rows if any(map(_lines, row))]
    return [
        p for column in zip(*full, strict=True) for cell in (*column, [Piece("")]) for p in cell
    ]


def _flatten(row: list[list[Piece]], place: _Place) -> list[Piece]:
    """A layout row: short cells stay on one line, others follow each other."""
    cells = [cell for cell in row if any(isinstance(p.content, Table) or p.line for p in cell)]
    short = all(
        len(cell) == 1 and cell[0].line and len(cell[0].line) <= _WIDEST and not cell[0].mark
        for cell in cells
    )
    if short and len(cells) > 1:
        return [Piece("   ".join(cell[0].line for cell in cells), place.depth, place.mark)]
    return [piece for cell in cells for piece in cell]


def _grid(element: etree._Element, rows: Rows, place: _Place) -> tuple[tuple[str, ...], ...]:
    """Cell texts in their columns: spanned places hold empty cells, empty rows are left out."""
    grid: list[tuple[str, ...]] = []
    reserved: dict[int, int] = {}
    for source, row in zip(_own_rows(element), rows, strict=True):
        line: list[str] = []
        for cell, pieces in zip(_own_cells(source, place), row, strict=True):
            _skip_reserved(line, reserved)
            columns = _span(cell, "colspan")
            for column in range(len(line), len(line) + columns):
                reserved[column] = _span(cell, "rowspan") - 1
            line += ["\n".join(_lines(pieces)), *[""] * (columns - 1)]
        _skip_reserved(line, reserved)
        if any(line):
            grid.append(tuple(line))
    return tuple(grid)


def _skip_reserved(line: list[str], reserved: dict[int, int]) -> None:
    while reserved.get(len(line), 0) > 0:
        reserved[len(line)] -= 1
        line.append("")


def _span(cell: etree._Element, name: str) -> int:
    digits = re.match(r"\s*(\d{1,3})", cell.get(name, ""))
    return min(max(int(digits[1]), 1), 50) if digits else 1
