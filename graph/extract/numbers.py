"""Numbers as people write them: ``1.234,56``, ``1,234.56``, ``1 234,56``, ``1'234.56``.

Which mark separates decimals is decided once for a whole document, so that ``1.000``
is read the same way everywhere in it. Where nothing decides, a reading is not certain.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from graph.extract.words import LANGUAGE_WORDS

Mark = Literal[",", "."]

NUMBER = (
    r"(?:\d{1,3}(?:[.,'’\u00a0\u202f]\d{3}){1,4}(?:[.,]\d{1,6})?|\d{1,3}(?: \d{3}){1,3},\d{1,2}"
    r"|\d{1,12}(?:[.,]\d{1,6})?)"
)
"""One number inside running text (no sign). A plain space groups only before decimals."""

WORD_NUMBERS: dict[str, int] = {
    word: value
    for value, words in {
        1: "one ein eine einen einem einer eins un une een uno una",
        2: "two zwei deux twee dos",
        3: "three drei trois drie tres tre",
        4: "four vier quatre cuatro quattro",
        5: "five fünf fuenf cinq vijf cinco cinque",
        6: "six sechs zes seis",
        7: "seven sieben sept zeven siete sette",
        8: "eight acht huit ocho otto",
        9: "nine neun neuf negen nueve nove",
        10: "ten zehn dix tien diez dieci",
        11: "eleven elf onze undici",
        12: "twelve zwölf zwoelf douze twaalf doce dodici",
        15: "fifteen fünfzehn quinze vijftien quindici",
        20: "twenty zwanzig vingt twintig veinte venti",
        25: "twenty-five fünfundzwanzig",
        30: "thirty dreißig dreissig trente dertig treinta trenta",
        40: "forty vierzig quarante veertig cuarenta quaranta",
        50: "fifty fünfzig cinquante vijftig cincuenta cinquanta",
        100: "hundred hundert honderd cien cento",
        1000: "thousand tausend mille duizend mil",
    }.items()
    for word in words.split()
}

_SPACES = re.compile(r"[\s\u00a0\u202f'’]+(?=\d{3}(?!\d))")
_PLAIN = re.compile(r"(\d*)(?:([.,])(\d+))?")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,](\d+))?")
_MONEY_SIGN = r"(?:[€$£]|EUR|USD|GBP|CHF)"
_PLAINLY = r"(?<![\d.,]){n}\s?" + _MONEY_SIGN + "|" + _MONEY_SIGN + r"\s?{n}(?![\d.,]*\d)"
_COMMA = re.compile(
    _PLAINLY.format(n=r"\d[\d.]*,\d{1,4}")
    + r"|(?<![\d.,/])\d{1,3}(?:\.\d{3})+,\d|(?<![\d.,/])\d+,\d{1,2}(?![\d.,])",
    re.I,
)
_POINT = re.compile(
    _PLAINLY.format(n=r"\d[\d,]*\.\d{1,4}")
    + r"|(?<![\d.,/:])\d{1,3}(?:[,'’]\d{3})+\.\d|(?:@|\bat|\bprice:?)\s*\d+\.\d{2}(?![\d.,])"
    + r"|(?<![\d.,/])\d+\.\d{2,4}[ \t]+(?=[\d,]*\d\.\d{2}[ \t]*$)",
    re.I | re.M,
)
"""Decimals with a point are believed beside a currency or another sum: ``934.06`` is a code."""
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as read; ``other`` is what it could also mean, None where it is certain."""

    value: Decimal
    other: Decimal | None = None


def decimal_mark(text: str) -> Mark | None:
    """The decimal mark most numbers of ``text`` use, None where none or both do."""
    comma, point = len(_COMMA.findall(text)), len(_POINT.findall(text))
    if comma == point:
        return None
    return "," if comma > point else "."


def column_mark(cells: Iterable[str]) -> Mark | None:
    """The decimal mark in a column of prices, None where its cells do not tell."""
    found = {m[1] or m[2] for cell in cells if (m := _ENDS.search(cell))}
    if len(found) != 1:
        return None
    return "," if "," in found else "."


_ENDS = re.compile(r"(?:(?<!\d)0|\d)([.,])(?:\d{1,2}|\d{4,})(?!\d)|(?<!\d)0([.,])\d{3}(?!\d)")


def language_of(text: str) -> str | None:
    """The language whose everyday words ``text`` uses most, None where none leads."""
    counts = Counter(LANGUAGE_WORDS.get(word) for word in _WORD.findall(text[:4000].casefold()))
    counts.pop(None, None)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def read_number(text: str, decimal: Mark | None, grouping: Mark | None = None) -> Reading | None:
    """Read a whole unsigned number, or return None where ``text`` is none.

    ``decimal`` is the document's decimal mark. ``grouping`` is its language's thousands
    mark, believed only for the reading that groups.
    """
    digits = _SPACES.sub("", text.strip())
    digits = re.sub(r"[.,][-–—]+$", "", digits)
    plain = _PLAIN.fullmatch(digits)
    if plain and (plain[1] or plain[3]):
        return _single(plain, decimal, grouping)
    grouped = _GROUPED.fullmatch(digits)
    if not grouped:
        return None
    whole = digits[: -len(grouped[2]) - 1] if grouped[2] else digits
    whole = whole.replace(grouped[1], "")
    return Reading(Decimal(f"{whole}.{grouped[2]}" if grouped[2] else whole))


def _single(plain: re.Match[str], decimal: Mark | None, grouping: Mark | None) -> Reading:
    whole, mark, rest = plain[1] or "0", plain[2], plain[3]
    if not mark:
        return Reading(Decimal(whole))
    as_decimal = Decimal(f"{whole}.{rest}")
    if len(rest) != 3 or len(whole) > 3 or whole.startswith("0"):
        return Reading(as_decimal)
    as_group = Decimal(whole + rest)
    if decimal:
        return Reading(as_decimal if mark == decimal else as_group)
    return Reading(as_group, None if mark == grouping else as_decimal)
