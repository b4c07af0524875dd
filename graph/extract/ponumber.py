"""The customer's own number of an order: what is called so, the surest first.

It stands 1. to 3. beside a label (see ``values``), 4. in the subject, 5. inside a sentence,
6. behind a loose label such as ``Reference``, 7. in the name of a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from graph.extract.headwords import PO_NUMBER
from graph.extract.rows import Row
from graph.extract.shapes import is_code
from graph.extract.values import CODE, Value, order_number, values
from graph.extract.words import flexible

_NUMBER = r"(?:[\s.]*(?:no|nr|nummer|number|n°|nº|#|id|is|ist|lautet|est|es|è)(?!\w))*"
_PO_IN_TEXT = re.compile(
    rf"(?<![\w-])(?P<label>{flexible(PO_NUMBER)}){_NUMBER}(?P<gap>[\s.:#“”\"„(]*){CODE}", re.I
)
_PO_AT_END = re.compile(rf"(?<![\w-])(?:{flexible(PO_NUMBER)}){_NUMBER}[\s.:#]*$", re.I)
_PO_HINT = re.compile(
    r"order|bestell|\bour\b|unser|\bons\b|notre|\bpo\b|p\.\s?o|auftrag|commande|"
    r"pedido|ordin|abruf|beleg|compra|po\d|po-",
    re.I,
)
_UNDER = re.compile(
    r"\b(?:unter|under|sous|onder|bajo|sotto)\s+"
    r"(?:(?:the|our|der|dem|unserer|unserem|notre|ons|onze|nuestro|nostro)\s+)?"
    rf"(?:(?:nr|no|n°|nº|nummer|number|numéro|ref\w*|zeichen|vorgang)(?!\w)[\s.:#]*)?{CODE}"
    rf"|\b(?:as|per|als) (?:our |unsere )?(?:po|p\.o\.|purchase order|bestellung){_NUMBER}[\s.:#]*"
    rf"{CODE.replace('code', 'as')}",
    re.I,
)
"""``We order under QP-26-201``: a number that is plainly one, without being called so."""
_REACHED = re.compile(r"\b(?:erreich\w*|reach\w*|tel\b\.?|call|ruf\w*|mobil\w*)[^.]{0,12}$", re.I)
_OUR_REFERENCE = re.compile(
    rf"\b(?:our ref(?:erence)?|unsere referenz|unser zeichen|notre référence|onze referentie)\b"
    rf"{_NUMBER}[\s.:#]*{CODE}",
    re.I,
)
_OTHER_ORDER = re.compile(
    r"(?:\b(?:wie|like|(?:same|goods|items|quantit\w+|just|exactly) as|as (?:in|on|with|for)|"
    r"replac\w+|ersetzt|ersatz für|letzte\w*|last|previous\w*|"
    r"vorherige\w*|earlier|frühere\w*|similar to|from|aus|statt|instead of|"
    r"angebot|offer|quote|quotation|"
    r"rechnung|invoice|re-?)\s+(?:\w+\s+){0,2})$",
    re.I,
)
_PREFIXES = re.compile(r"^(?:\s*(?:re|aw|fwd?|wg|antw|tr|rv|i|wtr|sv|rif|r)\s*:)+", re.I)
_OTHER_TOPIC = re.compile(
    r"\b(?:angebot\w*|offer\w*|quot\w+|anfrage\w*|rechnung\w*|invoice\w*|lieferung|"
    r"lieferschein\w*|sendung|ticket|"
    r"rma|gutschrift\w*|shipment|newsletter|mahnung\w*|facture|fattura|factura|offerte)\b",
    re.I,
)
_ORDER_WORDS = re.compile(
    r"\b(?:(?:sammel|nach|neu|eil|einkaufs)?bestellung(?:en)?|best\.?|bestellschein|"
    r"bestellnummer|bestell-?nr\.?|(?:inkoop|purchase[- ]?)?order(?:s)?|purchase|"
    r"p\.?o\.?(?=[\s:#])|auftrag|abruf|bedarf|commande|bestelling|pedido|requisition|"
    r"ordine|neue[rs]?|new|unsere?|our|ihre?|your|nr\.?|no\.?|number|nummer|für|for|"
    r"csv|xlsx|pdf|n°)(?!\w)|#",
    re.I,
)
_DAY_DIGITS = re.compile(r"20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


def po_numbers(rows: Sequence[Row], subject: Row | None, codes: Iterable[str]) -> list[Value]:
    """Every number that is called an order number, the surest first.

    ``codes`` are those of the lines: none of them is taken from a sentence.
    """
    taken = {code.casefold() for code in codes}
    found = [*values(rows, "po_number", order_number)]
    found = [v for v in found if v.rank < 3 or _fits_loosely(v.value, taken)]
    found += _in_subject(subject, taken) if subject else []
    found += [*_in_sentences(rows, 5, taken), *_on_next_line(rows), *_under(rows, taken)]
    found += [Value(v.value, v.evidence, 6, v.row) for v in values(rows, "reference", order_number)]
    found += _referred(rows, taken)
    return sorted(found, key=lambda v: v.rank)


def in_file_name(row: Row) -> Value | None:
    """``PO_TSC-4204.pdf``: the name of a file that is an order word and a number."""
    words = re.sub(r"\.\w{2,4}$", "", row.text).replace("_", " ")
    code = topic_number(words) if _ORDER_WORDS.search(words) else None
    if code is None or _DAY_DIGITS.fullmatch(code) or code not in row.text:
        return None
    return Value(code, row.place.quote(code), 7, row)


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


def _in_subject(subject: Row, taken: set[str]) -> list[Value]:
    number = topic_number(subject.text)
    mine = number is not None and number.casefold() not in taken
    whole = [Value(number, subject.place.quote(number), 4, subject)] if number and mine else []
    return whole or [*_in_sentences([subject], 4, taken)]


def _fits_loosely(code: str, taken: set[str]) -> bool:
    return len(code) > 2 and code.casefold() not in taken


def _glued(match: re.Match[str]) -> bool:
    """True for ``PO0004711`` and ``PO-871``: the letters belong to the number."""
    between = match.string[match.end("label") : match.start("code")]
    return match["label"].isupper() and between in ("", "-")


def _in_sentences(rows: Iterable[Row], rank: int, taken: set[str]) -> Iterator[Value]:
    for row in rows:
        for match in _PO_IN_TEXT.finditer(row.text) if _PO_HINT.search(row.text) else ():
            code = _said_number(match)
            if code and _fits_loosely(code, taken):
                yield Value(code, row.place.quote(code), rank, row)


def _referred(rows: Iterable[Row], taken: set[str]) -> Iterator[Value]:
    for row in rows:
        for match in _OUR_REFERENCE.finditer(row.text):
            code = order_number(match["code"])
            if code and _stands_for_itself(code) and _fits_loosely(code, taken):
                yield Value(code, row.place.quote(code), 6, row)


def _said_number(match: re.Match[str]) -> str | None:
    """The number behind a word for orders, None where it is another order's or counts goods."""
    text = match.string
    code = order_number(text[match.start() if _glued(match) else match.start("code") :])
    if not code or _OTHER_ORDER.search(text[: match.start()]):
        return None
    after = text[match.start("code") + len(code) :].split()
    counts = code.isdigit() and len(code) < 4
    return None if counts and after and is_code(after[0].strip(",;()")) else code


