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

_OURS = (
    "your|supplier|suppliers|supplier's|vendor|vendors|vendor's|seller|sellers|ihre|ihr|ihrer|"
    "lieferanten|lieferant|lief|lieferantens|votre|vos|fournisseur|uw|leverancier|su|vuestro|"
    "proveedor|vostro|vs|fornitore"
)

_THEIRS = (
    "our|customer|customers|customer's|buyer|buyers|buyer's|client|internal|unsere|unser|unserer|"
    "kunden|kunde|kd|eigene|interne|notre|nos|interne|onze|klant|nuestro|nuestra|cliente|nostro|own"
)

_ARTICLE = (
    "art|artnr|art nr|art no|article|article no|article number|article code|item|item no|item nr|"
    "item number|item code|item id|itm no|part|part no|part nr|part number|part code|product no|"
    "product number|product code|product id|prod code|sku|sku no|code|ref|reference|"
    "reference no|ref no|"
    "material|material no|material number|mat nr|material nr|materialnummer|materialnr|catalog no|"
    "catalogue no|catalog number|catalogue number|cat no|stock code|stock no|stock number|"
    "artikel|artikelnr|artikel nr|artikel no|artikelnummer|artikel nummer|"
    "artikelcode|artikelbezeichner|"
    "produktnr|produktnummer|produkt nr|produktcode|teil|teilenr|teilenummer|teile "
    "nr|sachnr|sachnummer|"
    "bestellnr|bestell nr|best nr|bestellnummer|bestnr|katalognr|ident nr|identnr|identnummer|"
    "référence|référence article|réf|code article|n° article|no article|num article|numéro article|"
    "artikelnummers|bestelnummer|bestelnr|referencia|código|codigo|código artículo|nº artículo|"
    "codice|codice articolo|cod|cod art|cod articolo|articolo|codice prodotto|p/n|pn|mpn|"
    "manufacturer part number|mfr part no|hersteller nr|herstellernummer|hersteller artikelnummer"
)


def _phrases(text: str) -> list[str]:
    return text.split("|")


def _keys(text: str) -> set[str]:
    return {key(phrase) for phrase in text.split("|")}


def _owned(owners: str) -> list[str]:
    """``your part no``, ``part no (your)``, ``part no supplier``: whose number it is."""
    articles = _phrases(_ARTICLE)
    return [f"{o} {a}" for o in _phrases(owners) for a in articles] + [
        f"{a} {o}" for o in _phrases(owners) for a in articles
    ]


