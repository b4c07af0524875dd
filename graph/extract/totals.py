"""Sums below the lines: which row is a subtotal, tax, freight or total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from graph.extract import headwords
from graph.extract.evidence import Style
from graph.extract.money import SIGN, money_cell
from graph.extract.words import key

_LABELS: dict[str, str] = {
    key(phrase): kind
    for kind, phrases in (
        ("carried", headwords.CARRIED),
        ("plain", headwords.PLAIN_TOTAL),
        ("discount", headwords.DISCOUNT_TOTAL),
        ("shipping", headwords.SHIPPING_TOTAL),
        ("tax", headwords.TAX_TOTAL),
        ("gross", headwords.GROSS_TOTAL),
        ("net", headwords.NET_TOTAL),
    )
    for phrase in phrases.split("|")
}
_NOISE = re.compile(
    rf"\b(?:ohne|exkl|excl|zzgl|without|excluding|ex)\b\.?\s*(?:mwst|ust|vat|tax|btw|"
    rf"iva|tva)\b\.?|\([^)]*\)|\d+(?:[.,]\d+)?\s*%|{SIGN}|^(?:zzgl|plus|inkl|incl|"
    rf"including|\+|abzgl|less|minus|auf|the)\b\.?|[:*]|\bin\b|\bauf\b.*",
    re.I,
)
_CARRIED = re.compile(
    r"\s*(?:zwischensumme|sub-?total|summe|übertrag|carried|brought)\s+(?!netto|net|"
    r"brutto|gesamt|eur|excl|incl|inkl|exkl|ohne|ht|vat|mwst)"
    r"(?:[^\W\d_]|seite)[^:]*(?:\s*:)?\s*$|\s*übertrag\b",
    re.I,
)
_CHARGE = re.compile(
    r"(?:fracht|versand|porto|liefer(?:kosten|pauschale|gebühr)|freight|shipping|"
    r"carriage|postage|handling|delivery (?:charge|fee|cost)|"
    r"verpackung(?:skosten|spauschale)|mindermengen|maut|express(?:zuschlag|"
    r"pauschale)|transport(?:kosten|pauschale)|frais de port|verzendkosten|spese)",
    re.I,
)
_LONGEST_NAME = 40
_NUMERIC_TAIL = re.compile(
    r"[\s.:]*(?:[-−]?\d[\d.,'’ ]*)(?=\s*$|\s+(?:netto|net|brutto|gross|ht|ttc|excl|incl|"
    r"inkl|exkl|zzgl|plus)\b)",
    re.I,
)


@lru_cache(maxsize=4096)
def total_kind(label: str) -> str | None:
    """``net``, ``tax``, ``gross``, ``shipping``, ``discount``, ``plain``, ``carried`` or None."""
    if len(label) > 60:
        return None
    if _CARRIED.match(label):
        return "carried"
    whole = _LABELS.get(key(label))
    if whole:
        return whole
    rest = label
    for _ in range(2):
        rest = _NOISE.sub(" ", rest).strip()
    kind = _LABELS.get(key(rest)) or _LABELS.get(key(_NUMERIC_TAIL.sub("", rest)))
    kind = kind or _by_words(_NUMERIC_TAIL.sub("", rest))
    if kind == "plain" and re.search(r"\b(?:incl|inkl|ttc|brutto)", label, re.I):
        return "gross"
    if kind == "plain" and re.search(r"\b(?:excl|exkl|ohne|zzgl|plus|netto|net|ht)\b", label, re.I):
        return "net"
    return kind


_SUM = frozenset(
    [
        "total",
        "totale",
        "totaal",
        "gesamt",
        "gesamtsumme",
        "gesamtbetrag",
        "gesamtwert",
        "summe",
        "endsumme",
        "endbetrag",
        "betrag",
        "wert",
        "order",
        "value",
        "amount",
        "sum",
        "montant",
        "bestellwert",
        "auftragswert",
        "bestellsumme",
    ]
)
_BESIDE = frozenset(
    [
        "of",
        "the",
        "der",
        "des",
        "die",
        "this",
        "netto",
        "net",
        "brutto",
        "gross",
        "ht",
        "ttc",
        "hors",
        "taxes",
        "excl",
        "incl",
        "exkl",
        "inkl",
        "ohne",
        "mit",
        "mwst",
        "vat",
        "ust",
        "tax",
        "btw",
        "iva",
        "tva",
        "general",
        "général",
        "pedido",
        "commande",
        "bestellung",
        "auftrag",
    ]
)


def _by_words(label: str) -> str | None:
    """``Total value of order``: nothing but words of sums."""
    split = [w.strip(".,:") for w in label.casefold().split()]
    named = [w for w in split if w in _SUM]
    return "plain" if named and all(w in _SUM or w in _BESIDE for w in split) else None


def is_charge(label: str) -> bool:
    """True for freight, packing and the like, whatever follows in the name."""
    return _CHARGE.match(label.strip()) is not None


_LAST_SUM = re.compile(rf"(?:{SIGN}\s*)?[-−]?\d[\d.,'’]*(?:\s*{SIGN})?(?=[^\d]*$)", re.I)


def total_of(cells: Sequence[str], style: Style) -> tuple[str, Decimal | None, str] | None:
    """(kind, sum, its words) of a row of sums, None where the row is none."""
    filled = [c.strip() for c in cells if c.strip()]
    kind = total_kind(filled[0]) if filled else None
    if kind is None and len(filled) > 1:
        kind = total_kind(" ".join(c for c in filled if any(ch.isalpha() for ch in c)))
    if kind is None:
        return None
    for cell in reversed(filled[1:]):
        money = money_cell(cell, style)
        if money:
            return kind, money.value, cell
    tail = _LAST_SUM.search(filled[0])
    money = money_cell(tail[0], style) if tail else None
    return kind, money.value if money else None, tail[0].strip() if tail else filled[0]


def sum_of(cells: Sequence[str], style: Style) -> tuple[str, Decimal | None, str] | None:
    """Like ``total_of``, where the sum is named beside other words: ``Terms ...   Total   12,00``.

    The name is one cell or two side by side, and a sum of money closes the row.
    """
    filled = [c.strip() for c in cells if c.strip()]
    money = money_cell(filled[-1], style) if len(filled) > 1 else None
    names = [*(f"{a} {b}" for a, b in pairwise(filled[:-1])), *filled[:-1]]
    kinds = [kind for name in names if len(name) < _LONGEST_NAME and (kind := total_kind(name))]
    return (kinds[0], money.value, filled[-1]) if money and kinds else None
