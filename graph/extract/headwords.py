"""Labels of the head and the foot of an order as data, phrases set apart by ``|``."""

from __future__ import annotations

PO_NUMBER = (
    "unsere nr|unsere nummer|our number|our no|ons nummer|notre n°|notre numéro|nostro numero|"
    "nuestro número|"
    "bestellschein|bestellschein nr|purchase order number|purchase order no|purchase "
    "order nr|purchase order|po "
    "number|po no|po nr|p o no|"
    "p o number|p o|po|our order number|our order no|our order|order number|order no|"
    "order nr|order ref|"
    "order reference|customer po|customer order no|your order no|order|bestellnummer|bestell nr|"
    "bestellung nummer|bestellung nr|bestellung no|bestellungs nr|unsere "
    "bestellnummer|unsere bestell nr|"
    "unsere bestellung nr|unsere bestellung|bestellung|best nr|auftragsnummer|"
    "auftrags nr|auftrag nr|auftrag|"
    "einkaufsbestellung|einkaufsbestellung nr|belegnummer|beleg nr|bestellbeleg|kundenauftrag|"
    "numéro de commande|n° de commande|no de commande|n° commande|commande n°|"
    "commande no|bon de commande|"
    "bon de commande n°|commande|bestelnummer|bestelling nr|bestelling|inkooporder|"
    "inkoopordernummer|"
    "ordernummer|número de pedido|nº de pedido|n° de pedido|pedido nº|pedido n°|pedido no|pedido|"
    "orden de compra|numero d'ordine|numero ordine|ordine n°|ordine n|ordine nr|"
    "ordine|ordine d'acquisto|"
    "abruf|abruf nr|abrufnummer|bestellzeichen|orderno|po#|order#|order id"
)

NOTE = (
    "kostenstelle|cost center|cost centre|projekt|project|kst|abteilung|department|bearbeiter|"
    "sachbearbeiter|ansprechpartner|contact|contact person|attention|attn|incoterms|incoterm|"
    "zahlungsbedingung|zahlungsbedingungen|zahlung|payment|payment terms|lieferbedingung|"
    "lieferbedingungen|delivery terms|versandart|shipping method|ship via|page|seite|blatt|"
    "rahmenvertrag|contract|contract no|vertrag|vertragsnummer|lieferantennummer|lieferanten nr|"
    "lief nr|supplier no|supplier number|vendor no|vendor number|vendor id|crediteur|kreditor nr|"
    "forma de pago|mode de paiement|pagamento|betaling|vessel|schiff"
)
"""Labels of the head whose values no field of an order holds."""

REFERENCE = (
    "requisition|requisition no|requisition number|bedarfsnummer|bedarf nr|our reference|our ref|"
    "reference|reference number|reference no|ref no|ref|unsere "
    "referenz|unser zeichen|"
    "referenz|referenznummer|votre référence|notre référence|référence|referentie|"
    "onze referentie|referencia|"
    "nuestra referencia|riferimento|vorgang|vorgangsnummer|document no|dokument nr|kommission"
)

ORDER_DATE = (
    "order date|date of order|po date|purchase order date|date|document date|issue "
    "date|issued|dated|"
    "bestelldatum|datum der bestellung|belegdatum|datum|auftragsdatum|bestellt am|date de commande|"
    "date de la commande|besteldatum|orderdatum|fecha de pedido|fecha del pedido|"
    "fecha|data ordine|data"
)

REQUESTED_DATE = (
    "requested delivery date|requested date|required delivery date|required date|delivery date|"
    "date of delivery|date required|desired delivery date|need by date|need by|"
    "needed by|required by|"
    "deliver by|delivery by|delivery|ship by|ship date|requested ship date|due date|delivery due|"
    "delivery required|delivery required by|deliver on|delivery on|please deliver by|"
    "please deliver on|arrival date|"
    "delivery week|in hands date|"
    "liefertermin|lieferdatum|wunschtermin|wunschliefertermin|wunschlieferdatum|"
    "gewünschter liefertermin|"
    "gewünschtes lieferdatum|lieferung bis|lieferung am|lieferung|liefern bis|"
    "liefern am|lieferung zum|"
    "anlieferung|anlieferung am|anlieferung bis|anliefertermin|lieferwoche|termin|bis spätestens|"
    "spätestens am|spätestens bis|spätestens|lieferzeit|benötigt bis|bedarfstermin|eintreffen bis|"
    "eintrefftermin|zum termin|"
    "date de livraison|date de livraison souhaitée|livraison souhaitée|livraison|"
    "livraison avant le|"
    "requested|req date|req by|wanted by|wanted|wanted on|needed on|required on|required on site|"
    "on site by|delivery not later than|fecha entrega|entrega solicitada|"
    "leverdatum|gewenste leverdatum|levering|leveren op|leveren voor|fecha de entrega|"
    "fecha de entrega solicitada|entrega|data di consegna|data consegna|consegna|consegna entro"
)