_COLUMNS: dict[Role, str] = {
    "position": "pos|pos nr|position|positions|positionsnr|line|line no|line nr|line number|line "
    "item|"
    "ln|lfd nr|lfd|lfdnr|zeile|posten|item pos|poste|ligne|regel|linea|línea|riga|sr no|s no|seq|"
    "row|index|pos no|bestellposition|po line|po item|#pos",
    "gtin": "gtin|ean|ean13|ean code|eancode|ean nr|barcode|bar code|upc|upc code|gtin ean|"
    "ean gtin|"
    "ean nummer|strichcode|code barre|codigo de barras|gencod|gtin13|gtin no",
    "description": "description|desc|item description|product description|article description|"
    "material description|item name|item names|product name|product names|article name|name|names|"
    "bez|gegenstand|bezeichnung|artikelbezeichnung|produktbezeichnung|artikel "
    "bezeichnung|beschreibung|"
    "artikelbeschreibung|produktbeschreibung|artikelname|produktname|artikeltext|"
    "text|kurztext|langtext|"
    "materialkurztext|warenbezeichnung|benennung|bezeichnung 1|bezeichnung 2|"
    "désignation|designation|"
    "libellé|omschrijving|artikelomschrijving|descripción|descripcion|denominación|"
    "concepto|descrizione|"
    "denominazione|goods|details|detail|particulars|title|leistung|description of "
    "goods|specification",
    "quantity": "anz|quantity|quantities|qty|qtys|qnty|qty ordered|quantity ordered|ordered|"
    "order qty|"
    "order quantity|ordered qty|ordered quantity|qty required|quantity required|"
    "required|req qty|amount ordered|"
    "menge|bestellmenge|anzahl|stückzahl|stk|stück|stck|st|pcs|pieces|units|"
    "auftragsmenge|best menge|"
    "bestellte menge|liefermenge|benötigte menge|quantité|qté|qte|quantité commandée|nombre|aantal|"
    "hoeveelheid|stuks|besteld|cantidad|cant|uds|unidades|quantità|quantita|qta|qtà|pezzi|count|"
    "number of units|no of units|no of pieces|menge bestellt|how many|q ty|q",
    "unit": "bme|u|unit|uom|u m|um|u o m|unit of measure|units of measure|base unit of measure|"
    "unit of measurement|"
    "measure|me|mengeneinheit|einheit|eh|einh|meh|be|bestelleinheit|vpe einheit|order unit|unité|"
    "eenheid|unidad|unidad de medida|ud|unità|unità di misura|u d m|pack type|"
    "packaging unit|verpackungseinheit",
    "price": "price|einzel netto|einzel|brutto ep|netto ep|prix unit ht|prix unit|unit price|"
    "unitprice|price each|each|price per unit|price unit|net price|"
    "net unit price|unit cost|cost|list price|rate|price ea|price pc|unit price net|unit net price|"
    "preis|einzelpreis|e preis|ep|stückpreis|preis je einheit|preis pro einheit|"
    "nettopreis|netto preis|"
    "einkaufspreis|ek preis|ek|vk|vk preis|preis stück|preis stk|preis netto|netto "
    "einzelpreis|ep netto|"
    "einzelpreis netto|listenpreis|bruttopreis|prix|prix unitaire|pu|pu ht|prix "
    "unitaire ht|p u|prijs|"
    "stukprijs|eenheidsprijs|precio|precio unitario|precio unidad|prezzo|prezzo unitario|stk preis",
    "price_per": "price per|per|price unit|price basis|preiseinheit|preis einheit|pe|prs einh|"
    "preis pro|pro|je|"
    "preisbasis|price qty|price quantity",
    "discount": "discount|disc|discount %|disc %|rabatt|rabatt %|nachlass|rab|rab %|% rabatt|"
    "remise|"
    "remise %|korting|descuento|dto|dto %|sconto|sconto %|%|% disc",
    "amount": "amount|line total|total|total price|line amount|net amount|ext price|extended price|"
    "extended|extension|subtotal|line value|value|total amount|net total|total net|net value|sum|"
    "line sum|total cost|amount net|betrag|gesamt|gesamtpreis|g preis|gp|summe|gesamtbetrag|"
    "nettobetrag|netto|nettowert|wert|positionswert|positionsbetrag|gesamtwert|"
    "zeilensumme|gesamt netto|"
    "gesamtsumme|montant|montant ht|total ht|bedrag|totaal|totaalprijs|regelbedrag|"
    "importe|importe total|"
    "importo|totale|importo netto|prix total|precio total|prezzo totale|gesamtpreis "
    "netto|nettowarenwert",
    "date": "date|delivery date|requested date|required date|ship date|due date|need by|need "
    "by date|"
    "required by|requested delivery date|delivery|eta|req date|req delivery date|datum|termin|"
    "liefertermin|lieferdatum|wunschtermin|lt|wunschlieferdatum|wunschliefertermin|"
    "date de livraison|"
    "date livraison|livraison|leverdatum|levering|fecha|fecha de entrega|data|data consegna|"
    "data di consegna|consegna|due|del date|lieferwoche|kw|week",
    "po_number": "po|po no|po nr|po number|purchase order|purchase order no|order no|order number|"
    "bestellung|auftragsnr|auftragsnummer|auftrag|order|order id|order ref|your "
    "order no|customer po",
    "thing": "item|items|itm|itms|product|products|artikel|article|articles|material|"
    "materials|ware|"
    "waren|produkt|produkte|produit|produits|part|parts|prodotto|producto|artículo|"
    "articulo|articolo|"
    "artikels|sku description|bestellnr bezeichnung|artikel bezeichnung|positionen",
    "number": "no|nr|number|nummer|num|n°|nº|numéro|número|numero|id|n",
    "ignore": "order date|po date|purchase order date|date of order|bestelldatum|belegdatum|"
    "auftragsdatum|orderdatum|besteldatum|document date|date de commande|data ordine|"
    "fecha de pedido|fecha pedido|"
    "tax|vat|vat %|tax %|mwst|ust|mwst %|ust %|tva|btw|iva|steuer|steuersatz|weight|"
    "gewicht|"
    "delivered|geliefert|open|offen|offene menge|backorder|rückstand|stock|bestand|"
    "lagerbestand|on hand|"
    "min qty|moq|minimum order|min order|min order qty|mindestmenge|"
    "mindestbestellmenge|pack size|packsize|"
    "packgröße|vpe|ve|inhalt|pack qty|qty per pack|units per pack|pcs per box|case qty|qty per box|"
    "stück pro vpe|remark|remarks|note|notes|comment|comments|bemerkung|bemerkungen|hinweis|notiz|"
    "currency|währung|devise|valuta|project|projekt|kostenstelle|cost center|kst|availability|"
    "verfügbar|available|location|lagerplatz|lagerort|plant|werk|bin|supplier|"
    "lieferant|brand|marke|hersteller|"
    "manufacturer|category|kategorie|warengruppe|colour|farbe|last order|letzte "
    "bestellung|previous qty|"
    "zolltarifnummer|hs code|country of origin|ursprungsland|image|bild|status|tax "
    "rate|tax code|tax amount",
}


