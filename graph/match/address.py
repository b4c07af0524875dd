"""Where the goods go: the address of the customer behind the words of a mail."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from graph import normal
from graph.catalog import Address, Customer
from graph.lookup import Catalog
from graph.match.mention import mentions, numbers, says_nothing
from graph.order import Candidate, ShipTo

_WORTH_SHOWING = 40
_SHOWN = 5


def match_address(
    ship_to: ShipTo, customer_id: str | None, catalog: Catalog, chosen: str | None = None
) -> ShipTo:
    """Fill in ``address_id``, ``matched_by`` and ``candidates``.

    0. what a person chose wins, among the customer's own addresses
    1. nothing stated: the only delivery address, without one the only billing address
    2. the number of an address
    3. street with house number, and postal code or city, in fields or written out in text
    4. the name of a site, where no street is stated
    5. any part of the address, where nothing is stated that does not belong to it

    Only this customer's addresses count, and everything stated must agree with the pick:
    the same city with another street is a candidate, and so is another store number.
    """
    customer = catalog.customer(customer_id) if customer_id else None
    if customer is None:
        return _with(ship_to)
    known = catalog.addresses_of(customer.customer_id)
    if chosen is not None:
        mine = [a for a in known if a.address_id == chosen.strip()]
        return _picked(ship_to, mine, "desk") or _with(ship_to)
    if _nothing_stated(ship_to, customer):
        return _default(ship_to, known)
    rung, found = _found(ship_to, customer, known)
    return _picked(ship_to, found, rung) or _with(ship_to, candidates=_nearest(ship_to, known))


def _found(
    said: ShipTo, customer: Customer, known: Sequence[Address]
) -> tuple[str, Sequence[Address]]:
    """Every address that something stated names, or none where something else contradicts."""
    named = [a for a in known if _mentions_id(said, a)]
    written = [a for a in known if _written_out(said, a)]
    placed = [a for a in known if _same_street(said, a) and _same_town(said, a)]
    if named or written or placed:
        rung = "address_id" if named else "street"
        found = list(dict.fromkeys((*named, *written, *placed)))
        wrong = [a for a in found if _other_site(said, a) or _other_street(said, a, written)]
        return rung, [] if wrong else found
    sites = [a for a in known if _names_site(said, a, customer) and not _other_site(said, a)]
    if sites and not said.street:
        return "name", sites
    return "mention", [a for a in known if mentions(said, a, customer)]


def _nothing_stated(said: ShipTo, customer: Customer) -> bool:
    """Nothing at all, or only the customer's own name, which says nothing about a place."""
    if said.street or said.postal_code or said.city:
        return False
    if not said.account_number and says_nothing(said):
        return True
    own = {"", normal.company(customer.name), normal.company(customer.customer_id)}
    words = (said.name, said.text, said.account_number)
    return all(normal.company(stated or "") in own for stated in words)


def _default(ship_to: ShipTo, known: Sequence[Address]) -> ShipTo:
    deliveries = [a for a in known if a.kind == "delivery"]
    usable = deliveries or [a for a in known if a.kind == "billing"]
    candidates = tuple(candidate(a, 50.0) for a in usable[:_SHOWN])
    if len(usable) == 1:
        return _with(ship_to, usable[0].address_id, "default")
    return _with(ship_to, candidates=candidates)


# --- what is the same -------------------------------------------------------------


def _mentions_id(said: ShipTo, address: Address) -> bool:
    """The number of the address stands alone; inside a text ``A1`` may be a hall."""
    wanted = normal.code(address.address_id)
    return any(
        wanted == normal.code(stated or "")
        for stated in (said.account_number, said.name, said.text)
    )


def _same_street(said: ShipTo, address: Address) -> bool:
    street = normal.street(said.street or "")
    return any(street) and street == normal.street(address.street)


def _same_town(said: ShipTo, address: Address) -> bool:
    if said.postal_code:
        return normal.postal_code(said.postal_code) == normal.postal_code(address.postal_code)
    return bool(said.city) and normal.words(said.city or "") == normal.words(address.city)


