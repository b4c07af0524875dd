"""Who orders: the customer of the catalog behind the words of a mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from graph import normal
from graph.catalog import Customer
from graph.lookup import Catalog
from graph.order import Candidate, Order, Party

STRONG = 85.0
"""From this score on a candidate may well be the customer; below, it is only spelt alike."""
_MISSPELT = 90
"""From this likeness on, from 0 to 100, two company names are one name spelt differently."""
_WORTH_SHOWING = 60
_SHOWN = 5


def match_customer(order: Order, catalog: Catalog, chosen: str | None = None) -> Order:
    """Fill in ``customer_id``, ``customer_matched_by`` and ``customer_candidates``.

    0. what a person chose wins
    1. account number
    2. the sender's address
    3. VAT id
    4. phone
    5. the sender's domain
    6. name

    Every rung that knows somebody is heard, and they must agree: a rung that knows several
    customers is narrowed by the next, one that knows only others is a contradiction and
    leaves no pick. Names that are merely alike are candidates, never a pick.
    """
    if chosen is not None:
        return _chosen(order, catalog, chosen)
    heard = [(rung, found) for rung, found in _voices(order.customer, catalog) if found]
    left: dict[str, Customer] | None = None
    decided_by = None
    for rung, found in heard:
        left = found if left is None else {k: c for k, c in left.items() if k in found}
        if len(left) == 1 and decided_by is None:
            decided_by = rung
    if left is not None and len(left) == 1:
        return _with(order, customer_id=next(iter(left)), matched_by=decided_by)
    return _with(order, candidates=_candidates(order.customer, heard, catalog))


def _voices(said: Party, catalog: Catalog) -> Iterator[tuple[str, dict[str, Customer]]]:
    """What each rung says, the surest first: customers by their id, often none."""
    yield "account_number", _by_id(catalog.customers_by_account(said.account_number or ""))
    yield "email", _by_id(catalog.customers_by_email(said.email or ""))
    yield "vat_id", _by_id(catalog.customers_by_vat(said.vat_id or ""))
    loose = (c for c in catalog.customers_by_phone(said.phone or "") if _may_be(c, said))
    yield "phone", _by_id(loose)
    loose = (c for c in catalog.customers_by_domain(said.email or "") if _may_be(c, said))
    yield "domain", _by_id(loose)
    yield "name", _by_id(_named(said.name or "", catalog))


def _by_id(customers: Iterable[Customer]) -> dict[str, Customer]:
    return {c.customer_id: c for c in customers}


def _may_be(customer: Customer, said: Party) -> bool:
    """Whether a stated company name leaves room for this customer.

    Sister companies share phones and domains; a name with a legal form says which it is.
    """
    form = normal.legal_form(said.name or "")
    if said.name is None or not form:
        return True
    likeness = fuzz.ratio(normal.company(customer.name), normal.company(said.name))
    return likeness >= _MISSPELT and normal.legal_form(customer.name) in (form, "")


def _named(name: str, catalog: Catalog) -> list[Customer]:
    """Customers of exactly this name; another legal form is another company."""
    form = normal.legal_form(name)
    found = catalog.customers_by_name(name)
    if same := [c for c in found if normal.legal_form(c.name) == form]:
        return same
    return [c for c in found if not form or not normal.legal_form(c.name)]


def _candidates(
    said: Party, heard: list[tuple[str, dict[str, Customer]]], catalog: Catalog
) -> tuple[Candidate, ...]:
    known = {key: customer for _, found in heard for key, customer in found.items()}
    sure = [candidate(customer, 100) for customer in known.values()]
    alike = catalog.similar_customers(said.name, _SHOWN) if said.name else []
    weak = [candidate(c, s) for c, s in alike if c.customer_id not in known and s >= _WORTH_SHOWING]
    return (*sure, *weak)[:_SHOWN]


def candidate(customer: Customer, score: float) -> Candidate:
    """A customer as a person is shown it."""
    return Candidate(id=customer.customer_id, label=customer.name, score=round(score, 1))


def _chosen(order: Order, catalog: Catalog, chosen: str) -> Order:
    customer = catalog.customer(chosen.strip())
    if customer is None:
        return _with(order)
    return _with(order, customer_id=customer.customer_id, matched_by="desk")


def _with(
    order: Order,
    customer_id: str | None = None,
    matched_by: str | None = None,
    candidates: tuple[Candidate, ...] = (),
) -> Order:
    return order.model_copy(
        update={
            "customer_id": customer_id,
            "customer_matched_by": matched_by,
            "customer_candidates": candidates,
        }
    )
