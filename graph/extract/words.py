"""Vocabularies as data: what labels and column heads are called, in six languages.

Phrases are compared by ``key``: lower case, letters and digits only, so that
``Art.-Nr.``, ``ART NR`` and ``Artnr`` are one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Role = Literal[
    "position",
    "supplier_sku",
    "customer_sku",
    "code",
    "gtin",
    "description",
    "quantity",
    "unit",
    "price",
    "price_per",
    "discount",
    "amount",
    "date",
    "po_number",
    "thing",
    "number",
    "ignore",
]
"""What a column holds. ``thing`` (item, product) is a code or a description and ``number``
(no., #) a code or a position: their cells decide."""

_NOT_WORD = re.compile(r"[^\w²³#%]+|_+")


def key(phrase: str) -> str:
    """``"Art.-Nr.:"`` -> ``"artnr"``; the sign ``#`` counts as ``no``."""
    return _NOT_WORD.sub("", phrase.casefold()).replace("#", "no")


LANGUAGE_WORDS: dict[str, str] = {
    word: language
    for language, words in {
        "en": "the and please we you our for of with order would like thanks regards hello hi dear "
        "need send ship deliver your quantity unit price description total delivery",
        "de": "der die das und bitte wir sie unsere unser für mit bestellung bestellen danke grüße "
        "gruß hallo liebe menge einheit preis bezeichnung lieferung den dem ein eine zu von auf",
        "fr": "le la les et nous vous notre pour avec commande merci bonjour quantité prix "
        "veuillez",
        "nl": "de het een en wij onze voor met bestelling bestellen graag bedankt groet "
        "aantal prijs",
        "es": "el los las y nosotros nuestro para con pedido gracias saludos hola cantidad precio",
        "it": "il lo gli e noi nostro per con ordine grazie saluti buongiorno quantità prezzo",
    }.items()
    for word in words.split()
}

OURS = (
    "your|supplier|suppliers|supplier's|vendor|vendors|vendor's|seller|sellers|ihre|ihr|ihrer|"
    "lieferanten|lieferant|lief|lieferantens|votre|vos|fournisseur|uw|leverancier|su|vuestro|"
    "proveedor|vostro|vs|fornitore"
)
THEIRS = (
    "our|customer|customers|customer's|buyer|buyers|buyer's|client|internal|unsere|unser|unserer|"
    "kunden|kunde|kd|eigene|interne|notre|nos|interne|onze|klant|nuestro|nuestra|cliente|nostro|own"
)
ARTICLE = (
    "art|artnr|art nr|art no|article|article no|article number|article code|item|item no|item nr|"
    "item number|item code|item id|itm no|part|part no|part nr|part number|part code|product no|"
    "product number|product code|product id|prod code|sku|sku no|code|ref|reference|"
    "reference no|ref no|"
    "material|material no|material number|mat nr|material nr|materialnummer|materialnr|catalog no|"
    "catalogue no|catalog number|catalogue number|cat no|stock code|stock no|stock number|"
    "artikel|artikelnr|artikel nr|artikel no|artikelnummer|artikel nummer|"
    "artikelcode|artikelbezeichner|"
    "produktnr|produktnummer|produkt nr|produktcode|teil|teilenr|teilenummer|"
    "teile nr|sachnr|sachnummer|"
    "bestellnr|bestell nr|best nr|bestellnummer|bestnr|katalognr|ident nr|identnr|identnummer|"
    "référence|référence article|réf|code article|n° article|no article|num article|numéro article|"
    "artikelnummers|bestelnummer|bestelnr|referencia|código|codigo|código artículo|nº artículo|"
    "codice|codice articolo|cod|cod art|cod articolo|articolo|codice prodotto|p/n|pn|mpn|"
    "manufacturer part number|mfr part no|hersteller nr|herstellernummer|hersteller artikelnummer"
)


def phrases_in(text: str) -> list[str]:
    """The phrases of a vocabulary, which are written with ``|`` between them."""
    return text.split("|")


def flexible(phrases: str | Iterable[str]) -> str:
    """A pattern for any of the phrases, longest first, however they are dotted and spaced."""
    words = phrases_in(phrases) if isinstance(phrases, str) else list(phrases)
    ordered = sorted(set(words), key=len, reverse=True)
    return "|".join(r"[\s.\-_/°]*".join(map(re.escape, w.split())) for w in ordered)


CODE_LABELS: dict[Role, str] = {
    "supplier_sku": rf"(?:{OURS})[\s.\-]*(?:{flexible(ARTICLE)})",
    "customer_sku": rf"(?:{THEIRS})[\s.\-]*(?:{flexible(ARTICLE)})",
    "gtin": flexible("gtin|ean|ean code|ean nr|ean 13|upc|barcode|gtin/ean|ean/gtin"),
    "code": flexible(ARTICLE),
}
"""Patterns of what stands before a code in running text."""
