"""PDF with a text layer -> tables and text, page by page.

This file turns a page into words and ruled lines; ``layout`` makes sense of them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as c

from graph.order import Block, Table
from graph.read.charset import clean
from graph.read.layout import Columns, Rule, Word, read_page
from graph.read.limits import MAX_PAGES, UnreadableError, check_rows

Box = tuple[float, float, float, float]
_PASSWORD_ERROR = 4
_HYPHEN = 2
"""What pdfium says for a hyphen at the end of a line."""
_MOST_PATHS = 4_000
_THIN = 3.0
_TALL = 6.0


def read_pdf(content: bytes) -> tuple[Block, ...]:
    """Read all pages. Raises UnreadableError for scans, broken and protected files."""
    try:
        with pdfium.PdfDocument(content) as document:
            return _pages(document)
    except pdfium.PdfiumError as error:
        if error.err_code == _PASSWORD_ERROR:
            raise UnreadableError("is protected by a password; ask for it without one") from error
        raise UnreadableError("is a broken PDF; ask the sender to send it again") from error


def _pages(document: pdfium.PdfDocument) -> tuple[Block, ...]:
    if len(document) > MAX_PAGES:
        raise UnreadableError(
            f"has {len(document)} pages, of which Deskhand reads {MAX_PAGES}; "
            "ask the sender for the order alone"
        )
    blocks: list[Block] = []
    columns: Columns | None = None
    for number, page in enumerate(document, start=1):
        words = list(_words(page))
        rules = list(_rules(page)) if words else []
        found, columns = read_page(words, rules, number, columns)
        blocks += found
        page.close()
    if not blocks:
        raise UnreadableError("holds pictures, but no text; ask for it as a PDF with text, or XLSX")
    check_rows(sum(len(block.rows) for block in blocks if isinstance(block, Table)))
    return tuple(blocks)


def _turn(page: pdfium.PdfPage) -> Callable[[float, float, float, float], Box]:
    """Maps a box (left, bottom, right, top) of the PDF to one as displayed, y downwards."""
    left, bottom, right, top = page.get_cropbox()
    turns: dict[int, Callable[[float, float, float, float], Box]] = {
        0: lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0),
        90: lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
        180: lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom),
        270: lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0),
    }
    return turns[page.get_rotation()]


# --- words ------------------------------------------------------------------------


def _words(page: pdfium.PdfPage) -> Iterator[Word]:
    """The words of a page in the order in which the file draws them."""
    turn = _turn(page)
    letters: list[str] = []
    start = end = (0.0, 0.0, 0.0, 0.0)
    for letter, box in _letters(page):
        place = turn(*box) if letter else start
        if letters and (not letter or not _goes_on(end, place)):
            yield Word("".join(letters), start[0], start[1], end[2], start[3])
            letters = []
        if letter:
            start = start if letters else place
            letters.append(letter)
            end = place
    if letters:
        yield Word("".join(letters), start[0], start[1], end[2], start[3])


def _letters(page: pdfium.PdfPage) -> Iterator[tuple[str, Box]]:
    """The letters of a page with their boxes; a space is an empty letter."""
    text = page.get_textpage()
    box = c.FS_RECTF()
    place = ctypes.byref(box)
    nowhere = (0.0, 0.0, 0.0, 0.0)
    for at in range(c.FPDFText_CountChars(text)):
        code = c.FPDFText_GetUnicode(text, at)
        if code == _HYPHEN:
            code = ord("-")
        if code <= ord(" ") or code == 0xA0:
            yield "", nowhere
        elif c.FPDFText_GetLooseCharBox(text, at, place):
            yield clean(chr(code)).strip(), (box.left, box.bottom, box.right, box.top)
    text.close()


def _goes_on(before: Box, after: Box) -> bool:
    """Whether a letter stands on the same line as the one before, and next to it."""
    height = before[3] - before[1]
    return abs(after[3] - before[3]) < height / 2 and abs(after[0] - before[2]) < height


# --- ruled lines ------------------------------------------------------------------


def _rules(page: pdfium.PdfPage) -> Iterator[Rule]:
    """The ruled lines of a page; a box counts as its four sides."""
    turn = _turn(page)
    paths = page.get_objects(filter=[c.FPDF_PAGEOBJ_PATH], max_depth=4)
    for path, _ in zip(paths, range(_MOST_PATHS), strict=False):
        x0, y0, x1, y1 = turn(*path.get_bounds())
        if x1 - x0 <= _THIN < _TALL <= y1 - y0:
            yield Rule(x0, y0, x0, y1)
        elif y1 - y0 <= _THIN < _TALL <= x1 - x0:
            yield Rule(x0, y0, x1, y0)
        elif x1 - x0 >= _TALL and y1 - y0 >= _TALL:
            yield from (Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1))
            yield from (Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1))
