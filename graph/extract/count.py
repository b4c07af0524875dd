"""How many: the ladder for the quantity in one line of words, strongest first.

1. a label (``Menge: 10``); 2. a multiplication sign (``10 x``, ``x10``); 3. a counting
unit (``10 Stk``); 4. a measure that opens or closes the line (``50 m``); 5. a bare number
that opens or closes it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from graph.extract.evidence import Draft, Style
from graph.extract.marked import has_code
from graph.extract.numbers import NUMBER, WORD_NUMBERS
from graph.extract.shapes import is_capital_code, is_code, is_size
from graph.extract.slate import TRIM, Slate
from graph.extract.units import ANY_UNIT, COUNTED, MEASURED

_WORD_NUMBER = "|".join(sorted(WORD_NUMBERS, key=len, reverse=True))
ANY_NUMBER = rf"(?:{NUMBER}|\b(?:{_WORD_NUMBER})\b)"
_FREE = r"(?<![\w.,/×#°-])"
_CONTENT = re.compile(
    rf"(?:\bà|\bje|\bzu je|\bzu|\bof|\bmit|\bwith|\bcontaining|\bde|\bda|"
    rf"\bvan)\s+{NUMBER}\s*-?\s*{COUNTED}"
    rf"|{NUMBER}\s*-?\s*{COUNTED}\s*(?:/|per|pro|je|par)\s*(?:{COUNTED})|"
    rf"\(\s*=?\s*(?:à\s*)?{NUMBER}\s*{ANY_UNIT}\s*(?:/|per|pro|"
    rf"je)?\s*(?:{COUNTED})?\s*\)(?=\s*\S)|=\s*{NUMBER}\s*{COUNTED}",
    re.I,
)
_ONE_PALLET = re.compile(
    rf"(?<!\w)(?:1|one|an?|eine?|une?|una?|een)\s+(?:euro-?)?(?:pallets?|palett[aei]n?|palettes?|"
    rf"pal|plt)\.?"
    rf"\s*\(\s*=?\s*({NUMBER}\s*{COUNTED})\s*\)",
    re.I,
)
_QUANTITY_LABEL = (
    r"(?:menge|bestellmenge|qty|quantity|anzahl|stückzahl|quantité|qté|aantal|cantidad|"
    r"quantità|hoeveelheid|units)"
)
_ABOUT = re.compile(
    r"(?:\bca\.?|\bcirca|\bapprox(?:imately)?\.?|\babout|\baround|\betwa|\bungefähr|"
    r"\brund|~|\bmin\.|\bmind\.|\bmindestens|"
    r"\bat least|\bup to|\bbis zu|\bmax\.?|\bmaximal|\benviron|\bongeveer|\bsome|\bein paar)\s*$",
    re.I,
)
_RANGE = re.compile(
    rf"{_FREE}(?P<a>\d{{1,5}})\s*(?P<sign>-|–|—|bis|to|or|oder|ou|of|"
    rf"/)\s*(?P<b>\d{{1,5}})\s*(?:{COUNTED}|[x×]\s)",
    re.I,
)
_GARBLED = re.compile(
    rf"(?<![\w.,])(?:\d+O\d*|[OI]\d+O?|\d+[Il]\d+)\s*(?i:{COUNTED})|(?<![\w.,])(?:\d+o\d*|"
    rf"[ol]\d+)\s*(?i:{COUNTED})"
)
"""A count with the letter O or l for a digit."""
_OR = re.compile(rf"{_FREE}\d{{1,5}}\s*(?:or|oder|ou)\s*\d{{1,5}}(?![\w.,])", re.I)
_LONG = r"(?:m|meter|lfm|kg|l|liter|t|m²|m2|qm)\.?(?!\w)"
_LADDER: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (strength, re.compile(pattern, re.I))
    for strength, pattern in (
        (
            3,
            r"\b(?P<half>half an?|half|ein halbes|halbes|une demi-?|media|mezza)\s*(?P<n>)"
            r"(?P<u>dozen|dutzend|douzaine|docena|dozzina)\b",
        ),
        (
            3,
            rf"\b(?:insgesamt|zusammen|gesamt|in total|total(?: of)?|altogether|in all|au total|"
            rf"totale?)\s+"
            rf"(?P<n>{NUMBER})\s*(?P<u>{ANY_UNIT})(?!\s*\d)",
        ),
        (3, rf"\b{_QUANTITY_LABEL}\s*[.:=]?\s*(?:of\s+)?(?P<n>{NUMBER})\s*(?P<u>{ANY_UNIT})?"),
        (
            3,
            rf"^\W{{0,3}}(?P<n>{ANY_NUMBER})\s*(?:[x×*]|mal|"
            rf"times)\s+(?:(?P<u>{COUNTED})\s+)?(?=\S)",
        ),
        (2, r"^\W{0,3}(?P<n>\d{1,4})\s*:\s+(?=\S*\d)"),
        (3, r"^\W{0,3}(?P<n>\d+)[x×](?=[^\W\d]|[#(]|\d{4}|\d+-)"),
        (3, rf"^\W{{0,3}}(?P<u>stk|stck|stück|st|pcs|pc|ea|vpe)\.?\s*:?\s*(?P<n>{NUMBER})(?=\s)"),
        (3, rf"(?<=\w)/\s?(?P<n>\d{{1,5}})\s*(?P<u>{COUNTED})\s*$"),
        (3, rf"{_FREE}(?P<n>{ANY_NUMBER})\s*-?\s*(?P<u>{COUNTED})"),
        (
            3,
            rf"{_FREE}(?P<n>{NUMBER})"
            rf"\s+(?P<u>{MEASURED})(?=\s+\d[\d.,]*[.,]\d\d(?:\s+\d[\d.,]*)?\s*$)",
        ),
        (
            3,
            r"(?:\b(?:a|an|ein|eine|une?|een|una?)\s+)(?P<n>)(?P<u>dozen|"
            r"dutzend|douzaine|dozijn|docena|dozzina)\b",
        ),
        (
            3,
            rf"(?<=[\s:)\]])[x×*]\s?(?P<n>{NUMBER})\s*(?P<u>{ANY_UNIT})?(?=\s*(?:$|[,;(]|\s{{2,}}))",
        ),
        (3, rf"(?<=[\s:(\[])(?P<n>{NUMBER})\s?[x×](?=\s*[)\]]?\s*(?:$|\s{{2,}}))"),
        (2, rf"^\W{{0,3}}(?P<n>{ANY_NUMBER})\s*(?P<u>{MEASURED})\s+(?:of\s+|von\s+)?(?=\S)"),
        (2, rf"^\W*(?P<n>{NUMBER})\s*(?P<u>{MEASURED})\W*$"),
        (2, rf"(?<=[:=(])\s*(?P<n>{NUMBER})\s*(?P<u>{MEASURED})\s*\)?\s*$"),
        (2, rf"(?P<lead>^(?!\W*\d{{1,4}}\s).*?\s(?:-\s)?)(?P<n>{NUMBER})\s(?P<u>{_LONG})\s*$"),
    )
)
NO_GOODS = re.compile(
    r"(?:\w*kopien?|cop(?:y|ies)|\w*rechnung(?:en)?|invoices?|\w*bestätigung(?:en)?|"
    r"confirmations?|angebote?|offers?|quot\w+|preislisten?|"
    r"price lists?|termine?|appointments?|rückmeldung(?:en)?|antwort(?:en)?|repl(?:y|"
    r"ies)|mails?|e-?mails?|bestellung(?:en)?|orders?|lieferung(?:en)?|"
    r"deliver(?:y|ies)|sendungs\w*|tracking\w*|anh[aä]ng\w*|attachments?|dateien?|"
    r"files?|seiten?|pages?|positionen|positions?|artikel|"
    r"\w*tagen?|days?|wochen?|weeks?|monaten?|months?|jahren?|years?|stunden?|hours?|"
    r"minuten?|minutes?|uhr|personen?|people|mitarbeiter\w*|employees|"
    r"prozent|percent|euros?|dollars?|fragen?|questions?|mal|times|kunden?|customers?|"
    r"standorte?|locations?|speakers?|sessions?|rpm|u/min|kw|hp|ps|od|bore|wide|deep|long|teeth|"
    r"zähne|free)\b",
    re.I,
)
"""What is counted in mails without being goods."""
_LEADING = re.compile(
    rf"^\W{{0,3}}(?P<n>\b(?:{_WORD_NUMBER})\b|{NUMBER})(?=\s)(?:\s+(?:of(?: the| your| "
    rf"our| item)?|von|vom|der|des|de|d'|mal)\b)?\s+(?=\S)",
    re.I,
)
_TRAILING = re.compile(rf"(?P<sep>[:=→(]\s*|\s[-–—]\s*|\.{{2,}}\s*|\s)(?P<n>{NUMBER})\s*\)?\s*$")
_SIZE_BEFORE = re.compile(
    rf"(?<![\w.,-])\d[\d.,]*\s*{MEASURED}\s*$|^\W*\d.*(?<![\w.,/-])\d{{1,4}}(?:[.,]\d+)?\s*$", re.I
)


_SUMS = re.compile(
    rf"\s(?P<n>{NUMBER})"
    rf"\s+(?:(?P<u>{ANY_UNIT})\s+)?(?P<p>\d[\d.,]*)(?:\s*/\s*(?P<per>\d+))"
    rf"?\s+(?P<a>\d[\d.,]*)\s*$",
    re.I,
)


def _sums(slate: Slate, draft: Draft, style: Style) -> bool:
    """``... 10 ST 12,50 125,00``: three numbers that close the line and multiply."""
    match = _SUMS.search(slate.text)
    numbers = [style.number(match[g]) for g in ("n", "p", "a")] if match else []
    if match is None or None in numbers:
        return False
    count, price, amount = (n.value for n in numbers if n)
    per = Decimal(match["per"] or 1)
    if abs(count * price / (per or 1) - amount) > Decimal("0.02") or not amount:
        return False
    draft.put("stated_quantity", count, match["n"])
    if match["u"]:
        draft.put("stated_unit", style.unit(match["u"]), match["u"])
    draft.put("stated_price", price, match["p"])
    if match["per"]:
        draft.put("price_per", per, match["per"])
    draft.put("amount", amount, match["a"])
    draft.strength = 3
    slate.wipe(match.start(), match.end())
    return True


def quantity(slate: Slate, draft: Draft, style: Style, *, prose: bool) -> None:
    """Take the quantity with its unit off ``slate``; what it is not sure of is a doubt.

    In ``prose`` a bare number counts only before the goods: behind a name it may be a house.
    """
    hidden = [
        (m.start(), m[0]) for m in _CONTENT.finditer(slate.text) if slate.text[: m.start()].strip()
    ]
    for start, words in hidden:
        slate.wipe(start, start + len(words))
    _count(slate, draft, style, prose)
    for start, words in hidden:
        slate.text = slate.text[:start] + words + slate.text[start + len(words) :]


def unpacked(words: str) -> str:
    """``1 pallet (20 cans)`` are 20 cans; other words stay as they are."""
    return _ONE_PALLET.sub(r"\1", words)


def _count(slate: Slate, draft: Draft, style: Style, prose: bool) -> None:
    if _sums(slate, draft, style):
        return
    spread = _range(slate.text)
    if spread:
        slate.wipe(spread.start(), spread.end())
        draft.strength = 3
        draft.doubt(
            "invalid_quantity", f"the quantity is not one number: {spread[0].strip()}", spread[0]
        )
        return
    for strength, pattern in _LADDER:
        match = pattern.search(slate.text)
        if match and match[0][0] in "xX×*" and _SIZE_BEFORE.search(slate.text[: match.start()]):
            continue  # 50 cm x 100 m
        if match and _take_quantity(slate, draft, style, match, strength):
            return
    _bare_quantity(slate, draft, style, prose)


_FRACTION = re.compile(rf"^\W*(?:\d+ )?\d\s?/\s?\d\s*{COUNTED}", re.I)


def _range(text: str) -> re.Match[str] | None:
    if odd := _FRACTION.search(text) or _GARBLED.search(text):
        return odd
    match = _RANGE.search(text)
    if (
        match
        and int(match["a"]) < int(match["b"])
        and not (match["sign"] == "/" and int(match["a"]) < 8)
    ):
        return match
    either = _OR.search(text)
    return either if either and not text[: either.start()].strip(TRIM) else None


def number_of(words: str, style: Style) -> tuple[Decimal, Decimal | None] | None:
    """A number in digits or as a word: (value, what else it could mean)."""
    word = WORD_NUMBERS.get(words.strip().casefold())
    if word is not None:
        return Decimal(word), None
    reading = style.number(words)
    return (reading.value, reading.other) if reading else None


_HALF = (Decimal("0.5"), None)


def _take_quantity(
    slate: Slate, draft: Draft, style: Style, match: re.Match[str], strength: int
) -> bool:
    groups = match.groupdict()
    number = _HALF if groups.get("half") else number_of(match["n"] or "1", style)
    if number is None:
        return False
    start = match.end("lead") if groups.get("lead") else match.start()
    words = slate.text[start : match.end()].strip(" ,;()[]-–:*\t")
    quote = words if groups.get("u") else match["n"] or words
    about = _ABOUT.search(slate.text[:start])
    _put_quantity(draft, number, quote, about[0].strip() if about else None)
    if groups.get("u"):
        draft.put("stated_unit", style.unit(match["u"]), match["u"])
    whole = slate.text
    slate.wipe(about.start() if about else start, match.end())
    _times(slate, draft, style, whole, (start, match.end()))
    draft.strength = strength
    return True


def _times(slate: Slate, draft: Draft, style: Style, whole: str, span: tuple[int, int]) -> None:
    """``3 x 100 Stk`` are 300 pieces, ``4 Dutzend Paar`` are 48 pairs."""
    start, end = span
    dozens = draft.get("stated_unit") == "dozen"
    multiplied = re.search(r"\d\s*(?:[x×*]|mal|times)\s*$", whole[start:end], re.I)
    inner = (_UNIT_NEXT if dozens else _COUNT_NEXT).match(whole, end)
    number = Decimal(12) if dozens else None
    if inner and multiplied and (reading := style.number(inner["n"])):
        number = reading.value
    if inner is None or number is None:
        return
    draft.values["stated_quantity"] *= number
    draft.quotes["stated_quantity"] = whole[start : inner.end()].strip()
    draft.values["stated_unit"] = style.unit(inner["u"])
    draft.quotes["stated_unit"] = inner["u"]
    slate.wipe(inner.start(), inner.end())
    if dozens and _PER_DOZEN.search(draft.quotes.get("stated_price", "")):
        draft.put("price_per", number, draft.quotes["stated_price"])


_PER_DOZEN = re.compile(r"\b(?:per|pro|je|par|the|al|por|a|/)\s*(?:dozen|doz|dutzend|dtzd)\b", re.I)
_COUNT_NEXT = re.compile(rf"\s*(?P<n>{NUMBER})\s*(?P<u>{COUNTED})", re.I)
_UNIT_NEXT = re.compile(rf"\s+(?:of\s+)?(?P<u>{COUNTED})(?=\s)", re.I)


def _put_quantity(
    draft: Draft, number: tuple[Decimal, Decimal | None], quote: str, about: str | None
) -> None:
    value, other = number
    draft.put("stated_quantity", value, quote)
    if other is not None:
        draft.doubt("invalid_quantity", f"{quote} may mean {value} or {other}", quote)
    if about:
        draft.doubt("invalid_quantity", f"the quantity is not firm: {about} {quote}", quote)


def _bare_quantity(slate: Slate, draft: Draft, style: Style, prose: bool) -> None:
    leading, trailing = _bare_counts(slate.text, draft, prose)
    if leading and trailing:
        if len(leading["n"]) > 3 >= len(trailing["n"]):
            leading = None
        elif has_code(draft) or not is_code(trailing["n"]):
            trailing = None if _names_product(slate.text[leading.end() :]) else trailing
            leading = None if trailing else leading
        else:
            trailing = None
    match = leading or trailing
    if not match:
        return
    if re.match(r"\s*\d{1,5}\s", slate.text[match.end() :]) and match is leading:
        draft.strength = 2
        draft.doubt(
            "invalid_quantity", "two numbers open the line; which is the quantity?", slate.text
        )
        return
    named = has_code(draft) or _names_product(_without(slate.text, match))
    rest = slate.text[match.end() :].strip()
    if match["n"].casefold() in WORD_NUMBERS and (not named or NO_GOODS.match(rest)):
        return  # "a reply", "one question"
    marked = (
        match is trailing
        and trailing is not None
        and trailing["sep"].strip() in {":", "=", "→", "("}
    )
    _take_quantity(slate, draft, style, match, 2 if named or marked else 1)


def _bare_counts(
    text: str, draft: Draft, prose: bool
) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """Numbers that open and close the text and can count something."""
    leading, trailing = _LEADING.match(text), _TRAILING.search(text)
    if leading and prose and text[leading.end("n") :].lstrip()[:1] == "(":
        leading = None  # "crusher 3 (90 kW)"
    if leading and not _can_count(leading["n"], text[leading.end("n") :]):
        leading = None
    if trailing and not _can_count(trailing["n"], ""):
        trailing = None
    if trailing and prose and not (has_code(draft) or _is_beside_code(text, trailing)):
        trailing = None
    return leading, trailing


def _is_beside_code(text: str, count: re.Match[str]) -> bool:
    """``K-100: 10``, ``K-100 (10)``."""
    return count["sep"].strip() in {":", "=", "→", "("} and _names_product(text[: count.start()])


def _without(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + " " + text[match.end() :]


def _can_count(number: str, after: str) -> bool:
    """A bare count is whole, not long, and is not the first part of a size."""
    if number.casefold() in WORD_NUMBERS:
        return True
    if not re.fullmatch(r"\d{1,5}|\d{1,3}(?:[.,]\d{3})", number) or (
        number[0] == "0" and number != "0"
    ):
        return False
    next_word = after.split(maxsplit=1)[0] if after.split() else ""
    return not (
        next_word and is_size(f"{number}{next_word}") and not is_code(next_word)
    ) and not re.match(
        r"\s*(?:[x×*]\s*\d|%|°|days?|tage?n?|weeks?|wochen?|months?|monate?n?|years?|"
        r"jahre?n?|uhr|hours?|minutes?)",
        after,
        re.I,
    )


def _names_product(text: str) -> bool:
    words = [w.strip(TRIM) for w in text.split()]
    return any(is_code(w) or is_capital_code(w) for w in words)
