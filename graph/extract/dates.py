"""Dates as people write them, resolved against the day the mail was sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = (
    "january jan januar jänner janvier januari enero gennaio",
    "february feb februar février fevrier februari febrero febbraio",
    "march mar märz maerz mrz mars maart marzo",
    "april apr avril abril aprile",
    "may mai mei mayo maggio",
    "june jun juni juin junio giugno",
    "july jul juli juillet julio luglio",
    "august aug août aout augustus agosto",
    "september sep sept septembre septiembre settembre",
    "october oct oktober okt octobre octubre ottobre",
    "november nov novembre noviembre",
    "december dec dezember dez décembre decembre diciembre dicembre",
)
_DAYS = (
    "monday montag lundi maandag lunes lunedì mon mo",
    "tuesday dienstag mardi dinsdag martes martedì tue di",
    "wednesday mittwoch mercredi woensdag miércoles mercoledì wed mi",
    "thursday donnerstag jeudi donderdag jueves giovedì thu do",
    "friday freitag vendredi vrijdag viernes venerdì fri fr",
    "saturday samstag sonnabend samedi zaterdag sábado sabato sat sa",
    "sunday sonntag dimanche zondag domingo domenica sun so",
)
MONTH = {word: n for n, words in enumerate(_MONTHS, 1) for word in words.split()}
_FULL_DAYS = {w: n for n, words in enumerate(_DAYS) for w in words.split() if len(w) > 3}
_RELATIVE = {"tomorrow": 1, "morgen": 1, "demain": 1, "übermorgen": 2, "uebermorgen": 2}

_MONTH_WORDS = "|".join(sorted(MONTH, key=len, reverse=True))
DAY_WORDS = "|".join(sorted(_FULL_DAYS, key=len, reverse=True))
_YEAR = r"(?:\d{4}|['’]?\d{2})(?![\d:.,]*\d)"
DATE = (
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
    r"|\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})(?!\d)"
    r"|\d{1,2}([/-])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th|er)?[\s-]*(?:of\s+|de\s+)?(?:{_MONTH_WORDS})\b\.?"
    rf"(?:[\s,-]*(?:de\s+)?{_YEAR})?"
    rf"|(?:{_MONTH_WORDS})\b\.?\s*\d{{1,2}}(?:st|nd|rd|th)?\b(?![.:]\d)(?:\s*,?\s*\d{{4}})?"
)
"""A full calendar date in running text; its one group is the separator of ``20/05/26``."""
_SHORT = r"\d{1,2}\.\s?\d{1,2}\.(?!\d)|\d{1,2}/\d{1,2}(?![/\d\"”])"
_WEEK = (
    r"(?:KW|CW|calendar week|Kalenderwoche|week|wk|semaine|semana|settimana)\s*[.:]?\s*"
    r"\d{1,2}(?:\s*[/.-]?\s*(?:20\d{2}|\d{2}))?(?!\d)"
)
_WORDS = (
    rf"(?:next |coming |this |nächsten |kommenden )?\b(?:(?:{DAY_WORDS})\b"
    rf"(?!\.?[\s,]*(?:den |the |dem )?(?:\d|(?:{_MONTH_WORDS})\b))|(?:{'|'.join(_RELATIVE)})\b)"
)
"""A weekday alone; before a date it says nothing of its own."""

_ANY = re.compile(rf"(?<![\w.,/-])(?:{DATE}|{_WEEK}|{_SHORT}|{_WORDS})", re.I)
FULL_DATE = re.compile(rf"(?<![\w.,/-])(?:{DATE})", re.I)
_WEEK_ONLY = re.compile(_WEEK, re.I)
_NUMBERS = re.compile(r"\d+")
_NAMED = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date, the words that say it, and what it could also mean."""

    day: date
    quote: str
    start: int
    other: date | None = None
    vague: bool = False
    """True for a calendar week, of which ``day`` is only the Monday."""


