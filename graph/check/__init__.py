"""check: everything that is wrong with an order, as findings.

To add a rule, write one function beside its nearest sibling and put it into ``RULES``.
A rule looks at a ``Case`` and yields findings; what the ERP does not know makes none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from graph.check.case import Case, Check
from graph.check.customer import (
    ambiguous_customer,
    customer_blocked,
    new_customer,
    untrusted_sender,
)
from graph.check.delivery import (
    address_mismatch,
    date_before_stock,
    date_infeasible,
    out_of_stock,
)
from graph.check.mail import kind_of_mail
from graph.check.paper import duplicate_order, missing_lines, missing_po_number, stale_data
from graph.check.price import (
    amount_mismatch,
    price_mismatch,
    price_of_zero,
    total_mismatch,
    value_limit,
)
from graph.check.product import ambiguous_product, discontinued_product, unknown_product
from graph.check.quantity import (
    invalid_quantity,
    missing_quantity,
    repeated_line,
    unit_mismatch,
    unusual_quantity,
)
from graph.lookup import Catalog
from graph.order import Finding, Order, aware
from graph.playbook import Playbook
from graph.ports import Earlier

__all__ = ["RULES", "check"]

RULES: tuple[Check, ...] = (
    new_customer,
    ambiguous_customer,
    customer_blocked,
    untrusted_sender,
    missing_lines,
    missing_po_number,
    duplicate_order,
    address_mismatch,
    unknown_product,
    ambiguous_product,
    discontinued_product,
    missing_quantity,
    invalid_quantity,
    unit_mismatch,
    unusual_quantity,
    repeated_line,
    out_of_stock,
    date_infeasible,
    date_before_stock,
    price_of_zero,
    price_mismatch,
    amount_mismatch,
    total_mismatch,
    value_limit,
    stale_data,
)
"""The rules of an order, in the order a card shows what they find."""


def check(
    order: Order,
    catalog: Catalog,
    playbook: Playbook,
    *,
    earlier: Sequence[Earlier],
    now: datetime,
) -> tuple[Finding, ...]:
    """Return the doubts of reading and extracting, then what every rule finds.

    ``earlier`` are this customer's other orders in Deskhand's hands; the ERP's own are in
    the catalog. Mail that is no order is only told apart, not judged line by line. Raises
    ValueError where ``now`` has no time zone.
    """
    case = Case(order, catalog, playbook, earlier, aware(now))
    rules = RULES if order.kind == "order" else (kind_of_mail,)
    found = (*order.doubts, *(finding for rule in rules for finding in rule(case)))
    return tuple({finding.key: finding for finding in found}.values())
