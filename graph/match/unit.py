"""Quantities: from the unit a customer wrote to the unit the product is counted in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from graph.catalog import Product
from graph.extract.units import canonical_unit
from graph.match.text import Traits, traits, unknown_figures
from graph.order import plain

_MULTIPLES = {"dozen": 12, "hundred": 100, "gross": 144, "thousand": 1000}
"""Words for so many of whatever the product is counted in: a dozen of pairs is twelve pairs."""
_PACKS = frozenset({"pack", "box", "carton", "bag", "bundle"})
"""Units that hold as many pieces as the product's pack size says."""
_ONE_EACH = frozenset(
    {"roll", "coil", "bottle", "can", "bucket", "canister", "drum", "tube", "sheet", "bar"}
)
"""Units that are one piece each: ten pieces of a product counted in bottles are ten bottles."""
_FILLED = frozenset({"bottle", "can", "bucket", "canister", "drum", "tube"})
"""Of these, the ones that hold so many litres or grams."""
_CONTENTS = frozenset({"ml", "cl", "l", "g", "kg"})
_LENGTHS = frozenset({"roll", "coil", "bar"})
"""Of these, the ones that are so many metres."""
_MEASURED = {
    "mm": ("length", 1),
    "cm": ("length", 10),
    "m": ("length", 1000),
    "g": ("mass", 1),
    "kg": ("mass", 1000),
    "t": ("mass", 1_000_000),
    "ml": ("volume", 1),
    "l": ("volume", 1000),
}
_ALWAYS_WHOLE = frozenset(_MULTIPLES) | _PACKS | _ONE_EACH | {"pcs", "pair", "set", "pallet"}


@dataclass(frozen=True, slots=True)
class Conversion:
    """``factor`` product units make one stated unit; None where ``problem`` says why not.

    Both are given where a conversion is likely, but a person must look at it.
    """

    factor: Fraction | None
    problem: str | None = None


def canonical(word: str | None) -> str | None:
    """The canonical unit; a word that is none stands for itself, folded."""
    return (canonical_unit(word) or word.strip().casefold() or None) if word else None


def counted(unit: str | None) -> bool:
    """Whether a unit counts whole things, so that a fraction of it cannot be ordered."""
    return unit is not None and canonical(unit) in _ALWAYS_WHOLE


def conversion(stated: str | None, product: Product, description: str | None = None) -> Conversion:
    """How many product units one stated unit is.

    1. no unit stated: the product's own unit
    2. the same unit in other words
    3. a dozen, hundred, gross of what the product is counted in, unless that is packs
    4. a pair is two pieces
    5. pieces of a product whose unit is one piece each (roll, bottle), and the other way
       round where the product's name says it is one, or how much a bottle or can holds
    6. a pack holds as many product units as the pack size says, and so does a roll or
       bar of a product counted in metres; where the product is itself counted in packs
       (a carton of several boxes), a person must look at it, unless its name calls that
       very pack a carton
    7. pieces of a product counted in packs, where its name says how many a pack holds
    8. the same dimension (m and cm, kg and g, l and ml)
    9. anything else is a problem, never a guess
    """
    wanted, own = canonical(stated), canonical(product.unit)
    if stated is None or wanted is None or wanted == own:
        return Conversion(Fraction(1))
    many, _, rest = stated.strip().partition(" ")
    if rest and canonical(many) in _MULTIPLES:
        return _times(_MULTIPLES[canonical(many) or ""], conversion(rest, product, description))
    if own is None:
        return _problem(stated, product, f"the unit {product.sku} is counted in is not known")
    if wanted in _MULTIPLES and own in _ALWAYS_WHOLE - _PACKS:
        return Conversion(Fraction(_MULTIPLES[wanted], _MULTIPLES.get(own, 1)))
    if wanted == "pair" and own == "pcs":
        return Conversion(Fraction(2))
    if (wanted == "pcs" and own in _ONE_EACH) or _is_one(product, own, wanted):
        return Conversion(Fraction(1))
    if (wanted in _PACKS and own not in _PACKS) or _is_length(product, own, wanted):
        return _by_pack(stated, product, description)
    if wanted in _PACKS and own in _PACKS and (packed := _repacked(stated, product, description)):
        return packed
    held = traits(product.name).packs
    if wanted == "pcs" and own in _PACKS and len(held) == 1 and int(*held) > 0:
        return Conversion(Fraction(1, int(*held)))
    return _by_dimension(stated, product, wanted, own)


def _times(many: int, each: Conversion) -> Conversion:
    return each if each.factor is None else Conversion(many * each.factor)


