"""Amounts of money: currencies, unit prices and what they are for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from graph.extract.evidence import Style
from graph.extract.numbers import NUMBER
from graph.extract.units import COUNTED, MEASURED, canonical_unit

_CURRENCIES = {
    "EUR": "€ eur euro euros",
    "USD": "$ us$ usd dollar dollars",
    "GBP": "£ gbp pounds",
    "CHF": "chf sfr fr.",
    "PLN": "pln zł",
    "CZK": "czk kč",
    "SEK": "sek",
    "DKK": "dkk",
    "NOK": "nok",
    "HUF": "huf",
    "JPY": "¥ jpy",
}
CURRENCY_OF = {word: iso for iso, words in _CURRENCIES.items() for word in words.split()}
SIGN = (
    r"(?:US\$|[€$£¥]|(?:EUR|USD|GBP|CHF|PLN|CZK|SEK|DKK|NOK|HUF|JPY|SFr\.?|Euros?|"
    r"dollars?)(?![^\W\d_]))"
)
_PER = (
    rf"(?:/|\bper\b|\bpro\b|\bje\b|\bthe\b|\bpar\b|\bpor\b|\bal\b|"
    rf"\bà\b)\s*(?:(?P<per>\d[\d.]*)\s*)?(?P<unit>{COUNTED}|{MEASURED}|%|‰)?"
)
MONEY = re.compile(
    rf"(?<![\w.,])(?:{SIGN}\s*(?P<a>-?{NUMBER})(?:[.,][-–—]+)?|"
    rf"(?P<b>-?{NUMBER})(?:[.,][-–—]+)?\s*{SIGN})"
    rf"(?:\s*(?:{_PER}|(?P<each>\beach\b|\bea\b\.?|\bapiece\b)))?",
    re.I,
)
"""A number with a currency, and what it is for."""
_CELL = re.compile(
    rf"\s*(?:{SIGN})?\s*(?P<number>[-−]?{NUMBER}|-?\d{{1,3}}(?: \d{{3}})+(?:[.,]\d+)?|"
    rf"[-−]?[.,]\d+)(?:[.,][-–—]+)?\s*"
    rf"(?:{SIGN})?\s*(?:{_PER})?\s*(?:{SIGN})?\s*(?:each|netto|net|brutto)?\s*",
    re.I,
)
_SIGN = re.compile(SIGN, re.I)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum, for ``per`` units of ``unit`` where that is said."""

    value: Decimal
    per: Decimal | None = None
    unit: str | None = None


def money_cell(cell: str, style: Style) -> Money | None:
    """Read a whole cell such as ``4,50 €``, ``EUR 4.50`` or ``12,50/100``."""
    match = _CELL.fullmatch(cell)
    if not match:
        return None
    reading = style.number(match["number"].lstrip("-−"))
    if reading is None:
        return None
    value = -reading.value if match["number"][0] in "-−" else reading.value
    return Money(value, *per_of(match["per"], match["unit"]))


def per_of(number: str | None, unit: str | None) -> tuple[Decimal | None, str | None]:
    """What a price is for: ``("100", "Stk")`` is 100 pcs, ``(None, "%")`` is 100."""
    if unit in ("%", "‰"):
        return Decimal(100 if unit == "%" else 1000), None
    per = Decimal(number.replace(".", "")) if number else None
    return (per if per else None), (canonical_unit(unit) if unit else None)


def currency_in(text: str) -> tuple[str, str] | None:
    """The first currency named in ``text``, as (ISO code, words)."""
    match = _SIGN.search(text)
    if not match:
        return None
    return CURRENCY_OF.get(match[0].casefold().rstrip("."), match[0].upper()), match[0]
