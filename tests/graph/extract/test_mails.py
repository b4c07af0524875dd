"""Whole mails as customers write them: every line, quantity and unit right, nothing else taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from graph.order import Order

Read = Callable[..., tuple[Order, ...]]


class Expected(NamedTuple):
    """(quantity, canonical unit, number or None where the words name the goods)"""

    quantity: str | None
    unit: str | None = None
    code: str | None = None


ORDERS: list[tuple[str, str, str, list[Expected], str | None, bool]] = [
    (
        "chatty de",
        "Bestellung",
        """Hallo Frau Lang,

bitte schicken Sie uns 10 Stk K-100 und 5 Stk K-200.

Viele Grüße
Eva Einkauf""",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        None,
        False,
    ),
    (
        "chatty en",
        "order",
        """Hi team,

please send us 20 of 4711-A and 5 boxes of gloves size L.

Thanks
Eva""",
        [Expected("20", None, "4711-A"), Expected("5", "box", None)],
        None,
        False,
    ),
    (
        "list x",
        "Bestellung 4711",
        """Guten Tag,

wir bestellen:

10 x K-100 Kugelhahn DN20
5x K-200 Rohr 20mm
3 x 4000-12

Lieferung bis 05.06.2026.

Mit freundlichen Grüßen
Max Muster
Muster Bau GmbH
Industriestr. 12
12345 Musterstadt
Tel. 030 1234567
Fax 030 1234568
USt-IdNr. DE123456789
Amtsgericht Musterstadt HRB 12345""",
        [
            Expected("10", None, "K-100"),
            Expected("5", None, "K-200"),
            Expected("3", None, "4000-12"),
        ],
        "4711",
        False,
    ),
    (
        "dashes",
        "PO 2026-118",
        """Dear all,

PO 2026-118

- 5 pcs Ball valve 1/2" (art. 12345)
- 10 pcs Pipe 20mm (art. 12346)
- 2 boxes Gloves L (art. 777-1)

Please deliver to our warehouse: Hafenstr. 5, 20457 Hamburg

Kind regards""",
        [
            Expected("5", "pcs", "12345"),
            Expected("10", "pcs", "12346"),
            Expected("2", "box", "777-1"),
        ],
        "2026-118",
        False,
    ),
    (
        "oneliner",
        "10 K-100 bitte",
        "10 K-100 bitte, danke",
        [Expected("10", None, "K-100")],
        None,
        False,
    ),
    (
        "oneliner2",
        "",
        "Moin, brauchen 3 Rollen Klebeband KB-50 bis Freitag. Gruß Jan",
        [Expected("3", "roll", "KB-50")],
        None,
        False,
    ),
    (
        "aligned",
        "Bestellung Nr. 4500123456",
        """Bestellung Nr. 4500123456 vom 19.05.2026

Pos  Artikel    Bezeichnung              Menge  ME   Preis    Betrag
---------------------------------------------------------------------
10   K-100      Kugelhahn DN20              10  ST   12,50    125,00
                Messing, vernickelt
20   K-200      Rohr 20mm                   50  M     1,20     60,00

                                   Summe netto           185,00
                                   MwSt 19%               35,15
                                   Gesamtsumme           220,15

Zahlungsbedingungen: 30 Tage netto
Liefertermin: 05.06.2026
""",
        [Expected("10", "pcs", "K-100"), Expected("50", "m", "K-200")],
        "4500123456",
        False,
    ),
    (
        "us",
        "Purchase Order 10045",
        """Purchase Order #10045
Date: 05/20/2026
Ship To: Acme Plumbing Inc, 12 Main Street, Springfield, IL 62704

Qty  Part #    Description          Unit Price   Total
10   HX-22     Hex bolt 3/8"        $0.35        $3.50
4    BV-12     Ball valve 1/2"      $12.00       $48.00

Total: $51.50
""",
        [Expected("10", None, "HX-22"), Expected("4", None, "BV-12")],
        "10045",
        False,
    ),
    (
        "block",
        "Bestellung",
        """Art. 12345 / Menge: 10 / Preis: 4,50 EUR
Art. 12346 / Menge: 5 / Preis: 3,20 EUR""",
        [Expected("10", None, "12345"), Expected("5", None, "12346")],
        None,
        False,
    ),
    (
        "blocks",
        "Bestellung B-77",
        """Artikel: Kugelhahn DN20
Artikelnummer: K-100
Menge: 10 Stk

Artikel: Rohr
Artikelnummer: K-200
Menge: 5 m
""",
        [Expected("10", "pcs", "K-100"), Expected("5", "m", "K-200")],
        "B-77",
        False,
    ),
    (
        "colon",
        "order 99871",
        """K-100: 10 Stk
K-200: 5 Stk
K-300: 7 Stk""",
        [
            Expected("10", "pcs", "K-100"),
            Expected("5", "pcs", "K-200"),
            Expected("7", "pcs", "K-300"),
        ],
        "99871",
        False,
    ),
    (
        "colon2",
        "Nachschub",
        """Bitte liefern:
