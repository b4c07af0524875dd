"""The catalog: everything the ERP handed over, found by whatever a customer may write.

``Catalog(records)`` is cheap; each index stands beside its look-up and is built when it
is first asked. No look-up walks through all records. A look-up that finds several
returns them all: choosing is the business of match, and match does not guess.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from rapidfuzz import fuzz, process

from graph import normal
from graph.catalog import (
    Address,
    Customer,
    PartOfErp,
    PastLine,
    Price,
    Product,
    Records,
    Stock,
)
from graph.search import NameIndex

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
_POOL = 1_000
"""How many codes are compared letter by letter, at most, from each end."""
_LONGEST = 3
"""So many words side by side are read as one code."""
_GTIN = 8
_WORD = re.compile(r"[^\s/,;:()\[\]{}<>|=\"'“”„‚‘’«»?!]*[^\W_]")
"""A word up to its last letter or digit, without what stands around it."""
_BREAK = re.compile(r"[^\w\s./+-]")
"""What no code goes across."""
_LOOK_ALIKE = str.maketrans("OIL", "011")


def _group(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """Values under their keys; what has no key (empty or None) is left out."""
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        if key:
            groups.setdefault(key, []).append(value)
    return groups


def _look(code: str) -> str:
    """A code with the letters that look like digits taken for them."""
    return normal.code(code).translate(_LOOK_ALIKE)


def _ends(code: str) -> tuple[str, str]:
    return _look(code)[:3], _look(code)[-3:]


class Catalog:
    """Look-ups over the records of one ERP."""

    def __init__(self, records: Records) -> None:
        self.records = records

    @property
    def read_at(self) -> datetime:
        """When the ERP was read."""
        return self.records.read_at

    def knows(self, part: PartOfErp) -> bool:
        """Whether the ERP has this part at all: ``none`` and ``not known`` are different."""
        return part in self.records.known

    # --- customers ----------------------------------------------------------------

    def customer(self, customer_id: str) -> Customer | None:
        return self._customers.get(customer_id)

    @cached_property
    def _customers(self) -> dict[str, Customer]:
        return {c.customer_id: c for c in self.records.customers}

    def customers_by_account(self, number: str) -> tuple[Customer, ...]:
        """By account number; without its leading zeros only where nobody has it with them."""
        exact = self._customers_by_code.get(normal.code(number), [])
        return tuple(exact or self._customers_by_bare.get(normal.bare(number), []))

    @cached_property
    def _customers_by_code(self) -> dict[str, list[Customer]]:
        return _group((normal.code(c.customer_id), c) for c in self.records.customers)

    @cached_property
    def _customers_by_bare(self) -> dict[str, list[Customer]]:
        return _group((normal.bare(c.customer_id), c) for c in self.records.customers)

    def customers_by_email(self, address: str) -> tuple[Customer, ...]:
        return tuple(self._customers_by_email.get(normal.email(address), ()))

    @cached_property
    def _customers_by_email(self) -> dict[str, list[Customer]]:
        return _group((normal.email(e), c) for c in self.records.customers for e in c.emails)

    def customers_by_domain(self, address: str) -> tuple[Customer, ...]:
        """Every customer of the domain of this mail address; nobody for free-mail providers."""
        return tuple(self._customers_by_domain.get(normal.domain(address), {}).values())

    @cached_property
    def _customers_by_domain(self) -> dict[str, dict[str, Customer]]:
        domains: dict[str, dict[str, Customer]] = {}
        for customer in self.records.customers:
            for host in filter(None, map(normal.domain, customer.emails)):
                domains.setdefault(host, {})[customer.customer_id] = customer
        return domains

    @cached_property
    def knows_senders(self) -> bool:
        """Whether the ERP keeps mail addresses of customers at all."""
        return any(c.emails for c in self.records.customers)

    def customers_by_phone(self, number: str) -> tuple[Customer, ...]:
        return tuple(self._customers_by_phone.get(normal.phone(number), ()))

    @cached_property
    def _customers_by_phone(self) -> dict[str, list[Customer]]:
        return _group((normal.phone(p), c) for c in self.records.customers for p in c.phones)

    def customers_by_vat(self, vat_id: str) -> tuple[Customer, ...]:
        return tuple(self._customers_by_vat.get(normal.vat(vat_id), ()))

    @cached_property
    def _customers_by_vat(self) -> dict[str, list[Customer]]:
        return _group((normal.vat(c.vat_id or ""), c) for c in self.records.customers)

    def customers_by_name(self, name: str) -> tuple[Customer, ...]:
        """By name, case, accents and legal form set aside."""
        return tuple(self._customers_by_name.get(normal.company(name), ()))

    @cached_property
    def _customers_by_name(self) -> dict[str, list[Customer]]:
        return _group((normal.company(c.name), c) for c in self.records.customers)

    def similar_customers(self, name: str, limit: int = 5) -> list[tuple[Customer, float]]:
        """Customers with a name spelt like this one, with a score from 0 to 100."""
        return self._customer_names.near(normal.company(name), limit)

    @cached_property
    def _customer_names(self) -> NameIndex[Customer]:
        names = ((normal.company(c.name), c) for c in self.records.customers)
        return NameIndex(names, fuzz.token_sort_ratio)

    # --- addresses ----------------------------------------------------------------

    def address(self, address_id: str) -> Address | None:
        return self._addresses.get(address_id)

    @cached_property
    def _addresses(self) -> dict[str, Address]:
        return {a.address_id: a for a in self.records.addresses}

    def addresses_of(self, customer_id: str) -> tuple[Address, ...]:
        return tuple(self._addresses_by_customer.get(customer_id, ()))

    @cached_property
    def _addresses_by_customer(self) -> dict[str, list[Address]]:
        return _group((a.customer_id, a) for a in self.records.addresses)

    # --- products -----------------------------------------------------------------

    def product(self, sku: str) -> Product | None:
        return self._products.get(sku)

    @cached_property
    def _products(self) -> dict[str, Product]:
        return {p.sku: p for p in self.records.products}

    def products_by_code(self, code: str) -> tuple[Product, ...]:
        """By our own number: as it stands, else without dashes, else without leading zeros."""
        if exact := self._products.get(code.strip()):
            return (exact,)
        spelt = self._products_by_code.get(normal.code(code), [])
        return tuple(spelt or self._products_by_bare.get(normal.bare(code), []))

    @cached_property
    def _products_by_code(self) -> dict[str, list[Product]]:
        return _group((normal.code(p.sku), p) for p in self.records.products)

    @cached_property
    def _products_by_bare(self) -> dict[str, list[Product]]:
        return _group((normal.bare(p.sku), p) for p in self.records.products)

    def products_by_gtin(self, gtin: str) -> tuple[Product, ...]:
        """By GTIN; a number whose check digit is wrong finds nothing."""
        return tuple(self._products_by_gtin.get(normal.gtin(gtin), ()))

    @cached_property
    def _products_by_gtin(self) -> dict[str, list[Product]]:
        return _group((normal.gtin(p.gtin), p) for p in self.records.products if p.gtin)

    def products_by_customer_item(self, customer_id: str, code: str) -> tuple[Product, ...]:
        """By the number that this customer uses for our product."""
        for spelling, items in (
            (normal.code, self._items_by_code),
            (normal.bare, self._items_by_bare),
        ):
            skus = dict.fromkeys(items.get((customer_id, spelling(code)), ()))
            if found := tuple(filter(None, map(self.product, skus))):
                return found
        return ()

    @cached_property
    def _items_by_code(self) -> dict[tuple[str, str], list[str]]:
        items = self.records.customer_items
        return _group(((i.customer_id, normal.code(i.customer_sku)), i.sku) for i in items)

    @cached_property
    def _items_by_bare(self) -> dict[tuple[str, str], list[str]]:
        items = self.records.customer_items
        return _group(((i.customer_id, normal.bare(i.customer_sku)), i.sku) for i in items)

    def products_named(self, name: str) -> tuple[Product, ...]:
        """By the whole name, spaces, dashes and case set aside."""
        return tuple(self._products_by_name.get(normal.squash(name), ()))

    @cached_property
    def _products_by_name(self) -> dict[str, list[Product]]:
        return _group((normal.squash(p.name), p) for p in self.records.products)

    def products_containing(self, text: str) -> list[Product]:
        """Products whose name holds every word and number of ``text``."""
        return self._product_names.containing(normal.keywords(text))

    def similar_products(self, text: str, limit: int = 5) -> list[tuple[Product, float]]:
        """Products with a name spelt like this, with a score from 0 to 100."""
        return self._product_names.near(text, limit)

    @cached_property
    def _product_names(self) -> NameIndex[Product]:
        return NameIndex(((p.name, p) for p in self.records.products), fuzz.token_ratio)

    def similar_codes(self, code: str, limit: int = 5) -> list[tuple[Product, float]]:
        """Products whose number starts or ends like this one, with a score from 0 to 100."""
        starts, ends = (self._codes_by_end.get(end, []) for end in _ends(code))
        pool = {p.sku: _look(p.sku) for p in (*starts[:_POOL], *ends[:_POOL])}
        best = process.extract(_look(code), pool, scorer=fuzz.ratio, limit=limit)
        return [(self._products[sku], score) for _, score, sku in best]

    @cached_property
    def _codes_by_end(self) -> dict[str, list[Product]]:
        return _group((end, p) for p in self.records.products for end in set(_ends(p.sku)))

    def products_sharing(self, text: str) -> list[Product]:
        """Products whose name holds every word and number of ``text`` that any name holds."""
        names = self._product_names
        return names.containing(names.known(normal.keywords(text)))

    def known_words(self, text: str) -> list[str]:
        """The keywords of ``text`` that the name of any product holds."""
        return self._product_names.known(normal.keywords(text))

    # --- codes in running text ----------------------------------------------------

    def knows_code(self, text: str, customer_id: str | None = None) -> bool:
        """Whether this is, spelt in any way, our number, a GTIN or a customer's own number.

        Without ``customer_id`` the number of any customer counts.
        """
        return self._knows_key(normal.code(text), customer_id)

    def codes_in(self, words: str, customer_id: str | None = None) -> tuple[str, ...]:
        """The known codes in a text as they are written there, in order, the longest first.

        A code is a word or up to three words side by side: ``SPA 1000`` for ``SPA-1000``.
        Words of letters only count where they are spelt like our number, and figures side
        by side only where they make a GTIN: ``4 711`` may be a quantity.
        """
        spans = [found.span() for found in _WORD.finditer(words)]
        keys = [normal.code(words[start:end]) for start, end in spans]
        codes: list[str] = []
        at = 0
        while at < len(spans):
            for length in range(min(_LONGEST, len(spans) - at), 0, -1):
                key = "".join(keys[at : at + length])
                if not self._knows_key(key, customer_id):
                    continue
                written = words[spans[at][0] : spans[at + length - 1][1]]
                if self._is_code(written, key, length):
                    codes.append(written)
                    break
            else:
                length = 1
            at += length
        return tuple(codes)

    def _is_code(self, written: str, key: str, length: int) -> bool:
        """Whether words that spell a known code are meant as one."""
        if _BREAK.search(written):
            return False
        if key.isalpha():
            return length == 1 and written in self._products
        return length == 1 or not key.isdigit() or len(key) >= _GTIN

    def _knows_key(self, key: str, customer_id: str | None) -> bool:
        if key in self._products_by_code or key in self._item_codes.get(customer_id, ()):
            return True
        return len(key) >= _GTIN and key.isdigit() and normal.gtin(key) in self._products_by_gtin

    @cached_property
    def _item_codes(self) -> dict[str | None, set[str]]:
        """The customers' own numbers by customer, under None those of all."""
        codes: dict[str | None, set[str]] = {}
        for customer_id, key in self._items_by_code:
            codes.setdefault(customer_id, set()).add(key)
            codes.setdefault(None, set()).add(key)
        return codes

    # --- prices and stock ---------------------------------------------------------

    def price_of(self, customer_id: str | None, sku: str, quantity: Decimal) -> Price | None:
        """The list price of one product unit for this customer at this quantity.

        A customer without a price list has the ERP's only one; with several lists, or
        below the smallest quantity that has a price, the price is not known.
        """
        customer = self.customer(customer_id) if customer_id else None
        name = (customer and customer.price_list) or self._only_price_list
        reached = max(quantity, Decimal(1))
        tiers = (p for p in self._prices.get((name, sku), ()) if p.min_quantity <= reached)
        return max(tiers, key=lambda p: p.min_quantity, default=None)

    @cached_property
    def _only_price_list(self) -> str | None:
        names = {p.price_list for p in self.records.prices}
        return names.pop() if len(names) == 1 else None

    @cached_property
    def _prices(self) -> dict[tuple[str | None, str], list[Price]]:
        return _group(((p.price_list, p.sku), p) for p in self.records.prices)

    def stock_of(self, sku: str) -> Stock | None:
        return self._stock.get(sku)

    @cached_property
    def _stock(self) -> dict[str, Stock]:
        return {s.sku: s for s in self.records.stock}

    # --- history ------------------------------------------------------------------

    def history_of(self, customer_id: str, sku: str | None = None) -> tuple[PastLine, ...]:
        """What a customer ordered before, of one product or of all."""
        if sku is None:
            return tuple(self._history.get(customer_id, ()))
        return tuple(self._history_of_product.get((customer_id, sku), ()))

    @cached_property
    def _history(self) -> dict[str, list[PastLine]]:
        return _group((h.customer_id, h) for h in self.records.history)

    @cached_property
    def _history_of_product(self) -> dict[tuple[str, str], list[PastLine]]:
        return _group(((h.customer_id, h.sku), h) for h in self.records.history)

    def sales_of(self, sku: str) -> tuple[PastLine, ...]:
        """What all customers ordered before of one product."""
        return tuple(self._sales.get(sku, ()))

    @cached_property
    def _sales(self) -> dict[str, list[PastLine]]:
        return _group((h.sku, h) for h in self.records.history)

    def has_ordered(self, customer_id: str) -> bool:
        return customer_id in self._history

    def has_bought(self, customer_id: str | None, sku: str) -> bool:
        return (customer_id or "", sku) in self._history_of_product
