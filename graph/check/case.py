"""One order under examination, with all that a rule may look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from graph.catalog import Customer, Product
from graph.lookup import Catalog
from graph.order import Evidence, Finding, Line, Order, plain
from graph.playbook import Playbook
from graph.ports import Earlier


@dataclass(frozen=True)
class Case:
    """An order with the catalog, the playbook, what came before, and the time."""

    order: Order
    catalog: Catalog
    playbook: Playbook
    earlier: Sequence[Earlier]
    now: datetime

    @property
    def customer(self) -> Customer | None:
        """The customer, where match found one."""
        return self.catalog.customer(self.order.customer_id) if self.order.customer_id else None

    @property
    def today(self) -> date:
        """The day at the desk."""
        return self.now.astimezone(ZoneInfo(self.playbook.timezone)).date()

    @property
    def matched(self) -> Iterator[tuple[Line, Product]]:
        """The lines whose product is certain."""
        for line in self.order.lines:
            product = self.catalog.product(line.sku) if line.sku else None
            if product:
                yield line, product

    @property
    def quantities(self) -> dict[str, Decimal]:
        """How much of each product the whole order wants, in product units."""
        wanted: dict[str, Decimal] = {}
        for line in self.order.lines:
            if line.sku and line.quantity is not None:
                wanted[line.sku] = wanted.get(line.sku, Decimal(0)) + line.quantity
        return wanted

    def first_line_of(self, sku: str) -> Line:
        """Where a finding about the whole quantity of a product is shown."""
        return next(line for line in self.order.lines if line.sku == sku)


Check = Callable[[Case], Iterator[Finding]]
"""A rule: looks at a case and yields what is wrong with it."""


def evidence(line: Line, *fields: str) -> Evidence | None:
    """Where the first of these fields stands in the source."""
    return next((line.evidence[field] for field in fields if field in line.evidence), None)


def number(value: Decimal) -> str:
    """A quantity for people: ``36``, ``0.5``."""
    return plain(value.normalize())


def money(value: Decimal, currency: str | None = None) -> str:
    """A price for people, with two to four decimals: ``4.50 EUR``."""
    whole, _, cents = f"{value:.4f}".partition(".")
    return f"{whole}.{cents.rstrip('0').ljust(2, '0')} {currency or ''}".rstrip()


def wanted(line: Line) -> str:
    """What a line orders, in the customer's own words where match found nothing."""
    name = line.sku or line.supplier_sku or line.customer_sku or line.code or line.gtin
    return name or line.description or f"line {line.position}"
