"""Vocabulary of column heads: what a head says its column holds, in many languages."""

from __future__ import annotations

import re

from graph.extract.words import ARTICLE, OURS, THEIRS, Role, key, phrases_in

_COLUMNS: dict[Role, str] = {
    "code": (
        "cód|cód art|cód artículo|cod fornitore|varenr|varenummer|indeks|symbol|kod|kod towaru|"
        "kód|product ref|artnummer|stockcode|stock item|code produit|réf produit"
    ),
    "position": (
        "pos|pos nr|position|positions|positionsnr|line|line no|line nr|line number|line item|"
        "ln|lfd nr|lfd|lfdnr|zeile|posten|item pos|poste|ligne|regel|linea|línea|riga|sr no|"
        "s no|seq|row|index|pos no|bestellposition|po line|po item|#pos|lp|l p|nr pos|n pos|"
        "rij|rgl|renglón|rang|pozycja|pořadí|č|linje|rad|line item no|pos number|seq no|sl no|"
        "serial no"
    ),
    "gtin": (
        "gtin|ean|ean13|ean code|eancode|ean nr|barcode|bar code|upc|upc code|gtin ean|"
        "ean gtin|ean nummer|strichcode|code barre|codigo de barras|gencod|gtin13|gtin no|"
        "ean number|ean gtin code|code ean|código ean|codice ean|ean kod|kod ean"
    ),
    "description": (
        "description|desc|item description|product description|article description|"
        "material description|item name|item names|product name|product names|article name|"
        "name|names|bez|gegenstand|bezeichnung|artikelbezeichnung|produktbezeichnung|"
        "artikel bezeichnung|beschreibung|artikelbeschreibung|produktbeschreibung|artikelname|"
        "produktname|artikeltext|text|kurztext|langtext|materialkurztext|warenbezeichnung|"
        "benennung|bezeichnung 1|bezeichnung 2|désignation|designation|libellé|omschrijving|"
        "artikelomschrijving|descripción|descripcion|denominación|concepto|descrizione|"
        "denominazione|goods|details|detail|particulars|title|leistung|description of goods|"
        "specification|what it is|what|product details|item details|product title|"
        "bezeichnung text|ware bezeichnung|beskrivelse|benämning|beskrivning|varebeskrivelse|"
        "vare|nazwa|nazwa towaru|opis|název|popis|descrição|designação|description of item|"
        "description of goods services|article designation|libellé article|désignation article|"
        "artikel omschrijving|denominazione articolo|descrizione articolo|"
        "descripción del artículo|descripción artículo|produktname bezeichnung"
    ),
    "quantity": (
        "anz|quantity|quantities|qty|qtys|qnty|qty ordered|quantity ordered|ordered|order qty|"
        "order quantity|ordered qty|ordered quantity|qty required|quantity required|required|"
        "req qty|amount ordered|menge|bestellmenge|anzahl|stückzahl|stk|stück|stck|st|pcs|"
        "pieces|units|auftragsmenge|best menge|bestellte menge|liefermenge|benötigte menge|"
        "quantité|qté|qte|quantité commandée|nombre|aantal|hoeveelheid|stuks|besteld|cantidad|"
        "cant|uds|unidades|quantità|quantita|qta|qtà|pezzi|count|number of units|no of units|"
        "no of pieces|menge bestellt|how many|q ty|q|bedarf|bedarfsmenge|abrufmenge|abruf|"
        "to order|wanted|needed|need|reqd|we need|order now|please order|nachbestellung|"
        "bestellen|zu bestellen|best mg|mg|anz stk|qté cdée|qté commandée|qte cdee|qté cde|nb|"
        "nbre|cant pedida|cantidad pedida|uds pedidas|unidades pedidas|quantità ordinata|"
        "qtà ordinata|q tà ord|besteld aantal|bestelaantal|te bestellen|antal|antall|ilość|"
        "množství|quantidade|qtd|qtde|demand|demand qty|requirement|requirements|call off qty|"
        "release qty|ord qty|qty ord|qty reqd|order quantities|ordered pcs"
    ),
    "unit": (
        "bme|u|unit|uom|u m|um|u o m|unit of measure|units of measure|base unit of measure|"
        "unit of measurement|measure|me|mengeneinheit|einheit|eh|einh|meh|be|bestelleinheit|"
        "vpe einheit|order unit|unité|eenheid|unidad|unidad de medida|ud|unità|unità di misura|"
        "u d m|pack type|packaging unit|verpackungseinheit|jm|j m|mj|enhed|enhet|units of meas|"
        "meas unit|unité de mesure|einheiten|mengen einheit|sales unit|qty unit|unit of issue|"
        "pu unit|eenh"
    ),
    "price": (
        "price|einzel netto|einzel|brutto ep|netto ep|prix unit ht|prix unit|unit price|"
        "unitprice|price each|each|price per unit|price unit|net price|net unit price|"
        "unit cost|cost|list price|rate|price ea|price pc|unit price net|unit net price|preis|"
        "einzelpreis|e preis|ep|stückpreis|preis je einheit|preis pro einheit|nettopreis|"
        "netto preis|einkaufspreis|ek preis|ek|vk|vk preis|preis stück|preis stk|preis netto|"
        "netto einzelpreis|ep netto|einzelpreis netto|listenpreis|bruttopreis|prix|"
        "prix unitaire|pu|pu ht|prix unitaire ht|p u|prijs|stukprijs|eenheidsprijs|precio|"
        "precio unitario|precio unidad|prezzo|prezzo unitario|stk preis|cena|cena netto|"
        "cena jedn|cena jednostkowa|pris|enhedspris|enhetspris|à pris|a pris|stykpris|preço|"
        "preço unit|preço unitário|net unit|net each|net eur|netto einh|netto einheit|"
        "netto je einheit|net price each|prix net|pu net|p u net|prix unitaire net|precio neto|"
        "prezzo netto|netto prijs|brutto|gross|gross price|gross eur|prix brut|pu brut|"
        "unitario|unit eur|unit gbp|eur stk|eur st|verkaufspreis|rate each|unit rate"
    ),
    "price_per": (
        "price per|per|price unit|price basis|preiseinheit|preis einheit|pe|prs einh|preis pro|"
        "pro|je|preisbasis|price qty|price quantity|per qty|pr einh|preisdimension"
    ),
    "discount": (
        "discount|disc|discount %|disc %|rabatt|rabatt %|nachlass|rab|rab %|% rabatt|remise|"
        "remise %|korting|descuento|dto|dto %|sconto|sconto %|%|% disc|rab in %|disc amt|"
        "discount amount|rabattsatz|desc %|sc|sc %|zniżka|rabat|desconto|trade disc|"
        "trade discount|rem"
    ),
    "amount": (
        "amount|line total|total|total price|line amount|net amount|ext price|extended price|"
        "extended|extension|subtotal|line value|value|total amount|net total|total net|"
        "net value|sum|line sum|total cost|amount net|betrag|gesamt|gesamtpreis|g preis|gp|"
        "summe|gesamtbetrag|nettobetrag|netto|nettowert|wert|positionswert|positionsbetrag|"
        "gesamtwert|zeilensumme|gesamt netto|gesamtsumme|montant|montant ht|total ht|bedrag|"
        "totaal|totaalprijs|regelbedrag|importe|importe total|importo|totale|importo netto|"
        "prix total|precio total|prezzo totale|gesamtpreis netto|nettowarenwert|wartość|"
        "wartość netto|beløb|beløp|belopp|cena celkem|celkem|valor|valor total|i alt|line net|"
        "net line total|line price|linetotal|net amt|amt|total line|sum eur|positionssumme|"
        "pos wert|pos summe|gesamt eur|montant net|montant total|importe neto|importe eur|"
        "importo tot|totale riga|totaal excl"
    ),
    "date": (
        "date|delivery date|requested date|required date|ship date|due date|need by|"
        "need by date|required by|requested delivery date|delivery|eta|req date|"
        "req delivery date|datum|termin|liefertermin|lieferdatum|wunschtermin|lt|"
        "wunschlieferdatum|wunschliefertermin|date de livraison|date livraison|livraison|"
        "leverdatum|levering|fecha|fecha de entrega|data|data consegna|data di consegna|"
        "consegna|due|del date|lieferwoche|kw|week|leveransdatum|leveringsdato|termin dostawy|"
        "dodání|data entrega|prazo|wanted by|delivery by|date required|required on|needed on|"
        "want date|due on|entrega|fecha entrega|livr|délai|date souhaitée|leverdat|"
        "liefer datum|termin kw|bedarfsdatum|bedarfstermin"
    ),
    "po_number": (
        "po|po no|po nr|po number|purchase order|purchase order no|order no|order number|"
        "bestellung|auftragsnr|auftragsnummer|auftrag|order|order id|order ref|your order no|"
        "customer po|bestellbeleg|einkaufsbeleg|purchasing document|pedido|ordine|commande"
    ),
    "thing": (
        "item|items|itm|itms|product|products|artikel|article|articles|material|materials|ware|"
        "waren|produkt|produkte|produit|produits|part|parts|prodotto|producto|artículo|"
        "articulo|articolo|artikels|sku description|bestellnr bezeichnung|artikel bezeichnung|"
        "positionen"
    ),
    "number": ("no|nr|number|nummer|num|n°|nº|numéro|número|numero|id|n"),
    "ignore": (
        "tax|vat|vat %|tax %|mwst|ust|mwst %|ust %|tva|btw|iva|steuer|steuersatz|weight|"
        "gewicht|delivered|geliefert|open|offen|offene menge|backorder|rückstand|stock|bestand|"
        "lagerbestand|on hand|min qty|moq|minimum order|min order|min order qty|mindestmenge|"
        "mindestbestellmenge|pack size|packsize|packgröße|vpe|ve|inhalt|pack qty|qty per pack|"
        "units per pack|pcs per box|case qty|qty per box|stück pro vpe|remark|remarks|note|"
        "notes|comment|comments|bemerkung|bemerkungen|hinweis|notiz|currency|währung|devise|"
        "valuta|project|projekt|kostenstelle|cost center|kst|availability|verfügbar|available|"
        "location|lagerplatz|lagerort|plant|werk|bin|supplier|lieferant|brand|marke|hersteller|"
        "manufacturer|category|kategorie|warengruppe|colour|farbe|last order|letzte bestellung|"
        "previous qty|zolltarifnummer|hs code|country of origin|ursprungsland|image|bild|"
        "status|tax rate|tax code|tax amount|par|par level|in stock|in kitchen|stock level|"
        "current stock|have|in hand|soll|ist|sollbestand|istbestand|mindestbestand|"
        "meldebestand|min|max|min stock|max stock|reorder level|reorder point|bore|od|"
        "length|width|height|size|dia|diameter|länge|breite|höhe|durchmesser|größe|dim|"
        "dimension|dimensions|maße|abmessung|disponent|ersteller|besteller|anforderer|"
        "requisitioner|requested by|kontakt|regal|fach|shelf|verbrauch|usage|last price|"
        "old price|alter preis|last ordered|last qty|letzte menge|vormonat|forecast|commodity|"
        "commodity code|unspsc|gl account|konto|sachkonto|cost centre|lieferstelle|ship to|"
        "deliver to|lieferort|empfänger|empfangsstelle|department|abteilung|bestelldatum|"
        "order date|po date|document date|belegdatum|created|erstellt am|erstellt|"
        "purchase date|stan|magazyn|purchase order date|date of order|auftragsdatum|orderdatum|"
        "besteldatum|date de commande|data ordine|fecha de pedido|fecha pedido|"
        "stock actuel|en stock|existencias|giacenza|voorraad|per box|per carton|per pack|"
        "per pallet|je vpe|je karton|je palette|units per case|units per box|colisage|cond|"
        "conditionnement|ud caja|uds caja|confezione|taric|intrastat|hs|weight kg|gewicht kg|"
        "kg|link|url|drawing|zeichnung|zeichnungsnr|revision|rev|index nr"
    ),
}


