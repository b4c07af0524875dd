"""Dates in every form, against a mail of Wednesday 20 May 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extract.dates import day_comes_first, find_date, find_dates

TODAY = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-06-05", date(2026, 6, 5)),
        ("05.06.2026", date(2026, 6, 5)),
        ("5.6.26", date(2026, 6, 5)),
        ("5. 6. 2026", date(2026, 6, 5)),
        ("13/06/2026", date(2026, 6, 13)),
        ("6/13/2026", date(2026, 6, 13)),
        ("13-06-26", date(2026, 6, 13)),
        ("5. Juni 2026", date(2026, 6, 5)),
        ("5 June 2026", date(2026, 6, 5)),
        ("June 5, 2026", date(2026, 6, 5)),
        ("June 5th", date(2026, 6, 5)),
        ("5th of June 2026", date(2026, 6, 5)),
        ("5 juin 2026", date(2026, 6, 5)),
        ("5 de junio de 2026", date(2026, 6, 5)),
        ("5 giugno 2026", date(2026, 6, 5)),
        ("5 juni", date(2026, 6, 5)),
        ("20.03.", date(2026, 3, 20)),
        ("10.01.", date(2027, 1, 10)),
        ("next Friday", date(2026, 5, 22)),
        ("bis Mittwoch", date(2026, 5, 27)),
        ("morgen", date(2026, 5, 21)),
    ],
)
def test_one_meaning(text: str, day: date) -> None:
    found = find_date(text, TODAY, day_first=None)
    assert found is not None
    assert (found.day, found.other) == (day, None)


def test_slashes_stay_open_until_the_document_decides() -> None:
    open_ = find_date("05/06/2026", TODAY, day_first=None)
    assert open_ is not None
    assert {open_.day, open_.other} == {date(2026, 6, 5), date(2026, 5, 6)}
    by_day = find_date("05/06/2026", TODAY, day_first=True)
    by_month = find_date("05/06/2026", TODAY, day_first=False)
    assert by_day is not None
    assert by_month is not None
    assert (by_day.day, by_month.day) == (date(2026, 6, 5), date(2026, 5, 6))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("order 05/19/2026", False),
        ("order 19/05/2026", True),
        ("Date: 05/06/2026 due 06/25/2026", False),
        ("no date", None),
        ("05/12/2026", None),
    ],
)
def test_day_or_month_first(text: str, first: bool | None) -> None:
    assert day_comes_first(text, TODAY) is first


def test_a_week_is_vague_and_its_monday() -> None:
    found = find_date("Lieferung KW 23", TODAY, day_first=None)
    assert found is not None
    assert (found.day, found.vague) == (date(2026, 6, 1), True)


@pytest.mark.parametrize("text", ["31.02.2026", "M6x20", "DN 20", "1.000", "4.50", "192.168.10.1"])
def test_no_date(text: str) -> None:
    assert find_date(text, TODAY, day_first=None) is None


def test_several_dates_in_order() -> None:
    found = [f.day.day for f in find_dates("20.05.2026 und 27.05.2026", TODAY, day_first=None)]
    assert found == [20, 27]


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1)))
def test_written_out_dates_round_trip(day: date) -> None:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y"):
        found = find_date(day.strftime(form), TODAY, day_first=None)
        assert found is not None
        assert found.day == day


@given(st.text(alphabet="0123456789./- KWadjJuni", max_size=30))
def test_never_raises(text: str) -> None:
    list(find_dates(text, TODAY, day_first=None))