def _is_one(product: Product, own: str, unit: str) -> bool:
    """Whether a piece of the product is such a bottle, roll or can."""
    if unit not in _ONE_EACH or own not in {"pcs", *_ONE_EACH}:
        return False
    if unit in _containers(product):
        return True
    filled = any(f.unit in _CONTENTS for f in traits(product.name).figures)
    return own == "pcs" and unit in _FILLED and filled and not _containers(product)


def _is_length(product: Product, own: str, unit: str) -> bool:
    """Whether a roll or bar is so many metres of the product as its pack size says."""
    fits = unit in _LENGTHS and (_containers(product) & _LENGTHS) <= {unit}
    return fits and own == "m" and (product.pack_size or 0) > 1


def _containers(product: Product) -> set[str]:
    """The bottles, rolls and bars that the product's name speaks of."""
    return {unit for word in product.name.split() if (unit := canonical_unit(word)) in _ONE_EACH}


def _says(product: Product, unit: str) -> bool:
    return any(canonical_unit(word) == unit for word in product.name.split())


def _by_pack(stated: str, product: Product, description: str | None) -> Conversion:
    if not product.pack_size or product.pack_size <= 0:
        return _problem(stated, product, f"the pack size of {product.sku} is not known")
    words, name = traits(description or ""), traits(product.name)
    said = {*(words.packs - name.packs), *_contents(words, name, product)}
    if any(Decimal(pack) != product.pack_size for pack in said):
        ours, theirs = plain(product.pack_size), " and ".join(sorted(said))
        return _problem(stated, product, f"a pack of {theirs} in the order, of {ours} in the ERP")
    return Conversion(Fraction(product.pack_size))


def _contents(words: Traits, name: Traits, product: Product) -> set[str]:
    """What the description says a pack holds in the product's unit: ``sacks of 20 kg``."""
    own = canonical(product.unit) or ""
    (kind, size) = _MEASURED.get(own, ("", 1))
    said = (f for f in unknown_figures(words, name) if _MEASURED.get(f.unit, ("", 1))[0] == kind)
    amounts = (f for f in said if kind in ("mass", "volume") and "/" not in f.text)
    return {plain(tidy(Decimal(f.text) * _MEASURED[f.unit][1] / size)) for f in amounts}


def _told(factor: Fraction, own: str | None, description: str | None) -> bool:
    """Whether the customer says so too: ``carton of 5 boxes``."""
    said = re.findall(r"(\d+)\s*([^\W\d_]+)", description or "")
    return any(Fraction(number) == factor and canonical(word) == own for number, word in said)


def _repacked(stated: str, product: Product, description: str | None) -> Conversion | None:
    """A pack of what is itself counted in packs; None where that makes no sense."""
    wanted, own = canonical(stated), canonical(product.unit)
    if product.pack_size == 1 and _says(product, wanted or ""):
        return Conversion(Fraction(1))
    if wanted not in ("carton", "pack") or own == "carton":
        return None
    each = _by_pack(stated, product, description)
    if each.factor is None or each.factor == 1 or _told(each.factor, own, description):
        return each
    size = f"{each.factor} {product.unit}"
    return Conversion(each.factor, f'"{stated}" was taken for a pack of {size}; decide if it is')


def _by_dimension(stated: str, product: Product, wanted: str, own: str) -> Conversion:
    (kind, size), (own_kind, own_size) = (_MEASURED.get(u, (u, 1)) for u in (wanted, own))
    if kind == own_kind:
        return Conversion(Fraction(size, own_size))
    return _problem(stated, product, f"{product.sku} is counted in {product.unit}")


def _problem(stated: str, product: Product, reason: str) -> Conversion:
    unit = product.unit or "its own unit"
    return Conversion(None, f'"{stated}" cannot be converted to {unit}: {reason}')


def in_product_units(
    stated: Decimal, factor: Fraction, product: Product
) -> tuple[Decimal | None, str | None]:
    """A stated quantity in product units, or why it does not come out even."""
    exact = Fraction(stated) * factor
    if exact.denominator != 1 and factor.denominator != 1 and counted(product.unit):
        return None, (
            f"{plain(stated)} do not divide evenly into {product.unit} of {factor.denominator}"
        )
    return tidy(Decimal(exact.numerator) / Decimal(exact.denominator)), None


def tidy(number: Decimal) -> Decimal:
    """A number with at most six decimals and without idle zeros: ``36``, ``0.375``."""
    short = number.normalize()
    if short.as_tuple().exponent < -6:  # type: ignore[operator]
        short = short.quantize(Decimal("0.000001")).normalize()
    return Decimal(plain(short))
