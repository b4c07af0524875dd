"""The invented mails become the orders they mean; above all, none is wrongly booked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.scoring import Verdicts, judged

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
SAMPLE = ROOT / "bot" / "sandbox" / "company"
JUNE = datetime.fromisoformat("2026-06-12T12:00:00+02:00")


@pytest.fixture(scope="module")
def sample() -> Verdicts:
    return judged(SAMPLE, DATA / "sample_truth.jsonl", SAMPLE / "mails")


@pytest.fixture(scope="module")
def corpus() -> Verdicts:
    home = DATA / "corpus"
    return judged(home, home / "truth.jsonl", home / "mails", JUNE)


def test_nothing_is_wrongly_booked(sample: Verdicts, corpus: Verdicts) -> None:
    assert sample.wrong_booked == corpus.wrong_booked == []


def test_no_clean_order_is_asked_about(sample: Verdicts, corpus: Verdicts) -> None:
    assert sample.needless == corpus.needless == []


def test_orders_are_read_as_they_mean(sample: Verdicts, corpus: Verdicts) -> None:
    assert len(sample.right) / sample.orders >= 0.95
    assert len(corpus.right) / corpus.orders >= 0.90


def test_mail_is_taken_for_what_it_is(sample: Verdicts, corpus: Verdicts) -> None:
    assert sample.wrong_kind == []
    assert len(corpus.wrong_kind) <= 1


def test_trouble_is_named(sample: Verdicts, corpus: Verdicts) -> None:
    assert sample.missed == []
    assert len(corpus.missed) <= 2
