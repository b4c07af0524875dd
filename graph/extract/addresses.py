"""An address taken apart, and an address found inside running text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.extract.shapes import POSTAL, STREET
from graph.order import Evidence, Party

_ATTN = re.compile(
    r"^(?:attn|attention|z\.?\s?hd|zu händen|c/o|contact|ansprechpartner|kontakt|t\.?a\.?v)\b", re.I
)
_COUNTRY = re.compile(
    r"^(?:germany|deutschland|austria|österreich|switzerland|schweiz|france|"
    r"frankreich|netherlands|nederland|niederlande|the netherlands|belgium|belgien|"
    r"belgië|belgique|spain|españa|spanien|italy|italia|italien|united kingdom|uk|"
    r"great britain|england|usa|united states|u\.s\.a\.|poland|polska|polen|denmark|"
    r"dänemark|sweden|schweden|luxembourg|luxemburg|czech republic|tschechien|ireland|"
    r"irland|de|at|ch|fr|nl|be|es|it|gb|us|pl)$",
    re.I,
)
_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_WORD = r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*\.?"
_SMALL = r"[a-zà-ÿ'’]{1,5}"
_TOWN_NAME = rf"{_CAPITAL}{_WORD}(?:[ /-](?:{_SMALL} )*{_CAPITAL}{_WORD}){{0,4}}"
_STREET_PART = (
    rf"(?:{_CAPITAL}{_WORD}\s+(?:(?:{_SMALL}|{_CAPITAL}{_WORD})\s+){{0,5}}"
    rf"\d{{1,4}}\s?[a-zA-Z]?(?:\s?[-/–]\s?\d{{1,4}}[a-z]?)?"
    rf"|\d{{1,4}}[a-z]?,?\s+(?:{_WORD}\s+){{0,4}}{_CAPITAL}{_WORD})"
)
_POST_CODE = r"(?:(?:[A-Z]{1,2}-)?\d{4,5}|\d{3} \d{2}|\d{4} ?[A-Z]{2})"
_PLACE = re.compile(
    rf"(?<!\w)(?P<street>{_STREET_PART})\s*(?:,|·|\||\s[-–])\s*"
    rf"(?P<town>(?P<code>{_POST_CODE})\s+(?P<city>{_TOWN_NAME}))(?!\w)"
)
"""``Kajskjul 14, 411 99 Göteborg``, wherever it stands in a sentence."""
_NO_STREET = re.compile(
    r"\b(?:pos|position|stk|stück|pcs|st|item|artikel|art|line|zeile|din|iso|en|typ|type|größe|"
    r"size|nr|no)\b\.?\s*\d|postfach|p\.?\s?o\.?\s?box",
    re.I,
)
_HOUSE_BEFORE = re.compile(
    r"(?:(?<=[,(:] )|^)[^\W\d_][^\d,:()]{2,40}\s\d{1,4}\s?[a-zA-Z]?\s*$|"
    r"\d{1,4}\s[^\d,:()]{3,40},?\s*$"
)
_SPACED_CODE = re.compile(
    rf"(?:^|,\s*|\s{{2,}}|\s[-–|·]\s|\b[A-Z]{{1,2}}-)"
    rf"(?P<code>\d{{3}} \d{{2}})\s+(?P<city>{_TOWN_NAME})"
)
_BETWEEN = r"\s*[,;|]\s+|\s+[-–·•]\s+"
_IRISH_CODE = re.compile(r"\b(?:[A-Z]\d{2}|D6W) ?[A-Z\d]{4}\b")
_NAMED_STREET = re.compile(
    rf"(?:{_CAPITAL}[\w'’-]+ ){{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Way|Court|Place|"
    rf"Square|Close|Crescent|Terrace|Row|Quay|Wharf|Park|Yard)\.?$"
)


def place_span(text: str) -> tuple[int, int] | None:
    """Where a street and a postal code with its city stand in ``text``."""
    for place in _PLACE.finditer(text):
        if not _NO_STREET.search(place["street"]):
            return place.span()
    postal = POSTAL.search(text)
    if postal is None:
        return None
    street = STREET.search(text[: postal.start()])
    if street is None and postal[0].lstrip().startswith(","):
        street = _HOUSE_BEFORE.search(text[: postal.start()])
    return (street.start(), postal.end()) if street else None


def is_place(text: str) -> bool:
    """True where an address stands in ``text``."""
    known = POSTAL.search(text) or _SPACED_CODE.search(text) or _IRISH_CODE.search(text)
    return place_span(text) is not None or known is not None


def read_address(lines: Sequence[str], evidence: Evidence) -> Party:
    """Name, street, postal code, city and country of a block, or of one line with commas."""
    values: dict[str, str] = {}
    parts: list[str] = []
    for line in lines:
        parts += _without_town(line, values)
    _street(parts, values)
    _named_street(parts, values)
    country = next((p for p in parts if _COUNTRY.match(p)), None)
    if country:
        values["country"] = country
    _second_line(lines, parts, values)
    used = set(values.values())
    names = [p for p in parts if p not in used and not _ATTN.match(p) and not STREET.search(p)]
    if names and not names[0][0].isdigit() and len(names[0]) < 70:
        values["name"] = names[0]
    quotes = dict.fromkeys(values, evidence)
    return Party(text="\n".join(lines), evidence={**quotes, "text": evidence}, **values)


def _second_line(lines: Sequence[str], parts: Sequence[str], values: dict[str, str]) -> None:
    """In a block of lines with a town and no street, the line below the name is the street."""
    wanted = "street" not in values and "postal_code" in values
    if not wanted or len(lines) < 3 or len(parts) < 2:
        return
    if not _NOT_A_STREET.search(parts[1]) and not _COUNTRY.match(parts[1]):
        values["street"] = parts[1]


def _named_street(parts: Sequence[str], values: dict[str, str]) -> None:
    """A street without a house number; behind it the city, where no postal code tells it."""
    if "street" in values:
        return
    for n, part in enumerate(parts):
        if match := _NAMED_STREET.search(part):
            values["street"] = match[0]
            if "city" not in values and len(parts) == n + 2:
                values["city"] = parts[n + 1]
            return


def _without_town(line: str, values: dict[str, str]) -> list[str]:
    """Take postal code and city off a line; return its other parts."""
    if "postal_code" not in values and (rest := _other_town(line, values)) is not None:
        return _split(rest)
    match = POSTAL.search(line) if "postal_code" not in values else None
    rest = [line]
    if match:
        rest = [line[: match.start()], line[match.end() :]]
        if match["code"]:
            values["postal_code"], values["city"] = match["code"], match["city"].strip()
        elif match["code2"]:
            values["postal_code"], values["city"] = match["code2"].split()[-1], match["city2"]
        else:
            values["postal_code"] = match["code3"]
            before, _, city = line[: match.start()].strip(" ,").rpartition(",")
            values["city"] = city.strip()
            rest = [before, line[match.end() :]]
    return _split(rest)


def _other_town(line: str, values: dict[str, str]) -> list[str] | None:
    """``411 99 Göteborg``, ``Kilfinnan Y99 T2T2``; return what stands around it."""
    if spaced := _SPACED_CODE.search(line):
        values["postal_code"], values["city"] = spaced["code"], spaced["city"]
        return [line[: spaced.start()], line[spaced.end() :]]
    irish = _IRISH_CODE.search(line)
    if irish is None:
        return None
    before, _, city = line[: irish.start()].strip(" ,").rpartition(",")
    values["postal_code"] = irish[0]
    if city.strip():
        values["city"] = city.strip()
    return [before, line[irish.end() :]]


def _split(parts: Sequence[str]) -> list[str]:
    pieces = (p.strip(" ,;()") for part in parts for p in re.split(_BETWEEN, part))
    return [p for p in pieces if any(c.isalnum() for c in p)]


_HOUSE_LAST = re.compile(r"[^\W\d_][\w .'\-]{2,40}\s\d{1,4}\s?[a-zA-Z]?(?:\s?[-/]\s?\d+)?")
_HOUSE_FIRST = re.compile(r"\d{1,5}[a-z]?\s[^\W\d_][\w .'-]{3,40}")
_NOT_A_STREET = re.compile(
    r"\b(?:lager|halle|tor|gebäude|building|unit|dock|gate|warehouse|hall|etage|floor|"
    r"raum|room|bau|werk|plant|rampe)\b",
    re.I,
)


def _street(parts: Sequence[str], values: dict[str, str]) -> None:
    """The line that is plainly a street, else the last that ends or begins with a house number."""
    for part in parts:
        if match := STREET.search(part):
            values["street"] = match[0] if len(part.split()) > 6 else part
            return
    for part in reversed(parts):
        if (
            _HOUSE_LAST.fullmatch(part) or _HOUSE_FIRST.fullmatch(part)
        ) and not _NOT_A_STREET.search(part):
            values["street"] = part
            return
