"""A place mentioned in passing: ``our workshop``, ``Lager Nord``, ``the depot at Quarry Road``."""

from __future__ import annotations

import re

from graph import normal
from graph.catalog import Address, Customer
from graph.order import ShipTo

_SAME = {
    word: place
    for place, words in {
        "workshop": "workshop werkstatt werkstaette atelier officina taller werkplaats",
        "warehouse": "warehouse lager magazin magazzino magazijn almacen entrepot depot store "
        "stores lagerhaus lagerhalle",
        "plant": "plant works werk factory fabrik usine fabbrica fabriek fabrica",
        "branch": "branch filiale filiaal succursale sucursal",
        "hall": "hall halle hal",
        "kitchen": "kitchen kueche cuisine cocina cucina keuken",
        "central": "central centrale zentral centraal",
        "north": "north nord noord norte",
        "south": "south sued sud zuid sur",
        "east": "east ost oost est este",
        "west": "west ouest oeste ovest",
        "street": "street st strasse str",
        "road": "road rd",
    }.items()
    for word in words.split()
}
_FILLERS = frozenset(
    normal.words(
        "an the our us to at in on of by and please deliver delivery ship shipping address "
        "send usual as always der die das den dem des unser unsere unseren unserer unserem "
        "uns zu zum zur an am im auf bei ins nach bitte liefern lieferung lieferadresse "
        "lieferanschrift anlieferung wie immer ueblich uebliche gewohnt und von vom le la les "
        "du de des notre nos au aux chez et livrer livraison adresse habituelle comme "
        "toujours il lo gli al allo alla nostro nostra presso solito consegna come sempre el "
        "los nuestro nuestra en y entrega entregar siempre het een ons onze naar op bij zoals "
        "altijd leveren adres"
    )
)
"""Words around a place that say nothing about which."""
_SITE = frozenset({"site"})
"""Alone it may be a building site; beside a name on file it says nothing."""


def mentions(said: ShipTo, address: Address, customer: Customer) -> bool:
    """Whether a part of the address is stated, and nothing that does not belong to it.

    A part is a word of its own name, its street, its town or its postal code. Another
    number, street or name than the address has makes it another place.
    """
    code = normal.postal_code(address.postal_code).casefold()
    stated = _stated(said, code)
    own = set(_words(customer.name))
    site = (word for word in _words(address.name) if word not in own)
    street = _words(re.sub(r"\d+\s?[a-z]?\b", " ", address.street.casefold()))
    parts = {*site, *street, *_words(address.city), code} - _FILLERS - _SITE - {""}
    place = f"{address.name} {address.street} {address.city} {address.country} {said.country or ''}"
    known = {*parts, *own, *_words(place), *_words(address.postal_code), *_FILLERS, *_SITE}
    telling = any(word in parts and not (word.isdigit() and len(word) < 4) for word in stated)
    return telling and all(word in known for word in stated)


def says_nothing(said: ShipTo) -> bool:
    """Whether there are only words such as ``the usual address``, or none."""
    return all(word in _FILLERS for word in _stated(said, ""))


def numbers(text: str) -> frozenset[str]:
    """House, store and site numbers in a name or text."""
    return frozenset(w.lstrip("0") for w in normal.words(text) if any(c.isdigit() for c in w))


def _stated(said: ShipTo, postal_code: str) -> list[str]:
    """Every word of the mention, this postal code in one piece however it is spaced."""
    fields = (said.name, said.street, said.postal_code, said.city, said.text)
    text = " , ".join(filter(None, fields)).casefold().replace("à", " ")
    text = re.sub(r"\b[ld]['’]", " ", text)
    if postal_code:
        spaced = r"[\s-]?".join(map(re.escape, postal_code))
        text = re.sub(rf"\b(?:[a-z]{{1,2}}-)?{spaced}\b", f" {postal_code} ", text)
    return _words(text)


def _words(text: str) -> list[str]:
    """Words in one spelling and language: ``Werkstatt`` and ``workshop`` are the same."""
    spelt = re.sub(r"str(?:\.|asse\b|aße\b)", " strasse ", text.casefold())
    return [_SAME.get(word, word) for word in normal.words(spelt)]