def plain_numbers(rows: Sequence[Row]) -> frozenset[str]:
    """Numbers that are said so plainly that they name no goods wherever they stand."""
    labelled = (v for v in values(rows, "po_number", order_number) if v.rank == 1)
    return frozenset(v.value for v in (*labelled, *_on_next_line(rows), *_under(rows, set())))


def _on_next_line(rows: Sequence[Row]) -> Iterator[Value]:
    """A sentence that ends with ``Bestell-Nr.:`` and the number in a line of its own."""
    for row, below in pairwise(rows):
        code = order_number(below.text) if _PO_AT_END.search(row.text) else None
        if code and code == below.text.strip():
            yield Value(code, below.place.quote(code), 5, below)


def _under(rows: Iterable[Row], taken: set[str]) -> Iterator[Value]:
    for row in rows:
        for match in _UNDER.finditer(row.text):
            code = order_number(match["code"] or match["as"])
            reached = _REACHED.search(row.text[: match.start()])
            if code and not reached and _stands_for_itself(code) and _fits_loosely(code, taken):
                yield Value(code, row.place.quote(code), 5, row)


def _stands_for_itself(code: str) -> bool:
    """Letters with digits, or digits that are too many for a count and no telephone."""
    if code.isdigit():
        return len(code) > 4 and not code.startswith("0")
    return len(code) > 3 and is_code(code.replace(" ", ""))
