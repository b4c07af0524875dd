"""Numbers in every style, read one way throughout a document."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extract.numbers import column_mark, decimal_mark, language_of, read_number

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10", "10"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56", "1234.56"),
        ("1'234.56", "1234.56"),
        ("1.234.567", "1234567"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("0,035", "0.035"),
        ("1234.567", "1234.567"),
        ("45,-", "45"),
        ("45,--", "45"),
        (".5", "0.5"),
        ("1 000", "1000"),
    ],
)
def test_unambiguous_numbers_need_no_context(text: str, value: str) -> None:
    reading = read_number(text, None)
    assert reading is not None
    assert (reading.value, reading.other) == (Decimal(value), None)


@pytest.mark.parametrize("text", ["", "x", "1.2.3", "10-12", "K-100", "12.34.56", ",", "1,2,3"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text, None) is None


@pytest.mark.parametrize(
    ("text", "decimal", "grouping", "value", "other"),
    [
        ("1.000", ",", None, "1000", None),
        ("1.000", ".", None, "1", None),
        ("1,000", ".", None, "1000", None),
        ("10,000", ",", None, "10", None),
        ("1.000", None, ".", "1000", None),
        ("1.000", None, ",", "1000", "1"),
        ("1,000", None, ",", "1000", None),
        ("1,000", None, ".", "1000", "1"),
        ("1.000", None, None, "1000", "1"),
    ],
)
def test_three_digits_are_read_as_the_document_writes_them(
    text: str, decimal: str | None, grouping: str | None, value: str, other: str | None
) -> None:
    reading = read_number(text, decimal, grouping)  # type: ignore[arg-type]
    assert reading is not None
    assert reading.value == Decimal(value)
    assert (reading.other is None) == (other is None)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("4,50 €", ","),
        ("EUR 1.234,56", ","),
        ("Preis 0,05", ","),
        ("$4.50 each", "."),
        ("1,234.50", "."),
        ("10 @ 4.50", "."),
        ("12.50    125.00", "."),
        ("800 Stk 934.06", None),
        ("am 20.05. um 10.30 Uhr", None),
        ("5 boxes", None),
    ],
)
def test_decimal_mark_is_believed_beside_money_only(text: str, mark: str | None) -> None:
    assert decimal_mark(text) == mark


def test_a_column_of_prices_tells_its_decimal_mark() -> None:
    assert column_mark(["0.132", "0.0158", "1.67"]) == "."
    assert column_mark(["4,50", "1.200,00"]) == ","
    assert column_mark(["1.000", "2.000"]) is None


def test_language_of_everyday_words() -> None:
    assert language_of("Bitte liefern Sie uns die Ware") == "de"
    assert language_of("please send us the goods") == "en"
    assert language_of("K-100 10") is None


@given(AMOUNTS)
def test_german_and_english_round_trip(value: Decimal) -> None:
    english = f"{value:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    swiss = english.replace(",", "'")
    for text in (english, german, swiss):
        reading = read_number(text, None)
        assert reading is not None
        assert (reading.value, reading.other) == (value, None)


@given(st.text(max_size=40), st.sampled_from([None, ",", "."]))
def test_never_raises(text: str, mark: str | None) -> None:
    read_number(text, mark)  # type: ignore[arg-type]
    decimal_mark(text)
