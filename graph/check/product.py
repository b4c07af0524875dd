"""Is it clear which product is meant, and is it still sold?"""

from __future__ import annotations

from collections.abc import Iterator

from graph.check.case import Case, evidence, number, wanted
from graph.match.product import FITS, candidate
from graph.order import Finding, Line

_NAMES = ("supplier_sku", "customer_sku", "code", "gtin", "description")


def unknown_product(case: Case) -> Iterator[Finding]:
    """Nothing in the catalog answers to the line."""
    for line in case.order.lines:
        if line.sku is None and not _fits_something(line):
            near = f"; the nearest is {line.candidates[0].id}" if line.candidates else ""
            yield Finding(
                type="unknown_product",
                message=f'"{wanted(line)}" is no product of ours{near}',
                line=line.position,
                candidates=line.candidates,
                evidence=evidence(line, *_NAMES),
            )


def ambiguous_product(case: Case) -> Iterator[Finding]:
    """Several products fit the line, or its number and its words name different ones."""
    for line in case.order.lines:
        if line.sku is None and _fits_something(line):
            names = " or ".join(f"{c.id} ({c.label})" for c in line.candidates if c.score >= FITS)
            said = f', described as "{line.description}",' if line.description else ""
            yield Finding(
                type="ambiguous_product",
                message=f'"{wanted(line)}"{said} could be {names}',
                line=line.position,
                candidates=line.candidates,
                evidence=evidence(line, *_NAMES),
            )


def discontinued_product(case: Case) -> Iterator[Finding]:
    """A product that is no longer sold, with what replaces it."""
    for line, product in case.matched:
        if product.on_sale:
            continue
        stock = case.catalog.stock_of(product.sku)
        hint = f"; {number(stock.available)} are left" if stock else ""
        successor = case.catalog.product(product.replaced_by) if product.replaced_by else None
        hint += f"; {successor.sku} ({successor.name}) replaces it" if successor else ""
        yield Finding(
            type="discontinued_product",
            message=f"{product.sku} ({product.name}) is {product.status}{hint}",
            line=line.position,
            candidates=(candidate(successor, 100.0),) if successor else (),
            evidence=evidence(line, *_NAMES),
        )


def _fits_something(line: Line) -> bool:
    return any(c.score >= FITS for c in line.candidates)