K-100 - 10
K-200 - 5""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        None,
        False,
    ),
    (
        "comma",
        "",
        "Please order K-100: 10, K-200: 5, K-300: 7",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200"), Expected("7", None, "K-300")],
        None,
        False,
    ),
    (
        "prose codes first",
        "",
        "Could you please send K-100 (10 pcs) and K-200 (5 pcs) to us?",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        None,
        False,
    ),
    (
        "words",
        "",
        "wir brauchen zwei Kisten Handschuhe L und drei Rollen Klebeband.",
        [Expected("2", "box", None), Expected("3", "roll", None)],
        None,
        False,
    ),
    (
        "enumerated",
        "Bestellung",
        """1. 10x K-100
2. 5x K-200
3. 20x K-300""",
        [
            Expected("10", None, "K-100"),
            Expected("5", None, "K-200"),
            Expected("20", None, "K-300"),
        ],
        None,
        False,
    ),
    (
        "pos",
        "",
        """Pos. 1: 10 Stk K-100
Pos. 2: 5 Stk K-200""",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        None,
        False,
    ),
    (
        "phone noise",
        "Order",
        """please send 4 x BV-12

John Doe
Acme Ltd
10 Downing Street
London SW1A 2AA
+44 20 7946 0958
www.acme.example""",
        [Expected("4", None, "BV-12")],
        None,
        False,
    ),
    (
        "vpe",
        "",
        "2 VPE Schrauben M6x20 Art.-Nr. 99-1 à 4,50 EUR",
        [Expected("2", "pack", "99-1")],
        None,
        False,
    ),
    (
        "nohead",
        "",
        """Hallo,

K-100    Kugelhahn DN20    10   4,50
K-200    Rohr 20mm          5   2,10

Gruß""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        None,
        False,
    ),
    (
        "pipe",
        "Order",
        """| Item | Qty | Description |
|------|-----|-------------|
| K-100 | 10 | Ball valve |
| K-200 | 5 | Pipe |""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        None,
        False,
    ),
    (
        "tabs",
        "Order",
        """Item no	Qty	Unit
K-100	10	pcs
K-200	5	box""",
        [Expected("10", "pcs", "K-100"), Expected("5", "box", "K-200")],
        None,
        False,
    ),
    (
        "fr",
        "Commande 5501",
        """Bonjour,

Nous commandons 10 pièces K-100 et 5 boîtes K-200.

Cordialement""",
        [Expected("10", "pcs", "K-100"), Expected("5", "box", "K-200")],
        "5501",
        False,
    ),
    (
        "nl",
        "Bestelling 5502",
        """Graag bestellen wij:
10 stuks K-100
2 dozen handschoenen L""",
        [Expected("10", "pcs", "K-100"), Expected("2", "box", None)],
        "5502",
        False,
    ),
    (
        "es",
        "Pedido 5503",
        "Por favor, envíen 10 uds K-100 y 5 cajas K-200.",
        [Expected("10", "pcs", "K-100"), Expected("5", "box", "K-200")],
        "5503",
        False,
    ),
    (
        "it",
        "Ordine 5504",
        "Vorremmo ordinare 10 pezzi K-100 e 5 scatole K-200.",
        [Expected("10", "pcs", "K-100"), Expected("5", "box", "K-200")],
        "5504",
        False,
    ),
    (
        "thousand",
        "Bestellung 112",
        "Wir bestellen 1.000 Stk K-100 zu 0,05 EUR/Stk.",
        [Expected("1000", "pcs", "K-100")],
        "112",
        False,
    ),
    (
        "range",
        "",
        "Bitte 10-12 Stk K-100 liefern",
        [Expected(None, None, "K-100")],
        None,
        True,
    ),
    (
        "cond",
        "Bestellung",
        """10 x K-100

Bitte statt K-100 den Nachfolger liefern, falls nicht verfügbar.""",
        [Expected("10", None, "K-100")],
        None,
        True,
    ),
    (
        "wrapped",
        "Bestellung",
        """- 10 x K-100 Kugelhahn
    DN20, Messing
- 5 x K-200 Rohr
    20mm, 3 m Stange""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        None,
        False,
    ),
    (
        "measure",
        "",
        "50 m Kabel NYM-J 3x1,5 und 25 kg Zement bitte",
        [Expected("50", "m", None), Expected("25", "kg", None)],
        None,
        False,
    ),
    (
        "prose wrap",
        "Order",
        """Hello,

we would like to order 20 pcs of K-100 and also
5 boxes of gloves size L for our workshop. Please deliver by Friday.

Regards""",
        [Expected("20", "pcs", "K-100"), Expected("5", "box", None)],
        None,
        False,
    ),
    (
        "gtin",
        "Order",
        """4006381333931  12 pcs
4006381333948  6 pcs""",
        [Expected("12", "pcs", "4006381333931"), Expected("6", "pcs", None)],
        None,
        False,
    ),
    (
        "nach bedarf",
        "",
        "Hallo, ich hätte gerne 3 Eimer Farbe weiß 10l, Art. F-10.",
        [Expected("3", "bucket", "F-10")],
        None,
        False,
    ),
    (
        "customer no",
        "Bestellung",
        """Unsere Kundennummer bei Ihnen: 10023

Bitte liefern Sie:
- 10 Stück Art. 4711
- 20 Stück Art. 4712""",
        [Expected("10", "pcs", "4711"), Expected("20", "pcs", "4712")],
        None,
        False,
    ),
    (
        "qty label",
        "order",
        """SKU: AB-12, Qty: 10
SKU: AB-13, Qty: 5""",
        [Expected("10", None, "AB-12"), Expected("5", None, "AB-13")],
        None,
        False,
    ),
    (
        "x trail",
        "",
        """Kugelhahn K-100 x 10
Rohr K-200 x 5""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        None,
        False,
    ),
    (
        "trail2",
        "",
        """K-100 10x
K-200 5x""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        None,
        False,
    ),
    (
        "plain text products",
        "Bestellung",
        """Hallo, wir benötigen:

5 Kugelhahn DN20 Messing
10 Rohrschellen 20mm
2 Pumpen 230V""",
        [Expected("5", None, None), Expected("10", None, None), Expected("2", None, None)],
        None,
        False,
    ),
    (
        "dup units",
        "",
        "5 Kartons à 100 Stück Handschuhe L, 2 Kartons à 50 Stück Handschuhe XL",
        [Expected("5", "carton", None), Expected("2", "carton", None)],
        None,
        False,
    ),
    (
        "price",
        "PO 77123",
        """10 pcs K-100 @ 4.50 EUR
5 pcs K-200 @ 2.10 EUR
Total 55.50 EUR""",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        "77123",
        False,
    ),
    (
        "dozen",
        "",
        "I need a dozen of K-100 and 3 dozen K-200",
        [Expected("1", "dozen", "K-100"), Expected("3", "dozen", "K-200")],
        None,
        False,
    ),
    (
        "collapsed",
        "Bestellung 880",
        """Pos Artikel Bezeichnung Menge ME Preis Betrag
1 K-100 Kugelhahn DN20 10 ST 12,50 125,00
2 K-200 Rohr 20mm 50 M 1,20 60,00
Summe netto 185,00""",
        [Expected("10", "pcs", "K-100"), Expected("50", "m", "K-200")],
        "880",
        False,
    ),
    (
        "ihre nr",
        "Bestellung 881",
        """Menge: 10 Stk, Ihre Art.-Nr.: K-100, unsere Art.-Nr.: 99-1
Menge: 5 Stk, Ihre Art.-Nr.: K-200, unsere Art.-Nr.: 99-2""",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        "881",
        False,
    ),
    (
        "short",
        "PO 4712",
        """10 K-100
5 K-200

Sent from my iPhone""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        "4712",
        False,
    ),
    (
        "semi",
        "",
        """K-100;10;Stk
K-200;5;Stk""",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        None,
        False,
    ),
    (
        "eq",
        "",
        """K-100 = 10
K-200 = 5""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        None,
        False,
    ),
    (
        "date noise",
        "Bestellung 4713 vom 20.05.2026",
        """Liefertermin: KW 23

10 Stk K-100 Liefertermin 28.05.2026
5 Stk K-200""",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        "4713",
        False,
    ),
    (
        "no qty",
        "Bestellung",
        """Bitte liefern:
10 x K-100
K-200""",
        [Expected("10", None, "K-100"), Expected(None, None, "K-200")],
        None,
        False,
    ),
    (
        "mixed lang",
        "Order / Bestellung 5000",
        "Hello, bitte send 10 pcs K-100, danke",
        [Expected("10", "pcs", "K-100")],
        "5000",
        False,
    ),
    (
        "legal",
        "Bestellung 5001",
        """10 x K-100

Es gelten unsere Einkaufsbedingungen. Zahlungsziel 30 Tage netto, 2% Skonto bei Zahlung innerhalb von 14 Tagen.
Warenannahme Mo-Fr 7:00-15:00 Uhr
IBAN DE12 3456 7890 1234 5678 90""",  # noqa: E501
        [Expected("10", None, "K-100")],
        "5001",
        False,
    ),
    (
        "sizes",
        "",
        """4 x M8x40 Schrauben DIN 933
10 Stk 1/2" Muffe
6 x 3/4 Zoll Bogen""",
        [Expected("4", None, None), Expected("10", "pcs", None), Expected("6", None, None)],
        None,
        False,
    ),
    (
        "greeting inline",
        "Bestellung",
        "Hallo Herr Lang, ich bräuchte bitte 4 Stück von der Pumpe P-300 und 2 x "
        "Dichtung D-12. Lieferung wie immer. Danke und Gruß, Eva",
        [Expected("4", "pcs", "P-300"), Expected("2", None, "D-12")],
        None,
        False,
    ),
    (
        "wir möchten bestellen",
        "Bestellung",
        "Wir möchten gerne 12 Stück Art.-Nr. 55-100 bestellen.",
        [Expected("12", "pcs", "55-100")],
        None,
        False,
    ),
    (
        "hiermit",
        "Bestellung 2026/77",
        """Hiermit bestellen wir wie folgt:

3 Stk. Kugelhahn DN25, Art.-Nr. 1001
7 Stk. Kugelhahn DN32, Art.-Nr. 1002

Lieferadresse:
Muster Bau GmbH
Lager 2
Hafenstr. 5
20457 Hamburg

Mit freundlichen Grüßen""",
        [Expected("3", "pcs", "1001"), Expected("7", "pcs", "1002")],
        "2026/77",
        False,
    ),
    (
        "us formal",
        "PO#88-1201",
        """Good morning,

Please process the following order:

PO Number: 88-1201
Ship via: UPS Ground
Required date: June 5, 2026

Item: HX-22   Qty: 100   Price: $0.35
Item: BV-12   Qty: 4     Price: $12.00

Ship to:
Acme Plumbing Inc.
12 Main Street
Springfield, IL 62704
USA

Thank you,
John Doe
Purchasing Manager
(217) 555-0134 ext. 12""",
        [Expected("100", None, "HX-22"), Expected("4", None, "BV-12")],
        "88-1201",
        False,
    ),
    (
        "qty desc code aligned nohead",
        "Order",
        """5    Ball valve 1/2"        BV-12
10   Pipe 20mm              PP-20
2    Pump 230V              PU-1""",
        [Expected("5", None, "BV-12"), Expected("10", None, "PP-20"), Expected("2", None, "PU-1")],
        None,
        False,
    ),
    (
        "each",
        "",
        "Can we get 6 each of HX-22 and HX-24?",
        [Expected("6", "pcs", "HX-22"), Expected("6", "pcs", "HX-24")],
        None,
        False,
    ),
    (
        "quantities words en",
        "",
        "Could you send us two boxes of gloves, size M, and four rolls of tape? Thanks!",
        [Expected("2", "box", None), Expected("4", "roll", None)],
        None,
        False,
    ),
    (
        "numbers in name",
        "Bestellung",
        """10 x WD-40 400ml
3 x Loctite 243 50ml
1 x 3M 8210 Atemschutz, 20er Pack""",
        [Expected("10", None, None), Expected("3", None, None), Expected("1", None, None)],
        None,
        False,
    ),
    (
        "bracket codes",
        "Bestellung 900",
        """Kugelhahn DN20 [K-100]: 10 Stück
Rohr 20 mm [K-200]: 50 m""",
        [Expected("10", "pcs", "K-100"), Expected("50", "m", "K-200")],
        "900",
        False,
    ),
    (
        "unit before",
        "Bestellung 901",
        """Stk 10 K-100
Stk 5 K-200""",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        "901",
        False,
    ),
    (
        "code only table w/o qty header",
        "",
        """Artikel        Stück
K-100          10
K-200          5""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        None,
        False,
    ),
    (
        "amount col",
        "Order 902",
        """Item;Description;Amount
K-100;Ball valve;10
K-200;Pipe;5""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        "902",
        False,
    ),
    (
        "gross SAP",
        "Bestellung 4500001234",
        """Pos.   Material      Bezeichnung            Bestellmenge  Einheit  Preis pro Einheit  Nettowert
00010  1000-77       SCHRAUBE M6X20         1.000,000     ST       12,50 EUR/100 ST   125,00
       Ihre Materialnummer: S-620
00020  1000-78       MUTTER M6              500,000       ST       8,00 EUR/100 ST    40,00
       Ihre Materialnummer: M-6
Gesamtnettowert ohne MwSt EUR  165,00""",  # noqa: E501
        [Expected("1000", "pcs", "S-620"), Expected("500", "pcs", "M-6")],
        "4500001234",
        False,
    ),
    (
        "two po",
        "Bestellungen",
        """Bestellung 4711
10 x K-100
5 x K-200

Bestellung 4712
3 x K-300""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        "4711",
        False,
    ),
    (
        "polite long",
        "",
        "Sehr geehrte Frau Lang, wie telefonisch besprochen bestellen wir hiermit "
        "verbindlich 25 Stück Ihrer Artikelnummer 77-201 zum Preis von 3,95 "
        "EUR/Stück. Bitte liefern Sie bis spätestens 12.06.2026 an unsere Filiale "
        "Köln, Domstr. 3, 50667 Köln.",
        [Expected("25", "pcs", "77-201")],
        None,
        False,
    ),
    (
        "size list",
        "",
        """Handschuhe Nitril:
Gr. M: 5 Boxen
Gr. L: 10 Boxen
Gr. XL: 2 Boxen""",
        [Expected("5", "box", None), Expected("10", "box", None), Expected("2", "box", None)],
        None,
        False,
    ),
    (
        "paren qty",
        "",
        "Bitte liefern: K-100 (10), K-200 (5), K-300 (2)",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200"), Expected("2", None, "K-300")],
        None,
        False,
    ),
    (
        "arrow",
        "",
        """K-100 -> 10
K-200 -> 5""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        None,
        False,
    ),
    (
        "slash",
        "",
        """K-100/10 Stk
K-200/5 Stk""",
        [Expected("10", "pcs", None), Expected("5", "pcs", None)],
        None,
        False,
    ),
    (
        "date list",
        "",
        """Bitte um Lieferung:
20.05.: 10 Stk K-100
27.05.: 10 Stk K-100""",
        [Expected("10", "pcs", "K-100"), Expected("10", "pcs", "K-100")],
        None,
        False,
    ),
    (
        "contact no",
        "Order 903",
        """4 x BV-12
Contact: Jane, cell 555-123-4567
Acct # 10023
PO 903""",
        [Expected("4", None, "BV-12")],
        "903",
        False,
    ),
    (
        "note total",
        "PO 904",
        """10 x K-100
Total: 45,00 EUR
Shipping: 5,00 EUR""",
        [Expected("10", None, "K-100")],
        "904",
        False,
    ),
    (
        "already",
        "",
        "Die 10 Stk K-100 haben wir erhalten. Bitte senden Sie uns noch 5 Stk K-200.",
        [Expected("5", "pcs", "K-200")],
        None,
        True,
    ),
    (
        "cancel line cond",
        "Bestellung 905",
        """10 x K-100

Falls nicht lieferbar, bitte stornieren.""",
        [Expected("10", None, "K-100")],
        "905",
        True,
    ),
    (
        "attachment mention",
        "Bestellung 906",
        "Anbei unsere Bestellung 906.",
        [],
        "906",
        True,
    ),
    (
        "legal footer de",
        "Bestellung 907",
        """10 x K-100

Muster Bau GmbH, Industriestr. 12, 12345 Musterstadt
Geschäftsführer: Max Muster, Handelsregister HRB 12345
Bankverbindung: Musterbank, IBAN DE89 3704 0044 0532 0130 00, BIC COBADEFFXXX
Steuernummer 12/345/67890
Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, ...""",
        [Expected("10", None, "K-100")],
        "907",
        False,
    ),
    (
        "order per offer",
        "Bestellung gemäß Angebot 2026-33",
        """Hiermit bestellen wir gemäß Ihrem Angebot 2026-33:
10 Stk K-100""",
        [Expected("10", "pcs", "K-100")],
        None,
        False,
    ),
    (
        "question plus",
        "",
        "Hi, please send 10 pcs K-100. When can you deliver?",
        [Expected("10", "pcs", "K-100")],
        None,
        False,
    ),
    (
        "hyphen list",
        "",
        """- K-100, 10 Stk
- K-200, 5 Stk
- K-300, 1 VPE""",
        [
            Expected("10", "pcs", "K-100"),
            Expected("5", "pcs", "K-200"),
            Expected("1", "pack", "K-300"),
        ],
        None,
        False,
    ),
    (
        "numbers only",
        "",
        """4711 10
4712 5""",
        [Expected("10", None, "4711"), Expected("5", None, "4712")],
        None,
        False,
    ),
    (
        "x code",
        "",
        "10x 4711, 5x 4712, 3x 4713",
        [Expected("10", None, "4711"), Expected("5", None, "4712"), Expected("3", None, "4713")],
        None,
        False,
    ),
    (
        "qty after desc",
        "",
        """Kugelhahn DN20 Messing K-100 Menge 10
Rohr 20mm K-200 Menge 5""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        None,
        False,
    ),
    (
        "decimals",
        "",
        """2,5 m Kabel K-77
1.5 kg Zement Z-1""",
        [Expected("2.5", "m", "K-77"), Expected("1.5", "kg", "Z-1")],
        None,
        False,
    ),
    (
        "nbsp",
        "",
        "10 x K-100",
        [Expected("10", None, "K-100")],
        None,
        False,
    ),
    (
        "html like",
        "",
        """Artikel: K-100
Anzahl: 10

Artikel: K-200
Anzahl: 5""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        None,
        False,
    ),
    (
        "records en",
        "PO 908",
        """Line 1
Part number: K-100
Description: Ball valve
Quantity: 10 EA
Unit price: 12.50 USD

Line 2
Part number: K-200
Description: Pipe
Quantity: 50 FT
Unit price: 1.20 USD""",
        [Expected("10", "pcs", "K-100"), Expected("50", "ft", "K-200")],
        "908",
        False,
    ),
    (
        "zero",
        "",
        """0 x K-100
5 x K-200""",
        [Expected("0", None, "K-100"), Expected("5", None, "K-200")],
        None,
        False,
    ),
    (
        "two col addresses",
        "Purchase Order 909",
        """Purchase Order 909

Bill to:                      Ship to:
Acme Ltd                      Acme Ltd Warehouse
1 High Street                 22 Dock Road
London SW1A 1AA               Bristol BS1 4ND

Item     Description      Qty   Price   Total
K-100    Ball valve        10    4.50   45.00
K-200    Pipe               5    2.10   10.50
                        Total           55.50""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        "909",
        False,
    ),
    (
        "inline desc first",
        "",
        "Wir brauchen dringend Kugelhähne DN20 (10 Stück) und Rohrschellen 20mm (50 Stück).",
        [Expected("10", "pcs", None), Expected("50", "pcs", None)],
        None,
        False,
    ),
    (
        "pack content",
        "",
        "3 Pakete Schrauben 4x40 (200 Stk/Paket)",
        [Expected("3", "pack", None)],
        None,
        False,
    ),
    (
        "je",
        "",
        "je 5 Stk K-100, K-200 und K-300",
        [
            Expected("5", "pcs", "K-100"),
            Expected("5", "pcs", "K-200"),
            Expected("5", "pcs", "K-300"),
        ],
        None,
        False,
    ),
    (
        "german number",
        "",
        "2.500 Stück Dübel D-8 à 0,03 €",
        [Expected("2500", "pcs", "D-8")],
        None,
        False,
    ),
    (
        "weekday",
        "",
        "Please deliver 10 pcs K-100 by next Friday.",
        [Expected("10", "pcs", "K-100")],
        None,
        False,
    ),
    (
        "PO with unit price lines",
        "PO 910",
        """10 pcs | K-100 | 4.50
5 pcs | K-200 | 2.10""",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        "910",
        False,
    ),
    (
        "unser zeichen",
        "Bestellung",
        """Unser Zeichen: em-77
10 Stk K-100""",
        [Expected("10", "pcs", "K-100")],
        "em-77",
        False,
    ),
    (
        "bullets dot",
        "",
        """• 10 Stk K-100
• 5 Stk K-200""",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        None,
        False,
    ),
    (
        "numbered paren",
        "",
        """1) K-100 Kugelhahn - 10 Stk
2) K-200 Rohr - 5 Stk""",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        None,
        False,
    ),
    (
        "x comma",
        "",
        "Ich nehme 3x den Kugelhahn K-100 und 1x das Rohr K-200",
        [Expected("3", None, "K-100"), Expected("1", None, "K-200")],
        None,
        False,
    ),
    (
        "desc w price",
        "",
        "Kugelhahn DN20, 12,50 €/Stk, 10 Stk",
        [Expected("10", "pcs", None)],
        None,
        False,
    ),
    (
        "order form text",
        "",
        """Artikel K-100 Menge 10
Artikel K-200 Menge 5""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        None,
        False,
    ),
    (
        "no amount",
        "PO 912",
        """Please ship ASAP:
K-100
K-200""",
        [Expected(None, None, "K-100"), Expected(None, None, "K-200")],
        "912",
        False,
    ),
    (
        "order confirm ask",
        "Bestellung 77",
        "Wir bestellen 10 Stk K-100. Bitte senden Sie uns eine Auftragsbestätigung.",
        [Expected("10", "pcs", "K-100")],
        None,
        False,
    ),
    (
        "order invoice to",
        "PO 4711",
        "Please deliver 10 pcs K-100. Send invoice to accounting@acme.example.",
        [Expected("10", "pcs", "K-100")],
        "4711",
        False,
    ),
    (
        "conditional",
        "",
        "Falls auf Lager, bitte 10 Stk K-100 senden.",
        [Expected("10", "pcs", "K-100")],
        None,
        True,
    ),
    (
        "delivery addr note",
        "Bestellung 4714",
        """10 x K-100

Lieferadresse: Baustelle Hafen, Hafenstr. 5, 20457 Hamburg, Ansprechpartner Herr Müller 0171 1234567""",  # noqa: E501
        [Expected("10", None, "K-100")],
        "4714",
        False,
    ),
    (
        "table words",
        "Bestellung",
        """Artikel | Menge
Kugelhahn | 10
Rohr | 5""",
        [Expected("10", None, None), Expected("5", None, None)],
        None,
        False,
    ),
    (
        "missing header unit price",
        "",
        """10 K-100 4,50 45,00
5 K-200 2,10 10,50""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        None,
        False,
    ),
    (
        "iso list",
        "Order",
        """2026-06-01 10 pcs K-100
2026-06-08 10 pcs K-100""",
        [Expected("10", "pcs", "K-100"), Expected("10", "pcs", "K-100")],
        None,
        False,
    ),
    (
        "signature numbers",
        "Bestellung 4715",
        """5 x K-100

Mit freundlichen Grüßen

Max Muster
Abt. 12
Gebäude 3
Raum 204
Musterstr. 5
12345 Musterstadt""",
        [Expected("5", None, "K-100")],
        "4715",
        False,
    ),
    (
        "opening hours",
        "Bestellung 4716",
        """5 x K-100
Anlieferung Mo-Do 7-15 Uhr, Rampe 3""",
        [Expected("5", None, "K-100")],
        "4716",
        False,
    ),
    (
        "customer ref line",
        "Order 4717",
        """5 x K-100 (our ref. 99-1)
3 x K-200 (our ref. 99-2)""",
        [Expected("5", None, "K-100"), Expected("3", None, "K-200")],
        "4717",
        False,
    ),
    (
        "long desc",
        "Order 4718",
        "10 pcs Bosch GSR 18V-55 cordless drill 18 V, 2x 2.0 Ah, L-BOXX",
        [Expected("10", "pcs", None)],
        "4718",
        False,
    ),
    (
        "two per line",
        "",
        "K-100 10 Stk, K-200 5 Stk",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        None,
        False,
    ),
    (
        "x first no code",
        "",
        "2x Wasserhahn, 3x Siphon, 1x Dichtung",
        [Expected("2", None, None), Expected("3", None, None), Expected("1", None, None)],
        None,
        False,
    ),
    (
        "m2",
        "",
        "25 m² Fliesen F-30 und 3 Säcke Kleber",
        [Expected("25", "m2", "F-30"), Expected("3", "bag", None)],
        None,
        False,
    ),
    (
        "lower code",
        "",
        "bitte 3 stk k-100 und 2 stk k-200",
        [Expected("3", "pcs", "k-100"), Expected("2", "pcs", "k-200")],
        None,
        False,
    ),
    (
        "typo",
        "Betsellung",
        "wir benötigen nochmal 15 stk. k-100 bis ende der woche, danke",
        [Expected("15", "pcs", "k-100")],
        None,
        False,
    ),
    (
        "colon header",
        "Bestellung",
        """Menge: Artikel:
10 K-100
5 K-200""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        None,
        False,
    ),
    (
        "qty in words table",
        "",
        "zehn Stück K-100",
        [Expected("10", "pcs", "K-100")],
        None,
        False,
    ),
    (
        "half",
        "",
        "1/2 Palette K-100",
        [Expected(None, None, "K-100")],
        None,
        True,
    ),
    (
        "gb",
        "",
        "20 no. K-100 valves",
        [Expected("20", None, "K-100")],
        None,
        False,
    ),
    (
        "nr.",
        "Bestellung",
        """Nr. K-100, 10 Stück
Nr. K-200, 5 Stück""",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        None,
        False,
    ),
    (
        "per pallet",
        "",
        "2 pallets K-100 (48 cartons per pallet)",
        [Expected("2", "pallet", "K-100")],
        None,
        False,
    ),
    (
        "dims",
        "",
        "4 Platten OSB 2500 x 1250 x 18 mm",
        [Expected("4", "sheet", None)],
        None,
        False,
    ),
    (
        "dims2",
        "",
        "Rohr 28x1,5 mm 6 m - 10 Stangen",
        [Expected("10", "bar", None)],
        None,
        False,
    ),
    (
        "per line date en",
        "",
        "10 pcs K-100 - delivery 2026-06-10",
        [Expected("10", "pcs", "K-100")],
        None,
        False,
    ),
    (
        "multi sentence",
        "Nachbestellung",
        "Hallo zusammen, wir brauchen dringend noch mal 12 Stück vom Siphon SI-40. Außerdem bitte 3 Rollen Dichtband (Art. 7788) und einen Karton Silikon weiß S-310. Danke!",  # noqa: E501
        [
            Expected("12", "pcs", "SI-40"),
            Expected("3", "roll", "7788"),
            Expected("1", "carton", "S-310"),
        ],
        None,
        False,
    ),
    (
        "qty colon first",
        "",
        """10: K-100
5: K-200""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        None,
        False,
    ),
    (
        "tabbed desc",
        "PO 5512",
        """K-100	Ball valve	10
K-200	Pipe	5""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        "5512",
        False,
    ),
    (
        "paren unit price",
        "Order 5513",
        """10 x K-100 (EUR 4.50)
5 x K-200 (EUR 2.10)""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        "5513",
        False,
    ),
    (
        "item lines blank between",
        "Order 5514",
        """10 x K-100

5 x K-200

3 x K-300""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200"), Expected("3", None, "K-300")],
        "5514",
        False,
    ),
    (
        "two line items",
        "Bestellung 5515",
        """Kugelhahn DN20 Messing
Art.-Nr. K-100
10 Stück

Rohr 20mm
Art.-Nr. K-200
5 m""",
        [Expected("10", "pcs", "K-100"), Expected("5", "m", "K-200")],
        "5515",
        False,
    ),
    (
        "two line items b",
        "Bestellung 5516",
        """K-100 Kugelhahn DN20
   10 Stk à 4,50 EUR
K-200 Rohr
   5 m à 2,10 EUR""",
        [Expected("10", "pcs", "K-100"), Expected("5", "m", "K-200")],
        "5516",
        False,
    ),
    (
        "key dash",
        "Order",
        """Product - K-100
Qty - 10

Product - K-200
Qty - 5""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        None,
        False,
    ),
    (
        "html br",
        "Order 5517",
        """Item: K-100, Quantity: 10, Delivery: 2026-06-10
Item: K-200, Quantity: 5, Delivery: 2026-06-12""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        "5517",
        False,
    ),
    (
        "we'd like",
        "",
        "Hi, we'd like 30 of your K-100 valves and 2 rolls of T-5 tape, thanks",
        [Expected("30", None, "K-100"), Expected("2", "roll", "T-5")],
        None,
        False,
    ),
    (
        "can i get",
        "",
        "can i get 4x K-100 and 2x K-200 asap",
        [Expected("4", None, "K-100"), Expected("2", None, "K-200")],
        None,
        False,
    ),
    (
        "pls send",
        "",
        "pls send 100 k-100",
        [Expected("100", None, "k-100")],
        None,
        False,
    ),
    (
        "per mail dict",
        "Bestellung 5518",
        """Pos 10: Artikel K-100, Menge 10 Stk, Preis 4,50 EUR
Pos 20: Artikel K-200, Menge 5 m, Preis 2,10 EUR""",
        [Expected("10", "pcs", "K-100"), Expected("5", "m", "K-200")],
        "5518",
        False,
    ),
    (
        "large numbers",
        "PO 5519",
        """10,000 pcs K-100 @ $0.05
2,500 pcs K-200 @ $0.10""",
        [Expected("10000", "pcs", "K-100"), Expected("2500", "pcs", "K-200")],
        "5519",
        False,
    ),
    (
        "german thousands",
        "Bestellung 5520",
        """10.000 Stk K-100 zu 0,05 €
2.500 Stk K-200 zu 0,10 €""",
        [Expected("10000", "pcs", "K-100"), Expected("2500", "pcs", "K-200")],
        "5520",
        False,
    ),
    (
        "numeric codes",
        "Bestellung 5521",
        """100 Stk 123456
50 Stk 123457""",
        [Expected("100", "pcs", "123456"), Expected("50", "pcs", "123457")],
        "5521",
        False,
    ),
    (
        "numeric codes first",
        "Bestellung 5522",
        """123456 100 Stk
123457 50 Stk""",
        [Expected("100", "pcs", "123456"), Expected("50", "pcs", "123457")],
        "5522",
        False,
    ),
    (
        "numeric codes bare",
        "Bestellung 5523",
        """123456 100
123457 50""",
        [Expected("100", None, "123456"), Expected("50", None, "123457")],
        "5523",
        False,
    ),
    (
        "dotted code",
        "Bestellung 5524",
        """12.345.678 Kugelhahn 10 Stk
12.345.679 Rohr 5 Stk""",
        [Expected("10", "pcs", "12.345.678"), Expected("5", "pcs", "12.345.679")],
        "5524",
        False,
    ),
    (
        "spaced code",
        "Bestellung 5525",
        "Art.-Nr.: 12 345 678 - 10 Stk",
        [Expected("10", "pcs", None)],
        "5525",
        False,
    ),
    (
        "pack of",
        "",
        "5 packs of 10 K-100 please",
        [Expected("5", "pack", "K-100")],
        None,
        False,
    ),
    (
        "x pack",
        "",
        "3 x Pack Schrauben M6x20 (100 Stk)",
        [Expected("3", "pack", None)],
        None,
        False,
    ),
    (
        "approx footnote",
        "Order 5526",
        """10 pcs K-100*
5 pcs K-200

* urgent""",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        "5526",
        False,
    ),
    (
        "quoted inch",
        "",
        """3 x Kugelhahn 3/4" IG K-75
2 x Rohr 1 1/2" K-76""",
        [Expected("3", None, "K-75"), Expected("2", None, "K-76")],
        None,
        False,
    ),
    (
        "trailing dots",
        "Bestellung 5527",
        """Kugelhahn K-100 ............ 10 Stk
Rohr K-200 ................. 5 m""",
        [Expected("10", "pcs", "K-100"), Expected("5", "m", "K-200")],
        "5527",
        False,
    ),
    (
        "sentences per item",
        "",
        "Von K-100 bitte 10 Stück. Von K-200 brauchen wir 5 Stück.",
        [Expected("10", "pcs", "K-100")],
        None,
        True,
    ),
    (
        "qty after 'brauchen wir'",
        "",
        "Folgende Artikel brauchen wir: K-100 10 Stück, K-200 5 Stück.",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        None,
        False,
    ),
    (
        "bold markup",
        "Order 5528",
        """*10* x *K-100*
*5* x *K-200*""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        "5528",
        False,
    ),
    (
        "phone sig",
        "Bestellung 5529",
        """10 Stk K-100

Gruß
Max

Max Muster | Einkauf | Tel 030-123 456 78 | Muster Bau GmbH | Industriestr. 12 | 12345 Musterstadt""",  # noqa: E501
        [Expected("10", "pcs", "K-100")],
        "5529",
        False,
    ),
    (
        "company stats footer",
        "Order 5530",
        """5 pcs K-100

Acme Ltd, registered in England no. 1234567, 12 branches, 300 employees. ISO 9001 certified since 1998.""",  # noqa: E501
        [Expected("5", "pcs", "K-100")],
        "5530",
        False,
    ),
    (
        "times",
        "Bestellung 5531",
        "5 Stk K-100, Anlieferung bitte zwischen 8 und 12 Uhr",
        [Expected("5", "pcs", "K-100")],
        "5531",
        False,
    ),
    (
        "price validity",
        "Bestellung 5532",
        "5 Stk K-100 zum Preis von 12,50 EUR netto, 2% Skonto",
        [Expected("5", "pcs", "K-100")],
        "5532",
        False,
    ),
    (
        "unit price per 1000",
        "Bestellung 5533",
        "5.000 Stk K-100 zu 12,50 EUR pro 1000 Stk",
        [Expected("5000", "pcs", "K-100")],
        "5533",
        False,
    ),
    (
        "set of sizes",
        "Order 5534",
        """Gloves size S: 10 boxes
Gloves size M: 20 boxes
Gloves size L: 5 boxes""",
        [Expected("10", "box", None), Expected("20", "box", None), Expected("5", "box", None)],
        "5534",
        False,
    ),
    (
        "ref column",
        "Order 5535",
        """Ref      Qty   Product
--------------------------
K-100    10    Ball valve
K-200    5     Pipe""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        "5535",
        False,
    ),
    (
        "qty unit code desc",
        "Order 5536",
        """Qty  UM   Item        Description
10   EA   K-100       Ball valve
2    CS   K-200       Pipe""",
        [Expected("10", "pcs", "K-100"), Expected("2", "carton", "K-200")],
        "5536",
        False,
    ),
    (
        "header two rows",
        "Bestellung 5537",
        """Art.-     Bezeichnung    Bestell-  Einzel-
Nr.                      menge     preis
K-100     Kugelhahn      10        4,50
K-200     Rohr           5         2,10""",
        [Expected("10", None, "K-100"), Expected("5", None, "K-200")],
        "5537",
        False,
    ),
    (
        "no header 2 col",
        "Bestellung 5538",
        """K-100        10 Stk
K-200         5 Stk""",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        "5538",
        False,
    ),
    (
        "swiss",
        "Bestellung 5539",
        "1'500 Stk K-100 à CHF 0.35",
        [Expected("1500", "pcs", "K-100")],
        "5539",
        False,
    ),
    (
        "fr full",
        "Commande CDE-7781",
        """Bonjour,

Merci de nous livrer :
- 25 pièces réf. K-100
- 3 cartons réf. K-200

Livraison souhaitée le 12/06/2026.

Cordialement""",
        [Expected("25", "pcs", "K-100"), Expected("3", "carton", "K-200")],
        "CDE-7781",
        False,
    ),
    (
        "es full",
        "Pedido 7782",
        """Buenos días,

Necesitamos:
- 25 unidades de K-100
- 3 cajas de K-200

Saludos""",
        [Expected("25", "pcs", "K-100"), Expected("3", "box", "K-200")],
        "7782",
        False,
    ),
    (
        "it full",
        "Ordine 7783",
        """Buongiorno,

ordiniamo:
- n. 25 pezzi K-100
- n. 3 scatole K-200

Cordiali saluti""",
        [Expected("25", "pcs", "K-100"), Expected("3", "box", "K-200")],
        "7783",
        False,
    ),
    (
        "nl full",
        "Bestelling 7784",
        """Beste,

Graag leveren:
- 25 stuks K-100
- 3 rollen K-200

Met vriendelijke groet""",
        [Expected("25", "pcs", "K-100"), Expected("3", "roll", "K-200")],
        "7784",
        False,
    ),
    (
        "please add note",
        "Bestellung 7785",
        """10 Stk K-100

Bitte Lieferschein in 2 Ausfertigungen beilegen.""",
        [Expected("10", "pcs", "K-100")],
        "7785",
        False,
    ),
    (
        "project",
        "Bestellung 7786",
        """Projekt 2026-12 / Kommission Müller
10 Stk K-100""",
        [Expected("10", "pcs", "K-100")],
        "7786",
        False,
    ),
    (
        "order of 3",
        "PO 7787",
        "We would like to place an order for 3 K-100 and 4 K-200.",
        [Expected("3", None, "K-100"), Expected("4", None, "K-200")],
        "7787",
        False,
    ),
    (
        "code with price only",
        "PO 7788",
        """K-100 10 pcs 4.50 45.00
K-200 5 pcs 2.10 10.50
Total 55.50""",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        "7788",
        False,
    ),
    (
        "uppercase",
        "PO 7789",
        "PLEASE SEND 10 EA K-100 AND 5 EA K-200 TO OUR MAIN WAREHOUSE. THANKS",
        [Expected("10", "pcs", "K-100"), Expected("5", "pcs", "K-200")],
        "7789",
        False,
    ),
]


