"""Quantities: from the unit a customer wrote to the unit the product is counted in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from graph.catalog import Product
from graph.extract.units import canonical_unit
from graph.match.text import traits
from graph.order import plain

_MULTIPLES = {"dozen": 12, "hundred": 100, "gross": 144, "thousand": 1000}
"""Words for so many of whatever the product is counted in: a dozen of pairs is twelve pairs."""
_PACKS = frozenset({"pack", "box", "carton", "bag", "bundle"})
"""Units that hold as many pieces as the product's pack size says."""
_ONE_EACH = frozenset(
    {"roll", "coil", "bottle", "can", "bucket", "canister", "drum", "tube", "sheet", "bar"}
)
"""Units that are one piece each: ten pieces of a product counted in bottles are ten bottles."""
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
       round where the product's name says it is one; a can that its name calls a canister
    6. a pack holds as many product units as the pack size says; where the product is
       itself counted in packs (a carton of boxes), a person must look at it, unless its
       name calls that very pack a carton
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
    if (wanted == "pcs" and own in _ONE_EACH) or (
        own in _ONE_EACH | {"pcs"} and _is_one(product, wanted)
    ):
        return Conversion(Fraction(1))
    if wanted in _PACKS and own not in _PACKS:
        return _by_pack(stated, product, description)
    if wanted in _PACKS and own in _PACKS and (packed := _repacked(stated, product, description)):
        return packed
    held = traits(product.name).packs
    if wanted == "pcs" and own in _PACKS and len(held) == 1 and int(*held) > 0:
        return Conversion(Fraction(1, int(*held)))
    return _by_dimension(stated, product, wanted, own)


def _times(many: int, each: Conversion) -> Conversion:
    return each if each.factor is None else Conversion(many * each.factor)


def _is_one(product: Product, unit: str) -> bool:
    """Whether the product's name says that a piece is such a bottle, roll or can."""
    return unit in _ONE_EACH and _says(product, unit)


def _says(product: Product, unit: str) -> bool:
    return any(canonical_unit(word) == unit for word in product.name.split())


def _by_pack(stated: str, product: Product, description: str | None) -> Conversion:
    if not product.pack_size or product.pack_size <= 0:
        return _problem(stated, product, f"the pack size of {product.sku} is not known")
    said = traits(description or "").packs - traits(product.name).packs
    if any(Decimal(pack) != product.pack_size for pack in said):
        ours, theirs = plain(product.pack_size), " and ".join(sorted(said))
        return _problem(stated, product, f"a pack of {theirs} in the order, of {ours} in the ERP")
    return Conversion(Fraction(product.pack_size))


def _repacked(stated: str, product: Product, description: str | None) -> Conversion | None:
    """A pack of what is itself counted in packs; None where that makes no sense."""
    wanted, own = canonical(stated), canonical(product.unit)
    if product.pack_size == 1 and _says(product, wanted or ""):
        return Conversion(Fraction(1))
    if wanted not in ("carton", "pack") or own == "carton":
        return None
    each = _by_pack(stated, product, description)
    if each.factor is None:
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
