"""Workbooks (xlsx, xls, ods) -> per visible sheet its name and one table of words."""

from __future__ import annotations

import io
from datetime import datetime, time
from decimal import Decimal

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError
from python_calamine import SheetVisibleEnum as Visible

from graph.order import Block, Table, Text
from graph.read.charset import clean
from graph.read.limits import UnreadableError, check_rows


def read_xlsx(content: bytes) -> tuple[Block, ...]:
    """Read all visible sheets; empty rows are dropped. Raises UnreadableError."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return _sheets(book)
    except PasswordError as error:
        raise UnreadableError("is protected by a password; ask for it without one") from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError(
            f"is broken or no workbook ({error}); ask the sender to save and send it again"
        ) from error


def _sheets(book: CalamineWorkbook) -> tuple[Block, ...]:
    blocks: list[Block] = []
    rows = 0
    for sheet in book.sheets_metadata:
        if sheet.visible != Visible.Visible:
            continue
        table = Table(rows=_rows(book.get_sheet_by_name(sheet.name)))
        rows += len(table.rows)
        check_rows(rows)
        if table.rows:
            blocks += [Text(text=clean(sheet.name)), table]
    return tuple(blocks)


def _rows(sheet: CalamineSheet) -> tuple[tuple[str, ...], ...]:
    rows: list[tuple[str, ...]] = []
    for values in sheet.iter_rows():
        row = tuple(map(cell, values))
        if any(row):
            rows.append(row)
            check_rows(len(rows))
    return tuple(rows)


def cell(value: object) -> str:
    """Write a cell as a person reads it: 10.0 as 10, midnight as the bare ISO date."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        # Excel keeps 15 digits; more of them are noise such as 0.30000000000000004.
        return format(Decimal(format(value, ".15g")), "f")
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    return clean(str(value)).strip()
