"""What the words of a line say about products: for, against, or which one alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Literal

from rapidfuzz import fuzz

from graph import normal
from graph.catalog import Product
from graph.extract.units import canonical_unit
from graph.lookup import Catalog
from graph.marks import MARK_OF
from graph.match import text
from graph.order import plain

Verdict = Literal["agrees", "silent", "contradicts"]
_HALF = 50
_CUT_OFF = 10
"""From so many letters and digits on, the beginning of a name is the name cut off."""
_WEAK = 5
"""Fewer figures than this and no letter: a number in running text may as well be a measure."""
_TOO_MANY = 100
"""More products than this fit a description that tells nothing; they are not told apart."""
_MISTYPED = 75
"""From this likeness on, from 0 to 100, a number is another one with a typing error."""
_OFTEN = 2
"""Bought in so many orders, a product is this customer's habit."""


class Described:
    """The words of one line against the catalog; ``codes`` in them say nothing more."""

    def __init__(
        self,
        words: str,
        codes: Sequence[str],
        customer_id: str | None,
        catalog: Catalog,
        quantity: str | None = None,
    ) -> None:
        self.words, self.quantity = words, quantity
        self.customer_id, self.catalog = customer_id, catalog
        self.said = text.traits(words, codes)

    # --- one product --------------------------------------------------------------

    def verdict(self, product: Product) -> Verdict:
        """Whether the words can mean this product.

        Unknown words are silent: another language, an abbreviation, a nickname.
        """
        name = traits_of(product)
        said = _spelt_as(name, self.said)
        if self._names_other(product):
            return "contradicts"
        if not any(c.isalpha() for c in self.words):
            return "silent"
        if self._cut_off(product):
            return "agrees"
        if text.contradict(said, name) or self._other_pack(product):
            return "contradicts"
        if all(canonical_unit(word) for word in said.words):
            return "agrees" if text.shares_figures(said, name) else "silent"
        if self._fits_other(product):
            return "contradicts"
        alike = text.likeness(said, name) >= _HALF or text.says_all_figures(said, name)
        return "agrees" if alike else "silent"

    def tells_nothing_of(self, product: Product) -> bool:
        """Whether there are words, but neither a word nor all numbers of the product."""
        said, name = self.said, traits_of(product)
        only_units = all(canonical_unit(word) for word in said.words)
        return not (only_units or text.likeness(said, name) or text.shares_figures(said, name))

    def meaning(self, code: str) -> list[Product]:
        """The products that a number in running text is known for."""
        theirs = self.catalog.products_by_customer_item(self.customer_id or "", code)
        known = (
            *self.catalog.products_by_code(code),
            *theirs,
            *self.catalog.products_by_gtin(code),
        )
        return list(dict.fromkeys(known))

    @cached_property
    def mentioned(self) -> dict[str, list[Product]]:
        """The numbers of products in the words, with what they are known for."""
        codes = self.catalog.codes_in(self.words, self.customer_id or "")
        return {code: self.meaning(code) for code in codes}

    def _names_other(self, product: Product) -> bool:
        told = codes_in_name(product, self.catalog)
        if any(
            product not in products and not weak(code) and normal.code(code) not in told
            for code, products in self.mentioned.items()
        ):
            return True
        own = normal.code(f"{product.sku} {product.name}")
        sku, said = normal.code(product.sku), map(normal.code, self.words.split())
        return not self.mentioned and any(
            any(map(str.isdigit, key)) and key not in own and _nearly(key, sku) for key in said
        )

    def _other_pack(self, product: Product) -> bool:
        """Whether a pack of another size is described than the catalog knows."""
        name = traits_of(product)
        size = product.pack_size
        known = {
            *name.packs,
            self.quantity,
            *([plain(size.normalize())] if size and size > 1 else []),
        }
        return bool(name.packs) and bool(self.said.packs - known)

    def _cut_off(self, product: Product) -> bool:
        said, name = normal.squash(self.words), normal.squash(product.name)
        in_number = re.match(r".*\d$", said) and re.match(r"\d", name[len(said) :])
        return len(said) >= _CUT_OFF and name.startswith(said) and not in_number

    def _fits_other(self, product: Product) -> bool:
        """Whether the known words, and not only one by chance, are another product's name."""
        said, name = self.said, traits_of(product)
        if text.unsaid(said, name)[0] and any(self._says_all(p) for p in self.named):
            return product not in self.catalog.products_named(self.words)
        telling = [word for word in said.words if self._tells(word)]
        things = text.traits(" ".join(telling))
        if len(telling) * 2 >= len(said.words) and not text.likeness(things, name):
            own_figures = text.shares_figures(said, name) and not self.fitting
            return bool(telling) and not own_figures
        if not telling or (len(self._known) < 2 and len(said.words) > 2):
            return False
        if text.likeness(things, name) == 100 or text.covers(name, said):
            return False
        return bool(self.fitting) and product not in self.fitting

    def _tells(self, word: str) -> bool:
        """Whether a word is one of products' names, and neither a unit nor an attribute."""
        usual = canonical_unit(word) or word in MARK_OF
        return not usual and bool(self.catalog.known_words(word))

    @cached_property
    def _known(self) -> list[str]:
        """The words and numbers that the name of any product holds."""
        return self.catalog.known_words(self.said.keywords)

    # --- which product ------------------------------------------------------------

    @cached_property
    def fitting(self) -> list[Product]:
        """Products with every known word in their names, and all numbers and attributes."""
        if not self.said.words:
            return []
        found = self.catalog.products_sharing(self.said.keywords)
        if not found and any(figure.unit for figure in self.said.figures):
            found = self.catalog.products_sharing(" ".join(self.said.words))
        if len(found) > _TOO_MANY:
            return found[:_TOO_MANY]
        return [p for p in found if self._has_attributes(p)]

    def _has_attributes(self, product: Product) -> bool:
        name = traits_of(product)
        marks = (
            values <= name.marks.get(kind, frozenset()) for kind, values in self.said.marks.items()
        )
        return not text.unknown_figures(self.said, name) and all(marks)

    @property
    def telling(self) -> list[Product]:
        """Those that fit, where more than one number by chance leads to them."""
        by_chance = len(self._known) < 2 and not any(map(str.isalpha, self._known))
        return [] if by_chance else self.fitting

    @property
    def named(self) -> list[Product]:
        """Of those that fit, the ones that every word means something in."""
        return [p for p in self.fitting if text.likeness(self.said, traits_of(p)) == 100]

    def only(self) -> Product | None:
        """The one product that the words name beyond doubt, or None."""
        if len(self.fitting) == 1:
            product = self.fitting[0]
            if text.turned(self.said, traits_of(product)):
                return None
            sure = self._says_enough if product in self.named else self._in_other_words
            return product if sure(product) else None
        return self._usual()

    def _says_all(self, product: Product) -> bool:
        """Every number and attribute of its name, and at least half of the words."""
        return self._spoken(product) and not any(text.unsaid(self.said, traits_of(product)))

    def _says_enough(self, product: Product) -> bool:
        """All attributes, or all but those that the customer's habit or nothing else decides."""
        figures, marks = text.unsaid(self.said, traits_of(product))
        if not self._spoken(product):
            return False
        if not figures and not marks:
            return True
        harmless = all(map(text.is_norm, figures)) and not marks.keys() - {"metal"}
        return bool(harmless and self.said.figures) or self._bought(product)

    def _in_other_words(self, product: Product) -> bool:
        """Words of another language around all the numbers and attributes of one product."""
        name = traits_of(product)
        figures, marks = text.unsaid(self.said, name)
        complete = all(map(text.is_norm, figures)) and not marks.keys() - {"metal"}
        if not complete or text.foreign(self.said, name) > 0:
            return False
        norm = any(map(text.is_norm, self.said.figures)) and len(self.said.figures) > 2
        attributes = bool(self.said.figures or self.said.marks)
        return norm or (attributes and self._bought(product))

    def _usual(self) -> Product | None:
        """Of products that differ in words only, the one this customer always buys."""
        named = self.named
        bought = [p for p in named if self._bought(p)]
        if len(bought) != 1 or not self._spoken(bought[0]):
            return None
        name = traits_of(bought[0])
        others = [traits_of(p) for p in named if p != bought[0]]
        alike = all(
            text.same_attributes(other, name) and text.unspoken(self.said, other)
            for other in others
        )
        return bought[0] if alike and not any(text.unsaid(self.said, name)) else None

    def _spoken(self, product: Product) -> bool:
        """At least half of the name's words, and no other pack."""
        name = traits_of(product)
        return len(self.said.words) * 2 >= len(name.words) and self.said.packs <= name.packs

    def _bought(self, product: Product) -> bool:
        past = self.catalog.history_of(self.customer_id or "", product.sku)
        return len({line.order_id for line in past}) >= _OFTEN


