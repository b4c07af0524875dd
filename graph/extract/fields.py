"""Header fields of an order: the customer's number, dates and currency."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from graph.extract.dates import FULL_DATE, FoundDate, find_dates
from graph.extract.evidence import Style
from graph.extract.headwords import ACCOUNT
from graph.extract.labels import Field, labelled, prefixed
from graph.extract.money import CURRENCY_OF, SIGN
from graph.extract.rows import Row
from graph.extract.values import Value, order_number, values
from graph.extract.words import flexible

_ACCOUNT_IN_TEXT = re.compile(
    rf"(?<![\w-])(?:{flexible(ACCOUNT)})(?:\s*(?:with you|bei ihnen|is|ist|lautet|no|"
    rf"nr|number|nummer|chez vous|"
    rf"\([^)]*\)))*[\s.:#]*(?P<code>[^\W_](?:[\w./\-]*[^\W_])?)",
    re.I,
)
_ACCOUNT_HINT = re.compile(
    r"kunden|kd|customer|account|acct|client|klant|debit|debtor|codice|código", re.I
)
_WANTED = re.compile(
    r"\b(?:deliver\w*|liefer\w*|anliefer\w*|need\w*|require\w*|benötig\w*|brauch\w*|"
    r"ship\w*|arriv\w*|eintreff\w*|livr\w*|lever\w*|entreg\w*|consegn\w*|receiv\w*|"
    r"erhalt\w*|haben|have (?:it|them|this)|bekommen|send\w*|send\w*|schick\w*|"
    r"termin|latest|spätestens|no later than|not later than|"
    r"wunsch\w*|bis(?: zum| spätestens| einschließlich)?|by(?: the)?|until|before|due|"
    r"avant le|pour le|voor|uiterlijk|antes del|para el|entro(?: il)?|per "
    r"il)\b[^.;!?\n]{0,45}$",
    re.I,
)
_NOT_WANTED = re.compile(
    r"\b(?:valid|gültig|angebot|offer|quote|quotation|holiday|urlaub|since|seit|from|"
    r"vom|dated|ordered on|bestellt am|nicht vor|not before|after|nach dem|ab dem|ab|"
    r"earliest|frühestens|betriebsferien|closed|geschlossen|"
    r"received|erhalten am|rechnung|invoice|created|erstellt|gesendet|sent|wrote|"
    r"schrieb|letzte\w*|last|phone|tel|telefonat|gespräch|besprochen|discussed|"
    r"spoke)\b[^.;!?\n]{0,30}$",
    re.I,
)
_DATED = re.compile(
    r"^[\s,]*(?:vom|dated|of|date|du|van|del|d\.?d\.?|from|-|–|/|,|"
    r"\()\s*(?:the\s+)?(?=\d|[^\W\d_]{3,9}\s+\d)",
    re.I,
)
_PLACE_DATE = re.compile(
    r"^[^\W\d_][^\W\d_ .-]+(?:[ -][^\W\d_]+)?,\s*(?:den |le |dated |il )?(?=\d)"
)
_BEFORE_DATE = re.compile(
    r"[,;(]\s*(?:(?:le|am|on|by|bis|zum|per|the|den|el|il|op|pour le)\s+)*$", re.I
)
_SIGNS = re.compile(SIGN, re.I)


def is_header_line(line: str) -> bool:
    """True for ``Bestell-Nr.: 4711`` and ``Bestellung 4711 vom 20.05.2026``: a line of the head."""
    text = line.strip()
    found = labelled(text)
    if found:
        return bool(found[1] or text.endswith(":"))
    loose = prefixed(text)
    if (
        not loose
        or len(text.split()) > 8
        or loose[0] not in ("po_number", "account_number", "order_date", "requested_date")
    ):
        return False
    if loose[0] in ("order_date", "requested_date"):
        return FULL_DATE.match(loose[1]) is not None
    code = order_number(loose[1])
    rest = loose[1][loose[1].find(code) + len(code) :] if code else ""
    return bool(code and len(code) > 2 and (not rest.strip() or _DATED.match(rest)))


def account_numbers(rows: Sequence[Row]) -> list[Value]:
    """The customer's number with us, by label or in a sentence."""
    found = list(values(rows, "account_number", order_number))
    for row in rows:
        if _ACCOUNT_HINT.search(row.text):
            for match in _ACCOUNT_IN_TEXT.finditer(row.text):
                code = order_number(match["code"])
                if code:
                    found.append(Value(code, row.place.quote(code), 5, row))
    return found


# --- dates ------------------------------------------------------------------------


def dates(rows: Sequence[Row], field: Field, style: Style) -> Iterator[tuple[FoundDate, Row]]:
    """Labelled dates of ``field``."""

    def accept(text: str) -> str | None:
        found = style.date(text)
        if found is None or not (found.start < 30 or _BEFORE_DATE.search(text[: found.start])):
            return None
        return text[: found.start + len(found.quote)]

    for value in values(rows, field, accept):
        found = style.date(value.value)
        if found and value.row:
            yield found, value.row


def order_dates(
    rows: Sequence[Row], po: Value | None, style: Style
) -> Iterator[tuple[FoundDate, Row]]:
    """The day of the order: labelled, behind its number, or behind a place."""
    yield from dates(rows, "order_date", style)
    if po and po.row:
        text = po.row.text
        rest = text[text.find(po.value) + len(po.value) :]
        lead = _DATED.match(rest)
        found = style.date(rest[lead.end() :]) if lead else None
        if found and found.start == 0:
            yield found, po.row
    for row in rows:
        place = _PLACE_DATE.match(row.text) if len(row.text) < 60 else None
        found = style.date(row.text[place.end() :]) if place else None
        if found and found.start == 0 and re.search(r"\d{4}", found.quote):
            yield found, row


def requested_dates(rows: Sequence[Row], style: Style) -> Iterator[tuple[FoundDate, Row]]:
    """When the goods are wanted: labelled, or in a sentence such as ``bis Freitag``."""
    yield from dates(rows, "requested_date", style)
    for row in rows:
        if any((label := labelled(part)) and label[0] == "order_date" for _, part in row.parts):
            continue
        for found in find_dates(row.text, style.today, day_first=style.day_first):
            before = row.text[: found.start]
            if _WANTED.search(before) and not _NOT_WANTED.search(before):
                yield found, row


# --- currency ---------------------------------------------------------------------


def currency(rows: Sequence[Row]) -> Value | None:
    """The currency by its label, else the one that all sums of the document carry."""

    def accept(text: str) -> str | None:
        sign = _SIGNS.match(text.strip())
        return sign[0] if sign else None

    labelled_one = next(values(rows, "currency", accept), None)
    if labelled_one:
        return Value(_iso(labelled_one.value), labelled_one.evidence, 1, labelled_one.row)
    seen: Counter[str] = Counter()
    first: dict[str, Value] = {}
    for row in rows:
        for match in _SIGNS.finditer(row.text):
            iso = _iso(match[0])
            seen[iso] += 1
            first.setdefault(iso, Value(iso, row.place.quote(match[0]), 2, row))
    if not seen:
        return None
    (iso, count), *others = seen.most_common(2)
    return first[iso] if not others or others[0][1] < count else None


def _iso(sign: str) -> str:
    return CURRENCY_OF.get(sign.casefold().rstrip("."), sign.upper())
