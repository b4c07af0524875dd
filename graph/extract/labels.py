"""Which header field a label names: ``Bestell-Nr.:``, ``Ship to``, ``Liefertermin``."""

from __future__ import annotations

import re
from typing import Literal

from graph.extract import headwords
from graph.extract.words import key

Field = Literal[
    "po_number",
    "reference",
    "order_date",
    "requested_date",
    "ship_to",
    "site",
    "note",
    "bill_to",
    "buyer",
    "supplier",
    "account_number",
    "vat_id",
    "phone",
    "currency",
]
_FIELDS: tuple[tuple[Field, str], ...] = (
    ("note", headwords.NOTE),
    ("site", headwords.SITE),
    ("reference", headwords.REFERENCE),
    ("phone", headwords.PHONE),
    ("vat_id", headwords.VAT_ID),
    ("supplier", headwords.SUPPLIER),
    ("buyer", headwords.BUYER),
    ("currency", headwords.CURRENCY),
    ("order_date", headwords.ORDER_DATE),
    ("requested_date", headwords.REQUESTED_DATE),
    ("bill_to", headwords.BILL_TO),
    ("ship_to", headwords.SHIP_TO),
    ("account_number", headwords.ACCOUNT),
    ("po_number", headwords.PO_NUMBER),
)
LABELS: dict[str, Field] = {key(p): field for field, phrases in _FIELDS for p in phrases.split("|")}
_COLON = re.compile(r"^\W{0,3}(?P<label>[^:=]{1,48}?)\s*(?:[:=]|#:?)\s*(?P<value>.*)$")
_FILLER = re.compile(
    r"\([^)]*\)|^(?:the|our|unsere?|gewünschter?|requested|bitte|please|kindly|neue|"
    r"new)\s+",
    re.I,
)
_TO_A_SITE = re.compile(
    r"\W*(?:(?:an)?lieferung|delivery|livraison|levering|entrega|consegna)\s+"
    r"(?!notes?\b|terms?\b|cond|charge|cost|kosten|schein|instr)[^\W\d_][\w .-]{2,24}$",
    re.I,
)
"""``Anlieferung Werk 1``: a date or an address may follow."""
_LOOSE = frozenset({"t", "m", "an", "to", "from", "ph", "date", "order", "delivery", "o", "po"})


def labelled(part: str) -> tuple[Field, str] | None:
    """The field and value of ``Bestell-Nr.: 4711``; the value is empty where it stands elsewhere.

    None where ``part`` does not begin with a label and a colon, and is no label alone.
    """
    match = _COLON.match(part)
    if match:
        field = _field(match["label"])
        return (field, match["value"].strip()) if field else None
    field = _field(part) if len(part) < 50 and key(part) not in _LOOSE else None
    return (field, "") if field else None


def _field(label: str) -> Field | None:
    known = LABELS.get(key(label)) or LABELS.get(key(_FILLER.sub("", label)))
    return (
        known or _one_of_several(label) or ("requested_date" if _TO_A_SITE.match(label) else None)
    )


def _one_of_several(label: str) -> Field | None:
    """``Our ref / PO``, ``Bestellnr./Datum``: the first name that is known."""
    names = label.split("/") if label.count("/") == 1 else []
    fields = [LABELS.get(key(name)) for name in names]
    return next((f for f in ("po_number", *fields) if f in fields and f), None) if names else None


def prefixed(part: str) -> tuple[Field, str] | None:
    """The same without a colon (``Kundennummer 10023``): the longest label that opens ``part``."""
    split = part.split()
    for count in range(min(5, len(split) - 1), 0, -1):
        name = key(" ".join(split[:count]))
        field = LABELS.get(name)
        if field and (count > 1 or name not in _LOOSE):
            return field, " ".join(split[count:])
    return None
