"""Do the prices agree with the price list, and do the sums add up?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from graph.catalog import Price
from graph.check.case import Case, evidence, money, number
from graph.lookup import Catalog
from graph.match.price import adds_up
from graph.order import Finding, Line, Order

_TOLERANCE = "0.02"
"""As far as this share of the list price a stated price may be off."""
_CENT = Decimal("0.01")
_TAX_PERCENT = (
    "5",
    "5.5",
    "6",
    "7",
    "8",
    "8.1",
    "9",
    "10",
    "19",
    "20",
    "21",
    "22",
    "23",
    "24",
    "25",
)
_TAX_RATES = [Decimal(percent) / 100 for percent in _TAX_PERCENT]
_TOTALS = ("net", "gross", "plain", "total")


def price_of_zero(case: Case) -> Iterator[Finding]:
    """A price or amount of nothing is never taken as stated."""
    for line in case.order.lines:
        figures = (line.stated_price, line.price, line.amount)
        if any(figure is not None and figure <= 0 for figure in figures):
            lowest = min(figure for figure in figures if figure is not None)
            yield _mismatch(line, f"states {money(lowest, case.order.currency)}")


def price_mismatch(case: Case) -> Iterator[Finding]:
    """The stated price of a product unit against the customer's price list."""
    if not case.catalog.knows("prices"):
        return
    share = case.playbook.threshold("price_mismatch", _TOLERANCE)
    share = share / 100 if share >= 1 else share
    for line, product in case.matched:
        stated = [price for price in _stated_prices(line) if price > 0]
        if not stated or line.quantity is None:
            continue
        listed = case.catalog.price_of(case.order.customer_id, product.sku, line.quantity)
        if listed is None:
            said = money(stated[0], case.order.currency)
            yield _mismatch(line, f"states {said} for {product.sku}, which has no list price")
        elif foreign := _other_currency(case, listed):
            yield _mismatch(line, f"is in {case.order.currency}, the price list in {foreign}")
        else:
            off = (p for p in stated if not _near(p, listed.price, share, line.quantity))
            for price in list(off)[:1]:
                yield _against_list(line, price, listed, case.order.currency)


def _stated_prices(line: Line) -> list[Decimal]:
    """What one product unit costs by the stated price, and by an amount that goes with it."""
    prices = [] if line.price is None else [line.price]
    if line.amount is None or not line.quantity:
        return prices
    if line.price is None or adds_up(line.quantity, line.price, line.amount):
        prices.append(line.amount / line.quantity)
    return prices


def _other_currency(case: Case, listed: Price) -> str | None:
    stated = case.order.currency
    ours = listed.currency or (case.customer and case.customer.currency) or case.playbook.currency
    return ours if stated and stated.upper() != ours.upper() else None


def _near(price: Decimal, listed: Decimal, share: Decimal, quantity: Decimal) -> bool:
    """Within the tolerance, or equal but for cents that were rounded on the way."""
    rounded = listed.quantize(_CENT, ROUND_HALF_UP)
    slack = _CENT / quantity if quantity > 0 else Decimal(0)
    return abs(price - listed) <= listed * share + slack or price == rounded


def _against_list(line: Line, price: Decimal, listed: Price, currency: str | None) -> Finding:
    unit = line.unit or "unit"
    said, ours = (money(p, currency or listed.currency) for p in (price, listed.price))
    share = f" ({(price / listed.price - 1) * 100:+.1f} %)" if listed.price else ""
    return _mismatch(line, f"states {said} per {unit} of {line.sku}; the list says {ours}{share}")


def _mismatch(line: Line, what: str) -> Finding:
    return Finding(
        type="price_mismatch",
        message=f"Line {line.position} {what}",
        line=line.position,
        evidence=evidence(line, "stated_price", "amount"),
    )


# --- sums -------------------------------------------------------------------------


