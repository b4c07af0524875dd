"""Words by which mails to an order desk are told apart, in six languages."""

from __future__ import annotations

import re

from graph.extract.units import COUNTED
from graph.order import Kind

_ORDER = (
    r"(?:order|purchase order|po|bestellung|auftrag\w*|commande|bestelling|pedido|ordine|"
    r"bestellauftrag)"
)

_MY = (
    r"(?:our|my|the|this|that|your|above|unsere\w*|meine\w*|die|den|der|diese\w*|obige\w*|"
    r"o\.g\.|notre|la|ma|onze|de|nuestro|el|nostro|il|l['’])"
)

_SUBJECT: tuple[tuple[Kind, str], ...] = (
    ("cancellation", r"\b(?:storno|stornier\w*|cancel\w*|annul\w*|widerruf\w*)\b"),
    (
        "change",
        rf"\d.*\b(?:andere|neue|geänderte) (?:adresse|lieferadresse|menge|anschrift)\b|"
        rf"\b(?:bestelländerung|auftragsänderung|mengenänderung|terminänderung|"
        rf"lieferterminänderung|order change|change order|po change|amend\w*|revised|"
        rf"revision|modification|wijziging|modifica)\b"
        rf"|\b(?:änderung|geändert|change[sd]?|korrektur|correction|update[d]?|"
        rf"ergänzung)\b.*\b{_ORDER}\b|\b{_ORDER}\b.*\b(?:änderung|geändert|ändern|"
        rf"changed?|changes|korrektur|correction|updated?|ergänzung|amended|erhöhen|"
        rf"verschieben)\b",
    ),
    (
        "return",
        r"\b(?:rücksendung|retoure|rückgabe|rma|returns?|refund|gutschrift|credit "
        r"note|retour(?:nieren)?|devoluci[oó]n|reso|avoir|remboursement)\b",
    ),
    (
        "complaint",
        r"\b(?:short[- ](?:delivery|shipment)|reklamation|beanstandung|mängelrüge|"
        r"mangel|complaint|damaged|"
        r"beschädigt\w*|falschlieferung|fehlmenge|defekt\w*|wrong delivery|"
        r"réclamation|klacht|reclamaci[oó]n|reclamo|fehlteile|missing items?)\b",
    ),
    (
        "confirmation",
        r"\b(?:auftragsbestätigung|bestellbestätigung|order confirmation|order "
        r"acknowledge?ment|confirmation of (?:your )?order|versandbestätigung|"
        r"lieferavis|shipping confirmation|has shipped|dispatch(?:ed)? (?:note|"
        r"confirmation)|confirmation de commande|orderbevestiging|confirmaci[oó]n de "
        r"pedido|conferma d['’ ]?ordine|delivery note|lieferschein|tracking)\b",
    ),
    (
        "invoice",
        r"\b(?:rechnung|invoice|mahnung|zahlungserinnerung|payment reminder|overdue|"
        r"statement of account|kontoauszug|facture|factuur|factura|"
        r"fattura)\b(?!\w*(?:adresse|anschrift| address))",
    ),
    (
        "question",
        r"\b(?:anfrage|preisanfrage|angebotsanfrage|lieferanfrage|rfq|rfi|request for "
        r"(?:a )?(?:quot\w+|price|offer)|quote request|quotation request|price "
        r"(?:request|inquiry|enquiry)|inquiry|enquiry|question|frage\b|status|where "
        r"is|wo bleibt|lieferstatus|liefertermin\?|demande de (?:prix|devis)|"
        r"offerteaanvraag|prijsaanvraag|solicitud de (?:precio|presupuesto|"
        r"cotización)|richiesta (?:di )?(?:offerta|preventivo)|availability|"
        r"verfügbarkeit)\b",
    ),
    (
        "offer",
        r"\b(?:unser angebot|unsere angebote|our offer|sonderangebot\w*|special offer|"
        r"aktionsangebot|offre spéciale|offerta speciale)\b|^\W*(?:angebot|quotation|"
        r"offer)\b",
    ),
    (
        "repeat",
        r"\b(?:nachbestellung wie|repeat order|re-?order|same (?:order )?(?:as|again)|"
        r"wie (?:immer|gehabt|letztes mal|letzte)|wiederholung|wiederholbestellung)\b",
    ),
)

