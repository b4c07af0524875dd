"""What is ordered: the product of the catalog behind one line's numbers and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from graph import normal
from graph.catalog import Product
from graph.extract.units import canonical_unit
from graph.lookup import Catalog
from graph.match import text
from graph.order import Candidate, Line, plain

FITS = 90.0
"""A candidate from this score on fits all that the line says; below, it is only near."""
_HALF = 50
_AROUND = "()[]{},;:.!?\"'“”„‚‘’«»"
"""What may stand around a number in running text."""
_WORTH_SHOWING = 55
_SHOWN = 5
_LOOKED_AT = 25
_TOO_MANY = 100
"""More products than this fit a description that tells nothing; they are not told apart."""


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


Verdict = Literal["agrees", "silent", "contradicts"]


class _Search:
    """The ladder for one line; each rung returns None where it knows nothing."""

    def __init__(self, line: Line, customer_id: str | None, catalog: Catalog) -> None:
        self.line, self.customer_id, self.catalog = line, customer_id, catalog
        numbers = (line.supplier_sku, line.customer_sku, line.code, line.gtin)
        self.numbers = [number for number in numbers if number]
        self.description = _without_quantity(line)
        self.said = text.traits(self.description, self.numbers)

    # --- rungs 1 to 4 -------------------------------------------------------------

    def by_number(self) -> Pick | None:
        voices = [(rung, found) for rung, found in self._voices() if found]
        if not voices:
            return None
        agreed = set.intersection(*(set(found) for _, found in voices))
        if len(agreed) != 1:
            return self._torn(product for _, found in voices for product in found)
        product = agreed.pop()
        verdict = self._verdict(product)
        if verdict == "contradicts" or (verdict == "silent" and self._in_doubt(product)):
            return self._torn([product, *self._theirs(self.line.supplier_sku), *self.named])
        return Pick(product, voices[0][0])

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

    def _in_doubt(self, product: Product) -> bool:
        """A number stated as ours that we do not have, or that the customer uses otherwise."""
        ours = self.line.supplier_sku
        if not ours:
            return False
        return not self._ours(ours) or any(p != product for p in self._theirs(ours))

    # --- rungs 5 and 6 ------------------------------------------------------------

    def by_number_in_description(self) -> Pick | None:
        if self.numbers:
            return None
        parts = [part.strip(_AROUND) for part in self.description.split()]
        marked = [part for part in parts if _looks_like_a_number(part)]
        found = {product: part for part in marked for product in self._ours(part)}
        if len(found) != 1:
            return self._torn(found) if found else None
        product, part = found.popitem()
        apart = _Search(self.line.model_copy(update={"code": part}), self.customer_id, self.catalog)
        first = parts[0] == part and self.catalog.has_bought(self.customer_id, product.sku)
        if apart._confirms(product, habit=first):
            return apart.by_number()
        return self._torn([product, *apart.named])

    def _confirms(self, product: Product, *, habit: bool) -> bool:
        """Whether the words agree; where they are few or foreign, figures or habit decide."""
        verdict = self._verdict(product)
        few = not self.said.words or text.shares_figures(self.said, _traits(product))
        return verdict == "agrees" or (verdict == "silent" and (few or habit))

    def by_wrong_side(self) -> Pick | None:
        theirs = self._theirs(self.line.supplier_sku)
        found = dict.fromkeys((*theirs, *self._ours(self.line.customer_sku)))
        if len(found) != 1:
            return self._torn(found) if found else None
        product = next(iter(found))
        familiar = product in theirs or self.catalog.has_bought(self.customer_id, product.sku)
        wanted = ("agrees", "silent") if familiar else ("agrees",)
        return Pick(product, "code") if self._verdict(product) in wanted else self._torn(found)

    # --- rungs 7 and 8 ------------------------------------------------------------

    def by_description(self) -> Pick | None:
        if self.line.supplier_sku or self.line.gtin:
            return None  # A number of ours that is wrong: the words may be as wrong.
        whole = self.catalog.products_named(self.description)
        if whole:
            same = len(whole) == 1 and text.same_attributes(self.said, _traits(whole[0]))
            return Pick(whole[0], "name") if same else self._torn(whole)
        if len(self.named) == 1 and not self.numbers and self._says_enough(self.named[0]):
            return Pick(self.named[0], "description")
        return self._torn(self.named) if self.named else None

    def _says_enough(self, product: Product) -> bool:
        """All attributes the same, and at least half of the name's words spoken out."""
        name = _traits(product)
        spoken = len(self.said.words) * 2 >= len(name.words)
        return spoken and text.same_attributes(self.said, name) and self.said.packs <= name.packs

    # --- what the description says ------------------------------------------------

    @cached_property
    def named(self) -> list[Product]:
        """Products whose name holds every word and number of the description."""
        if not self.said.words:
            return []
        found = self.catalog.products_containing(self.said.keywords)
        if len(found) > _TOO_MANY:
            return found[:_TOO_MANY]
        return [p for p in found if not text.contradict(self.said, _traits(p))]

    def _verdict(self, product: Product) -> Verdict:
        """Whether the description can mean this product."""
        said, name = self.said, _traits(product)
        if text.contradict(said, name):
            return "contradicts"
        if all(canonical_unit(word) for word in said.words):
            return "agrees" if text.shares_figures(said, name) else "silent"
        if self.named and product not in self.named and not text.covers(name, said):
            return "contradicts"
        if (likeness := text.likeness(said, name)) >= _HALF:
            return "agrees"
        several = text.shares_figures(said, name) and len(said.figures) > 1
        if several or likeness or self.catalog.has_bought(self.customer_id, product.sku):
            return "silent"
        # Not one word in common: another language, or another product. A person can tell.
        return "contradicts"

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
        if self.description:
            alike = self.catalog.similar_products(self.said.keywords, _LOOKED_AT)
            _keep_best(scored, [(p, self._near_score(p, score)) for p, score in alike])
        best = sorted(scored, key=lambda p: -scored[p])
        worth = [p for p in best if scored[p] >= _WORTH_SHOWING]
        return Pick(candidates=tuple(candidate(p, scored[p]) for p in worth[:_SHOWN]))

    def _near_score(self, product: Product, score: float) -> float:
        return score * 0.7 if text.contradict(self.said, _traits(product)) else score