def _keys(text: str) -> set[str]:
    return {key(phrase) for phrase in phrases_in(text)}


def _owned(owners: str) -> list[str]:
    """``your part no``, ``part no (your)``, ``part no supplier``: whose number it is."""
    pairs = [(o, a) for o in phrases_in(owners) for a in phrases_in(ARTICLE)]
    return [f"{o} {a}" for o, a in pairs] + [f"{a} {o}" for o, a in pairs]


def _column_table() -> dict[str, Role]:
    table: dict[str, Role] = {key(phrase): "code" for phrase in phrases_in(ARTICLE)}
    for role, phrases in _COLUMNS.items():
        table.update((k, role) for k in _keys(phrases))
    table.update((key(phrase), "supplier_sku") for phrase in _owned(OURS))
    table.update((key(phrase), "customer_sku") for phrase in _owned(THEIRS))
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
    ("supplier_sku", rf"\b(?:{OURS})\b.*\b(?:no|nr|number|nummer|code|sku|ref)\b"),
    ("customer_sku", rf"\b(?:{THEIRS})\b.*\b(?:no|nr|number|nummer|code|sku|ref)\b"),
    ("code", r"\b(?:\w*nr|\w*nummer|part no|item no|sku|code)\b"),
    ("description", r"\b(?:descr\w*|\w*bezeichnung|beschreibung|name)\b"),
    ("unit", r"\b(?:uom|\w*einheit|unit of measure)\b"),
)
COLUMN_HINTS = tuple((role, re.compile(pattern, re.I)) for role, pattern in _HINTS)
"""Looser signs for heads of a few words, tried in this order."""
