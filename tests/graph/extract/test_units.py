"""Unit words of six languages."""

from __future__ import annotations

import pytest

from graph.extract.units import COUNTED_UNITS, UNIT_WORDS, canonical_unit


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("Stk.", "pcs"),
        ("STÜCK", "pcs"),
        ("EA", "pcs"),
        ("VPE", "pack"),
        ("Kartons", "carton"),
        ("boîtes", "box"),
        ("cajas", "box"),
        ("stuks", "pcs"),
        ("rotoli", "roll"),
        ("Dutzend", "dozen"),
        ("Paar", "pair"),
        ("lfm", "m"),
        ("m²", "m2"),
        ("kg", "kg"),
        ("Tsd", "thousand"),
        ("ramettes", "pack"),
    ],
)
def test_words_become_one(word: str, unit: str) -> None:
    assert canonical_unit(word) == unit


@pytest.mark.parametrize("word", ["", "foo", "K-100", "10"])
def test_no_unit(word: str) -> None:
    assert canonical_unit(word) is None


def test_every_canonical_unit_that_counts_can_be_written() -> None:
    assert set(UNIT_WORDS.values()) >= COUNTED_UNITS
