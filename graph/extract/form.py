"""The form a model fills in, and how the words in it become an order.

The form is flat, and every value in it is words copied from the mail: a small model can
fill it in. The words are read by the functions that read the mail itself offline.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from graph.extract.evidence import Style, style_of
from graph.extract.money import currency_in
from graph.extract.numbers import NUMBER, WORD_NUMBERS
from graph.extract.units import canonical_unit
from graph.order import Line, Mail, Order, Party, ShipTo

FormKind = Literal[
    "order",
    "change",
    "cancellation",
    "repeat",
    "question",
    "return",
    "complaint",
    "confirmation",
    "invoice",
    "offer",
    "spam",
    "other",
]
GROUPED = r"\d{1,3}(?: \d{3})+(?!\d)"
"""A number grouped by plain spaces, such as ``1 000``: only where it is a whole value."""
_NUMBER = re.compile(rf"(?P<minus>[-−])?(?P<number>{GROUPED}|{NUMBER})")
_NO_UNIT = {"x", "×", "*", "@"}


def _trimmed(words: object) -> object:
    """An empty value is none."""
    return (words.strip() or None) if isinstance(words, str) else words


Words = Annotated[str | None, BeforeValidator(_trimmed)]
"""Words as the mail writes them; None where it does not say."""


class LineForm(BaseModel):
    """One ordered item."""

    model_config = ConfigDict(extra="forbid")

    code: Words
    customer_code: Words
    description: Words
    quantity: Words
    unit: Words
    price: Words


class OrderForm(BaseModel):
    """One order."""

    model_config = ConfigDict(extra="forbid")

    kind: FormKind
    po_number: Words
    order_date: Words
    requested_date: Words
    customer_number: Words
    ship_to: Words
    currency: Words
    total: Words
    lines: list[LineForm]


def style_of_mail(mail: Mail) -> Style:
    """How a mail writes numbers and dates.

    In a mail without a date of its own, a date without a year comes out in the past: it
    will not agree with the offline reader, and a person is asked.
    """
    words = "\n".join((mail.subject, *(document.text for document in mail.documents)))
    return style_of(words, mail.date.date() if mail.date else date(2000, 1, 1))


def read_form(form: OrderForm, style: Style) -> Order:
    """Turn a filled form into an order; what cannot be read stays None."""
    currency = currency_in(form.currency or "")
    return Order(
        kind=form.kind,
        customer=Party(account_number=form.customer_number),
        po_number=form.po_number,
        order_date=_date(form.order_date, style),
        requested_date=_date(form.requested_date, style),
        currency=currency[0] if currency else None,
        ship_to=ShipTo(text=form.ship_to),
        lines=tuple(_line(line, n, style) for n, line in enumerate(form.lines, 1)),
        total=_number(form.total, style),
        extractor="model",
    )


def _line(form: LineForm, position: int, style: Style) -> Line:
    unit = None if form.unit in _NO_UNIT else form.unit
    return Line(
        position=position,
        code=form.code,
        customer_sku=form.customer_code,
        description=form.description,
        stated_quantity=_number(form.quantity, style),
        stated_unit=unit and (canonical_unit(unit) or unit),
        stated_price=_number(form.price, style),
    )


def _number(words: str | None, style: Style) -> Decimal | None:
    found = _NUMBER.search(words or "")
    if found is None:
        spelt = WORD_NUMBERS.get((words or "").casefold())
        return None if spelt is None else Decimal(spelt)
    reading = style.number(found["number"])
    if reading is None:
        return None
    return -reading.value if found["minus"] else reading.value


def _date(words: str | None, style: Style) -> date | None:
    found = style.date(words or "")
    return found.day if found else None