_BODY: tuple[tuple[Kind, str], ...] = (
    (
        "cancellation",
        rf"\b(?:please|kindly|want to|need to|like to|have to|must|hereby|we|i|to|can "
        rf"you|could you) (?:hereby |please |therefore )?cancel\b|\bcancel "
        rf"{_MY}?\s*(?:\w+ ){{0,2}}{_ORDER}\b|"
        rf"\b(?:bitte|wir|ich|müssen|möchten|hiermit|"
        rf"leider)\b[^.]{{0,60}}\b(?:stornier\w*|annullier\w*|zurückziehen|"
        rf"widerruf\w*)\b|\bstornier\w+ sie\b|\bstornierung (?:der|unserer|meiner|"
        rf"ihrer|von|des)\b|^\W*stornieren?\b|"
        rf"\b{_ORDER}\b[^.]{{0,40}}\b(?:stornier\w*|cancel\w*|hinfällig|gegenstandslos|"
        rf"nicht mehr benötigt|no longer needed)\b|\bannuler\b|\bannulez\b|\bannuleren\b|"
        rf"\bcancelar\b|\bannullare\b",
    ),
    (
        "change",
        rf"\b(?:pos(?:ition)?\.?|line|item|artikel|"
        rf"zeile)\s*\d+\b[^.]{{0,60}}\b(?:streichen|entfernen|weglassen|remove[d]?|"
        rf"delete[d]?|cancel(?:led)?)\b|"
        rf"\b(?:move|postpone|push back|bring forward) (?:the )?delivery\b|\b(?:change|"
        rf"amend|update|modify|adjust|correct|revise|increase|reduce|"
        rf"postpone|reschedule|bring forward|move) {_MY}?\s*(?:\w+ ){{0,3}}(?:{_ORDER}|"
        rf"quantit\w+|qty|delivery|line|item|position)\b|"
        rf"\b{_ORDER}\b[^.]{{0,70}}\b(?:ändern|geändert|erhöhen|reduzieren|verschieben|"
        rf"anpassen|ergänzen|korrigieren|abändern|erweitern|aufstocken|change[d]?|"
        rf"amend(?:ed)?|modif\w+|wijzigen)\b|"
        rf"\b(?:ändern|erhöhen|reduzieren|verschieben|ergänzen|"
        rf"korrigieren)\b[^.]{{0,60}}\b(?:{_ORDER}|menge|termin|position)\b|"
        rf"\bmenge\b[^.]{{0,60}}\b(?:ändern|erhöhen|reduzieren|korrigieren|auf \d+)\b|"
        rf"\bliefertermin\b[^.]{{0,60}}\b(?:verschieben|vorziehen|ändern)\b|\b(?:add|"
        rf"ergänzen|hinzufügen)\b[^.]{{0,80}}\b(?:to|zu|zur)\b[^.]{{0,15}}\b{_ORDER}\b|"
        rf"\bzu (?:unserer|meiner|obiger|der) (?:bestellung|"
        rf"auftrag)\b[^.]{{0,60}}\b(?:noch|zusätzlich|dazu|hinzu)\b|"
        rf"\b{_ORDER}\b[^.]{{0,60}}\b(?:instead of|statt)\b|\b(?:instead of|statt|"
        rf"anstatt)\b[^.]{{0,60}}\b{_ORDER}\b|\bmodifier\b[^.]{{0,30}}\bcommande\b|"
        rf"\bmodificar\b[^.]{{0,30}}\bpedido\b|\bmodificare\b[^.]{{0,30}}\bordine\b",
    ),
    (
        "return",
        r"\b(?:return|send back|sending back|ship back) (?:the |these |this |those |"
        r"some |our |\d)|\b(?:zurücksenden|zurückschicken|zurückgeben|retournieren|"
        r"rücksendung|rücksendeschein|retourenschein|retoure)\b|\b(?:rma)\b|"
        r"\b(?:refund|credit note|gutschrift)\b|\brenvoyer\b|\bretourneren\b|"
        r"\bdevolver\b|\brestituire\b",
    ),
    (
        "complaint",
        r"\b(?:received only|short[- ](?:delivery|shipped|shipment)|minderlieferung|"
        r"unterlieferung|damaged|broken|defective|faulty|wrong (?:item|product|part|"
        r"size|"
        r"colou?r|goods|quantity)|missing from|short[- ]delivered|beschädigt\w*|"
        r"defekt\w*|reklamier\w*|reklamation|beanstand\w*|falsch (?:geliefert|e ware|"
        r"e artikel)|falsche (?:ware|artikel|lieferung)|fehlmenge|mangelhaft\w*|"
        r"complain\w*|endommagé\w*|defect|beschadigd\w*|dañad\w*|danneggiat\w*)\b|"
        r"\bonly (?:received|got)\b|\bnur \d+ [^.]{0,40}\b(?:erhalten|geliefert|"
        r"angekommen)\b|\b(?:fehlen|fehlten|fehlt)\b[^.]{0,40}\b(?:lieferung|sendung|"
        r"paket)\b|\b(?:lieferung|sendung|paket)\b[^.]{0,60}\b(?:fehlen|fehlten|"
        r"fehlt)\b",
    ),
    (
        "confirmation",
        r"\b(?:we (?:hereby )?(?:confirm|acknowledge)(?: (?:receipt of|having "
        r"received))?(?: your| the receipt)|thank you for your order|your order "
        r"(?:has been|was|is) (?:received|confirmed|shipped|dispatched|processed)|"
        r"(?:hiermit )?bestätigen wir (?:ihnen )?(?:ihre|ihren|den eingang|die "
        r"bestellung|gerne)|wir bestätigen (?:ihnen )?(?:ihre|ihren|hiermit|gerne)|"
        r"vielen dank für ihre bestellung|ihre bestellung (?:wurde|ist)|ihr paket|"
        r"ihre sendung|has been shipped)\b",
    ),
    (
        "invoice",
        r"\b(?:anbei (?:erhalten sie )?(?:unsere|die|ihre) rechnung|(?:find "
        r")?(?:attached|enclosed)(?: is| please find)? (?:our|the|your) invoice(?! "
        r"address)|please find (?:attached )?(?:our|the|your) invoice(?! address)|"
        r"please pay|bitte überweisen|zahlungserinnerung|amount is overdue|offene "
        r"rechnung\w*|unpaid invoice)\b",
    ),
    (
        "offer",
        r"\b(?:we (?:also )?offer(?= *(?::|$|the following|high|good|best|various|quality))|"
        r"our (?:best|factory) price|we are (?:a )?(?:\w+ ){0,3}(?:manufacturer|factory|producer)|"
        r"wir bieten (?:ihnen )?(?:an|freibleibend|gerne|wie folgt)|bieten wir "
        r"ihnen|unser aktuelles angebot|we (?:are pleased to |can |would like to "
        r")?offer (?:you|our)|anbei (?:erhalten sie )?unser angebot|(?:attached|"
        r"enclosed)(?: please find)? our (?:offer|quotation|quote|price list|"
        r"catalogue|catalog)|nos meilleures offres|unsere neue preisliste|our new "
        r"price list)\b",
    ),
    (
        "question",
        r"\b(?:(?:bitte )?prüfen sie,? ob|(?:please )?check (?:if|whether)|ob "
        r"[^.]{0,60}(?:lieferbar|verfügbar|auf lager)|request for (?:a )?quot\w+|"
        r"please (?:send (?:us |me )?(?:a |your "
        r")?(?:quot\w+|price\w*|offer|best price)|quote|provide (?:us |me )?(?:with "
        r")?(?:a |your )?(?:quot\w+|price\w*))|(?:could|can|would) you (?:please "
        r")?(?:quote|offer|send (?:us |me )?(?:a |your )?(?:quot\w+|price\w*|offer)|"
        r"give (?:us|me) (?:a )?(?:quot\w+|price\w*))|"
        r"(?:need|like|want|looking for) (?:a |your )?(?:quot\w+|price quot\w+|best "
        r"price|offer for)|how much (?:is|are|would|do|does)|what (?:is|are|would be) "
        r"(?:the|your) (?:price|cost|best price|lead time)|price and (?:availability|"
        r"delivery)|"
        r"bitte (?:um )?(?:ein |ihr |eine? )?(?:angebot|preisangebot|preisauskunft|"
        r"preis und lieferzeit)|bitte (?:unterbreiten|erstellen|senden|schicken|"
        r"machen) sie (?:uns |mir )?(?:bitte )?(?:ein |ihr )?(?:angebot|preisangebot)|"
        r"bieten sie (?:uns |mir )?(?:bitte )?(?:folgende\w* )?\w* ?.{0,40}\ban\b|"
        r"bitte anbieten|(?:um|für) (?:ein |ihr )?(?:angebot|preisangebot) (?:bitten|"
        r"wären|über)|angebot (?:über|für|zu) (?:folgende|\d)|"
        r"was kost\w+|wie teuer|welche[rn]? preis|preise? für|(?:könnten|können|"
        r"könnt) (?:sie|ihr) (?:uns |mir )?(?:bitte )?(?:ein |einen )?(?:angebot|"
        r"preis\w*)|devis pour|faire un devis|offerte (?:voor|sturen|maken)|"
        r"presupuesto (?:para|de)|preventivo (?:per|di)|"
        r"(?:send|senden|schicken|zusenden|get|have|provide)[^.]{0,60} (?:price list|"
        r"preisliste|\w*katalog\w*|catalogue?|datenbl\w+|data ?sheet\w*|certificates?|"
        r"zertifikate?|kopien?|cop(?:y|ies))|"
        r"(?:preisliste|katalog|datenblatt|kopie)\b[^.]{0,40} (?:senden|schicken|"
        r"zukommen)|where is (?:my|our|the) (?:order|delivery|shipment|package|goods)|"
        r"status of (?:our|my|the|po|order)|(?:any )?(?:update|news) (?:on|about|"
        r"regarding) (?:our|my|the|po|order)|when (?:will|can we expect|does|is) "
        r"(?:\w+ ){0,4}(?:arriv\w*|deliver\w*|ship\w*|come)|"
        r"wo (?:bleibt|ist) (?:unsere|meine|die)|wann (?:kommt|wird|können wir mit|"
        r"erhalten wir|ist)|stand (?:unserer|meiner|der) bestellung|lieferstatus|"
        r"tracking|when (?:it|they|this|that) (?:was|were) "
        r"(?:dispatched|shipped|sent|delivered)|"
        r"haben sie .{0,60} (?:auf lager|vorrätig|lagernd)|do you (?:have|"
        r"stock|carry|sell|offer)|(?:is|are) .{0,60}(?:in stock|available)\?|sind "
        r".{0,60}(?:lieferbar|verfügbar)\?|ist .{0,60}(?:lieferbar|verfügbar)\?)\b",
    ),
    (
        "other",
        r"\b(?:forecast|bedarfsvorschau|bedarfsplanung|vorab ?info\w*|reserv(?:e|"
        r"ieren|iert|ierung|ation)\b|do not (?:process|ship|book|execute)|nicht "
        r"(?:buchen|ausführen|erfassen|liefern)\b|nur zur information|for your "
        r"information only|test ?mail|testbestellung|test order|draft order|"
        r"bestellentwurf)\b",
    ),
    (
        "repeat",
        r"\b(?:same (?:again|order|thing|items|quantit\w+)?\s*(?:as|like)? ?(?:last|"
        r"before|the last|previous|usual|always|in)|the usual|our usual (?:order|"
        r"delivery)|repeat (?:of )?(?:our|the|my|last|order|po)|re-?order (?:of "
        r")?(?:our|the|last|po|order|same)|like last time|as last (?:time|month|week|"
        r"year)|"
        r"wie (?:letztes|beim letzten|das letzte) mal|wie (?:gehabt|immer|üblich|"
        r"sonst|zuletzt|bei der letzten)|(?:noch ?mal|nochmals|wieder|erneut) (?:das "
        r"gleiche|dasselbe|die gleiche\w*|dieselbe\w*|die selbe\w*)|das (?:gleiche|"
        r"übliche) (?:nochmal|wie|bitte)|dasselbe wie|die übliche (?:bestellung|menge|"
        r"lieferung)|(?:letzte|vorige) (?:bestellung|lieferung) (?:bitte "
        r")?(?:nochmal\w*|wiederholen|erneut)|"
        r"comme la dernière fois|même commande|la même chose|zelfde als (?:vorige|de "
        r"vorige)|lo mismo que|igual que la última|come l['’]ultima volta|stesso "
        r"ordine)\b",
    ),
)

