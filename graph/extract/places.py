"""Where the goods go, said in words: in a sentence, beside the goods, in a block without label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.extract.addresses import is_place, place_span
from graph.extract.headwords import BILL_TO, SHIP_TO
from graph.extract.labels import labelled, prefixed
from graph.extract.parties import Block, Company
from graph.extract.rows import Row
from graph.extract.shapes import POSTAL, is_contact
from graph.extract.trim import COUNTED_GOODS
from graph.extract.words import flexible

_SAME = re.compile(
    r"^\W*(?:same(?: as)?|wie|as|s\.?\s?o\.?|siehe|see|idem|gleich|identisch|"
    r"identical|dito|ditto)\b.*(?:bill\w*|invoice|rechnung\w*|above|oben|besteller|"
    r"buyer|sold|absender|$)",
    re.I,
)
_USUAL = re.compile(
    r"^\W*(?:(?:an |to )?(?:die |unsere |our |the |your )?(?:usual|bekannte\w*|"
    r"übliche\w*|normal\w*|standard\w*|hinterlegte\w*|known|registered|default|same|"
    r"gewohnte\w*)\b.*|(?:us|uns|me|mir|you|we|ihnen|them|be)\b.*|wie (?:immer|"
    r"bekannt|gehabt|üblich).*|as (?:usual|always|before).*)$",
    re.I,
)
_SPOKEN = "|".join(p for p in SHIP_TO.split("|") if p not in ("empfänger", "destinazione"))
"""Single words that also close a letter, ``nur für den Empfänger bestimmt``, name no place."""
_IN_TEXT = re.compile(
    rf"(?<!\w)(?:{flexible(_SPOKEN)}|(?:bitte |please )?(?:liefern|schicken|senden|"
    rf"versenden)(?: sie)?(?: (?:die ware|alles|das|es|diese|uns))?(?: bitte)? (?:an|"
    rf"nach|zu)|(?:deliver|ship|send) (?:it|them|this|these|everything|the goods|all|"
    rf"the order|all goods)? ?to|(?:lieferung|anlieferung|versand) (?:bitte )?(?:an|"
    rf"nach|zu)|(?:bitte )?liefern(?: sie)?[^:\n]{{0,45}}? (?:an|nach)(?= (?:unser|die |"
    rf"den |das |folgende|[A-ZÄÖÜ]))|delivery (?:should be |is )?to|deliver "
    rf"to)(?!\w)\s*:?\s*(?P<rest>\S.*)",
    re.I,
)
_OWN_ORDER = re.compile(
    r"\W*(?:(?:the|our|my|your|this|the above|unsere\w*|meine\w*|die|der|den|dem|diese\w*|obige\w*)"
    r"\s+)?(?:purchase order|order|po|bestellung|auftrag|bestellnummer|bestell-nr)\b",
    re.I,
)
"""``deliver to our order 4711``: what the delivery belongs to, and no place."""
_TAIL = re.compile(
    r"[\s,]+(?:not later|by|until|bis|before|asap|(?:on|am)(?=\s+\d)|no later|spätestens|"
    r"liefern|senden|schicken|zu liefern|please|bitte|and invoice|und rechnung|thank\w*|danke|"
    r"with)\b.*$|[.!]\s+[A-ZÄÖÜ].*$|\s*[-–]\s*(?:vielen|thanks|danke).*$",
    re.I,
)


def written_place(rows: Sequence[Row], order_number: str | None, us: Company) -> Block | None:
    """An address inside the words that order: ``IAT-731 bitte an Haus C, Dunstweg 2, ...``."""
    for row in rows:
        place = place_span(row.text)
        if place is None or us.names(row.text):
            continue
        before = row.text[: place[0]]
        lead = list(_LEAD.finditer(before))
        if is_contact(row.text if not lead else row.text[lead[-1].start() :]):
            continue
        counted = COUNTED_GOODS.search(before)
        ours = order_number is not None and order_number in before
        if not (lead or ours or _DELIVERS.search(before) or COUNTED_GOODS.search(row.text)):
            continue
        if before.rstrip().endswith(":"):
            before = ""
        parts = re.split(r"[,(]", before[lead[-1].end() :] if lead else before)
        named = [p.strip(" :(") for p in parts if not order_number or order_number not in p]
        named = named[1:] if counted and not lead else named
        return [
            ", ".join([*filter(None, named), row.text[place[0] : place[1]].strip(" ,(:).")])
        ], row
    return None


def led_place(rows: Sequence[Row], us: Company) -> Block | None:
    """The lines below a sentence that ends in where to: ``please deliver against PO 7 to:``."""
    for n, row in enumerate(rows):
        if len(row.parts) != 1 or not _LEADS_TO.search(row.text) or labelled(row.text):
            continue
        lines = list(_lines_below(rows[n + 1 :], row))
        goods = any(COUNTED_GOODS.search(line) for line in lines)
        if len(lines) > 1 and is_place(lines[-1]) and not goods and not us.names(lines[0]):
            return lines, row
    return None


def _lines_below(rows: Sequence[Row], lead: Row) -> Iterator[str]:
    for row in rows[:_LINES_BELOW]:
        if row.place.block is not lead.place.block or len(row.parts) != 1:
            return
        yield row.text


_LINES_BELOW = 6
_LEADS_TO = re.compile(
    r"\b(?:deliver\w*|ship\w*|send|\w*liefer\w*|schick\w*|senden)\b.*\b(?:to|an|nach)\s*:$", re.I
)
_LEAD = re.compile(
    r"\b(?i:an|to|nach|at|zu|ins|für|for|pour|voor|para|per|au|à|al|in)\s*:?\s+(?:(?:die|das|den|der|dem|our|my|"
    r"unsere?\w*|the|le|la|el|il|het|de)\s+)?(?=\w)"
)
_DELIVERS = re.compile(r"\b(?:\w*liefer\w*|deliver\w*|ship\w*|send\w*|schick\w*)\b", re.I)


def place_in_text(rows: Sequence[Row]) -> tuple[str, Row] | None:
    """A delivery place named in a sentence: ``please deliver to our site at ...``."""
    for n, row in enumerate(rows):
        match = _IN_TEXT.search(row.text)
        if not match:
            continue
        rest = match["rest"]
        if _OWN_ORDER.match(rest):
            continue
        if (
            n + 1 < len(rows)
            and rows[n + 1].parts
            and (
                rest.endswith((",", "at", "in", "an", "our", "der", "unsere"))
                or POSTAL.search(rows[n + 1].text)
            )
        ):
            rest = f"{rest} {rows[n + 1].text}"
        rest = _TAIL.sub("", rest).strip(" .,:;!")
        if len(rest) > 2 and not _USUAL.match(rest) and not prefixed(rest):
            return rest, row
    return None


_BILLING = re.compile(
    rf"{flexible(BILL_TO)}|rechnung\w*|invoice|factur\w*|fattur\w*|registered|billing|postfach",
    re.I,
)
_CLOSING = re.compile(
    r"^\W*(?:mit |viele |beste |liebe |freundliche\w* |schöne )*"
    r"(?:grüße?n?|gruss|gruß|kind regards|"
    r"(?:best |many |warm )?(?:regards|wishes|thanks)|cheers|cordialement|salut\w*|saludos|"
    r"groet\w*|sincerely|danke|thank you)\b",
    re.I,
)
_LINES_ABOVE = 4


def standing_place(rows: Sequence[Row], us: Company) -> Block | None:
    """An address in lines of its own below the greeting, without a word what it is for.

    None where it could be the sender's own: at the top, behind the closing, beside a
    telephone or where bills go.
    """
    said = list(_until_closing(rows))
    for n, row in enumerate(said):
        start = _first_line(said, n) if _ends_address(row) else n + 1
        block = said[start : n + 1]
        lines = [line.text for line in block]
        introduced = any(r.text.endswith(":") for r in said[:start][-2:])
        around = row.text if introduced else _paragraph(said, n)
        if block and start > 0 and not _is_somebodys(around, us):
            return lines, row
    return None


def _until_closing(rows: Sequence[Row]) -> Iterator[Row]:
    for row in rows:
        if _CLOSING.match(row.text) and len(row.text.split()) < 6:
            return
        yield row


def _ends_address(row: Row) -> bool:
    return len(row.parts) == 1 and len(row.text.split()) < 14 and is_place(row.text)


def _first_line(rows: Sequence[Row], n: int) -> int:
    """Where the address begins that ends in row ``n``; ``n + 1`` where no street is in it."""
    if place_span(rows[n].text):
        return n
    start = n
    while start > max(0, n - _LINES_ABOVE) and _is_address_line(rows[start - 1]):
        start -= 1
    whole = ", ".join(row.text for row in rows[start : n + 1])
    return start if start < n and place_span(whole) else n + 1


def _is_address_line(row: Row) -> bool:
    text = row.text
    return len(row.parts) == 1 and len(text.split()) < 8 and text[-1] not in ":;.!?"


def _paragraph(rows: Sequence[Row], n: int) -> str:
    """The words of the rows around row ``n`` that no blank row sets apart."""
    first = last = n
    while first > 0 and rows[first - 1].parts:
        first -= 1
    while last + 1 < len(rows) and rows[last + 1].parts:
        last += 1
    return "\n".join(row.text for row in rows[first : last + 1])


def _is_somebodys(paragraph: str, us: Company) -> bool:
    lines = paragraph.split("\n")
    return us.names(paragraph) or any(
        is_contact(line) or _BILLING.search(line) or labelled(line) for line in lines
    )


def is_same_as_billing(text: str) -> bool:
    """True for ``same as billing address``, ``wie oben``."""
    return _SAME.match(text) is not None


def is_usual(text: str) -> bool:
    """True for ``wie immer``, ``our usual address``: nothing new is said."""
    return _USUAL.match(text) is not None
