"""Prices: from the figures a customer wrote to the price of one product unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from graph.catalog import Product
from graph.match.unit import tidy
from graph.order import Line

_PER_MANY = (100, 1000)
_NEAR = Decimal("0.02")
"""As near as this share of the list price, a reading of the figures is the likely one."""


def unit_price(
    line: Line, quantity: Decimal | None, factor: Fraction, product: Product, listed: Decimal | None
) -> Decimal | None:
    """What the customer says one product unit costs; None where no price is stated.

    A price may be meant per stated unit, per product unit or per pack, and before or after
    the discount. In this order:

    1. the reading that makes quantity x price the stated amount; a price for 100 or 1000
       that does not say so, only where it comes near the list price too
    2. without an amount, the reading that comes near the list price
    3. per stated unit, the discount taken off
    """
    if line.stated_price is None:
        return None
    readings = list(_readings(line, factor))
    if line.amount is not None and quantity is not None:
        by_pack = _readings(line, Fraction(product.pack_size)) if product.pack_size else ()
        off = {price: abs(quantity * price - line.amount) for price in (*readings, *by_pack)}
        closest = min(off, key=lambda price: off[price])
        if adds_up(quantity, closest, line.amount):
            return tidy(closest)
        for price in (reading / many for many in _PER_MANY for reading in readings):
            if adds_up(quantity, price, line.amount) and _is_near(price, listed):
                return tidy(price)
    return tidy(next((price for price in readings if _is_near(price, listed)), readings[0]))


def _is_near(price: Decimal, listed: Decimal | None) -> bool:
    return listed is not None and abs(price - listed) <= listed * _NEAR


def _readings(line: Line, factor: Fraction) -> Iterator[Decimal]:
    """The price by stated unit and by product unit; with the discount taken off first."""
    per_stated_unit = (line.stated_price or Decimal(0)) / (line.price_per or Decimal(1))
    off = 1 - (line.discount_percent or Decimal(0)) / 100
    by_factor = per_stated_unit * factor.denominator / factor.numerator
    for price in dict.fromkeys((by_factor, per_stated_unit)):
        yield from dict.fromkeys((price * off, price))


def adds_up(quantity: Decimal, price: Decimal, amount: Decimal) -> bool:
    """Whether quantity x price is the amount, the price being rounded to cents."""
    return abs(quantity * price - amount) <= Decimal("0.01") + abs(quantity) * Decimal("0.005")