def _column_table() -> dict[str, Role]:
    table: dict[str, Role] = {key(phrase): "code" for phrase in _phrases(_ARTICLE)}
    for role, phrases in _COLUMNS.items():
        table.update((k, role) for k in _keys(phrases))
    table.update((key(phrase), "supplier_sku") for phrase in _owned(_OURS))
    table.update((key(phrase), "customer_sku") for phrase in _owned(_THEIRS))
    return table


COLUMNS: dict[str, Role] = _column_table()
"""Column head (as ``key``) -> what the column holds, seen from a customer's order."""

_HINTS: tuple[tuple[Role, str], ...] = (
    ("gtin", r"\b(?:ean|gtin|upc|barcode)\b"),
    (
        "ignore",
        r"\b(?:tax|vat|mwst|ust|min|moq|pack ?size|stock|delivered|open|weight|per pack)\b",
    ),
    ("price_per", r"\b(?:preiseinheit|price basis)\b"),
    ("discount", r"\b(?:discount|rabatt|remise|korting|sconto)\b"),
    ("quantity", r"\b(?:qty|quantit\w+|\w*menge|anzahl|aantal|cantidad)\b"),
    ("amount", r"\b(?:gesamt\w*|total|amount|betrag|montant|bedrag|importe|importo)\b"),
    ("price", r"\b(?:\w*preis|price|prix|prijs|precio|prezzo)\b"),
    ("date", r"\b(?:\w*date|\w*datum|\w*termin|fecha)\b"),
    ("supplier_sku", rf"\b(?:{_OURS})\b.*\b(?:no|nr|number|nummer|code|sku|ref)\b"),
    ("customer_sku", rf"\b(?:{_THEIRS})\b.*\b(?:no|nr|number|nummer|code|sku|ref)\b"),
    ("code", r"\b(?:\w*nr|\w*nummer|part no|item no|sku|code)\b"),
    ("description", r"\b(?:descr\w*|\w*bezeichnung|beschreibung|name)\b"),
    ("unit", r"\b(?:uom|\w*einheit|unit of measure)\b"),
)
COLUMN_HINTS = tuple((role, re.compile(pattern, re.I)) for role, pattern in _HINTS)
"""Looser signs for heads of a few words, tried in this order."""


def flexible(phrases: str | Iterable[str]) -> str:
    """A pattern for any of the phrases, longest first, however they are dotted and spaced."""
    words = _phrases(phrases) if isinstance(phrases, str) else list(phrases)
    ordered = sorted(set(words), key=len, reverse=True)
    return "|".join(r"[\s.\-_/°]*".join(map(re.escape, w.split())) for w in ordered)


CODE_LABELS: dict[Role, str] = {
    "supplier_sku": rf"(?:{_OURS})[\s.\-]*(?:{flexible(_ARTICLE)})",
    "customer_sku": rf"(?:{_THEIRS})[\s.\-]*(?:{flexible(_ARTICLE)})",
    "gtin": flexible("gtin|ean|ean code|ean nr|ean 13|upc|barcode|gtin/ean|ean/gtin"),
    "code": flexible(_ARTICLE),
}
"""Patterns of what stands before a code in running text."""
