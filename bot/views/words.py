"""How Deskhand words things in Slack: figures, dates, people, and other people's text.

Text from outside passes through ``escape`` (for mrkdwn) or ``label`` (for plain text), so
that it can neither ping, link nor format. Control and format characters are dropped and
text is brought to one line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from graph.order import FINDING_TYPES, FindingType, Kind

HEADINGS: dict[FindingType, str] = {
    "out_of_stock": "Not enough stock",
    "unknown_product": "Product not found",
    "ambiguous_product": "More than one product fits",
    "discontinued_product": "Product is discontinued",
    "new_customer": "New customer",
    "ambiguous_customer": "More than one customer fits",
    "customer_blocked": "Customer is blocked",
    "unusual_quantity": "Unusual quantity",
    "invalid_quantity": "Quantity is not valid",
    "unit_mismatch": "Unit or pack size does not fit",
    "price_mismatch": "Price differs",
    "total_mismatch": "Total does not add up",
    "address_mismatch": "Delivery address not on file",
    "duplicate_order": "Possibly ordered twice",
    "missing_information": "Information is missing",
    "unreadable_document": "Document could not be read",
    "untrusted_sender": "Sender is not trusted",
    "unsupported_value": "Value not found in the mail",
    "value_limit": "Order value above the limit",
    "date_infeasible": "Delivery date cannot be met",
    "stale_data": "Our data may be out of date",
    "not_an_order": "Probably not an order",
    "order_change": "Change to an earlier order",
}
RANK: dict[FindingType, int] = {name: place for place, name in enumerate(FINDING_TYPES)}
KINDS: dict[Kind, str] = {
    "order": "an order",
    "change": "a change to an earlier order",
    "cancellation": "a cancellation",
    "repeat": "a repeat of an earlier order",
    "question": "a question",
    "return": "a return",
    "complaint": "a complaint",
    "confirmation": "a confirmation",
    "invoice": "an invoice",
    "offer": "an offer",
    "spam": "spam or advertising",
    "other": "other mail",
    "unreadable": "a mail that could not be read",
}
"""Each kind of mail with its article, so that it fits after "this is"."""

_FORMAT = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ANGLES = {"<": "‹", ">": "›"}
_BLANKS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
# Between ASCII letters or digits Slack takes these as they are, and a part number that is
# copied from a card must stay itself.
_MARKUP = re.compile(r"`|(?<![0-9A-Za-z])[*_~]|[*_~](?![0-9A-Za-z])")
_COLON = re.compile(r":(?=//|[\w+'-]+:)")
_BROADCAST = re.compile(r"@(?=(?:channel|here|everyone)\b)", re.IGNORECASE)
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,}")
_ISOLATE, _END = "\u2068", "\u2069"


def clean(text: str) -> str:
    """One line of visible characters: no control, format or filler characters."""
    kept = (
        " " if c.isspace() else c
        for c in text
        if c.isspace() or (c not in _BLANKS and unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    )
    return " ".join("".join(kept).split())


def escape(text: str, limit: int = 150) -> str:
    """Somebody's text for mrkdwn: it reads as written but cannot ping, link or format.

    Markup becomes look-alike characters. ``limit`` counts characters as sent.
    """
    harmless = _MARKUP.sub(lambda match: match[0].translate(_FORMAT), clean(text))
    harmless = _BROADCAST.sub("＠", _COLON.sub("∶", harmless))
    return _cut([_ENTITIES.get(c, c) for c in harmless], limit)


def label(text: str, limit: int = 75) -> str:
    """Somebody's text for a plain text object of at most ``limit`` characters."""
    return _cut([_ANGLES.get(c, c) for c in clean(text)], limit)


def _cut(pieces: Sequence[str], limit: int) -> str:
    """Join pieces up to ``limit``, with an ellipsis where some are left out.

    Text written from right to left is isolated, because it would otherwise reorder the
    figures that stand next to it.
    """
    isolated = any(unicodedata.bidirectional(piece[0]) in ("R", "AL", "AN") for piece in pieces)
    room = limit - 2 * isolated
    # Slack may count UTF-16 units, in which an emoji is two.
    sizes = [len(piece) + (piece > "\uffff") for piece in pieces]
    if sum(sizes) > room:
        kept, used = 0, 1
        while used + sizes[kept] <= room:
            used += sizes[kept]
            kept += 1
        pieces = [*pieces[:kept], "…"]
    text = "".join(pieces)
    return f"{_ISOLATE}{text}{_END}" if isolated else text


def number(value: Decimal) -> str:
    """A figure to read: ``36``, ``0.5``, ``12 500``; what no order holds in powers of ten."""
    if value and not -9 <= value.adjusted() <= 14:
        return f"{value:.3E}"
    whole, _, decimals = f"{round(value, 9):f}".partition(".")
    decimals = decimals.rstrip("0")
    return _grouped(whole) + (f".{decimals}" if decimals else "")


def money(value: Decimal, currency: str | None) -> str:
    """An amount with at least two decimals and its currency: ``1234.50 EUR``."""
    amount = number(value)
    if "E" not in amount:
        whole, _, decimals = amount.partition(".")
        amount = f"{whole}.{decimals:0<2}"
    return f"{amount} {escape(currency, 10)}" if currency else amount


def _grouped(whole: str) -> str:
    """Thousands apart by a narrow space, which nobody can take for a decimal mark."""
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return sign + (f"{int(digits):,}".replace(",", "\u202f") if len(digits) > 4 else digits)


def count(amount: int, thing: str) -> str:
    """``1 line``, ``3 lines``."""
    return f"{amount} {thing}" if amount == 1 else f"{amount} {thing}s"


def listed(things: Iterable[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *others, end = things
    return f"{', '.join(others)} {last} {end}" if others else end


def day(value: date) -> str:
    """A day that reads the same everywhere: ``Wed 20 May 2026``."""
    return f"{value:%a} {value.day} {value:%b %Y}"


def when(moment: datetime) -> str:
    """A moment in mrkdwn, shown by Slack in the reader's own time zone."""
    utc = moment.astimezone(UTC)
    shown, fallback = "{time} on {date_short}", f"{utc:%H:%M} UTC on {day(utc)}"
    return f"<!date^{int(moment.timestamp())}^{shown}|{fallback}>"


def age(since: datetime, now: datetime) -> str:
    """How long ago: ``5 min``, ``3 h``, ``2 days``."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"


def mention(person: str) -> str:
    """A person in mrkdwn by Slack id; any other name is written out."""
    return f"<@{person}>" if _SLACK_ID.fullmatch(person) else escape(person, 40)


def lower_first(text: str) -> str:
    """A heading inside a sentence: ``price differs``."""
    return text[:1].lower() + text[1:]
