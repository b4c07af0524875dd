"""What a piece of text looks like: a code, a size, a telephone number, an address."""

from __future__ import annotations

import re

from graph.extract.dates import FULL_DATE
from graph.extract.units import COUNTED, MEASURED

_OF_GOODS = (
    r"V|kV|W|kW|A|mA|Ah|mAh|Hz|bar|°C?|°|\"|''|”|″|in|inch|zoll|µm|nm|N|Nm|dB|GB|TB|MB|%|er|iger|"
    r"-?teilig|-?fach|-?polig|-?pin|-?ply|-?lagig|lm|dpi|K|cl|dl|oz"
)
_SIZE = re.compile(
    rf"""(?:
      \d{{1,3}}[x×]                                        # 2x
    | M\d{{1,2}}(?:[x×]\d+(?:[.,]\d+)?)?                      # M8, M6x20
    | \d+(?:[.,]\d+)?(?:[x×*]\d+(?:[.,]\d+)?){{1,3}}\s?(?:{MEASURED})?  # 20x30, 3x1,5 mm
    | (?:DN|PN|NW|SW|RAL|IP|Ø|AWG|CEE|DIN|ISO|EN|TX|PH|PZ|PG|SDR)[.\s]?\d+(?:[./,-]\d+)?
    | (?:G|R|Rp)\s?\d+(?:/\d+)+(?:"|''|”|″)? | E14 | E27 | E40 | GU10 | T5 | T8
    | [ØøΦ]?\d+(?:[.,/]\d+)?\s?(?:{MEASURED}|{_OF_GOODS})
    | \d+(?:[.,]\d+)?(?:mm|cm|m|kg|g|l|ml|V|W|A)[-/]\w*
    | \d+/\d+(?:"|''|”|″)?
    | (?:XX?S|S|M|L|XX?L|\dXL)
    | (?:A\d|LR\d+|CR\d+|AAA?)
    )""",
    re.I | re.X,
)
_CODE = re.compile(r"[^\W_](?:[\w./+\-–#]*[^\W_])?")
_PLAIN_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d+)?|\d+[.,]\d{1,2}|\d{1,3}[.,]\d{3}(?:[.,]\d{1,2})?")

_COMPANY = (
    r"\b(?:GmbH|AG|KG|OHG|UG|e\.?\s?K\.?|mbH|Ltd\.?|Limited|LLC|Inc\.?|Corp\.?|PLC|"
    r"B\.?V\.?|N\.?V\.?|S\.?A\.?R\.?L\.?|SARL|S\.?A\.?S\.?|S\.?r\.?l\.?|S\.?p\.?A\.?|"
    r"S\.?L\.?U?\.?|Oy|AB|ApS|A/S|GbR|SE|Co\.)(?!\w)"
)
COMPANY = re.compile(_COMPANY)
STREET = re.compile(
    r"\b[\w.\-]{0,40}(?:str(?:aße|asse|\.)|straße|strasse|weg|allee|platz|gasse|ring|"
    r"ufer|damm|chaussee|"
    r"straat|laan|kade|steenweg|dreef)\s*\d+\s?[a-z]?\b(?!\s*(?:x|×|Stk|Stück|pcs)\b)"
    r"|\b(?:Am|An der|Im|In der|Auf der|Zum|"
    r"Zur)\s+[A-ZÄÖÜ][\wäöüß-]+(?:\s[A-ZÄÖÜ][\wäöüß-]+)?\s\d+\s?[a-z]?$"
    r"|\b\d+[a-z]?,?\s+(?:[A-Z][\w.'-]*\s+){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|"
    r"Ln|Drive|Dr|Boulevard|"
    r"Blvd|Way|Court|Ct|Place|Pl|Square|Sq|Parkway|Pkwy|Highway|Hwy|Close|Crescent|"
    r"Terrace|Park|Row|Quay)\b\.?"
    r"|\b\d+\s?(?:bis|ter)?,?\s+(?:rue|avenue|boulevard|bd|place|chemin|allée|impasse|quai|route)\b"
    r"|\b(?:calle|c/|avenida|avda\.?|plaza|paseo|carrer|polígono|via|viale|piazza|"
    r"corso|largo)\s+\w+.*\d"
    r"|\bP\.?\s?O\.?\s?Box\s+\d+|\bPostfach\s+\d+",
    re.I,
)
POSTAL = re.compile(
    r"(?:^|,\s+|(?<!\d),|\s{2,}|\b(?:D|A|CH|F|B|L|NL|I|E|DE|AT|FR|BE|LU|ES|IT)-|"
    r"\s[-–|·•]\s)(?:[A-Z]{1,2}-)?(?P<code>\d{5}|"
    rf"\d{{3}}\s\d{{2}}(?!\s+(?i:{COUNTED}))|"
    r"\d{4}\s?[A-Z]{2}|\d{4})\s+"
    r"(?P<city>[A-ZÄÖÜÉ][^\W\d_]+(?:[ \-/.'][^\W\d_]+\.?){0,4})\s*(?:$|,|[()]|\s{2,}|[-–|·•]|"
    r"[.:!](?:\s|$))"
    r"|(?P<city2>[A-Z][^\W\d_]+(?:[ "
    r"\-'][A-Z][^\W\d_]+){0,3}),?\s+(?P<code2>[A-Z]{2}\s+\d{5}(?:-\d{4})?)\b"
    r"|(?P<code3>\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2})\b"
)
"""A postal code with its city in the forms of several countries."""
_EIRCODE = re.compile(
    r"(?:^|[A-Z][a-z]+,?\s+)[A-Z]\d[\dW] (?=[A-Z\d]*\d)(?=\d*[A-Z])[A-Z\d]{4}[\s.,]*$"
)
"""An Irish postal code behind its town, or alone."""
_CONTACT = re.compile(
    r"(?:^|[\s|(,;])(?:tel|telephone|telefon|phone|fon|fax|telefax|mobil|mobile|cell|"
    r"handy|hotline|e-?mail|"
    r"www|http|iban|bic|swift|blz|konto(?:-?nr)?|account no|bank|sparkasse|volksbank|"
    r"amtsgericht|hrb|hra|"
    r"handelsregister|registergericht|ust-?id\w*|ust\.?-?idnr|vat|steuer-?nr|steuernummer|tax id|"
    r"geschäftsführer|managing director|ceo|company reg\w*|registered|siret|kvk|reg\. no|"
    r"öffnungszeiten|opening hours|bürozeiten|office hours)\b\.?(?!\s*(?:cable|kabel))"
    r"|https?://|www\.|[\w.+-]+@[\w-]+\.\w|(?<![\w-])(?:\+|00)\d{1,3}[\s(./-]*\d|\(0\)|"
    r"\b0\d{2,5}\s?[/-]\s?\d{3,}"
    r"|(?<![\w-])\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b",
    re.I,
)
_LEGAL = re.compile(
    r"\b(?:confidential|intended recipient|vertraulich|disclaimer|copyright|all "
    r"rights reserved|datenschutz|"
    r"privacy|terms and conditions|agb|allgemeine\w* geschäftsbedingungen|einkaufsbedingungen|"
    r"zahlungsbedingung\w*|zahlungsziel|payment terms|payment|zahlbar|zahlung|skonto|"
    r"net\s?\d+\s?days|"
    r"tage netto|days net|net 30|incoterms?|lieferbedingung\w*|delivery terms|"
    r"unsubscribe|abmelden|newsletter|"
    r"sent from my|gesendet von|get outlook|virus|öffnungszeiten|warenannahme|annahmezeiten|"
    r"goods in hours|page \d|seite \d|\d\s*(?:von|of)\s*\d+$)\b",
    re.I,
)
_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d{2}\s*(?:uhr|h|am|pm|-|–|bis|to)\b|\b\d{1,2}\s*(?:uhr|am|pm)\b", re.I
)


