"""One order line written in words: ``10x K-100 Rohr 20mm``, ``K-100: 10 Stk``.

What is labelled or carries a unit is taken off first; what remains is judged by shape.
"""

from __future__ import annotations

import re
from decimal import Decimal

from graph.extract.codes import code_at, has_code, take_codes
from graph.extract.dates import find_date
from graph.extract.evidence import Draft, Style
from graph.extract.money import MONEY, per_of
from graph.extract.numbers import NUMBER
from graph.extract.quantity import NO_GOODS, take_closing_sums, take_quantity
from graph.extract.shapes import is_code, is_gtin
from graph.extract.slate import TRIM, Slate
from graph.extract.units import ANY_UNIT, COUNTED, MEASURED

ENUMERATOR = re.compile(
    r"^\s*(?:[-–—*•·▪‣►○●■+>]+\s*|\[\s?\]\s*)?(?:(?:pos(?:ition)?|line|zeile|item|"
    r"artikel)\.?\s*(?:nr\.?\s*)?\d{1,3}"
    r"\s*[.:)–-]+\s*|\(?\d{1,3}\)\s+|\d{1,3}\.\s+(?=\S)|#\d{1,2}[.:)]?\s+|[a-h]\)\s+)?",
    re.I,
)

POLITE = re.compile(
    r"(?:[,\s]+(?:please|bitte|pls|plz|thanks|thank you|danke|merci|svp|s\.v\.p\.|"
    r"graag|por favor|grazie|per favore))+[\s.!]*$",
    re.I,
)

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
    rf"(?!\s*(?:{ANY_UNIT}))(?:\s*(?:/|per|pro|"
    rf"je)\s*(?:(?P<per>\d+)\s*)?(?P<unit>{COUNTED}|{MEASURED}|%)?|\s*(?:each|"
    rf"ea)\b\.?)?",
    re.I,
)

_AMOUNT_SIGN = re.compile(
    r"(?:=|\bgesamt(?:preis)?|\btotal|\bsumme|\bamount|\bbetrag|\bges\.)\s*:?\s*$", re.I
)

_PRICE_SIGN = re.compile(
    r"[(\s]*(?:@|\bà|\bá|\ba|\bzu je|\bzu|\bje|\bat|\bfor|(?:\b\w*preis|\b(?:unit "
    r")?price|\bEP|\bprix|\bprijs|\bprecio|\bprezzo)(?: (?:je|pro|per) "
    r"\w+)?)\s*:?\s*$",
    re.I,
)

_CONTENT = re.compile(
    rf"(?:\bà|\bje|\bzu je|\bzu|\bof|\bmit|\bwith|\bcontaining|\bde|\bda|"
    rf"\bvan)\s+{NUMBER}\s*-?\s*{COUNTED}"
    rf"|{NUMBER}\s*-?\s*{COUNTED}\s*(?:/|per|pro|je|par)\s*(?:{COUNTED})|"
    rf"\(\s*=?\s*(?:à\s*)?{NUMBER}\s*{ANY_UNIT}\s*(?:/|per|pro|"
    rf"je)?\s*(?:{COUNTED})?\s*\)(?=\s*\S)|=\s*{NUMBER}\s*{COUNTED}",
    re.I,
)

_LONGEST = 400

_FILLER = re.compile(
    r"^(?:(?:dazu noch|dazu|of(?: the| your| our)?|von|vom|de|d'|the|x|à|je|zu|and|"
    r"und|our|your|noch|"
    r"also|item|artikel|art\.?|article|product)\s+)+",
    re.I,
)