def amount_mismatch(case: Case) -> Iterator[Finding]:
    """A line whose amount is not quantity times price."""
    for line in case.order.lines:
        if line.amount is None or line.price is None or line.quantity is None:
            continue
        off = 1 - (line.discount_percent or Decimal(0)) / 100
        prices = (line.price,) if line.sku else (line.price, line.price * off)
        if not any(adds_up(line.quantity, price, line.amount) for price in prices):
            product = f"{number(line.quantity)} x {money(line.price)}"
            yield Finding(
                type="total_mismatch",
                message=f"Line {line.position}: {product} is "
                f"{money(line.quantity * line.price)}, the order says "
                f"{money(line.amount, case.order.currency)}",
                line=line.position,
                evidence=evidence(line, "amount", "stated_price"),
            )


def total_mismatch(case: Case) -> Iterator[Finding]:
    """Lines that add up to none of the totals, tax, shipping and discount considered."""
    order = case.order
    amounts = [_amount(line) for line in order.lines]
    sums = [amount for amount in amounts if amount is not None]
    totals = [t for t in (order.total, *_of_kind(order, *_TOTALS)) if t is not None]
    if not totals or not amounts or len(sums) < len(amounts):
        return
    total, slack = sum(sums, Decimal(0)), _CENT * (5 + len(sums))
    reachable = {total + extra for extra in _extras(order)}
    if "gross" in order.other_totals and "tax" not in order.other_totals:
        reachable |= {amount * (1 + rate) for amount in tuple(reachable) for rate in _TAX_RATES}
    if not any(abs(sum_ - stated) <= slack for sum_ in reachable for stated in totals):
        yield Finding(
            type="total_mismatch",
            message=f"The lines add up to {money(total, order.currency)}, "
            f"the order says {money(totals[0], order.currency)}",
            evidence=order.evidence.get("total"),
        )


def _of_kind(order: Order, *kinds: str) -> list[Decimal]:
    return [order.other_totals[kind] for kind in kinds if kind in order.other_totals]


def _extras(order: Order) -> Iterator[Decimal]:
    """Every sum of stated extras that may stand between lines and total, none included."""
    extras = [
        -abs(value) if kind == "discount" else value
        for kind, value in order.other_totals.items()
        if kind in ("tax", "shipping", "discount")
    ]
    for count in range(len(extras) + 1):
        for some in combinations(extras, count):
            yield sum(some, Decimal(0))


def _amount(line: Line) -> Decimal | None:
    if line.amount is not None:
        return line.amount
    if line.price is None or line.quantity is None:
        return None
    return line.price * line.quantity


# --- value ------------------------------------------------------------------------


def order_value(order: Order, catalog: Catalog) -> Decimal | None:
    """The order's value without tax: the largest that its figures or the price list give.

    None where neither the order nor the price list says enough.
    """
    values = [_amount(line) or _list_amount(line, order, catalog) for line in order.lines]
    known = [value for value in values if value is not None]
    by_lines = sum(known, Decimal(0)) if known and len(known) == len(values) else None
    stated = [value for value in (order.total, by_lines) if value is not None]
    return max(stated, default=None)


def _list_amount(line: Line, order: Order, catalog: Catalog) -> Decimal | None:
    if not line.sku or line.quantity is None:
        return None
    listed = catalog.price_of(order.customer_id, line.sku, line.quantity)
    return listed.price * line.quantity if listed else None


def value_limit(case: Case) -> Iterator[Finding]:
    """The order is worth more than the limit the playbook sets, if it sets one."""
    limit = case.playbook.rule("value_limit").threshold
    value = order_value(case.order, case.catalog)
    if limit is not None and value is not None and value > limit:
        worth = money(value, case.order.currency or case.playbook.currency)
        yield Finding(
            type="value_limit",
            message=f"The order is worth {worth}, the limit is "
            f"{money(limit, case.playbook.currency)}",
            evidence=case.order.evidence.get("total"),
        )
