"""Workbooks as words: what a person sees in the cells."""

import io
from datetime import date, datetime, time

import openpyxl
import pytest

from graph.order import Table, Text
from graph.read import read_attachment
from graph.read.xlsx import cell, read_xlsx


def workbook(*rows: list[object], **sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Order"
    for row in rows:
        book.active.append(row)
    for name, content in sheets.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name == "secret" else "visible"
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (10.0, "10"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (1e21, "1000000000000000000000"),
        (4012345678901.0, "4012345678901"),
        (-3.25, "-3.25"),
        (7, "7"),
        (True, "TRUE"),
        ("  K-100 ", "K-100"),
        ("two\r\nlines", "two\nlines"),
        (date(2026, 5, 4), "2026-05-04"),
        (datetime(2026, 5, 4), "2026-05-04"),  # noqa: DTZ001
        (datetime(2026, 5, 4, 10, 30), "2026-05-04 10:30:00"),  # noqa: DTZ001
        (time(8, 0), "08:00:00"),
    ],
)
def test_a_cell_reads_as_a_person_reads_it(value: object, words: str) -> None:
    assert cell(value) == words


def test_a_sheet_is_its_name_and_its_rows() -> None:
    content = workbook(["SKU", "Qty", "Date"], [], ["K-100", 10, datetime(2026, 5, 4)])  # noqa: DTZ001
    assert read_xlsx(content) == (
        Text(text="Order"),
        Table(rows=(("SKU", "Qty", "Date"), ("K-100", "10", "2026-05-04"))),
    )


def test_all_visible_sheets_are_read() -> None:
    content = workbook(["SKU"], ["K-100"], second=[["K-200"]], secret=[["K-300"]])
    names = [block.text for block in read_xlsx(content) if isinstance(block, Text)]
    assert names == ["Order", "second"]


def test_five_thousand_rows_are_fine() -> None:
    content = workbook(*([n, f"K-{n}", n % 7] for n in range(5000)))
    assert len(read_xlsx(content)[1].rows) == 5000


def test_too_many_rows_are_refused() -> None:
    content = workbook(*([n] for n in range(20_001)))
    document = read_attachment("all.xlsx", "", content)
    assert document.blocks == ()
    assert "all.xlsx has more than 20,000 rows" in (document.problem or "")


def test_an_empty_workbook_says_so() -> None:
    document = read_attachment("po.xlsx", "", workbook())
    assert document.problem == "po.xlsx holds no words; ask the sender to send it again."


def test_half_a_workbook_says_so() -> None:
    content = workbook(["K-100", 10])
    document = read_attachment("po.xlsx", "", content[: len(content) // 2])
    assert document.problem is not None
    assert document.problem.startswith("po.xlsx ")


def test_damaged_insides_say_so() -> None:
    content = bytearray(workbook(["K-100", 10]))
    for at in range(200, len(content) // 2):
        content[at] ^= 0x5A
    assert read_attachment("po.xlsx", "", bytes(content)).problem
