"""match: the customer's words become records of the catalog.

One ladder each for customer, address, product and unit. Where a ladder is not certain it
picks nothing and names candidates: a wrong pick becomes a wrong order, a question does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from graph.catalog import Product
from graph.lookup import Catalog
from graph.match.address import candidate as address_candidate
from graph.match.address import match_address
from graph.match.customer import candidate as customer_candidate
from graph.match.customer import match_customer
from graph.match.price import unit_price
from graph.match.product import match_product
from graph.match.unit import conversion, in_product_units
from graph.order import Line, Order

__all__ = ["match"]


def match(order: Order, catalog: Catalog, changes: Mapping[str, str] | None = None) -> Order:
    """Return the order with customer, address and products of the catalog filled in.

    ``changes`` are a person's corrections (keys as in ``Answer.changes``); they win. A
    correction that names nothing in the catalog leaves no pick. Matching a matched order
    again gives the same result.
    """
    changes = changes or {}
    order = match_customer(_with_own_words(order, changes), catalog, changes.get("customer_id"))
    chosen = changes.get("ship_to.address_id")
    ship_to = match_address(order.ship_to, order.customer_id, catalog, chosen)
    lines = tuple(
        _match_line(line, order.customer_id, catalog, _changes_of(line, changes))
        for line in order.lines
        if "remove" not in _changes_of(line, changes)
    )
    picked = order.model_copy(update={"ship_to": ship_to, "lines": lines})
    return _with_names(picked, catalog)


def _with_names(order: Order, catalog: Catalog) -> Order:
    """The order with what was picked as its one candidate, so that people see names."""
    customer = catalog.customer(order.customer_id) if order.customer_id else None
    address = catalog.address(order.ship_to.address_id) if order.ship_to.address_id else None
    update: dict[str, Any] = {}
    if customer:
        update["customer_candidates"] = (customer_candidate(customer, 100.0),)
    if address:
        named = {"candidates": (address_candidate(address, 100.0),)}
        update["ship_to"] = order.ship_to.model_copy(update=named)
    return order.model_copy(update=update)


def _with_own_words(order: Order, changes: Mapping[str, str]) -> Order:
    """The order with number and date as a person corrected them."""
    update: dict[str, Any] = {}
    if "po_number" in changes:
        update["po_number"] = changes["po_number"].strip() or None
    if "requested_date" in changes:
        update["requested_date"] = _date(changes["requested_date"])
    return order.model_copy(update=update)


def _changes_of(line: Line, changes: Mapping[str, str]) -> dict[str, str]:
    prefix = f"lines.{line.position}."
    return {k.removeprefix(prefix): v for k, v in changes.items() if k.startswith(prefix)}


def _match_line(
    line: Line, customer_id: str | None, catalog: Catalog, changes: Mapping[str, str]
) -> Line:
    pick = match_product(line, customer_id, catalog, changes.get("sku"))
    update: dict[str, Any] = {"matched_by": pick.rung, "candidates": pick.candidates}
    if pick.product is None:
        return line.model_copy(update=update | _as_stated(line, changes))
    counted = _in_units(line, pick.product, customer_id, catalog, changes)
    return line.model_copy(update=update | {"sku": pick.product.sku} | counted)


def _as_stated(line: Line, changes: Mapping[str, str]) -> dict[str, Any]:
    """Without a product there is no unit to convert to: the words stay as they are."""
    quantity = _number(changes["quantity"]) if "quantity" in changes else line.stated_quantity
    return {
        "sku": None,
        "quantity": quantity,
        "unit": line.stated_unit,
        "price": line.stated_price and line.stated_price / (line.price_per or 1),
        "unit_problem": None,
    }


def _in_units(
    line: Line,
    product: Product,
    customer_id: str | None,
    catalog: Catalog,
    changes: Mapping[str, str],
) -> dict[str, Any]:
    """Quantity, unit and price in the product's own unit."""
    stated = conversion(line.stated_unit, product, line.description)
    factor, problem, quantity = stated.factor, stated.problem, None
    if factor is not None and line.stated_quantity is not None:
        quantity, uneven = in_product_units(line.stated_quantity, factor, product)
        problem = uneven or problem
    if "quantity" in changes:
        quantity, problem = _number(changes["quantity"]), None
    listed = catalog.price_of(customer_id, product.sku, quantity or Decimal(1))
    return {
        "quantity": quantity,
        "unit": product.unit or line.stated_unit,
        "price": factor
        and unit_price(line, quantity, factor, product, listed.price if listed else None),
        "unit_problem": problem,
    }


def _number(text: str) -> Decimal | None:
    """A quantity as a person typed it; ``1.000`` could be one or a thousand, so it is neither."""
    plain_number = re.fullmatch(r"-?\d{1,12}(?:[.,](?!\d{3}$)\d{1,6})?", text.strip(), re.ASCII)
    return Decimal(text.strip().replace(",", ".")) if plain_number else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
