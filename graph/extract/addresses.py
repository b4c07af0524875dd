"""A block of address lines -> name, street, postal code, city and country."""

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


def read_address(lines: Sequence[str], evidence: Evidence) -> Party:
    """Name, street, postal code, city and country of a block, or of one line with commas."""
    values: dict[str, str] = {}
    parts: list[str] = []
    for line in lines:
        parts += _without_town(line, values)
    _street(parts, values)
    country = next((p for p in parts if _COUNTRY.match(p)), None)
    if country:
        values["country"] = country
    used = set(values.values())
    names = [p for p in parts if p not in used and not _ATTN.match(p) and not STREET.search(p)]
    if names and not names[0][0].isdigit() and len(names[0]) < 70:
        values["name"] = names[0]
    quotes = dict.fromkeys(values, evidence)
    return Party(text="\n".join(lines), evidence={**quotes, "text": evidence}, **values)


def _without_town(line: str, values: dict[str, str]) -> list[str]:
    """Take postal code and city off a line; return its other parts."""
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
    parts = [p.strip(" ,;()") for part in rest for p in re.split(r"\s*[,;|]\s+|\s+[-–·•]\s+", part)]
    return [p for p in parts if any(c.isalnum() for c in p)]


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