@pytest.mark.parametrize(
    ("subject", "body", "lines", "po", "doubtful"),
    [case[1:] for case in ORDERS],
    ids=[case[0] for case in ORDERS],
)
def test_orders(
    read: Read,
    subject: str,
    body: str,
    lines: list[Expected],
    po: str | None,
    doubtful: bool,
) -> None:
    order = read(body, subject)[0]
    assert order.kind == "order"
    assert [_said(order, n) for n in range(len(order.lines))] == [
        Expected(line.quantity, line.unit, line.code or _said(order, n).code)
        for n, line in enumerate(lines)
    ]
    assert order.po_number == po
    assert bool(order.doubts) == doubtful


def _said(order: Order, n: int) -> Expected:
    line = order.lines[n]
    quantity = None if line.stated_quantity is None else str(line.stated_quantity)
    return Expected(quantity, line.stated_unit, line.supplier_sku or line.code or line.gtin)


@pytest.mark.parametrize(
    "body",
    [
        "Bitte 10 Stk K-100, aber keine K-200.",
        "10 Stk K-100\n5 Stk K-200 (bitte nicht, haben wir noch)",
        "10 Stk K-100\n5 Stk K-200 - storniert",
        "wie letzte Woche: 10 Stk K-100",
        "Wir haben am 12.5. 10 Stk K-100 bestellt. Bitte Liefertermin nennen.",
        "Bitte 10 Stk K-100 zur Ansicht / als Muster.",
        "Ich hätte gern 10 Stk K-100. Oder doch lieber 12.",
        "Bitte 10 Stk K-100, bei Lieferzeit über 2 Wochen nur 5.",
        "10 Stk K-100 oder Ersatz",
        "Bitte liefern Sie 10 Stk K-100 und den Rest wie besprochen.",
        "10 Stk K-100 rot, 5 davon blau",
        "We need 10 more K-100 than last time",
        "Please double our last order of 5 K-100.",
        "Send 5 K-100 to Berlin and 5 K-100 to Hamburg.",
        "K-100 10 Stk -> 12 Stk",
        "10 12 Stk K-100",
        "10/12 K-100",
        "10 Stk K-100 x 2",
        "2x (5 Stk K-100 + 3 Stk K-200)",
        "10k pcs K-100",
        "1,5 Mio Stk K-100",
        "10 Stk K-100 or K-200",
        "K-100, K-200: je 5",
        "mind. 10 Stk K-100",
        "bis zu 10 Stk K-100",
        "K-100 (alt: K-099) 10 Stk",
        "10 Stk K-100 anstelle K-099",
        "Bitte prüfen Sie, ob 10 Stk K-100 lieferbar sind.",
        "Könnten Sie bitte 10 Stk K-100 reservieren?",
    ],
)
def test_what_could_be_meant_otherwise_is_never_plain(read: Read, body: str) -> None:
    """Each of these booked as it is read would be a wrong order, so a person must see it."""
    order = read(body, "Bestellung 4711")[0]
    assert order.kind != "order" or order.doubts