SHIP_TO = (
    "ship direct to|warenannahme|annahmestelle|ship to|ship to address|shipto|"
    "shipping address|deliver to|delivery address|"
    "delivery to|deliver goods to|"
    "consignee|delivery location|place of delivery|ship to party|delivered to|"
    "shipped to|please deliver to|"
    "please ship to|goods to|delivery point|"
    "lieferadresse|lieferanschrift|lieferung an|liefern an|lieferort|versandadresse|"
    "versandanschrift|warenempfänger|"
    "abladestelle|anlieferadresse|anlieferanschrift|anlieferung an|empfänger|"
    "lieferstelle|anlieferort|"
    "anlieferstelle|abweichende lieferadresse|abweichende lieferanschrift|versand an|"
    "liefern sie an|"
    "adresse de livraison|livrer à|lieu de livraison|livraison à|afleveradres|"
    "bezorgadres|leveringsadres|"
    "leveradres|afleveren aan|dirección de entrega|dirección de envío|enviar a|"
    "entregar en|entregar a|"
    "lugar de entrega|indirizzo di consegna|indirizzo di spedizione|consegnare a|luogo di consegna|"
    "lugar entrega|plaats van levering|delivery site|deliver at|drop point|ship-to|ship to party|"
    "destinazione merce|spedire a|destinazione"
)

SITE = (
    "site|standort|werk|filiale|depot|branch|store|place|baustelle|objekt|vestiging|magasin|"
    "sede|cantiere|chantier|obra|betriebsstätte|niederlassung|kitchen|warehouse|lager"
)
"""Places by what they are: where the goods go, if an address stands behind."""

BILL_TO = (
    "bill to|billing address|invoice address|invoice to|bill to address|sold to|invoice recipient|"
    "rechnungsadresse|rechnungsanschrift|rechnung an|rechnungsempfänger|adresse de facturation|"
    "facturer à|factuuradres|dirección de facturación|facturar a|indirizzo di "
    "fatturazione|fatturare a"
)

BUYER = (
    "buyer|customer|purchaser|ordered by|from|company|company name|customer name|"
    "client|account name|"
    "käufer|kunde|besteller|auftraggeber|firma|kundenname|bestellt von|acheteur|"
    "client|société|koper|klant|"
    "bedrijf|comprador|cliente|empresa|acquirente|azienda|ragione sociale"
)

SUPPLIER = (
    "supplier|vendor|seller|to|lieferant|verkäufer|an|fournisseur|leverancier|proveedor|fornitore|"
    "supplier address|vendor address|kreditor"
)

ACCOUNT = (
    "customer number|customer no|customer nr|customer id|customer code|customer "
    "account|customer account no|"
    "account number|account no|account nr|account|account id|our account|our account no|"
    "our account number with you|our account with you|our customer number|our "
    "customer no|acct|acct no|"
    "client no|client number|debtor no|"
    "kundennummer|kunden nr|kundennr|kd nr|kdnr|kunden no|kunden id|debitor|"
    "debitorennummer|debitoren nr|"
    "debitornummer|unsere kundennummer|unsere kundennummer bei ihnen|unsere kd nr|kundenkonto|"
    "numéro client|n° client|no client|numéro de client|code client|compte client|"
    "klantnummer|klantnr|"
    "klant nr|número de cliente|nº de cliente|nº cliente|n° cliente|código cliente|"
    "código de cliente|numero cliente|"
    "codice cliente"
)