MAKER = re.compile(
    r"\b(?:MOQ|minimum order quantity|mindestabnahme|FOB|CIF|EXW|place your order|"
    r"dear (?:purchasing|procurement) manager|sample (?:is )?free|free samples?)\b",
    re.I,
)
"""Words of somebody who sells to us."""

FOOTER = re.compile(
    r"\b(?:unsubscribe|newsletter|abbestellen|abmelden|austragen|view (?:this email "
    r")?in (?:your )?browser|im browser (?:ansehen|anzeigen|öffnen)|opt[- ]out|"
    r"se désabonner|uitschrijven|darse de baja|disiscriviti)\b",
    re.I,
)
"""What closes advertising, and the mails of portals that send orders too."""

SPAM = re.compile(
    r"\b(?:seo|backlinks?|crypto|bitcoin|casino|lottery|viagra|webinar|click here|hier klicken|"
    r"guest post|"
    r"increase your (?:traffic|sales)|grow your business|marketing (?:agency|"
    r"services)|black friday|limited time offer|congratulations|you (?:have )?won|"
    r"inheritance)\b",
    re.I,
)

AUTOMATIC = re.compile(
    r"\b(?:out of (?:the )?office|automatic reply|auto-?reply|abwesenheit\w*|"
    r"automatische antwort|abwesend|nicht im (?:büro|haus)|on (?:annual )?leave|"
    r"parental leave|undeliver\w*|delivery status notification|mail delivery failed|"
    r"unzustellbar|réponse automatique)\b",
    re.I,
)

