"""What is ordered: the product of the catalog behind one line's numbers and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph import normal
from graph.catalog import Product
from graph.lookup import Catalog
from graph.match import text
from graph.match.described import Described, codes_in_name, traits_of, weak
from graph.order import Candidate, Line, plain

FITS = 90.0
"""A candidate from this score on fits all that the line says; below, it is only near."""
_WORTH_SHOWING = 55
_SHOWN = 5
_LOOKED_AT = 25
_END_OF_BRACKET = re.compile(r"^\s*\d{1,5}(?:\s*[^\W\d_]{1,6}\.?)?\s*\)\s*(?=\w)")
_MISTYPED = 75
"""From this likeness on, from 0 to 100, a number may be one of ours with a typing error."""
_ABOUT = {
    *("for", "fuer", "zu", "zum", "zur", "pour", "para", "per", "voor", "passend"),
    *("like", "wie", "statt", "instead", "than", "als"),
}
"""A number after such a word tells what something belongs to, not what is ordered."""


@dataclass(frozen=True, slots=True)
class Pick:
    """The product and the rung that decided; or no product and whom it could be."""

    product: Product | None = None
    rung: str | None = None
    candidates: tuple[Candidate, ...] = ()


def match_product(
    line: Line, customer_id: str | None, catalog: Catalog, chosen: str | None = None
) -> Pick:
    """Find the product of a line.

    0. what a person chose wins
    1. our number, where the document says it is ours
    2. the customer's number, by the customer's own list
    3. the GTIN, with a right check digit
    4. a number of which nobody says whose it is: ours, the customer's or a GTIN
    5. our number inside the description
    6. a number on the wrong side (ours in their column), where the description agrees
    7. the description, where it is the whole name of one product only
    8. the description, where all its words and all attributes are those of one product only

    Rungs 1 to 4 must all name the same product, and the description must not name another;
    else there is no pick, only candidates. Discontinued products are found as well.
    """
    if chosen is not None:
        product = catalog.product(chosen.strip())
        return Pick(product, "desk") if product else Pick()
    search = _Search(line, customer_id, catalog)
    return (
        search.by_number()
        or search.by_number_in_description()
        or search.by_wrong_side()
        or search.by_description()
        or search.near()
    )


class _Search:
    """The ladder for one line; each rung returns None where it knows nothing."""

    def __init__(self, line: Line, customer_id: str | None, catalog: Catalog) -> None:
        self.line, self.customer_id, self.catalog = line, customer_id, catalog
        numbers = (line.supplier_sku, line.customer_sku, line.code, line.gtin)
        self.numbers = [number for number in numbers if number]
        self.words = _without_quantity(line)
        self.described = self._described(self.words)

    def _described(self, words: str) -> Described:
        quantity = _quantity(self.line)
        return Described(words, self.numbers, self.customer_id, self.catalog, quantity)

    # --- rungs 1 to 4 -------------------------------------------------------------

    def by_number(self) -> Pick | None:
        voices = [(rung, found) for rung, found in self._voices() if found]
        if not voices:
            return None
        agreed = set.intersection(*(set(found) for _, found in voices))
        if len(agreed) != 1:
            return self._torn(product for _, found in voices for product in found)
        product = agreed.pop()
        verdict = self.described.verdict(product)
        doubtful = verdict == "silent" and self._in_doubt(product, voices[0][0])
        if verdict == "contradicts" or doubtful:
            others = (*self._theirs(self.line.supplier_sku), *self._spoken_of())
            return self._torn([product, *others])
        return Pick(product, voices[0][0])

    def _spoken_of(self) -> Iterator[Product]:
        """Products that the words name, by number or by name."""
        for products in self.described.mentioned.values():
            yield from products
        yield from self.described.telling

    def _voices(self) -> Iterator[tuple[str, list[Product]]]:
        line = self.line
        yield "supplier_sku", self._ours(line.supplier_sku)
        yield "customer_sku", self._theirs(line.customer_sku)
        yield "gtin", self._gtin(line.gtin)
        anybodys = (*self._ours(line.code), *self._theirs(line.code), *self._gtin(line.code))
        yield "code", list(dict.fromkeys(anybodys))

    def _ours(self, code: str | None) -> list[Product]:
        return list(self.catalog.products_by_code(code)) if code else []

    def _theirs(self, code: str | None) -> list[Product]:
        if not code or self.customer_id is None:
            return []
        return list(self.catalog.products_by_customer_item(self.customer_id, code))

    def _gtin(self, code: str | None) -> list[Product]:
        return list(self.catalog.products_by_gtin(code)) if code else []

    def _in_doubt(self, product: Product, rung: str) -> bool:
        """A number that needs the words: ours that we do not have or that the customer uses
        otherwise, or so short a number of nobody that it may be none."""
        ours = self.line.supplier_sku
        if ours:
            return not self._ours(ours) or any(p != product for p in self._theirs(ours))
        short = rung == "code" and weak(self.line.code or "")
        unknown = not self.catalog.has_bought(self.customer_id, product.sku)
        return short and unknown and self.described.tells_nothing_of(product)

    # --- rungs 5 and 6 ------------------------------------------------------------

    def by_number_in_description(self) -> Pick | None:
        if self.line.supplier_sku or self.line.gtin:
            return None  # A number said to be ours that is wrong: no other number mends it.
        found = self._numbers_in(f"{self.words} {self.line.code or ''}")
        if len(found) != 1:
            return self._torn(found) if found else None
        product, code = found.popitem()
        if self._is_about(code):
            return None
        rest = self._described(self.words.replace(code, " ", 1))
        verdict = rest.verdict(product)
        if verdict == "agrees":
            return Pick(product, "code")
        if weak(code):
            return None
        before = self.words.partition(code)[0].split()
        about = bool(before) and normal.squash(before[-1]) in _ABOUT
        if verdict == "contradicts" or about or not self._orders(product, rest, bool(before)):
            return self._torn([product, *rest.telling])
        return Pick(product, "code")

    def _orders(self, product: Product, rest: Described, words_before: bool) -> bool:
        """Whether a number among words that say nothing is what is ordered."""
        name = traits_of(product)
        few = not rest.said.words or text.shares_figures(rest.said, name)
        bought = self.catalog.has_bought(self.customer_id, product.sku)
        spelt_out = self.described.verdict(product) == "agrees"
        return few or bought or spelt_out or not words_before

    def _is_about(self, code: str) -> bool:
        """Whether the words name one product whose name speaks of another's number."""
        whole = self.catalog.products_named(self.words)
        named = whole[0] if len(whole) == 1 else self.described.only()
        return named is not None and normal.code(code) in codes_in_name(named, self.catalog)

    def _numbers_in(self, words: str) -> dict[Product, str]:
        """Products by their numbers in running text; a number that another's name holds is left
        out, and a weak one beside others."""
        spoken = Described(words, [], self.customer_id, self.catalog).mentioned
        strong = {code: products for code, products in spoken.items() if not weak(code)}
        found = {p: code for code, products in (strong or spoken).items() for p in products}
        told = [code for p in found for code in codes_in_name(p, self.catalog)]
        return {p: code for p, code in found.items() if normal.code(code) not in told}

    def by_wrong_side(self) -> Pick | None:
        theirs = self._theirs(self.line.supplier_sku)
        found = dict.fromkeys((*theirs, *self._ours(self.line.customer_sku)))
        if len(found) != 1:
            return self._torn(found) if found else None
        product = next(iter(found))
        familiar = product in theirs or self.catalog.has_bought(self.customer_id, product.sku)
        wanted = ("agrees", "silent") if familiar else ("agrees",)
        agrees = self.described.verdict(product) in wanted
        return Pick(product, "code") if agrees else self._torn(found)

    # --- rungs 7 and 8 ------------------------------------------------------------

    def by_description(self) -> Pick | None:
        if self.line.supplier_sku or self.line.gtin:
            return None  # A number of ours that is wrong: the words may be as wrong.
        described = self.described
        whole = self.catalog.products_named(self.words)
        if whole:
            same = len(whole) == 1 and text.same_attributes(described.said, traits_of(whole[0]))
            return Pick(whole[0], "name") if same and not self._mistyped() else self._torn(whole)
        product = None if self.numbers else described.only()
        if product:
            return Pick(product, "description")
        return self._torn(described.telling) if described.telling else None

    def _mistyped(self) -> bool:
        """Whether the number is nearly one of ours, so that number or words are wrong."""
        near = self.catalog.similar_codes(self.line.code, 1) if self.line.code else []
        return any(score >= _MISTYPED for _, score in near)

    # --- no pick ------------------------------------------------------------------

    def _torn(self, products: Iterable[Product]) -> Pick:
        """No pick between products that each fit something the line says."""
        distinct = list(dict.fromkeys(products))
        distinct.sort(key=lambda p: not self.catalog.has_bought(self.customer_id, p.sku))
        return Pick(candidates=tuple(candidate(p, 100.0) for p in distinct[:_SHOWN]))

    def near(self) -> Pick:
        """The nearest products by number and by words, for a person to choose from."""
        scored: dict[Product, float] = {}
        for number in self.numbers:
            _keep_best(scored, self.catalog.similar_codes(number, _SHOWN))
        if self.words:
            alike = self.catalog.similar_products(self.described.said.keywords, _LOOKED_AT)
            _keep_best(scored, [(p, self._near_score(p, score)) for p, score in alike])
        best = sorted(scored, key=lambda p: -scored[p])
        worth = [p for p in best if scored[p] >= _WORTH_SHOWING]
        return Pick(candidates=tuple(candidate(p, scored[p]) for p in worth[:_SHOWN]))

    def _near_score(self, product: Product, score: float) -> float:
        contradicts = text.contradict(self.described.said, traits_of(product))
        return score * 0.7 if contradicts else score


def _quantity(line: Line) -> str | None:
    return None if line.stated_quantity is None else plain(line.stated_quantity.normalize())


def _without_quantity(line: Line) -> str:
    """The description without a quantity left standing at its beginning: ``20 x Hex bolt``.

    ``12 V lamp`` keeps its number, unless twelve of the unit V are ordered. The end of a
    bracket, as ``200) Hex bolt`` after ``3 packs (of``, is left of a pack size.
    """
    description = _END_OF_BRACKET.sub("", line.description or "").strip()
    first, _, rest = description.partition(" ")
    unit = rest.partition(" ")[0]
    measure = normal.fold(unit) in normal.MEASURES and unit != line.stated_unit
    if not rest or measure or first.rstrip("x×") != _quantity(line):
        return description
    return rest


def _keep_best(scored: dict[Product, float], found: Sequence[tuple[Product, float]]) -> None:
    for product, score in found:
        scored[product] = max(scored.get(product, 0.0), min(score, FITS - 1))


def candidate(product: Product, score: float) -> Candidate:
    """A product as a person is shown it."""
    return Candidate(id=product.sku, label=product.name, score=round(score, 1))
