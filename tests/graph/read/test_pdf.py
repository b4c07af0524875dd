"""Tables and texts of PDF purchase orders that look different."""

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from graph.order import Table, Text
from graph.read import read_attachment
from graph.read.pdf import read_pdf
from tests.graph.read import papers


def tables(content: bytes) -> list[Table]:
    return [block for block in read_pdf(content) if isinstance(block, Table)]


def texts(content: bytes) -> list[str]:
    return [block.text for block in read_pdf(content) if isinstance(block, Text)]


@pytest.mark.parametrize("make", papers.ALL, ids=lambda make: make.__name__)
def test_item_rows_come_out_cell_by_cell(make) -> None:
    paper = make()
    rows = [row for table in tables(paper.content) for row in table.rows]
    assert [row for row in paper.rows if row not in rows] == []


@pytest.mark.parametrize("make", papers.ALL, ids=lambda make: make.__name__)
def test_nothing_but_items_is_taken_for_an_item(make) -> None:
    paper = make()
    rows = [row for table in tables(paper.content) for row in table.rows]
    extra = [row for row in rows if row not in paper.rows and all(row[:2])]
    assert extra == []


def test_addresses_side_by_side_stay_apart() -> None:
    assert "Bill to\nExample Widgets Ltd\n12 Sample Street\nLeeds LS1 1AA" in texts(
        papers.unruled().content
    )
    assert "Ship to\nExample Widgets Depot\nUnit 4, Test Park\nYork YO1 1AA" in texts(
        papers.unruled().content
    )


def test_labels_keep_their_values() -> None:
    block = next(t for t in texts(papers.classic().content) if t.startswith("Bestellnummer"))
    assert [line.split() for line in block.splitlines()][:2] == [
        ["Bestellnummer:", "4711-A"],
        ["Datum:", "20.05.2026"],
    ]
    address = next(t for t in texts(papers.classic().content) if "Beispielweg" in t)
    assert address == "Musterlieferant AG\nAuftragsabteilung\nBeispielweg 7\n28195 Bremen"


def test_footer_columns_stay_apart() -> None:
    assert "Musterbank\nIBAN DE00 1234\nBIC MUSTDEXX" in texts(papers.classic().content)


def test_totals_are_rows_of_their_own() -> None:
    (table,) = tables(papers.classic().content)
    assert [tuple(filter(None, row)) for row in table.rows[-3:]] == [
        ("Summe netto", "581,50"),
        ("MwSt. 19 %", "110,49"),
        ("Gesamt", "691,99"),
    ]


def test_each_page_has_its_number_and_the_heading() -> None:
    found = tables(papers.continued().content)
    assert len(found) > 1
    assert [table.page for table in found] == list(range(1, len(found) + 1))
    assert {table.rows[0] for table in found} == {papers.continued().rows[0]}


def test_values_below_their_labels_stay_together() -> None:
    found = texts(papers.two_line_items().content)
    assert "Bestellung\n4500998877" in found
    assert "Datum\n03.06.2026" in found


def test_lines_below_an_item_that_are_wider_than_its_cell_are_rows() -> None:
    (table,) = tables(papers.two_line_items().content)
    assert table.rows[1] == ("10", "1000123", "1.000", "ST", "12,50", "125,00")
    assert table.rows[2][1] == "Sechskantschraube DIN 933 M8x30 8.8 verzinkt blau, lose"
    assert not any(table.rows[2][2:])


def test_group_headings_are_rows_between_the_items() -> None:
    (table,) = tables(papers.groups().content)
    assert [row[0] for row in table.rows] == [
        "Pos",
        "Delivery week 23, site Harbour",
        "1",
        "2",
        "Delivery week 25, site Airport",
        "3",
    ]


def test_a_turned_page_reads_like_an_upright_one() -> None:
    (table,) = tables(papers.turned().content)
    assert table.rows == tuple(papers.turned().rows)


def test_a_list_in_prose_is_text() -> None:
    def draw(page: Canvas) -> None:
        papers.lines(page, 50, 700, "Please send us:", "- 10 x K-100 valve", "- 5 x K-200 valve")

    assert texts(papers.canvas(draw)) == ["Please send us:\n- 10 x K-100 valve\n- 5 x K-200 valve"]


def test_fifty_pages_are_fine() -> None:
    rows = [(str(n), f"Z-{n}", "Spare part", str(n % 9 + 1)) for n in range(1, 2001)]
    paper = papers.canvas(lambda page: many_pages(page, rows))
    found = [row for table in tables(paper) for row in table.rows if row[0] != "No."]
    assert found == rows


def many_pages(page: Canvas, rows: list[tuple[str, ...]]) -> None:
    for start in range(0, len(rows), 40):
        page.setFont("Helvetica", 9)
        for at, row in enumerate([("No.", "Code", "Article", "Qty"), *rows[start : start + 40]]):
            for x, cell in zip((50, 100, 200, 400), row, strict=True):
                page.drawString(x, 780 - 14 * at, cell)
        page.showPage()


def test_an_empty_page_says_that_there_is_no_text() -> None:
    document = read_attachment(
        "scan.pdf", "application/pdf", papers.canvas(lambda page: page.rect(50, 50, 400, 500))
    )
    assert document.blocks == ()
    assert document.problem == (
        "scan.pdf holds pictures, but no text; ask for it as a PDF with text, or XLSX."
    )


def test_a_protected_pdf_asks_for_one_without_password() -> None:
    sink = io.BytesIO()
    page = Canvas(sink, pagesize=A4, encrypt="secret")
    page.drawString(50, 700, "10 x K-100")
    page.save()
    document = read_attachment("po.pdf", "application/pdf", sink.getvalue())
    assert document.problem == "po.pdf is protected by a password; ask for it without one."


def test_a_broken_pdf_says_so() -> None:
    document = read_attachment("po.pdf", "application/pdf", b"%PDF-1.4\nnothing else")
    assert document.format == "pdf"
    assert document.problem == "po.pdf is a broken PDF; ask the sender to send it again."


def test_too_many_pages_are_refused() -> None:
    def draw(page: Canvas) -> None:
        for _ in range(201):
            page.drawString(50, 700, "10 x K-100")
            page.showPage()

    document = read_attachment("catalog.pdf", "", papers.canvas(draw))
    assert document.blocks == ()
    assert "has 201 pages, of which Deskhand reads 200" in (document.problem or "")