CONDITION = re.compile(
    r"\b(?:if|falls|sofern|should (?:you|any|it)|wenn|in case|otherwise|sonst|"
    r"ansonsten|unless|policy|conditions|bedingungen|reserve the right|vorbehalt\w*)\b",
    re.I,
)

_TITLES: tuple[tuple[Kind, str], ...] = (
    (
        "cancellation",
        r"(?:bestell)?stornierung|stornobestellung|storno|cancell?ation(?: of order)?|"
        r"order cancell?ation",
    ),
    (
        "change",
        r"bestelländerung|änderungsbestellung|auftragsänderung|(?:purchase )?order "
        r"change|change order|revised (?:purchase )?order|po revision",
    ),
    (
        "confirmation",
        r"auftragsbestätigung|bestellbestätigung|order confirmation|order "
        r"acknowledge?ment|lieferschein|delivery note|packing (?:list|slip)|"
        r"versandanzeige|orderbevestiging|confirmation de commande|bon de livraison|"
        r"conferma d['’ ]?ordine",
    ),
    (
        "invoice",
        r"rechnung|invoice|proforma(?:[- ]?(?:rechnung|invoice))?|tax invoice|"
        r"commercial invoice|gutschrift|credit note|mahnung|facture|factuur|factura|"
        r"fattura|statement(?: of account)?",
    ),
    (
        "question",
        r"anfrage|preisanfrage|angebotsanfrage|request for (?:quotation|quote|"
        r"proposal)|rfq|quotation request|demande de (?:prix|devis)|offerteaanvraag",
    ),
    (
        "offer",
        r"angebot|quotation|quote|offer|offerte|kostenvoranschlag|preisliste|price "
        r"list|katalog|catalogue|devis|presupuesto|preventivo",
    ),
    (
        "return",
        r"rücksendeschein|retourenschein|rücklieferschein|return (?:form|note)|rma(?: form)?",
    ),
    (
        "other",
        r"allgemeine (?:geschäfts|einkaufs|verkaufs|liefer)\w*bedingungen|agb|terms "
        r"(?:and|&) conditions(?: of \w+)?|general terms.*|datenblatt|data ?sheet|"
        r"technical data|datasheet|safety data sheet|sicherheitsdatenblatt|"
        r"certificate.*|zertifikat.*",
    ),
    (
        "order",
        r"bestellung|purchase order|order|order form|bestellschein|bestellformular|"
        r"einkaufsbestellung|abruf|lieferabruf|auftrag|po|bon de commande|commande|"
        r"bestelling|inkooporder|bestelbon|pedido|orden de compra|ordine(?: "
        r"d['’]?acquisto)?|sales order",
    ),
)

