"""Header fields of an order: numbers, dates and currency by their labels.

A value stands 1. behind its label and a colon, 2. in the next cell or the line below,
3. behind a label without a colon, 4. in the subject, 5. inside a sentence. The first that
is found and looks like what it should be is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.extract.dates import FULL_DATE, FoundDate, find_dates
from graph.extract.evidence import Style
from graph.extract.headwords import ACCOUNT, PO_NUMBER
from graph.extract.labels import LABELS, Field, labelled, prefixed
from graph.extract.money import CURRENCY_OF, SIGN
from graph.extract.rows import Row
from graph.extract.shapes import is_code
from graph.extract.units import canonical_unit
from graph.extract.words import flexible, key
from graph.order import Evidence

_CODE = (
    r"(?P<code>(?-i:(?!PO|NR|NO|KW|CW|TEL|FAX|EUR|USD|GBP|CHF|KD|ART)[A-Z]{2,4} "
    r"\d{3,})(?![\w.,/])|[^\W_](?:[\w./\-+]*[^\W_])?)"
)
_CODE_TOKEN = re.compile(
    rf"(?:\s|no\b|nr\b|nummer|number|num\b|n°|nº|#|:|\.|-(?=\s)|id\b)*[“”\"„'(]?{_CODE}", re.I
)
_PO_IN_TEXT = re.compile(
    rf"(?<![\w-])(?P<label>{flexible(PO_NUMBER)})(?:[\s.]*(?:no|nr|nummer|number|n°|nº|"
    rf"#|id|is|ist|lautet|est|es|è)(?!\w))*(?P<gap>[\s.:#“”\"„(]*){_CODE}",
    re.I,
)
_PO_HINT = re.compile(
    r"order|bestell|\bour\b|unser|\bons\b|notre|\bpo\b|p\.\s?o|auftrag|commande|"
    r"pedido|ordin|abruf|beleg|compra|po\d|po-",
    re.I,
)
_OTHER_ORDER = re.compile(
    r"(?:\b(?:wie|like|as|replac\w+|ersetzt|ersatz für|letzte\w*|last|previous\w*|"
    r"vorherige\w*|earlier|frühere\w*|same as|similar to|from|aus|statt|instead of|"
    r"angebot|offer|quote|quotation|"
    r"rechnung|invoice|re-?)\s+(?:\w+\s+){0,2})$",
    re.I,
)
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
_SIGNS = re.compile(SIGN, re.I)


@dataclass(frozen=True, slots=True)
class Value:
    """A value with its evidence; ``rank`` is the rung that found it, small is sure."""

    value: str
    evidence: Evidence
    rank: int = 0
    row: Row | None = None


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


def values(
    rows: Sequence[Row], field: Field, accept: Callable[[str], str | None]
) -> Iterator[Value]:
    """Labelled values of ``field`` that ``accept`` understands, rungs 1 to 3."""
    for n, row in enumerate(rows):
        for at, (offset, part) in enumerate(row.parts):
            found = labelled(part) or _label_cell(row, at)
            if found and found[0] == field:
                yield from _labelled_value(rows, n, at, offset, found[1], accept)
            elif not found and (loose := prefixed(part)) and loose[0] == field:
                value = accept(loose[1])
                if value:
                    yield Value(value, row.place.quote(value), 3, row)


def _label_cell(row: Row, at: int) -> tuple[Field, str] | None:
    """A common word such as ``Date`` is a label where it has a cell of its own."""
    alone = LABELS.get(key(row.parts[at][1])) if at % 2 == 0 and at + 1 < len(row.parts) else None
    return (alone, "") if alone else None


def _labelled_value(
    rows: Sequence[Row],
    n: int,
    at: int,
    offset: int,
    words: str,
    accept: Callable[[str], str | None],
) -> Iterator[Value]:
    row = rows[n]
    spots: list[tuple[Row, str, int]] = [(row, words, 1)] if words else []
    if not words:
        spots += [(row, row.parts[at + 1][1], 2)] if at + 1 < len(row.parts) else []
        below = rows[n + 1].parts if n + 1 < len(rows) else ()
        spots += [(rows[n + 1], text, 2) for start, text in below if abs(start - offset) < 4]
    for place, text, rank in spots:
        value = accept(text)
        if value:
            yield Value(value, place.place.quote(value), rank, place)
            return


# --- numbers ----------------------------------------------------------------------


def order_number(text: str) -> str | None:
    """The number that ``text`` opens with, None where it is a date, a count or a word."""
    match = _CODE_TOKEN.match(text)
    if not match:
        return None
    code, after = match["code"].rstrip("."), text[match.end() :].strip("”\"“') ").split()
    if not any(c.isdigit() for c in code) or len(code) < 2 or len(code) > 30:
        return None
    if FULL_DATE.match(text[match.start("code") :]) or re.fullmatch(
        r"\d{1,2}[.:]\d{2}|\d+[.,]\d{2}", code
    ):
        return None
    if after and (canonical_unit(after[0]) or after[0] in ("x", "×")):
        return None
    return code


def po_numbers(rows: Sequence[Row], subject: Row | None, codes: Iterable[str]) -> list[Value]:
    """Every number that is called an order number, the surest first.

    ``codes`` are those of the lines: none of them is taken from a sentence.
    """
    taken = {code.casefold() for code in codes}
    found = [*values(rows, "po_number", order_number)]
    found = [v for v in found if v.rank < 3 or _fits_loosely(v.value, taken)]
    found += _in_subject(subject, taken) if subject else []
    found += _in_sentences(rows, 5, taken)
    found += [Value(v.value, v.evidence, 6, v.row) for v in values(rows, "reference", order_number)]
    return sorted(found, key=lambda v: v.rank)


def _in_subject(subject: Row, taken: set[str]) -> list[Value]:
    number = topic_number(subject.text)
    mine = number is not None and number.casefold() not in taken
    whole = [Value(number, subject.place.quote(number), 4, subject)] if number and mine else []
    return whole or _in_sentences([subject], 4, taken)


def _fits_loosely(code: str, taken: set[str]) -> bool:
    return len(code) > 2 and code.casefold() not in taken


def _glued(match: re.Match[str]) -> bool:
    """True for ``PO0004711`` and ``PO-871``: the letters belong to the number."""
    between = match.string[match.end("label") : match.start("code")]
    return match["label"].isupper() and between in ("", "-")


def topic_number(subject: str) -> str | None:
    """The order number of a subject that is little else: ``VS-884``, ``Auftrag IAT-741``."""
    topic = _PREFIXES.sub("", subject).strip()
    if _OTHER_TOPIC.search(topic):
        return None
    rest = " ".join(_ORDER_WORDS.sub(" ", topic).split()).strip(" -–:()#,.")
    code = order_number(rest) if rest else None
    if code is None or not rest.startswith(code) or len(code) < 4:
        return None
    after = rest[len(code) :].strip()
    if after and not (any(c.isalpha() for c in code) and len(code) > 4):
        return None
    return None if re.match(r"x\b|stk|pcs|\d", after, re.I) else code


_PREFIXES = re.compile(r"^(?:\s*(?:re|aw|fwd?|wg|antw|tr|rv|i|wtr|sv|rif|r)\s*:)+", re.I)
_OTHER_TOPIC = re.compile(
    r"\b(?:angebot\w*|offer\w*|quot\w+|anfrage\w*|rechnung\w*|invoice\w*|lieferung|"
    r"lieferschein\w*|sendung|ticket|"
    r"rma|gutschrift\w*|shipment|newsletter|mahnung\w*|facture|fattura|factura|offerte)\b",
    re.I,
)
_ORDER_WORDS = re.compile(
    r"\b(?:bestellung(?:en)?|best\.?|bestellschein|bestellnummer|bestell-?nr\.?|"
    r"order(?:s)?|purchase|p\.?o\.?(?=[\s:#])|auftrag|commande|bestelling|pedido|"
    r"ordine|neue[rs]?|new|unsere?|our|ihre?|your|nr\.?|no\.?|number|nummer|für|for|"
    r"csv|xlsx|pdf|n°)(?!\w)|#",
    re.I,
)


def _in_sentences(rows: Iterable[Row], rank: int, taken: set[str]) -> list[Value]:
    found = []
    for row in rows:
        text = row.text
        if not _PO_HINT.search(text):
            continue
        for match in _PO_IN_TEXT.finditer(text):
            start = match.start() if _glued(match) else match.start("code")
            code = order_number(text[start:])
            if (
                not code
                or not _fits_loosely(code, taken)
                or _OTHER_ORDER.search(text[: match.start()])
            ):
                continue
            after = text[match.start("code") + len(code) :].split()
            if after and is_code(after[0].strip(",;()")) and code.isdigit() and len(code) < 4:
                continue
            found.append(Value(code, row.place.quote(code), rank, row))
    return found


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
        return text[: found.start + len(found.quote)] if found and found.start < 30 else None

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
