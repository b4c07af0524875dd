"""Who orders, and may they?"""

from __future__ import annotations

from collections.abc import Iterator

from graph import normal
from graph.catalog import Customer
from graph.check.case import Case
from graph.match.customer import STRONG
from graph.order import Evidence, Finding, Party


def new_customer(case: Case) -> Iterator[Finding]:
    """Nobody on file is like the one who orders."""
    candidates = case.order.customer_candidates
    if case.customer or any(c.score >= STRONG for c in candidates):
        return
    yield Finding(
        type="new_customer",
        message=f"{_called(case.order.customer)} is not on file as a customer",
        candidates=candidates,
        evidence=_where(case),
    )


def ambiguous_customer(case: Case) -> Iterator[Finding]:
    """Several customers could be meant, or what the mail says about itself does not agree."""
    candidates = case.order.customer_candidates
    if case.customer or not any(c.score >= STRONG for c in candidates):
        return
    names = " or ".join(f"{c.label} ({c.id})" for c in candidates if c.score >= STRONG)
    yield Finding(
        type="ambiguous_customer",
        message=f"{_called(case.order.customer)} could be {names}",
        candidates=candidates,
        evidence=_where(case),
    )


def customer_blocked(case: Case) -> Iterator[Finding]:
    """A customer who may not order."""
    customer = case.customer
    if customer and customer.status.casefold() not in ("active", ""):
        yield Finding(
            type="customer_blocked",
            message=f"{customer.name} ({customer.customer_id}) is {customer.status} in the ERP",
        )


def untrusted_sender(case: Case) -> Iterator[Finding]:
    """The customer was found by what the mail claims, but the sender is not on file for them."""
    customer, sender = case.customer, case.order.customer.email
    if customer is None or not case.catalog.knows_senders or _on_file(sender, customer):
        return
    by = (case.order.customer_matched_by or "its words").replace("_", " ")
    who = f'The sender "{sender}"' if sender else "No sender is stated, and none"
    yield Finding(
        type="untrusted_sender",
        message=f"{who} is not on file for {customer.name} ({customer.customer_id}), found by {by}",
        evidence=_where(case),
    )


def _on_file(sender: str | None, customer: Customer) -> bool:
    """By address or by domain; a department under the customer's domain counts as theirs."""
    if not sender:
        return False
    if normal.email(sender) in map(normal.email, customer.emails):
        return True
    host = normal.domain(sender)
    domains = {normal.domain(address) for address in customer.emails} - {""}
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _called(said: Party) -> str:
    return said.name or said.email or said.account_number or "Whoever sent the mail"


def _where(case: Case) -> Evidence | None:
    said = case.order.customer.evidence
    return next(
        (said[field] for field in ("account_number", "name", "email") if field in said), None
    )
