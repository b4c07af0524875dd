"""What a line says with a label or a sign: codes, discount, date and money."""

from __future__ import annotations

import re
from decimal import Decimal

from graph.extract.dates import find_date
from graph.extract.evidence import Draft, Style
from graph.extract.money import MONEY, per_of
from graph.extract.shapes import is_capital_code, is_code
from graph.extract.slate import Slate
from graph.extract.units import COUNTED, MEASURED
from graph.extract.words import CODE_LABELS, Role

_UNIT = rf"(?:{COUNTED}|{MEASURED})"
_CODE_HINT = re.compile(
    r"art|item|part|sku|code|n[ro°º]\b|ref|réf|nummer|numb|material|p/n|mpn|pn|ean|"
    r"gtin|upc|cod|prod|catal|ident|sach|teil|#",
    re.I,
)
_CODE_VALUE = r"(?P<code>[^\W_](?:[\w./+\-]*[^\W_])?)"
_LABELLED_CODES: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (
        role,
        re.compile(
            rf"[(\[]?(?<![\w-])(?:{CODE_LABELS[role]})(?P<mark>[\s.]*(?:no|nr|nummer|"
            rf"number|n°|nº|#)?[.\s]*[:#=]?)\s*{_CODE_VALUE}\s*[)\]]?",
            re.I,
        ),
    )
    for role in ("gtin", "supplier_sku", "customer_sku", "code")
)
_HASH_CODE = re.compile(rf"(?<!\w)#\s?{_CODE_VALUE}")
_DISCOUNT = re.compile(
    r"(?:(?:rabatt|discount|remise|nachlass|korting|sconto|descuento|less|"
    r"abzgl\.?)\s*:?\s*(?P<a>\d+(?:[.,]\d+)?)\s*%)"
    r"|-?(?P<b>\d+(?:[.,]\d+)?)\s*%\s*(?:rabatt|discount|off|remise|nachlass|korting|"
    r"sconto|descuento)",
    re.I,
)
_DATE_WORDS = (
    r"(?:(?:requested |desired )?deliver(?:y|ed)?(?: date| by| on)?|due|needed by|"
    r"need by|by|until|before|liefertermin|lieferung|lieferdatum|"
    r"termin|lt|wunschtermin|bis(?: zum| spätestens)?|spätestens|zum|am|für|for|on|ab|"
    r"livraison|pour le|leverdatum|entrega|consegna)"
)
_DATE = re.compile(rf"\(?\b{_DATE_WORDS}\s*:?\s*(?=\d|kw|cw|week|[^\W\d_]{{3,9}}\b)", re.I)
_PRICE = re.compile(
    rf"(?:@|\bà|\bá|\ba\b(?=\s*\d+[.,]\d\d\b)|\bzu je|\bzu|\bje|\bat|\bfor|"
    rf"(?:\b(?:einzel|stück|netto)?preis|\b(?:unit )?price|\bEP|\bprix|\bprijs|"
    rf"\bprecio|\bprezzo)"
    rf"(?: (?:je|pro|per) \w+)?)\s*:?\s*(?P<n>\d{{1,3}}(?:[.,]\d{{3}})*[.,]\d{{2,4}}|"
    rf"\d+[.,]\d{{2,4}})(?![\d.,])"
    rf"(?!\s*(?:{_UNIT}))(?:\s*(?:/|per|pro|"
    rf"je)\s*(?:(?P<per>\d+)\s*)?(?P<unit>{COUNTED}|{MEASURED}|%)?|\s*(?:each|"
    rf"ea)\b\.?)?",
    re.I,
)
_AMOUNT_SIGN = re.compile(
    r"(?:=|\bgesamt(?:preis)?|\btotal|\bsumme|\bamount|\bbetrag|\bges\.)\s*:?\s*$", re.I
)
_PRICE_SIGN = re.compile(
    r"[(\s]*(?:@|\bà|\bá|\ba|\bzu je|\bzu|\bje|\bat|\bfor|\bzum (?:\w+)?preis von|"
    r"\bat a price of|(?:\b\w*preis|\b(?:unit "
    r")?price|\bEP|\bprix|\bprijs|\bprecio|\bprezzo)(?: (?:je|pro|per) "
    r"\w+)?)\s*:?\s*$",
    re.I,
)
_TAIL = re.compile(r"\s(?P<p>\d[\d.,]*[.,]\d{2,4})(?:\s+(?P<a>\d[\d.,]*[.,]\d{2}))?\s*$")


def has_code(draft: Draft) -> bool:
    """True where the line names its product by any number."""
    return any(draft.get(name) for name in ("supplier_sku", "customer_sku", "code", "gtin"))


