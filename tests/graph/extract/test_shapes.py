"""What words and lines look like."""

from __future__ import annotations

import pytest

from graph.extract.shapes import is_address, is_code, is_contact, is_gtin, is_legal, is_size


@pytest.mark.parametrize(
    "word",
    ["K-100", "4711", "99-1", "6204-2RS", "4711-A", "M-100", "R-22", "HX-M6X20", "LB/0250-W"],
)
def test_codes(word: str) -> None:
    assert is_code(word)
    assert not is_size(word)


@pytest.mark.parametrize(
    "word",
    ["M6x20", '1/2"', "20mm", "230V", "3x1,5", "DN20", "RAL9010", "A4", "E27", "2x", "600x800mm"],
)
def test_sizes(word: str) -> None:
    assert is_size(word)
    assert not is_code(word)


@pytest.mark.parametrize(
    "word", ["10", "4.50", "12,5", "20.05.2026", "2026-05-20", "Rohr", "1.000"]
)
def test_neither(word: str) -> None:
    assert not is_code(word)


@pytest.mark.parametrize(
    "line",
    [
        "Industriestr. 5",
        "12345 Berlin",
        "10 Downing Street",
        "Springfield, IL 62704",
        "12 rue de la Paix",
    ],
)
def test_addresses(line: str) -> None:
    assert is_address(line)


@pytest.mark.parametrize(
    "line",
    ["Tel. 030 1234567", "+44 20 7946 0958", "eva@kunde.example", "IBAN DE89 3704", "HRB 12345"],
)
def test_contacts(line: str) -> None:
    assert is_contact(line)


@pytest.mark.parametrize(
    "line", ["30 Tage netto", "Mo-Fr 7:00-15:00 Uhr", "Seite 1", "Net 30 days"]
)
def test_fine_print(line: str) -> None:
    assert is_legal(line)


@pytest.mark.parametrize("line", ["10 x K-100 Rohr 20mm", "5 Stk Kugelhahn", "K-100: 10 Stk"])
def test_goods_are_none_of_these(line: str) -> None:
    assert [is_address(line), is_contact(line), is_legal(line)] == [False] * 3


def test_gtin_needs_its_check_digit() -> None:
    assert is_gtin("4006381333931")
    assert not is_gtin("4006381333932")
    assert not is_gtin("123")