@lru_cache(maxsize=4096)
def _traits(product: Product) -> text.Traits:
    return text.traits(product.name, [product.sku])


def _quantity(line: Line) -> str | None:
    return None if line.stated_quantity is None else plain(line.stated_quantity.normalize())


def _without_quantity(line: Line) -> str:
    """The description without a quantity left standing at its beginning: ``20 x Hex bolt``.

    ``12 V lamp`` keeps its number, unless twelve of the unit V are ordered.
    """
    first, _, rest = (line.description or "").strip().partition(" ")
    unit = rest.partition(" ")[0]
    measure = normal.fold(unit) in normal.MEASURES and unit != line.stated_unit
    if not rest or measure or first.rstrip("x×") != _quantity(line):
        return line.description or ""
    return rest


def _looks_like_a_number(part: str) -> bool:
    """Digits with letters, or many digits: ``K-100`` and ``4711234``, not ``20`` or ``bolt``."""
    digits = sum(c.isdigit() for c in part)
    return digits >= 5 or (digits >= 2 and any(c.isalpha() for c in part))


def _keep_best(scored: dict[Product, float], found: Sequence[tuple[Product, float]]) -> None:
    for product, score in found:
        scored[product] = max(scored.get(product, 0.0), min(score, FITS - 1))


def candidate(product: Product, score: float) -> Candidate:
    """A product as a person is shown it."""
    return Candidate(id=product.sku, label=product.name, score=round(score, 1))
