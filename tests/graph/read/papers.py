"""Purchase orders on paper: visually different PDFs of invented companies, and their truth."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

SMALL = ParagraphStyle("small", fontName="Helvetica", fontSize=8, leading=9.6)
NORMAL = ParagraphStyle("normal", fontName="Helvetica", fontSize=10, leading=12)


@dataclass(frozen=True)
class Paper:
    """A PDF, and the item rows that must come out of it."""

    content: bytes
    rows: list[tuple[str, ...]]


def canvas(draw: Callable[[Canvas], None], size: tuple[float, float] = A4) -> bytes:
    sink = io.BytesIO()
    page = Canvas(sink, pagesize=size)
    draw(page)
    page.save()
    return sink.getvalue()


def platypus(*flow: object, size: tuple[float, float] = A4, margin: float = 20 * mm) -> bytes:
    sink = io.BytesIO()
    SimpleDocTemplate(
        sink, pagesize=size, leftMargin=margin, rightMargin=margin, topMargin=margin
    ).build(list(flow))
    return sink.getvalue()


def lines(page: Canvas, x: float, y: float, *words: str, size: float = 10, step: float = 12):
    page.setFont("Helvetica", size)
    for number, word in enumerate(words):
        page.drawString(x, y - number * step, word)


def classic() -> Paper:
    """Letterhead, address left, box of fields right, ruled table with totals below."""
    rows = [
        ("1", "K-100", "Kugelhahn 1/2 Zoll Messing", "10", "Stk", "4,50", "45,00"),
        ("2", "K-200", "Kugelhahn 3/4 Zoll Messing", "25", "Stk", "6,10", "152,50"),
        ("3", "R-15", "Kupferrohr 15 mm, Stange 5 m", "120", "m", "3,20", "384,00"),
    ]
    head = ("Pos", "Artikel-Nr.", "Bezeichnung", "Menge", "Einheit", "Preis", "Betrag")
    table = Table([head, *rows], colWidths=[25, 60, 170, 45, 45, 50, 60])
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                ("ALIGN", (3, 1), (3, -1), "RIGHT"),
                ("ALIGN", (5, 1), (-1, -1), "RIGHT"),
                ("FONTSIZE", (0, 0), (-1, -1), 9),
            ]
        )
    )

    def draw(page: Canvas) -> None:
        lines(page, 60, 780, "Nordbau Musterbetrieb GmbH", size=16)
        lines(
            page,
            60,
            740,
            "Musterlieferant AG",
            "Auftragsabteilung",
            "Beispielweg 7",
            "28195 Bremen",
        )
        lines(page, 340, 740, "Bestellnummer:", "Datum:", "Kundennummer:", "Bearbeiter:")
        lines(page, 450, 740, "4711-A", "20.05.2026", "10023", "E. Beispiel")
        lines(page, 60, 660, "Sehr geehrte Damen und Herren,", "wir bestellen wie folgt:")
        _, height = table.wrap(0, 0)
        table.drawOn(page, 60, 620 - height)
        lines(page, 390, 600 - height, "Summe netto", "MwSt. 19 %", "Gesamt")
        for number, amount in enumerate(("581,50", "110,49", "691,99")):
            page.drawRightString(509, 600 - height - 12 * number, amount)
        lines(
            page,
            60,
            50,
            "Nordbau Musterbetrieb GmbH",
            "Musterstr. 1",
            "20457 Hamburg",
            size=7,
            step=8,
        )
        lines(page, 240, 50, "Musterbank", "IBAN DE00 1234", "BIC MUSTDEXX", size=7, step=8)
        lines(
            page, 420, 50, "HRB 12345", "USt-IdNr. DE000000000", "Tel. 040 000000", size=7, step=8
        )

    return Paper(canvas(draw), [head, *rows])


def unruled() -> Paper:
    """Two addresses side by side, a table without any line, English."""
    head = ("Item", "Part no.", "Description", "Qty", "Unit", "Unit price", "Amount")
    rows = [
        ("10", "AB-1001", "Hex bolt M8x40 zinc", "500", "pcs", "0.12", "60.00"),
        ("20", "AB-1002", "Hex nut M8", "500", "pcs", "0.05", "25.00"),
        ("30", "CX-7", "Washer 8.4", "1,000", "pcs", "0.02", "20.00"),
    ]
    left = (50, 85, 150)
    right = (340, 420, 490, 550)

    def row(page: Canvas, y: float, cells: tuple[str, ...]) -> None:
        for x, cell in zip(left, cells[:3], strict=True):
            page.drawString(x, y, cell)
        page.drawRightString(right[0], y, cells[3])
        page.drawString(360, y, cells[4])
        page.drawRightString(right[2], y, cells[5])
        page.drawRightString(right[3], y, cells[6])

    def draw(page: Canvas) -> None:
        lines(page, 50, 790, "PURCHASE ORDER", size=18)
        lines(page, 50, 750, "Bill to", "Example Widgets Ltd", "12 Sample Street", "Leeds LS1 1AA")
        lines(
            page, 320, 750, "Ship to", "Example Widgets Depot", "Unit 4, Test Park", "York YO1 1AA"
        )
        lines(page, 50, 680, "PO number: PO-2026-118", "Order date: 12 May 2026")
        page.setFont("Helvetica-Bold", 9)
        row(page, 630, head)
        page.setFont("Helvetica", 9)
        for number, cells in enumerate(rows):
            row(page, 612 - 14 * number, cells)
        lines(page, 50, 540, "Please confirm receipt of this order by return mail to our office.")

    return Paper(canvas(draw), [head, *rows])


WRAPPING = [
    ("Pos.", "Material", "Text", "Menge", "ME", "Preis/ME", "Wert EUR"),
    (
        "10",
        "4000123",
        "Dichtring Kupfer DIN 7603 Form A 21 x 26 x 1,5",
        "200",
        "ST",
        "0,35",
        "70,00",
    ),
    (
        *("20", "4000456", "Hydraulikschlauch 2SN DN 12 mit Pressnippel beidseitig, 1500 mm lang"),
        *("12", "ST", "48,90", "586,80"),
    ),
    ("30", "4000789", "Ölfilter", "6", "ST", "18,25", "109,50"),
]


def wrapping(*styles: tuple[object, ...]) -> Paper:
    data = [[*row[:2], Paragraph(row[2], SMALL), *row[3:]] for row in WRAPPING]
    table = Table(data, colWidths=[30, 55, 100, 45, 30, 55, 60])
    right = [("ALIGN", (at, 0), (at, -1), "RIGHT") for at in (3, 5, 6)]
    table.setStyle(TableStyle([("FONTSIZE", (0, 0), (-1, -1), 8), *right, *styles]))
    return Paper(platypus(Paragraph("Bestellung 45001234", NORMAL), Spacer(1, 20), table), WRAPPING)


def wrapped() -> Paper:
    """A narrow description column: cells wrap over several lines, only row lines are ruled."""
    line = ("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.grey)
    return wrapping(("VALIGN", (0, 0), (-1, -1), "TOP"), line)


def wrapped_unruled() -> Paper:
    """Cells wrap and nothing is ruled; the rows stand a little apart."""
    return wrapping(("VALIGN", (0, 0), (-1, -1), "TOP"))


def middle() -> Paper:
    """A ruled grid whose cells are centred upright beside wrapped descriptions."""
    grid = ("GRID", (0, 0), (-1, -1), 0.25, colors.grey)
    return wrapping(("VALIGN", (0, 0), (-1, -1), "MIDDLE"), grid)


def long() -> Paper:
    """Many pages; the heading is repeated on each, zebra stripes instead of lines."""
    head = ("No.", "Code", "Article", "Quantity", "Price")
    rows = [
        (str(n), f"Z-{n:04}", f"Spare part number {n}", str(n % 50 + 1), f"{n % 90}.50")
        for n in range(1, 121)
    ]
    table = Table([head, *rows], colWidths=[40, 80, 200, 70, 70], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, colors.whitesmoke]),
                ("ALIGN", (3, 0), (-1, -1), "RIGHT"),
            ]
        )
    )
    return Paper(platypus(Paragraph("Order 77", NORMAL), Spacer(1, 10), table), [head, *rows])


def continued() -> Paper:
    """Three pages, the heading only on the first."""
    paper = long()
    table = Table(paper.rows, colWidths=[40, 80, 200, 70, 70])
    table.setStyle(TableStyle([("ALIGN", (3, 0), (-1, -1), "RIGHT")]))
    return Paper(platypus(Paragraph("Order 77", NORMAL), Spacer(1, 10), table), paper.rows)


def two_column_list() -> Paper:
    """Landscape, Courier, only code and quantity, and a heading of two lines."""
    head = ("Order code", "Qty ordered")
    rows = [("QX-88-1", "4"), ("QX-88-2", "16"), ("QX-90", "2")]

    def draw(page: Canvas) -> None:
        page.setFont("Courier", 10)
        page.drawString(60, 500, "Please deliver to our main warehouse:")
        page.drawString(60, 470, "Order")
        page.drawString(60, 458, "code")
        page.drawString(220, 470, "Qty")
        page.drawString(220, 458, "ordered")
        for number, (code, quantity) in enumerate(rows):
            page.drawString(60, 440 - 13 * number, code)
            page.drawString(220, 440 - 13 * number, quantity)

    return Paper(canvas(draw, landscape(A4)), [head, *rows])


ALL = (classic, unruled, wrapped, wrapped_unruled, middle, long, continued, two_column_list)


def cells(page: Canvas, y: float, words: tuple[str, ...], xs: tuple[float, ...], size: float = 9):
    page.setFont("Helvetica", size)
    for x, word in zip(xs, words, strict=True):
        page.drawString(x, y, word)


def two_line_items() -> Paper:
    """Each item has lines of text below it; fields stand below their labels."""
    xs = (50, 90, 300, 360, 430, 510)
    rows = [
        ("Pos", "Material", "Menge", "ME", "Preis / 100 ST", "Nettowert"),
        ("10", "1000123", "1.000", "ST", "12,50", "125,00"),
        ("20", "1000124", "2.000", "ST", "2,10", "42,00"),
    ]
    words = ("Sechskantschraube DIN 933 M8x30 8.8 verzinkt blau, lose", "Scheibe DIN 125 A 8,4 mm")

    def draw(page: Canvas) -> None:
        lines(page, 50, 770, "Musterlieferant AG", "Beispielweg 7", "28195 Bremen")
        cells(page, 770, ("Bestellung", "Datum", "Lieferant"), (300, 400, 480))
        cells(page, 758, ("4500998877", "03.06.2026", "700123"), (300, 400, 480))
        cells(page, 690, rows[0], xs)
        for number, (row, text) in enumerate(zip(rows[1:], words, strict=True)):
            cells(page, 670 - 50 * number, row, xs)
            cells(page, 659 - 50 * number, (text,), (90,))
            cells(page, 648 - 50 * number, ("Liefertermin: 12.06.2026",), (90,))

    return Paper(canvas(draw), rows)


def groups() -> Paper:
    """Headings between the items say when and where they go."""
    xs = (50, 100, 180, 400, 470)
    rows = [
        ("Pos", "Code", "Item", "Qty", "Unit"),
        ("1", "A-1", "Pipe clamp 20", "100", "pcs"),
        ("2", "A-2", "Pipe clamp 25", "50", "pcs"),
        ("3", "A-1", "Pipe clamp 20", "30", "pcs"),
    ]

    def draw(page: Canvas) -> None:
        cells(page, 685, ("Delivery week 23, site Harbour",), (50,))
        cells(page, 640, ("Delivery week 25, site Airport",), (50,))
        for y, row in zip((700, 672, 660, 627), rows, strict=True):
            cells(page, y, row, xs)

    return Paper(canvas(draw), rows)


def turned() -> Paper:
    """A landscape page that is stored upright and displayed turned by 90 degrees."""
    rows = [
        ("Code", "Description", "Qty", "Price"),
        ("R-0", "Rotor part", "3", "9.99"),
        ("R-1", "Rotor part", "14", "19.99"),
    ]

    def draw(page: Canvas) -> None:
        page.setPageRotation(90)
        page.translate(A4[0], 0)
        page.rotate(90)
        for number, row in enumerate(rows):
            cells(page, 500 - 14 * number, row, (50, 150, 350, 400))

    return Paper(canvas(draw), rows)


def tight() -> Paper:
    """Seven columns of 7 pt with hardly a gap, in a font whose spaces are narrow."""
    xs = (50, 62, 112, 250, 272, 296, 330)
    rows = [
        ("#", "SKU", "Description", "Qty", "UoM", "Price", "Total"),
        *(
            (
                str(n),
                f"TT-{n}45-001",
                f"Drill bit HSS {n}.5 mm long series for s",
                str(n * 5),
                "EA",
                f"{n}.25",
                f"{n * 6}.25",
            )
            for n in range(1, 6)
        ),
    ]

    def draw(page: Canvas) -> None:
        lines(page, 50, 790, "Tight Tools Ltd - Purchase Order 5512", size=11)
        for number, row in enumerate(rows):
            cells(page, 700 - 9 * number, row, xs, size=7)

    return Paper(canvas(draw), rows)


def centred() -> Paper:
    """A ruled grid over several pages, all cells centred upright beside wrapped ones."""
    text = "Artikel mit langer Beschreibung Nummer {}, die über mehrere Zeilen geht"
    rows = [("Pos", "Art.-Nr.", "Beschreibung", "Menge", "E-Preis", "G-Preis")] + [
        (str(n), f"K{n:03}", text.format(n), f"{n * 2} St", "3,50", f"{n * 7},00")
        for n in range(1, 41)
    ]
    data = [rows[0], *((*r[:2], Paragraph(r[2], SMALL), *r[3:]) for r in rows[1:])]
    table = Table(data, colWidths=[30, 50, 130, 50, 50, 60], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("ALIGN", (3, 0), (-1, -1), "CENTER"),
            ]
        )
    )
    return Paper(platypus(Paragraph("Bestellung", NORMAL), table), rows)


def printer() -> Paper:
    """A line printer: Courier, capitals, a line of dashes below the heading."""
    rows = [
        ("POS", "ARTIKEL", "BEZEICHNUNG", "MENGE", "EH", "PREIS"),
        ("1", "933.06.020", "SECHSKANTSCHRAUBE DIN 933 M6X20", "600", "ST", "8,00"),
        ("2", "WZ-T125", "TRENNSCHEIBE 125 MM", "50", "ST", "1,00"),
    ]
    form = "{:<5} {:<12} {:<34} {:>6}  {:<4} {:>8}"
    printed = [form.format(*rows[0]), "-" * 75, *(form.format(*row) for row in rows[1:])]

    def draw(page: Canvas) -> None:
        page.setFont("Courier", 9)
        for number, line in enumerate(["BESTELLUNG  NR. F26-895", "", *printed]):
            page.drawString(50, 700 - 12 * number, line)

    return Paper(canvas(draw), rows)


def celled() -> Paper:
    """Each cell is a box of its own, prices and units wrap, names of columns wrap upwards."""
    edges = (40, 70, 130, 300, 350, 410)
    rows = [
        ("Pos", "Your code", "Description", "Qty", "Price"),
        ("1", "K-100", "Ball valve, brass, nickel plated, with hose connector", "10 pcs", "4.50"),
        ("2", "K-200", "Gate valve", "1,000 pcs", "6.10"),
    ]
    text = ("Ball valve, brass,", "nickel plated, with", "hose connector")
    wrapped_cells = (
        (("Pos",), ("Your", "code"), ("Description",), ("Qty",), ("Price",)),
        (("1",), ("K-100",), text, ("10 pcs",), ("4.50",)),
        (("2",), ("K-200",), ("Gate valve",), ("1,000", "pcs"), ("6.10",)),
    )  # fmt: skip

    def draw(page: Canvas) -> None:
        page.setFont("Helvetica", 9)
        top = 700
        for row in wrapped_cells:
            height = 11 * max(map(len, row)) + 8
            for at, words in enumerate(row):
                page.rect(edges[at], top - height, edges[at + 1] - edges[at], height)
                first = top - height / 2 + 5.5 * len(words) - 8
                for number, word in enumerate(words):
                    page.drawString(edges[at] + 3, first - 11 * number, word)
            top -= height

    return Paper(canvas(draw), rows)


ALL += (tight, centred, turned, printer, celled)
