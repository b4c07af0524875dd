"""One order line written in words: ``10x K-100 Rohr 20mm``, ``K-100: 10 Stk``.

What is labelled or carries a unit is taken off first; what remains is judged by shape.
The ladder for the quantity, strongest first:

1. a label (``Menge: 10``); 2. a multiplication sign (``10 x``, ``x10``); 3. a counting
unit (``10 Stk``); 4. a measure that opens or closes the line (``50 m``); 5. a bare number
that opens or closes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from graph.extract.dates import find_date
from graph.extract.evidence import Draft, Style
from graph.extract.money import MONEY, per_of
from graph.extract.numbers import NUMBER, WORD_NUMBERS
from graph.extract.shapes import is_capital_code, is_code, is_gtin, is_size
from graph.extract.units import COUNTED, MEASURED
from graph.extract.words import CODE_LABELS, Role

_WORD_NUMBER = "|".join(sorted(WORD_NUMBERS, key=len, reverse=True))
_ANY_NUMBER = rf"(?:{NUMBER}|\b(?:{_WORD_NUMBER})\b)"
_FREE = r"(?<![\w.,/×#°-])"
_UNIT = rf"(?:{COUNTED}|{MEASURED})"

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
    r"[(\s]*(?:@|\bà|\bá|\ba|\bzu je|\bzu|\bje|\bat|\bfor|(?:\b\w*preis|\b(?:unit "
    r")?price|\bEP|\bprix|\bprijs|\bprecio|\bprezzo)(?: (?:je|pro|per) "
    r"\w+)?)\s*:?\s*$",
    re.I,
)
_TAIL = re.compile(r"\s(?P<p>\d[\d.,]*[.,]\d{2,4})(?:\s+(?P<a>\d[\d.,]*[.,]\d{2}))?\s*$")
_CONTENT = re.compile(
    rf"(?:\bà|\bje|\bzu je|\bzu|\bof|\bmit|\bwith|\bcontaining|\bde|\bda|"
    rf"\bvan)\s+{NUMBER}\s*-?\s*{COUNTED}"
    rf"|{NUMBER}\s*-?\s*{COUNTED}\s*(?:/|per|pro|je|par)\s*(?:{COUNTED})|"
    rf"\(\s*=?\s*(?:à\s*)?{NUMBER}\s*{_UNIT}\s*(?:/|per|pro|"
    rf"je)?\s*(?:{COUNTED})?\s*\)(?=\s*\S)|=\s*{NUMBER}\s*{COUNTED}",
    re.I,
)
_QUANTITY_LABEL = (
    r"(?:menge|bestellmenge|qty|quantity|anzahl|stückzahl|quantité|qté|aantal|cantidad|"
    r"quantità|hoeveelheid|units)"
)
_ABOUT = re.compile(
    r"(?:\bca\.?|\bcirca|\bapprox(?:imately)?\.?|\babout|\baround|\betwa|\bungefähr|"
    r"\brund|~|\bmin\.|\bmindestens|"
    r"\bat least|\bup to|\bbis zu|\bmax\.?|\bmaximal|\benviron|\bongeveer|\bsome|\bein paar)\s*$",
    re.I,
)
_RANGE = re.compile(
    rf"{_FREE}(?P<a>\d{{1,5}})\s*(?P<sign>-|–|—|bis|to|or|oder|ou|of|"
    rf"/)\s*(?P<b>\d{{1,5}})\s*(?:{COUNTED}|[x×]\s)",
    re.I,
)
_GARBLED = re.compile(
    rf"(?<![\w.,])(?:\d+O\d*|[OI]\d+O?|\d+[Il]\d+)\s*(?i:{COUNTED})|(?<![\w.,])(?:\d+o\d*|[ol]\d+)\s*(?i:{COUNTED})"
)
"""A count with the letter O or l for a digit."""
_OR = re.compile(rf"{_FREE}\d{{1,5}}\s*(?:or|oder|ou)\s*\d{{1,5}}(?![\w.,])", re.I)
_LONG = r"(?:m|meter|lfm|kg|l|liter|t|m²|m2|qm)\.?(?!\w)"
_LADDER: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (strength, re.compile(pattern, re.I))
    for strength, pattern in (
        (3, rf"\b{_QUANTITY_LABEL}\s*[.:=]?\s*(?:of\s+)?(?P<n>{NUMBER})\s*(?P<u>{_UNIT})?"),
        (
            3,
            rf"^\W{{0,3}}(?P<n>{_ANY_NUMBER})\s*(?:[x×*]|mal|"
            rf"times)\s+(?P<u>{COUNTED}(?=\s))?(?=\S)",
        ),
        (3, r"^\W{0,3}(?P<n>\d+)[x×](?=[^\W\d]|[#(]|\d{4}|\d+-)"),
        (3, rf"^\W{{0,3}}(?P<u>stk|stck|stück|st|pcs|pc|ea|vpe)\.?\s*:?\s*(?P<n>{NUMBER})(?=\s)"),
        (3, rf"(?<=\w)/\s?(?P<n>\d{{1,5}})\s*(?P<u>{COUNTED})\s*$"),
        (3, rf"{_FREE}(?P<n>{_ANY_NUMBER})\s*-?\s*(?P<u>{COUNTED})"),
        (
            3,
            rf"{_FREE}(?P<n>{NUMBER})"
            rf"\s+(?P<u>{MEASURED})(?=\s+\d[\d.,]*[.,]\d\d(?:\s+\d[\d.,]*)?\s*$)",
        ),
        (
            3,
            r"(?:\b(?:a|an|half a|ein|eine|une?|een|una?)\s+)(?P<n>)(?P<u>dozen|"
            r"dutzend|douzaine|dozijn|docena|dozzina)\b",
        ),
        (3, rf"(?<=[\s:)\]])[x×*]\s?(?P<n>{NUMBER})\s*(?P<u>{_UNIT})?(?=\s*(?:$|[,;(]|\s{{2,}}))"),
        (3, rf"(?<=[\s:(\[])(?P<n>{NUMBER})\s?[x×](?=\s*[)\]]?\s*(?:$|\s{{2,}}))"),
        (2, rf"^\W{{0,3}}(?P<n>{_ANY_NUMBER})\s*(?P<u>{MEASURED})\s+(?:of\s+|von\s+)?(?=\S)"),
        (2, rf"(?<=[:=(])\s*(?P<n>{NUMBER})\s*(?P<u>{MEASURED})\s*\)?\s*$"),
        (2, rf"(?P<lead>^(?!\W*\d{{1,4}}\s).*?\s(?:-\s)?)(?P<n>{NUMBER})\s(?P<u>{_LONG})\s*$"),
    )
)
_LEADING = re.compile(
    rf"^\W{{0,3}}(?P<n>\b(?:{_WORD_NUMBER})\b|{NUMBER})(?=\s)(?:\s+(?:of(?: the| your| "
    rf"our| item)?|von|vom|der|des|de|d'|mal)\b)?\s+(?=\S)",
    re.I,
)
_TRAILING = re.compile(rf"(?P<sep>[:=→(]\s*|\s[-–—]\s*|\.{{2,}}\s*|\s)(?P<n>{NUMBER})\s*\)?\s*$")
_SIZE_BEFORE = re.compile(rf"\d\s*(?:{MEASURED})?\s*$", re.I)
_LONGEST = 400
_TRIM = " \t,;:.-–—*•|/=@&+()[]“”„«»‘’"
_FILLER = re.compile(
    r"^(?:(?:dazu noch|dazu|of(?: the| your| our)?|von|vom|de|d'|the|x|à|je|zu|and|und|our|your|noch|"
    r"also|item|artikel|art\.?|article|product)\s+)+",
    re.I,
)


class Slate:
    """A line from which recognised words are wiped, so that each is read once."""

    def __init__(self, text: str) -> None:
        self.text = text

    def wipe(self, start: int, end: int) -> None:
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.search(self.text)
        if match:
            self.wipe(match.start(), match.end())
        return match


def read_phrase(text: str, style: Style, *, dates: bool = True) -> Draft:
    """Read one line in words; ``strength`` 0 where it holds no quantity.

    With ``dates`` false a date in the words is left to the order as a whole.
    """
    draft = Draft()
    if len(text) > _LONGEST:
        return draft
    slate = Slate(POLITE.sub("", text)[ENUMERATOR.match(text).end() :])  # type: ignore[union-attr]
    if _CODE_HINT.search(slate.text):
        _labelled_codes(slate, draft)
    _discount(slate, draft, style)
    if dates:
        line_date(slate, draft, style)
    _money(slate, draft, style)
    contents = _hide_contents(slate)
    _quantity(slate, draft, style)
    _tail(slate, draft, style)
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


_NO_GOODS = re.compile(
    r"(?:\w*kopien?|cop(?:y|ies)|\w*rechnung(?:en)?|invoices?|\w*bestätigung(?:en)?|"
    r"confirmations?|angebote?|offers?|quot\w+|preislisten?|"
    r"price lists?|termine?|appointments?|rückmeldung(?:en)?|antwort(?:en)?|repl(?:y|"
    r"ies)|mails?|e-?mails?|bestellung(?:en)?|orders?|lieferung(?:en)?|"
    r"deliver(?:y|ies)|sendungs\w*|tracking\w*|anh[aä]ng\w*|attachments?|dateien?|"
    r"files?|seiten?|pages?|positionen|positions?|artikel|"
    r"tagen?|days?|wochen?|weeks?|monaten?|months?|jahren?|years?|stunden?|hours?|"
    r"minuten?|minutes?|uhr|personen?|people|mitarbeiter\w*|employees|"
    r"prozent|percent|euros?|dollars?|fragen?|questions?|mal|times|kunden?|customers?|"
    r"standorte?|locations?|speakers?|sessions?|free)\b",
    re.I,
)


def _is_goods(description: str | None) -> bool:
    return bool(description) and not _NO_GOODS.match(description or "")


def has_code(draft: Draft) -> bool:
    """True where the line names its product by any number."""
    return any(draft.get(name) for name in ("supplier_sku", "customer_sku", "code", "gtin"))


def _labelled_codes(slate: Slate, draft: Draft) -> None:
    for role, pattern in _LABELLED_CODES:
        for match in pattern.finditer(slate.text):
            code = match["code"].rstrip(".")
            if _plausible(role, code, match["mark"]) and not draft.get(role):
                draft.put(role, code, code)
                slate.wipe(match.start(), match.end())
                break
    if not has_code(draft) and (match := slate.take(_HASH_CODE)):
        draft.put("code", match["code"], match["code"])


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
    per, unit = per_of(match["per"], match["unit"])
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


_SUMS = re.compile(
    rf"\s(?P<n>{NUMBER})"
    rf"\s+(?:(?P<u>{_UNIT})\s+)?(?P<p>\d[\d.,]*)(?:\s*/\s*(?P<per>\d+))"
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


def _quantity(slate: Slate, draft: Draft, style: Style) -> None:
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
        if (
            match
            and _SIZE_BEFORE.search(slate.text[: match.start()])
            and "x" in match[0][:1].lower()
        ):
            continue  # 50 cm x 100 m
        if match and _take_quantity(slate, draft, style, match, strength):
            return
    _bare_quantity(slate, draft, style)


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
    return either if either and not text[: either.start()].strip(_TRIM) else None


def number_of(words: str, style: Style) -> tuple[Decimal, Decimal | None] | None:
    """A number in digits or as a word: (value, what else it could mean)."""
    word = WORD_NUMBERS.get(words.strip().casefold())
    if word is not None:
        return Decimal(word), None
    reading = style.number(words)
    return (reading.value, reading.other) if reading else None


def _take_quantity(
    slate: Slate, draft: Draft, style: Style, match: re.Match[str], strength: int
) -> bool:
    groups = match.groupdict()
    number = number_of(match["n"] or "1", style)
    if number is None:
        return False
    start = match.end("lead") if groups.get("lead") else match.start()
    words = slate.text[start : match.end()].strip(" ,;()[]-–:*\t")
    quote = words if groups.get("u") else match["n"] or words
    about = _ABOUT.search(slate.text[:start])
    _put_quantity(draft, number, quote, about[0].strip() if about else None)
    if groups.get("u"):
        draft.put("stated_unit", style.unit(match["u"]), match["u"])
    rest = slate.text[match.end() :]
    slate.wipe(about.start() if about else start, match.end())
    if "×" in match[0] or re.search(r"\d\s*[x*]", match[0], re.I):
        _times(slate, draft, style, quote, rest)
    draft.strength = strength
    return True


def _times(slate: Slate, draft: Draft, style: Style, quote: str, rest: str) -> None:
    """``3 x 100 Stk`` are 300 pieces."""
    inner = re.match(rf"\s*(?P<n>{NUMBER})\s*(?P<u>{COUNTED})", rest, re.I)
    number = style.number(inner["n"]) if inner else None
    if inner is None or number is None or draft.get("stated_unit"):
        return
    at = len(slate.text) - len(rest)
    draft.values["stated_quantity"] *= number.value
    draft.quotes["stated_quantity"] = f"{quote} x {inner[0].strip()}"
    draft.put("stated_unit", style.unit(inner["u"]), inner["u"])
    slate.wipe(at + inner.start(), at + inner.end())


def _put_quantity(
    draft: Draft, number: tuple[Decimal, Decimal | None], quote: str, about: str | None
) -> None:
    value, other = number
    draft.put("stated_quantity", value, quote)
    if other is not None:
        draft.doubt("invalid_quantity", f"{quote} may mean {value} or {other}", quote)
    if about:
        draft.doubt("invalid_quantity", f"the quantity is not firm: {about} {quote}", quote)


def _bare_quantity(slate: Slate, draft: Draft, style: Style) -> None:
    leading, trailing = _LEADING.match(slate.text), _TRAILING.search(slate.text)
    if leading and not _can_count(leading["n"], slate.text[leading.end("n") :]):
        leading = None
    if trailing and not _can_count(trailing["n"], ""):
        trailing = None
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
    if match["n"].casefold() in WORD_NUMBERS and (not named or _NO_GOODS.match(rest)):
        return  # "a reply", "one question"
    marked = (
        match is trailing
        and trailing is not None
        and trailing["sep"].strip() in {":", "=", "→", "("}
    )
    _take_quantity(slate, draft, style, match, 2 if named or marked else 1)


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
    words = [w.strip(_TRIM) for w in text.split()]
    return any(is_code(w) or is_capital_code(w) for w in words)


def _tail(slate: Slate, draft: Draft, style: Style) -> None:
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


def _words(slate: Slate, draft: Draft) -> None:
    words = slate.text.split()
    either = _EITHER.search(slate.text)
    if either and is_code(either[1]) and is_code(either[2]):
        draft.doubt(
            "ambiguous_product", f"one of several is wanted: {either[0].strip()}", either[0].strip()
        )
    if not draft.get("code") and not draft.get("gtin"):
        at = _code_at(words)
        if at is not None and (at == 0 or not has_code(draft)):
            code = words[at].strip(_TRIM)
            draft.put("gtin" if is_gtin(code) and len(code) > 8 else "code", code, code)
            if at == 0 or at == len(words) - 1 or words[at][0] in "([":
                words = words[:at] + words[at + 1 :]
    description = _FILLER.sub("", " ".join(words).strip(_TRIM)).strip(" \t,;:-–—*•|/=@&+")
    description = re.sub(r"\(\s*\)|\[\s*\]", "", description).strip()
    if any(c.isalnum() for c in description):
        draft.put("description", description, description)


_APART = re.compile(r",?\s*\b(?:davon|of which|thereof|dont|waarvan)\b.*$", re.I)
_EITHER = re.compile(
    r"([\w./-]+)\s+(?:oder|or|ou|alternativ\w*|bzw\.?|respectively)\s+([\w./-]*\w)", re.I
)


def _code_at(words: list[str]) -> int | None:
    trimmed = [w.strip(_TRIM) for w in words]
    filled = [n for n, w in enumerate(trimmed) if w]
    if (
        len(filled) == 1
        and any(c.isdigit() for c in trimmed[filled[0]])
        and not is_size(trimmed[filled[0]])
    ):
        return filled[0]
    tests: tuple[Callable[[int], bool], ...] = (
        lambda n: n == filled[0] or words[n][0] in "([" or words[n][-1] == ":",
        lambda n: n == filled[-1],
        lambda n: any(c.isalpha() for c in trimmed[n]) or len(trimmed[n]) > 4,
    )
    for rung, fits in enumerate(tests):
        for n in filled:
            capital = rung == 0 and is_capital_code(trimmed[n])
            if (capital or is_code(trimmed[n])) and fits(n):
                return n
    return None