def is_size(word: str) -> bool:
    """True for ``M6x20``, ``1/2"``, ``20mm``, ``230V``: a property, no code or count."""
    return _SIZE.fullmatch(word.strip("(),;")) is not None


def is_code(word: str) -> bool:
    """True where a single word could well be an article number.

    It holds a digit and is no size, no date and no plain number below 1000.
    """
    if len(word) < 2 or len(word) > 32 or not any(c.isdigit() for c in word):
        return False
    if not _CODE.fullmatch(word) or is_size(word) or _PLAIN_NUMBER.fullmatch(word):
        return False
    return FULL_DATE.fullmatch(word) is None


def is_capital_code(word: str) -> bool:
    """True for codes without digits, such as ``GLV-BLK``: capitals with a dash, or alone."""
    return bool(re.fullmatch(r"[A-Z]{1,6}(?:[-/.][A-Z]{1,6})+|[A-Z]{1,6}[-_][A-Z]+", word))


def is_gtin(digits: str) -> bool:
    """True for 8, 12, 13 or 14 digits with a right check digit."""
    if not digits.isdigit() or len(digits) not in (8, 12, 13, 14):
        return False
    weighted = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(reversed(digits)))
    return weighted % 10 == 0


def is_contact(line: str) -> bool:
    """True for lines of a letterhead or signature: phone, mail, web, bank, register."""
    return _CONTACT.search(line) is not None


def is_address(line: str) -> bool:
    """True for a street, a postal code with city, or a P.O. box."""
    return any(shape.search(line) for shape in (STREET, POSTAL, _EIRCODE))


def is_legal(line: str) -> bool:
    """True for payment terms, opening hours, page numbers and fine print."""
    return _LEGAL.search(line) is not None or _CLOCK.search(line) is not None


_TERMS = re.compile(
    r"\b(?:conditions of (?:purchase|sale)|einkaufsbedingungen|vertragsstrafe|liquidated damages|"
    r"warranty|gewährleistung\w*|gerichtsstand|force majeure|liab(?:le|ility)|governed by|"
    r"(?:the )?(?:supplier|seller|buyer|vendor) (?:shall|may|must|warrants)|per consignment|"
    r"werktage?n?|arbeitstage?n?|business days|palettengewicht|anlieferhöhe|"
    r"pallets? max|max\.? pallet|confidential|vertraulich|in error|nur nach absprache|"
    r"in excess of|returned at|eigentumsvorbehalt|condiciones generales|conditions générales)\b"
    r"|\bpallets?\b.*\bmax\b|\bmax\b\.?.*\b(?:pallets|paletten|parcels)\b",
    re.I,
)


def is_terms(text: str) -> bool:
    """True for words of standing terms, which bind every order and change none."""
    return _TERMS.search(text) is not None


def is_unit_phrase(text: str) -> bool:
    """True for a counting or measuring unit alone, such as ``Stk.``."""
    return re.fullmatch(rf"(?:{COUNTED}|{MEASURED})", text.strip(), re.I) is not None