def read_phrase(text: str, style: Style, *, dates: bool = True) -> Draft:
    """Read one line in words; ``strength`` 0 where it holds no quantity.

    With ``dates`` false a date in the words is left to the order as a whole.
    """
    draft = Draft()
    if len(text) > _LONGEST:
        return draft
    slate = Slate(POLITE.sub("", text)[ENUMERATOR.match(text).end() :])  # type: ignore[union-attr]
    take_codes(slate, draft)
    _discount(slate, draft, style)
    if dates:
        line_date(slate, draft, style)
    _money(slate, draft, style)
    contents = _hide_contents(slate)
    take_quantity(slate, draft, style)
    take_closing_sums(slate, draft, style)
    _restore(slate, contents)
    if (apart := slate.take(_APART)) and draft.strength:
        draft.doubt(
            "missing_information",
            f"it is to be split: {apart[0].strip(' ,')}",
            apart[0].strip(" ,"),
        )
    _words(slate, draft)
    if not has_code(draft) and not _is_goods(draft.get("description")):
        draft.strength = 0
    return draft


def _is_goods(description: str | None) -> bool:
    return bool(description) and not NO_GOODS.match(description or "")


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


def _hide_contents(slate: Slate) -> list[tuple[int, str]]:
    hidden = [(m.start(), m[0]) for m in _CONTENT.finditer(slate.text) if m.start() > 0]
    for start, words in hidden:
        slate.wipe(start, start + len(words))
    return hidden


def _restore(slate: Slate, hidden: list[tuple[int, str]]) -> None:
    for start, words in hidden:
        slate.text = slate.text[:start] + words + slate.text[start + len(words) :]


def _words(slate: Slate, draft: Draft) -> None:
    words = slate.text.split()
    if draft.strength:
        _riddles(" ".join(words).strip(" ,;:-–*•"), draft)
    if not draft.get("code") and not draft.get("gtin"):
        at = code_at(words)
        if at is not None and (at == 0 or not has_code(draft)):
            code = words[at].strip(TRIM)
            draft.put("gtin" if is_gtin(code) and len(code) > 8 else "code", code, code)
            if at == 0 or at == len(words) - 1 or words[at][0] in "([":
                words = words[:at] + words[at + 1 :]
    description = _FILLER.sub("", " ".join(words).strip(TRIM)).strip(" \t,;:-–—*•|/=@&+")
    description = re.sub(r"\(\s*\)|\[\s*\]", "", description).strip()
    if any(c.isalnum() for c in description):
        parts = re.split(r"\s{2,}", slate.text.strip(TRIM))
        draft.put("description", description, max(parts, key=len))


_APART = re.compile(r",?\s*\b(?:davon|of which|thereof|dont|waarvan)\b.*$", re.I)

_EITHER = re.compile(
    r"([\w./-]+)\s+(?:oder|or|ou|alternativ\w*|bzw\.?|respectively)\s+([\w./-]*\w)", re.I
)
_SECOND_COUNT = re.compile(
    rf"^\W*{NUMBER}\s*{COUNTED}|(?:->|→|=>)\s*{NUMBER}|\s[x×]\s?\d{{1,4}}$|"
    r"^\d{1,4}\s+(?=\S*\d)(?=\S*[^\W\d_])\S{3,}|,\s+\d{1,4}$",
    re.I,
)
_NO_PROPERTY = re.compile(
    r"\b(?:oder|alternativ\w*|ersatz|wie besprochen|as discussed|lieferbar|verfügbar|available|"
    r"in stock|auf lager|ansicht|muster|samples?|geändert|nur|only|nicht|not|storno|"
    r"wie (?:gehabt|immer|letztes mal))\b|\b(?-i:to [A-Z])",
    re.I,
)


def _riddles(words: str, draft: Draft) -> None:
    """Doubts about what stands beside the quantity: another one, a choice, a condition."""
    either = _EITHER.search(words)
    if either and is_code(either[1]) and is_code(either[2]):
        draft.doubt("ambiguous_product", f"one of several is wanted: {either[0]}", either[0])
    elif beside := _NO_PROPERTY.search(words):
        draft.doubt(
            "missing_information", f"“{beside[0]}” beside the goods needs a decision", beside[0]
        )
    if draft.get("stated_quantity") is not None and (second := _SECOND_COUNT.search(words)):
        draft.doubt("invalid_quantity", f"a second quantity is stated: {second[0]}", second[0])