def find_dates(text: str, today: date, *, day_first: bool | None) -> Iterator[FoundDate]:
    """Every date in ``text``, in order; impossible ones are passed over.

    ``day_first`` says how ``5/6/2026`` is meant, None leaves the other meaning open. A
    missing year is the one nearest to ``today``; a calendar week is its Monday.
    """
    for match in _ANY.finditer(text):
        days = _meanings(match[0], today, day_first)
        if days:
            other = days[1] if len(days) > 1 else None
            vague = bool(_WEEK_ONLY.match(match[0]))
            yield FoundDate(days[0], match[0].strip(), match.start(), other, vague)


def find_date(text: str, today: date, *, day_first: bool | None) -> FoundDate | None:
    """The first date in ``text``."""
    return next(find_dates(text, today, day_first=day_first), None)


def day_comes_first(text: str, today: date) -> bool | None:
    """How ``text`` orders its slashed dates, judged by those that can be read in one way only.

    A date of the last days that is a future one the other way round counts too.
    """
    votes = 0
    for match in re.finditer(r"(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)", text):
        first, second = int(match[1]), int(match[3])
        if first > 12 >= second:
            votes += 2
        elif second > 12 >= first:
            votes -= 2
        elif first != second:
            year = _year(match[4])
            by_day, by_month = _make(year, second, first), _make(year, first, second)
            votes += _recent(by_day, today) - _recent(by_month, today)
    return None if votes == 0 else votes > 0


def _recent(day: date | None, today: date) -> bool:
    return day is not None and -7 <= (day - today).days <= 0


def _meanings(words: str, today: date, day_first: bool | None) -> list[date]:
    lowered = words.casefold()
    numbers = [int(n) for n in _NUMBERS.findall(words)]
    names = _NAMED.findall(lowered)
    month = next((MONTH[w] for w in names if w in MONTH), None)
    if month and numbers:
        return _dated(numbers[0], month, numbers[1] if len(numbers) > 1 else None, today)
    if not numbers:
        return _spoken(lowered, today)
    if lowered[0].isalpha():
        return _week(numbers, today)
    if len(_NUMBERS.findall(words)[0]) == 4:
        return _possible(_make(*numbers[:3]))
    year = _year(str(numbers[2])) if len(numbers) > 2 else None
    return _numeric(numbers, year, "." in words, today, day_first)


def _numeric(
    numbers: list[int], year: int | None, dotted: bool, today: date, day_first: bool | None
) -> list[date]:
    by_day = _dated(numbers[0], numbers[1], year, today)
    if dotted:
        return by_day
    by_month = _dated(numbers[1], numbers[0], year, today)
    if day_first is not None:
        return (by_day or by_month) if day_first else (by_month or by_day)
    return by_day + [day for day in by_month if day not in by_day]


def _dated(day: int, month: int, year: int | None, today: date) -> list[date]:
    if year is not None:
        return _possible(_make(_year(str(year)), month, day))
    around = [_make(today.year + step, month, day) for step in (-1, 0, 1)]
    near = [d for d in around if d and -90 <= (d - today).days < 276]
    return near[:1]


def _spoken(lowered: str, today: date) -> list[date]:
    for word, step in _RELATIVE.items():
        if word in lowered:
            return [today + timedelta(days=step)]
    weekday = next(n for word, n in _FULL_DAYS.items() if word in lowered)
    return [today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)]


def _week(numbers: list[int], today: date) -> list[date]:
    week, years = numbers[0], [_year(str(n)) for n in numbers[1:2]]
    if not years:
        years = [today.year, today.year + 1]
    mondays = []
    for year in years:
        try:
            mondays.append(date.fromisocalendar(year, week, 1))
        except ValueError:
            continue
    ahead = [day for day in mondays if day >= today - timedelta(days=60)]
    return (ahead or mondays)[:1]


def _year(digits: str) -> int:
    return int(digits) + 2000 if len(digits) <= 2 else int(digits)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _possible(day: date | None) -> list[date]:
    return [day] if day and 1990 <= day.year <= 2100 else []