TITLE_PATTERNS = tuple(
    (
        kind,
        re.compile(
            rf"\W*(?:(?:unsere?|our|neue|new) ?)?(?:{p})\W*(?:\s*(?:no|nr|nummer|"
            rf"number|n°)?[.:#\s]*[\w./\-]*\d[\w./\-]*)?(?:\s*(?:vom|dated|date|of|,|-|"
            rf"–|\|).{{0,30}})?\W*",
            re.I,
        ),
    )
    for kind, p in _TITLES
)

NAME_PATTERNS = tuple(
    (kind, re.compile(rf"(?<![^\W_])(?:{p})(?![^\W\d_])", re.I)) for kind, p in _TITLES
)

SUBJECT_PATTERNS = tuple((kind, re.compile(p, re.I)) for kind, p in _SUBJECT)

BODY_PATTERNS = tuple((kind, re.compile(p, re.I)) for kind, p in _BODY)

ORDER_SUBJECT = re.compile(
    rf"\b(?:{_ORDER}|bestellen|ordering|einkaufsbestellung|inkooporder|nachbestellung)\b|"
    rf"\bpo[-# ]?\d|bestell",
    re.I,
)

ANNOUNCES = re.compile(
    rf"\b(?:attached|enclosed|anbei|anhang|beigefügt\w*|ci-joint|bijgevoegd|bijlage|"
    rf"adjunt\w*|allegat\w*|im anhang|angehängt\w*|herewith|"
    rf"find)\b[^.]{{0,80}}{_ORDER}|{_ORDER}\w*\b[^.]{{0,60}}\b(?:attached|enclosed|"
    rf"anbei|anhang|beigefügt|ci-joint|bijlage|adjunto|allegato)\b",
    re.I,
)

STATES_NUMBER = re.compile(
    r"\b(?:p\.?o\.?|order|bestell\w*|commande|pedido|ordine)[ .-]*(?:no|nr|number|nummer|n°)?\.?"
    r"(?:\s+(?:is|ist|lautet|est|es|è)|\s*[:#])?\s+(?=[\w/-]*\d)[\w/-]{3,}",
    re.I,
)
"""An order number beside its label: the words are an order of their own."""

PLEASE = re.compile(r"\b(?:please|bitte|svp|graag|por favor|per favore)\b", re.I)

QUANTITY = re.compile(rf"(?<![\w.,/-])\d{{1,5}}\s*(?:x\s|{COUNTED})", re.I)
