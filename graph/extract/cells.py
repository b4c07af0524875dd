"""One labelled value: the cell under a column head, or what follows ``Menge:``."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from graph.extract.count import number_of, unpacked
from graph.extract.evidence import Draft, Style
from graph.extract.marked import read_codes
from graph.extract.money import money_cell, per_of
from graph.extract.numbers import NUMBER
from graph.extract.words import Role

_EMPTY = re.compile(r"[\s\-–—./*]*|n/?a|none|null|keine?|tbd|tba", re.I)
_QUANTITY = re.compile(
    rf"(?P<about>ca\.?|circa|approx\.?|about|etwa|~|min\.?|max\.?|up to|bis "
    rf"zu)?\s*(?P<sign>[-−+])?\s*"
    rf"(?P<n>{NUMBER}|\d{{1,3}}(?: \d{{3}})+|[^\W\d_]+(?=\s|"
    rf"$))\s*(?:[x×]\s*)?-?\s*(?P<unit>(?!(?:or|oder|bis|"
    rf"to)\b)[^\W\d_][\w²³./]*\.?)?\s*"
    r"(?P<rest>[(à/x×].*|[^\W\d_].*)?",
    re.I,
)
_GARBLED = re.compile(r"(?=.*\d)(?=.*[OoI])[\dOoI.,]+")
_UNIT_FIRST = re.compile(rf"(?P<unit>[^\W\d_]+\.?)\s*[:.]?\s*(?P<n>{NUMBER})")
_PER = re.compile(r"(?:per|pro|je|/)?\s*(?P<n>\d[\d.]*)?\s*(?P<unit>[^\W\d_]+\.?|%|‰)?", re.I)
_PERCENT = re.compile(rf"-?\s*(?P<n>{NUMBER})\s*%?")
_LABELLED = re.compile(r"[^\W\d_]{2,}[^:#\d]{0,20}[\s:#]\s*\S*\d")
_WHOLE = re.compile(r"(\d+)\.0+")


def is_empty(cell: str) -> bool:
    """True for blank cells and the dashes and ``n/a`` that stand for them."""
    return _EMPTY.fullmatch(cell) is not None


def fill(draft: Draft, role: Role, cell: str, style: Style) -> None:
    """Read ``cell`` as what its column holds; what cannot be read becomes a doubt."""
    if is_empty(cell):
        return
    words = " ".join(cell.split())
    if reader := _READERS.get(role):
        reader(draft, words, style)
    elif role in ("price", "amount"):
        _money(draft, role, words, style)
    elif role in ("supplier_sku", "customer_sku", "code"):
        _code(draft, role, words)


def _order(draft: Draft, words: str, _style: Style) -> None:
    draft.po_number = draft.po_number or words


def _description(draft: Draft, words: str, _style: Style) -> None:
    left = read_codes(words, draft).strip(" ,;:()/-")
    if left:
        draft.add_words(left)


def quantity(draft: Draft, words: str, style: Style) -> None:
    """Read ``10``, ``10 Stk``, ``1.000,00 ST`` or ``zwei``; a range or riddle is a doubt."""
    if draft.get("stated_quantity") is not None:
        return
    words = unpacked(words)
    match = _QUANTITY.fullmatch(words) or _UNIT_FIRST.fullmatch(words)
    number = number_of(match["n"], style) if match else None
    if match is None or number is None or _GARBLED.fullmatch(words):
        draft.doubt("invalid_quantity", f"the quantity cannot be read: {words}", words)
        return
    groups = match.groupdict()
    rest = groups.get("rest") or ""
    if re.match(r"[/x×]?\s*\d|(?:or|oder|bis|to)\b", rest, re.I):
        draft.doubt("invalid_quantity", f"the quantity is not one number: {words}", words)
        return
    value, other = number
    draft.put("stated_quantity", -value if groups.get("sign") in ("-", "−") else value, words)
    _quantity_unit(draft, groups.get("unit"), style)
    if other is not None:
        draft.doubt("invalid_quantity", f"{words} may mean {value} or {other}", words)
    if groups.get("about"):
        draft.doubt("invalid_quantity", f"the quantity is not firm: {words}", words)


def _quantity_unit(draft: Draft, unit: str | None, style: Style) -> None:
    if unit and unit.casefold() not in {"x", "of", "à", "a"}:
        draft.put("stated_unit", style.unit(unit), unit)


def _unit(draft: Draft, words: str, style: Style) -> None:
    if any(c.isalpha() for c in words):
        unit = style.unit(words)
        if draft.get("stated_unit") not in (None, unit):
            draft.doubt(
                "unit_mismatch",
                f"two units are stated: {draft.get('stated_unit')} and {words}",
                words,
            )
        draft.put("stated_unit", unit, words)


def _money(draft: Draft, role: Role, words: str, style: Style) -> None:
    money = money_cell(words, style)
    if money is None:
        return
    draft.put("amount" if role == "amount" else "stated_price", money.value, words)
    if role == "price" and money.per:
        draft.put("price_per", money.per, words)


def _price_per(draft: Draft, words: str, _style: Style) -> None:
    match = _PER.fullmatch(words)
    if not match:
        return
    per = per_of(match["n"], match["unit"])[0]
    if (match["unit"] or "").casefold().rstrip(".") in {
        "tsd",
        "mil",
        "tausend",
        "thousand",
        "m",
    } and not per:
        per = Decimal(1000)
    if (match["unit"] or "").casefold() in {"c", "hundert", "hundred"} and not per:
        per = Decimal(100)
    if per:
        draft.put("price_per", per, words)


def _discount(draft: Draft, words: str, style: Style) -> None:
    match = _PERCENT.fullmatch(words)
    reading = style.number(match["n"]) if match else None
    if reading and 0 < reading.value <= 100:
        draft.put("discount_percent", reading.value, words)


def _date(draft: Draft, words: str, style: Style) -> None:
    found = style.date(words)
    if found is None or found.vague or (len(re.findall(r"\d+", words)) == 2 and "/" in words):
        return
    if found.other:
        draft.doubt("missing_information", f"the date {words} can be read in two ways", words)
    else:
        draft.put("requested_date", found.day, found.quote)


def _gtin(draft: Draft, words: str, _style: Style) -> None:
    digits = re.sub(r"\D", "", _WHOLE.sub(r"\1", words))
    if len(digits) in (8, 12, 13, 14):
        draft.put("gtin", digits, words)
    else:
        draft.put("code", words, words)


def _code(draft: Draft, role: Role, words: str) -> None:
    if _LABELLED.match(words) and (left := read_codes(words, draft)) != words:
        if left:
            draft.add_words(left)
        return
    whole = _WHOLE.fullmatch(words)
    first, _, rest = words.partition(" ")
    if (
        rest
        and any(c.isdigit() for c in first)
        and len(rest) > 3
        and rest[0].isalpha()
        and rest[1].isalpha()
    ):
        draft.put(role, first, first)
        draft.add_words(rest)
        return
    draft.put(role, whole[1] if whole else words, words)


_READERS: dict[Role, Callable[[Draft, str, Style], None]] = {
    "quantity": quantity,
    "unit": _unit,
    "price_per": _price_per,
    "discount": _discount,
    "date": _date,
    "gtin": _gtin,
    "po_number": _order,
    "description": _description,
    "thing": _description,
}
