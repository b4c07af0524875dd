"""What stands beside the goods in one line: the order's number, an address, thanks, a name."""

from __future__ import annotations

import re

from graph.extract.numbers import NUMBER, WORD_NUMBERS
from graph.extract.shapes import POSTAL, STREET, is_address, is_code
from graph.extract.units import COUNTED, MEASURED

_NUMBER_WORD = "|".join(sorted(WORD_NUMBERS, key=len, reverse=True))
COUNTED_GOODS = re.compile(
    rf"(?<![\w.,/-])(?:{NUMBER}\s*(?:[x×]\s|(?:{COUNTED}|{MEASURED})\s)|\d{{1,5}}[x×](?=[A-Z])"
    rf"|\b(?:{_NUMBER_WORD})\s+{COUNTED}\s)\s*(?=[^\W_])",
    re.I,
)
"""A quantity with its unit or sign, before a word."""
_BRACKET = re.compile(r"\([^()]*\)")
_HOUSE = re.compile(r"[^,(:;.]*[^\W\d_][^,(:;.]*\s\d{1,4}\s?[a-z]?\s*,?\s*$")
_PLACE = re.compile(
    r"(?<!\d )(?<!\w)[A-ZÄÖÜ][a-zäöüß]{3,}[\w.'-]*(?: [A-Za-zäöüß][\w.'-]+)? \d{1,4}\s?[a-z]?, "
    r"(?:[A-Z]{1,2}-)?\d{4,5} [A-ZÄÖÜ][\w-]+"
)
"""A house, a postal code and a city in the middle of a sentence."""
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b")
_TO = re.compile(r"\b(?:to|at)\s+(?=\S)|:\s+", re.I)
_COLON = re.compile(r":\s+")
_NAME_BEHIND = re.compile(
    r"(?<=[\w)])[.!?]\s+(?:[A-ZÄÖÜ][^\W\d_]+(?:[-'][^\W\d_]+)*\.?(?:\s+|[.!]?$)){1,3}$"
)
_ABBREVIATED = re.compile(
    r"\b(?:art|nr|no|best|stk|st|pcs|pos|ca|ref|inkl|incl|gr|typ|max|min|ltd|inc|co|item)\.?$", re.I
)
_ASIDE = re.compile(
    r"(?<=[^\s.!?:;])[\s,]+(?:bitte|please|pls|s'il vous|svp|por favor|per favore|"
    r"graag)\b(?=[\s,.;-]+\w).*$",
    re.I,
)
_THANKS = re.compile(
    r"[\s,.;–-]+(?:(?:vielen |besten |herzlichen )?dank(?:e|eschön)?|(?:many )?thanks|thank you|"
    r"thx|"
    r"merci|grazie|gracias|cheers|bedankt|(?:viele |liebe |beste |schöne )?gr(?:uß|üße|uss|uesse)|"
    r"(?:best |kind )?regards|[lv]g|mfg)\b.*$",
    re.I,
)
_LEADS = re.compile(r"[\s,(]+(?:heute |noch |diesmal )*(?:an|to|nach|at)\s", re.I)


def names_goods(number: str, text: str) -> bool:
    """True where ``text`` counts things of this number: then it is no order number."""
    code = re.escape(number)
    counted = (
        rf"{NUMBER}\s*(?:[x×]|{COUNTED})\s*(?:of |von |vom |der |the |art\S* )?{code}(?![\w:])"
    )
    before = rf"(?<!\w){code}\s*[:=–-]?\s*{NUMBER}\s*(?:[x×]|{COUNTED})\s*(?:$|[,;.\n])"
    return re.search(rf"{counted}|{before}", text, re.I | re.M) is not None


def goods_part(line: str) -> str:
    """``100 Stk BT-AA bitte an uns. Weber`` without what follows the goods."""
    text = line
    name = _NAME_BEHIND.search(text)
    if name and not _ABBREVIATED.search(text[: name.start()]):
        text = text[: name.start()]
    if COUNTED_GOODS.search(text):
        text = without_place(text)
    counted = COUNTED_GOODS.search(text)
    for polite in (_ASIDE, _THANKS):
        aside = polite.search(text, counted.end()) if counted else None
        text = text[: aside.start()] if aside else text
    return text


def without_heading(line: str, order_numbers: frozenset[str]) -> str:
    """``MMK-2033: 800 Stk 934.06`` without the order number that opens it."""
    for colon in _COLON.finditer(line):
        heading, rest = line[: colon.start()], line[colon.end() :]
        if _is_heading(heading, rest, order_numbers):
            return rest
    return line


def _is_heading(heading: str, rest: str, order_numbers: frozenset[str]) -> bool:
    if any(number in heading for number in order_numbers):
        return True
    if is_address(heading):
        return True
    single = heading.strip(" -*•")
    counted = COUNTED_GOODS.match(rest)
    if not (counted and is_code(single)):
        return False
    goods = rest[counted.end() :].split()
    return bool(goods) and is_code(goods[0].strip(",.;()"))


def _unless_address(bracket: re.Match[str]) -> str:
    return " " if is_address(bracket[0].strip("()")) else bracket[0]


def _is_place(before: str) -> bool:
    """True for what may stand before a postal code: a comma behind a house or plain words."""
    if not before.endswith(","):
        return False
    return _HOUSE.search(before) is not None or not any(c.isdigit() for c in before)


def _without_postcode(text: str) -> str:
    """Cut ``to Unit 12, Dyke Road, Townby BA9 5LT``, which no other country's forms fit."""
    code = _POSTCODE.search(text)
    if not code:
        return text
    goods = [m.end() for m in COUNTED_GOODS.finditer(text, 0, code.start())]
    lead = _TO.search(text, goods[-1] if goods else 0, code.start())
    return f"{text[: lead.start()]} {text[code.end() :]}" if lead else text


def without_place(text: str) -> str:
    """Cut an address out of a sentence, with the words that lead to it."""
    text = _without_postcode(_PLACE.sub(" ", _BRACKET.sub(_unless_address, text)))
    postal = POSTAL.search(text)
    street = STREET.search(text)
    if not postal or not (street or _is_place(text[: postal.start() + 1].rstrip())):
        return text
    start = min(m.start() for m in (postal, street) if m)
    house = _HOUSE.search(text[: start + 1].rstrip(", "))
    if house and not COUNTED_GOODS.search(house[0]):
        start = house.start()
    end = max(m.end() for m in (postal, street) if m)
    counted = COUNTED_GOODS.search(text)
    if counted is None or counted.start() >= end:
        return text[end:].lstrip(" ,):.") if counted else f"{text[:start]} {text[end:]}"
    if start <= counted.start():
        return text
    leads = [m.start() for m in _LEADS.finditer(text, counted.end(), start)]
    comma = text.find(",", counted.end(), start)
    begin = leads[0] if leads else (comma if comma > 0 else start)
    return f"{text[:begin].rstrip(' ,(')} {text[end:].lstrip(' ,).')}".strip()