def marked(slate: Slate, draft: Draft, style: Style, *, dates: bool) -> None:
    """Take off codes, discount, date (where ``dates``) and money that the words mark as such."""
    if _CODE_HINT.search(slate.text):
        _labelled_codes(slate, draft)
    _discount(slate, draft, style)
    if dates:
        line_date(slate, draft, style)
    _money(slate, draft, style)


def _labelled_codes(slate: Slate, draft: Draft) -> None:
    for role, pattern in _LABELLED_CODES:
        for match in pattern.finditer(slate.text):
            code = match["code"].rstrip(".")
            if _plausible(role, code, match["mark"]) and not draft.get(role):
                draft.put(role, code, code)
                slate.wipe(match.start(), match.end())
                break
    if not has_code(draft) and (hashed := slate.take(_HASH_CODE)):
        draft.put("code", hashed["code"], hashed["code"])


def _plausible(role: Role, code: str, mark: str) -> bool:
    if role == "gtin":
        return code.isdigit() and len(code) in (8, 12, 13, 14)
    if is_code(code) or is_capital_code(code):
        return True
    return bool(mark.strip(" .")) and any(c.isdigit() for c in code) and "," not in code


def read_codes(text: str, draft: Draft) -> str:
    """Take labelled codes out of ``text`` into ``draft``; return what is left of it."""
    if not _CODE_HINT.search(text):
        return text
    slate = Slate(text)
    _labelled_codes(slate, draft)
    return " ".join(slate.text.split())


def _discount(slate: Slate, draft: Draft, style: Style) -> None:
    if "%" not in slate.text:
        return
    match = slate.take(_DISCOUNT)
    if match and (reading := style.number(match["a"] or match["b"])):
        draft.put("discount_percent", reading.value, match[0])


def line_date(slate: Slate, draft: Draft, style: Style) -> None:
    """Take a delivery date, with or without its label."""
    labelled = _DATE.search(slate.text)
    start = labelled.end() if labelled else 0
    found = find_date(slate.text[start:], style.today, day_first=style.day_first)
    if labelled and (not found or found.start > 1):
        start, labelled = 0, None
        found = find_date(slate.text, style.today, day_first=style.day_first)
    heads = (
        found is not None
        and found.start == 0
        and slate.text[len(found.quote) :].lstrip()[:1] == ":"
    )
    if not found or not (labelled or heads or _is_full(found.quote)):
        return
    at = start + found.start
    slate.wipe(labelled.start() if labelled else at, at + len(found.quote))
    if found.vague:
        return
    if found.other:
        draft.doubt(
            "missing_information", f"the date {found.quote} can be read in two ways", found.quote
        )
    else:
        draft.put("requested_date", found.day, found.quote)


def _is_full(words: str) -> bool:
    return bool(re.search(r"\d{4}|\d[./-]\d{1,2}[./-]\d{2}", words))


def _money(slate: Slate, draft: Draft, style: Style) -> None:
    for match in list(MONEY.finditer(slate.text)):
        reading = style.number((match["a"] or match["b"]).lstrip("-"))
        before = slate.text[: match.start()]
        amount_sign = _AMOUNT_SIGN.search(before)
        sign = amount_sign or _PRICE_SIGN.search(before)
        slate.wipe(sign.start() if sign else match.start(), match.end())
        if reading is None:
            continue
        if amount_sign or draft.get("stated_price") is not None:
            draft.put("amount", reading.value, match[0])
            continue
        _put_price(draft, reading.value, match)
    if draft.get("stated_price") is None and (labelled := slate.take(_PRICE)):
        reading = style.number(labelled["n"])
        if reading:
            _put_price(draft, reading.value, labelled)


def _put_price(draft: Draft, value: Decimal, match: re.Match[str]) -> None:
    draft.put("stated_price", value, match[0])
    per, _ = per_of(match["per"], match["unit"])
    if per:
        draft.put("price_per", per, match[0])


def closing_sums(slate: Slate, draft: Draft, style: Style) -> None:
    """Numbers that close a line of a flattened table: unit price, then amount."""
    if draft.get("stated_quantity") is None or draft.get("stated_price") is not None:
        return
    match = _TAIL.search(slate.text)
    if not match or not any(c.isalnum() for c in slate.text[: match.start()]):
        return
    price, amount = style.number(match["p"]), style.number(match["a"]) if match["a"] else None
    if price is None:
        return
    draft.put("stated_price", price.value, match["p"])
    if amount:
        draft.put("amount", amount.value, match["a"])
    slate.wipe(match.start(), match.end())