def _spelt_as(name: text.Traits, said: text.Traits) -> text.Traits:
    """The figures as the name spells them: ``K60`` is its 60, as in ``grit 60``."""
    plainly = {figure.text: figure for figure in name.figures}

    def spelt(figure: text.Figure) -> text.Figure:
        lettered = re.fullmatch(r"[a-z](\d{2,})", figure.text)
        return plainly.get(lettered[1], figure) if lettered else figure

    return replace(said, figures=tuple(map(spelt, said.figures)))


def weak(code: str) -> bool:
    """Whether a number without a letter is so short that it may be a measure."""
    key = normal.code(code)
    return key.isdigit() and len(key) < _WEAK


def codes_in_name(product: Product, catalog: Catalog) -> list[str]:
    """Numbers of other products that the name speaks of: a spider for KX-19."""
    codes = map(normal.code, catalog.codes_in(product.name, ""))
    return [code for code in codes if code != normal.code(product.sku)]


def _nearly(key: str, sku: str) -> bool:
    """Whether a code may be this number with a typing error: as long, and little else."""
    return len(key) >= _WEAK and key != sku and fuzz.ratio(key, sku) >= _MISTYPED


@lru_cache(maxsize=4096)
def traits_of(product: Product) -> text.Traits:
    """What the name of a product says, with the content of a pack."""
    said = text.traits(product.name, [product.sku])
    unit = canonical_unit(product.unit or "") or ""
    if unit not in ("kg", "g", "l", "ml", "m") or not (product.pack_size or Decimal(0)) > 1:
        return said
    content = text.Figure(plain((product.pack_size or Decimal(1)).normalize()), unit)
    return replace(said, content=content)