def _written_out(said: ShipTo, address: Address) -> bool:
    """Street with house number, and postal code or city, stand in the free text."""
    parts = [" ".join(normal.street_words(part)) for part in re.split(r"[,;\n]", said.text or "")]
    streets = [" ".join(normal.street_words(part)) for part in address.street.split(",")]
    street = " , ".join(filter(None, streets))
    before, met, after = f" {' , '.join(parts)} ".partition(f" {street} ")
    longer_number = re.match(r"\d{1,3}[a-z]?\b", after)
    if not met or longer_number or not any(c.isdigit() for c in street):
        return False
    elsewhere = f" {_words(f'{before} {after}')} "
    towns = (_words(address.postal_code), _words(address.city))
    return any(f" {town} " in elsewhere for town in towns if town)


def _names_site(said: ShipTo, address: Address, customer: Customer) -> bool:
    """What the name of the address adds to the customer's own is what is stated.

    ``Weber, Werk 2`` is named by ``Werk 2``; a site is never named by ``Weber`` alone.
    """
    if (said.postal_code or said.city) and not _same_town(said, address):
        return False
    own = set(normal.words(customer.name))
    site = [word for word in normal.words(address.name) if word not in own]
    stated = [word for word in normal.words(said.name or "") if word not in own]
    if stated:
        return bool(site) and set(stated) <= set(site)
    words = _words(said.text or "")
    foreign = numbers(words) - numbers(_label(address)) - numbers(customer.name)
    return bool(site) and not foreign and f" {' '.join(site)} " in f" {words} "


def _other_street(said: ShipTo, address: Address, written: Sequence[Address]) -> bool:
    """Another street or postal code than stated, unless the text gives this one in full."""
    if address in written:
        return False
    street = normal.street(said.street or "")
    if all(street) and street != normal.street(address.street):
        return True
    return bool(said.postal_code and address.postal_code) and not _same_town(said, address)


def _other_site(said: ShipTo, address: Address) -> bool:
    """Another country or store number than stated."""
    countries = {normal.code(said.country or ""), normal.code(address.country)}
    if len(countries) > 1 and all(len(country) == 2 for country in countries):
        return True
    theirs, ours = numbers(said.name or ""), numbers(address.name)
    return bool(theirs) and bool(ours) and not theirs & ours


def _words(text: str) -> str:
    return " ".join(normal.words(text))


# --- pick or candidates -----------------------------------------------------------


def _picked(ship_to: ShipTo, found: Sequence[Address], rung: str) -> ShipTo | None:
    """The one address found; of two records of one place the delivery address."""
    if len(found) > 1:
        found = [a for a in found if a.kind == "delivery"] or found
    if len(found) > 1 and ship_to.name:
        found = [a for a in found if normal.words(a.name) == normal.words(ship_to.name)]
    return _with(ship_to, found[0].address_id, rung) if len(found) == 1 else None


def _nearest(said: ShipTo, known: Sequence[Address]) -> tuple[Candidate, ...]:
    stated = (said.name, said.street, said.postal_code, said.city)
    words = _words(" ".join(filter(None, stated)) or said.text or "")
    scored = [(a, fuzz.token_set_ratio(words, _words(_label(a)))) for a in known]
    scored.sort(key=lambda pair: -pair[1])
    worth = [pair for pair in scored if pair[1] >= _WORTH_SHOWING] or scored
    return tuple(candidate(a, score) for a, score in worth[:_SHOWN])


def _label(address: Address) -> str:
    town = f"{address.postal_code} {address.city}".strip()
    return ", ".join(filter(None, (address.name, address.street, town)))


def candidate(address: Address, score: float) -> Candidate:
    """An address as a person is shown it."""
    return Candidate(id=address.address_id, label=_label(address), score=round(score, 1))


def _with(
    ship_to: ShipTo,
    address_id: str | None = None,
    matched_by: str | None = None,
    candidates: tuple[Candidate, ...] = (),
) -> ShipTo:
    update = {"address_id": address_id, "matched_by": matched_by, "candidates": candidates}
    return ship_to.model_copy(update=update)