VAT_ID = (
    "vat id|vat no|vat number|vat reg no|vat registration no|vat reg|vat|vat identification number|"
    "tax id|ust id|ust idnr|ustid|ust id nr|ust ident nr|umsatzsteuer id|"
    "umsatzsteuer identnummer|uid|"
    "uid nr|n° tva|tva|tva intracommunautaire|numéro de tva|btw nr|btw nummer|btw|"
    "nif|cif|iva|partita iva|p iva"
)

PHONE = (
    "phone|tel|telephone|tel no|phone no|telefon|fon|mobile|mobil|cell|handy|"
    "téléphone|tél|telefoon|"
    "teléfono|telefono|cellulare|direct|durchwahl|t|ph|m"
)

CURRENCY = "currency|währung|devise|valuta|moneda|order currency|bestellwährung"

NET_TOTAL = (
    "net total|total net|subtotal|sub total|net amount|total excl vat|total ex vat|"
    "total excluding vat|total net amount|"
    "total before tax|net order value|net value|total net value|goods total|total excl tax|"
    "total value excl vat|nettosumme|netto gesamt|gesamt netto|netto|zwischensumme|"
    "nettobetrag|nettowert|"
    "gesamtnettowert|gesamtsumme netto|summe netto|warenwert|nettowarenwert|gesamtbetrag netto|"
    "gesamtwert netto|netto gesamtbetrag|netto gesamtwert|netto summe|total ht|"
    "montant ht|sous total|"
    "totaal excl btw|subtotaal|totaal exclusief btw|base imponible|total sin iva|"
    "imponibile|totale netto|"
    "total hors taxes|totale imponibile|nettogesamtbetrag|auftragswert netto|bestellwert netto"
)

TAX_TOTAL = (
    "vat|tax|sales tax|vat amount|tax amount|total tax|total vat|mwst|ust|"
    "mehrwertsteuer|umsatzsteuer|"
    "zzgl mwst|zzgl ust|mwst betrag|steuerbetrag|tva|montant tva|btw|iva|gst|plus vat|steuer"
)

GROSS_TOTAL = (
    "gross total|total gross|total incl vat|total including vat|total inc vat|grand "
    "total|amount due|"
    "gross amount|total incl tax|bruttosumme|brutto|brutto gesamt|gesamt brutto|"
    "bruttobetrag|endbetrag|"
    "gesamtbetrag brutto|gesamtsumme brutto|rechnungsbetrag|total ttc|montant ttc|totaal incl btw|"
    "total con iva|totale ivato|totale iva inclusa|summe brutto"
)

SHIPPING_TOTAL = (
    "frachtpauschale|versandpauschale|versandkostenpauschale|shipping|freight|"
    "shipping cost|shipping costs|freight cost|freight charge|"
    "delivery charge|carriage|postage|"
    "handling|shipping & handling|shipping and handling|delivery costs|versand|"
    "versandkosten|fracht|"
    "frachtkosten|porto|lieferkosten|transport|transportkosten|port|frais de port|"
    "frais de livraison|"
    "verzendkosten|vracht|gastos de envío|portes|transporte|spese di spedizione|"
    "trasporto|mindermengenzuschlag|"
    "verpackung|verpackungskosten|packaging"
)

DISCOUNT_TOTAL = (
    "discount|total discount|less discount|rabatt|abzgl rabatt|gesamtrabatt|nachlass|"
    "remise|korting|"
    "descuento|sconto|skonto"
)

PLAIN_TOTAL = (
    "total value of order|value of order|order total value|endsumme|total|total "
    "amount|order total|total order value|order value|total value|sum|"
    "total price|po total|"
    "gesamt|gesamtsumme|gesamtbetrag|summe|bestellwert|gesamtwert|auftragswert|"
    "auftragssumme|bestellsumme|"
    "gesamtpreis|bestellbetrag|total commande|total général|montant total|totaal|"
    "totaalbedrag|total pedido|"
    "importe total|totale|totale ordine|total eur|total usd|gesamtauftragswert"
)

CARRIED = (
    "carried forward|brought forward|carry over|carried over|page total|übertrag|"
    "uebertrag|seitensumme|report|"
    "transport à reporter|number of items|anzahl positionen|total qty|total quantity|"
    "gesamtmenge|total items|"
    "total weight|gesamtgewicht|total pieces"
)
