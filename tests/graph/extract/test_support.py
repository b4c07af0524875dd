"""A value is in a mail as a whole, in any style of writing it, or it is not there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extract.support import Source, supported
from graph.order import Block, Document, Evidence, Line, Mail, Order, Table, Text

SENT = datetime(2026, 6, 2, tzinfo=UTC)


def source(*texts: str, subject: str = "") -> Source:
    blocks = tuple(Text(text=text) for text in texts)
    return of_blocks(*blocks, subject=subject)


def of_blocks(*blocks: Block, subject: str = "") -> Source:
    document = Document(name="po.pdf", role="attachment", format="pdf", blocks=blocks)
    return Source(Mail(subject=subject, date=SENT, documents=(document,)))


def stands(field: str, value: object, text: str) -> bool:
    return source(text).find(field, value) is not None


@pytest.mark.parametrize(
    "text",
    [
        "20 Stk K-100",
        "20Stk K-100",
        "20x K-100",
        "20 x K-100",
        "x20 K-100",
        "K-100 20",
        "K-100: 20, please",
        "K-100 (20)",
        "Menge:20",
        "Nr.20",
        "20,00 Stk",
        "20.00 pcs",
        "+20",
        "-20",
        "zwanzig Stück",
        "We need 20.",
    ],
)
def test_a_quantity_stands_there_however_it_is_written(text: str) -> None:
    assert stands("stated_quantity", Decimal(20), text)


@pytest.mark.parametrize(
    "text",
    [
        "200 Stk",
        "120 Stk",
        "20.5 m",
        "1.20 EUR",
        "1,20 EUR",
        "K-20",
        "20-K",
        "A20",
        "M6x20",
        "20x30 mm",
        "PO/20",
        "20/4711",
        "4711-20-1",
        "at 08:20",
        "20:15",
        "20.06.2026",
        "20 June 2026",
        "1.020,00 Stk",
        "1 020,00 Stk",
        "20120 Hamburg",
        "",
    ],
)
def test_a_part_of_something_else_is_no_quantity(text: str) -> None:
    assert not stands("stated_quantity", Decimal(20), text)


@pytest.mark.parametrize(
    "text", ["1.000,00 Stk", "1,000.00 pcs", "1'000.00 pcs", "1 000 Stk", "1\u00a0000 Stk", "1000"]
)
def test_a_grouped_number_is_the_same_number(text: str) -> None:
    assert stands("stated_quantity", Decimal(1000), text)
    assert not stands("stated_quantity", Decimal(1), text)


@pytest.mark.parametrize("text", ["4,50 €", "€4.50", "EUR 4,50", "4.50EUR", "à 4,50"])
def test_a_price_may_carry_its_currency(text: str) -> None:
    assert stands("stated_price", Decimal("4.5"), text)


@pytest.mark.parametrize(
    "text", ["15.06.2026", "2026-06-15", "15 June 2026", "June 15th, 2026", "15.6."]
)
def test_a_date_is_compared_by_its_day(text: str) -> None:
    assert stands("requested_date", date(2026, 6, 15), f"until {text} please")
    assert not stands("requested_date", date(2026, 6, 16), f"until {text} please")


@pytest.mark.parametrize(
    ("value", "text", "there"),
    [
        ("4711", "our order 4711, thanks", True),
        ("4711", "No.4711", True),
        ("4711", "#4711", True),
        ("#4711", "order 4711.", True),
        ("PO-4711", "PO–4711 of today", True),
        ("po-4711", "PO-4711", True),
        ("OEM/733", "Our no. is OEM/733. Cheers", True),
        ("933.06.020", "- 600 Stk. 933.06.020 - Sechskant", True),
        ("933.06", "933.06.020", False),
        ("06.020", "933.06.020", False),
        ("4711", "14711", False),
        ("4711", "47110", False),
        ("4711", "4711-A", False),
        ("4711", "B-4711", False),
        ("4711", "4711/2", False),
        ("4711", "4711.50 EUR", False),
        ("47-11", "4711", False),
        ("  ", "4711", False),
    ],
)
def test_a_code_stands_there_as_a_whole(value: str, text: str, there: bool) -> None:
    assert stands("code", value, text) is there


@pytest.mark.parametrize(
    ("value", "text", "there"),
    [
        ("pcs", "10 Stk K-100", True),
        ("pcs", "10Stück", True),
        ("Hoop", "10 Hoop", True),
        ("m", "50 m hose", True),
        ("pcs", "10 x K-100", False),
        ("box", "10 K-100 boxing gloves", False),
    ],
)
def test_a_unit_may_be_another_word_for_the_same(value: str, text: str, there: bool) -> None:
    assert stands("stated_unit", value, text) is there


@pytest.mark.parametrize(
    ("value", "text", "there"),
    [("EUR", "10,00 €", True), ("EUR", "in euro", True), ("EUR", "10 USD", False)],
)
def test_a_currency_may_be_a_sign(value: str, text: str, there: bool) -> None:
    assert stands("currency", value, text) is there


@pytest.mark.parametrize(
    ("value", "there"),
    [
        ("Elm Road 5, 24103 Kiel", True),
        ("24103 KIEL, Elm Road 5", True),
        ("Elm Road 55, 24103 Kiel", False),
        ("Elm Road 5, 24103 Kiel, Germany", False),
        (", ,", False),
    ],
)
def test_free_text_is_there_where_all_its_words_are(value: str, there: bool) -> None:
    found = source("Deliver to", "Elm Road 5\n24103 Kiel").find("text", value)

    assert (found is not None) is there


def test_the_place_names_document_page_and_row() -> None:
    table = Table(rows=(("Item", "Qty"), ("K-100", "10\npcs")), page=2)

    assert of_blocks(table).find("code", "K-100") == (
        2,
        Evidence(source="po.pdf, page 2", quote="K-100  10 pcs"),
    )


def test_the_subject_is_part_of_the_mail() -> None:
    found = source(subject="Order 4711").find("po_number", "4711")

    assert found == (0, Evidence(source="subject", quote="Order 4711"))


def test_the_nearest_place_is_quoted() -> None:
    text = "10 pcs A-1\n10 pcs B-2\n10 pcs C-3"
    lines = (Line(position=1, code="C-3", stated_quantity=Decimal(10)),)
    order, invented = supported(Order(lines=lines), source(text))

    assert order.lines[0].evidence["stated_quantity"].quote == "10 pcs C-3"
    assert invented == []


NUMBERS = st.decimals(min_value=0, max_value=99999, places=2)


@given(value=NUMBERS, other=NUMBERS)
def test_only_the_number_itself_is_found(value: Decimal, other: Decimal) -> None:
    text = f"K-{other} {value} pcs"

    assert stands("amount", value, text)
    assert stands("amount", other, text) is (other == value)


@given(text=st.text(max_size=200), value=st.text(max_size=20))
def test_any_text_can_be_searched(text: str, value: str) -> None:
    fields: dict[str, Any] = {
        "code": value,
        "stated_unit": value,
        "text": value,
        "total": Decimal(1),
    }
    for field, said in fields.items():
        assert source(text, subject=text).find(field, said) in (None, *_places(text))


def _places(text: str) -> list[tuple[int, Evidence]]:
    rows = text.split("\n")
    return [
        (0, Evidence(source="subject", quote=text.strip())),
        *((n, Evidence(source="po.pdf", quote=row.strip())) for n, row in enumerate(rows, 1)),
    ]
