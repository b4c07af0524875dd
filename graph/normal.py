"""Normal forms: the one spelling in which a mail's words and the catalog's records meet.

Every function is pure, takes text as somebody typed it, and returns a key to compare.
An empty string means: nothing there that could be compared.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from graph import marks

_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe"}
_SPELT = str.maketrans(_LETTERS | {"ł": "l", "⁄": "/"})


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


def fold(text: str) -> str:
    """Lower case without accents: ``Müller Straße`` becomes ``mueller strasse``."""
    if text.isascii():
        return text.lower()
    spelt = unicodedata.normalize("NFKC", text).casefold().translate(_SPELT)
    parts = unicodedata.normalize("NFKD", spelt)
    return "".join(c for c in parts if not unicodedata.combining(c))


def squash(text: str) -> str:
    """Only the letters and digits, folded: ``Kugel-Lager 6204`` becomes ``kugellager6204``."""
    folded = fold(text)
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


# --- numbers that name something --------------------------------------------------


def code(text: str) -> str:
    """A product, account or order number without case, dashes, dots and spaces."""
    return squash(text).upper()


def bare(text: str) -> str:
    """``code`` without leading zeros; only safe where one record alone answers to it."""
    return code(text).lstrip("0")


def gtin(text: str) -> str:
    """A GTIN (8, 12, 13 or 14 digits) padded to 14, or empty where its check digit is wrong."""
    digits = re.sub(r"[\s.-]", "", text)
    if not re.fullmatch(r"\d{8}|\d{12,14}", digits, re.ASCII):
        return ""
    padded = digits.zfill(14)
    total = sum(int(d) * (1 if i % 2 else 3) for i, d in enumerate(padded))
    return "" if total % 10 else padded


def vat(text: str) -> str:
    """A VAT id without spaces and dots; anything too short to be one is empty."""
    key = code(text)
    return key if len(key) >= 8 else ""


_COUNTRY_CODE = re.compile(
    r"^(?:\+|00)(?:1|7|20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})"
)


def phone(text: str) -> str:
    """The national digits of a phone number: ``+49 (0)40 1234-567`` becomes ``401234567``.

    Fewer than seven digits identify nobody and come back empty.
    """
    dialled = re.sub(r"[^\d+]", "", text.replace("(0)", ""))
    digits = re.sub(r"\D", "", _COUNTRY_CODE.sub("", dialled)).lstrip("0")
    return digits if len(digits) >= 7 else ""


# --- mail addresses ---------------------------------------------------------------

_FREE_MAIL_NAMES = _listed("gmail googlemail gmx yahoo hotmail outlook live msn aol yandex")
"""Providers that use one name under many top-level domains."""
_FREE_MAIL = _listed(
    "web.de t-online.de freenet.de arcor.de posteo.de mailbox.org mail.de email.de online.de "
    "vodafone.de versanet.de 1und1.de kabelmail.de proton.me protonmail.com protonmail.ch pm.me "
    "tutanota.com tutanota.de tuta.io zoho.com fastmail.com hey.com mail.com icloud.com me.com "
    "mac.com ymail.com rocketmail.com mail.ru inbox.ru bk.ru qq.com 163.com 126.com orange.fr "
    "wanadoo.fr free.fr laposte.net sfr.fr neuf.fr libero.it virgilio.it tiscali.it alice.it "
    "ziggo.nl kpnmail.nl planet.nl hetnet.nl xs4all.nl home.nl telenet.be skynet.be bluewin.ch "
    "sunrise.ch hispeed.ch a1.net aon.at chello.at btinternet.com btconnect.com sky.com "
    "talktalk.net virginmedia.com ntlworld.com comcast.net verizon.net att.net sbcglobal.net "
    "bellsouth.net cox.net rogers.com shaw.ca seznam.cz centrum.cz wp.pl o2.pl onet.pl "
    "interia.pl rediffmail.com terra.es uol.com.br naver.com"
)
_SECOND_LEVEL = _listed("co com org net")


def email(text: str) -> str:
    """A mail address in lower case, or empty where there is no @."""
    address = text.strip().removeprefix("mailto:").strip("<>").lower()
    return address if "@" in address.strip("@") else ""


def domain(address: str) -> str:
    """The domain of a mail address when it says whose it is; empty for free-mail providers."""
    host = email(address).rpartition("@")[2]
    labels = host.split(".")
    provider = labels[-3] if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else labels[-2:][0]
    return "" if host in _FREE_MAIL or provider in _FREE_MAIL_NAMES else host


# --- names ------------------------------------------------------------------------

_LEGAL_FORMS = {
    **{
        word: word
        for word in _listed(
            "gmbh mbh ag kg kgaa ohg ug gbr ek ev eg se ltd inc llc llp plc bv nv vof sarl sas "
            "sasu sa eurl spa srl sl slu sro spzoo oy oyj ab as aps kft doo pty co corp"
        )
    },
    "limited": "ltd",
    "incorporated": "inc",
    "corporation": "corp",
    "company": "co",
    "aktiengesellschaft": "ag",
}
_LINKS = _listed("und and et en y e")


def company(name: str) -> str:
    """A company's name without its legal form: ``Weber & Sohn GmbH`` becomes ``weber sohn``."""
    return _company(name)[0]


def legal_form(name: str) -> str:
    """The legal form at the end of a company's name, such as ``gmbh co kg``; often empty."""
    return _company(name)[1]


def _company(name: str) -> tuple[str, str]:
    initials = re.sub(r"\b((?:[a-z][./]\s?)+[a-z])\b", _without_marks, fold(name))
    said = re.findall(r"[^\W_]+", initials)
    cut = len(said)
    while cut > 1 and (said[cut - 1] in _LEGAL_FORMS or said[cut - 1] in _LINKS):
        cut -= 1
    core = [word for word in said[:cut] if word not in _LINKS]
    form = [_LEGAL_FORMS[word] for word in said[cut:] if word in _LEGAL_FORMS]
    return " ".join(core), " ".join(form)


def _without_marks(found: re.Match[str]) -> str:
    return re.sub(r"[./\s]", "", found[1])


def words(text: str) -> list[str]:
    """The folded words and numbers of a text, in order."""
    return re.findall(r"[^\W_]+", fold(text))


# --- places -----------------------------------------------------------------------


def postal_code(text: str) -> str:
    """``D-20095`` becomes ``20095``; ``1012 ab`` becomes ``1012AB``."""
    return re.sub(r"^[A-Z]{1,2}(?=\d{4,5}$)", "", code(text))


_STREET_ENDINGS = {
    "st": "street",
    "rd": "road",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "dr": "drive",
    "sq": "square",
    "blvd": "boulevard",
    "bd": "boulevard",
    "pl": "platz",
}


def street_words(text: str) -> list[str]:
    """The words of a street in one spelling: ``Haupt-Str. 5 a`` is haupt, strasse, 5a."""
    spelt = re.sub(r"str(?:\.|\b)", "strasse ", fold(text))
    said = re.findall(r"[^\W_]+", re.sub(r"(\d)\s+([a-z])\b", r"\1\2", spelt))
    return [*said[:-1], _STREET_ENDINGS.get(said[-1], said[-1])] if said else []


def street(text: str) -> tuple[str, str]:
    """Street and house number apart: ``Haupt-Str. 5 a`` becomes ``("hauptstrasse", "5a")``.

    The order of parts between commas does not matter, nor on which side the number stands.
    """
    names, numbers = [], []
    for part in sorted(text.split(","), key=lambda part: re.sub(r"[\W\d_]", "", fold(part))):
        words = street_words(re.sub(r"^\s*(\d+\s?[a-z]?)\s+(.+)", r"\2 \1", part.lower()))
        numbers += [word for word in words if word[0].isdigit()]
        named = [word for word in words if not word[0].isdigit()]
        names += [*named[:-1], _STREET_ENDINGS.get(named[-1], named[-1])] if named else []
    return "".join(names), "-".join(numbers)


# --- descriptions -----------------------------------------------------------------

MEASURES = {
    **dict.fromkeys(_listed("mm cm m km"), "length"),
    **dict.fromkeys(_listed("mg g kg t"), "mass"),
    **dict.fromkeys(_listed("ml cl l"), "volume"),
    **dict.fromkeys(
        _listed("zoll w kw v kv a ma ah mah bar hz lm ohm k grad mm2 cm2 m2 m3"), "other"
    ),
}
"""Words that are a unit after a number, with the dimension they measure."""
_TOKEN = re.compile(r"\d+(?:\.\d+)*(?:/\d+)?[a-z]*\d*|[^\W\d_]+\d*[a-z\d]*")
_NUMBER_AND_UNIT = re.compile(r"(\d+(?:\.\d+)?(?:/\d+)?)([a-z]+\d?)")
_SPELLINGS = (
    (re.compile(r"(?<=\d),(?=\d)"), "."),
    (re.compile(r"['’]s\b"), ""),
    (re.compile(r"(?<=\d)\s*(?:\"|''|″|”|\binch(?:es)?\b|\bin\b)"), " zoll "),
    (re.compile(r"(?<=\d)\s*°\s*c?\b|(?<=\d)\s*°"), " grad "),
    (re.compile(r"[ø⌀]|\bdia\b|\bd(?=\s*=)"), " "),
    (re.compile(r"(?<=\d)\s*[x×*]\s*(?=\d)"), " "),
    (re.compile(r"\b([a-z]{1,3})(?=\d+/\d)"), r"\1 "),
    (re.compile(r"(?<=\d)(mm|cm|m)\s*[x×*]\s*(?=\d)"), r"\1 "),
    (re.compile(r"(?<!\d)(?<!\d )\b(m|dn|pn|ip|nw|din|iso|en|pg|gu|ral)\s+(?=\d)"), r"\1"),
)


def tokens(text: str) -> list[str]:
    """Words and numbers of a product description, each number apart from its unit.

    ``"Hex bolt M 6 x 20mm"`` becomes ``["hex", "bolt", "m6", "20", "mm"]``: a number and its
    spelling never hide behind each other.
    """
    text = fold(text.replace("Ø", " ").replace("ø", " ") if re.search(r"[Øø]\s*\d", text) else text)
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    return [part for token in _TOKEN.findall(text) for part in _parts(token)]


def _parts(token: str) -> list[str]:
    if not token[0].isdigit():
        return [token]
    found = _NUMBER_AND_UNIT.fullmatch(token)
    if found and found[2] in MEASURES:
        return [_number(found[1]), found[2]]
    return [_number(token)]


def _number(text: str) -> str:
    try:
        return format(Decimal(text).normalize(), "f")
    except InvalidOperation:
        return text


_UMLAUT = re.compile(r"(?<!^)([aou])e(?=[^aeiou])")


def stem(word: str) -> str:
    """A word without plural ending and umlaut: ``Töpfe`` and ``Topf``, ``gloves`` and ``glove``."""
    if len(word) < 5 or word[-1].isdigit():
        return word
    ending = next((e for e in ("en", "es", "e", "n", "s") if word.endswith(e)), "")
    return _UMLAUT.sub(r"\1", word.removesuffix(ending))


SILENT = _listed(
    "x gr groesse size taille maat artikel article art nr no item sku ref a an the of for to "
    "and or in on per each please der die das des dem den ein eine fuer von und oder im je "
    "bitte zu le la les de du des et pour il un una di da per el los para van het een voor en"
)
"""Words of a description that tell no product from another."""


def keywords(text: str) -> list[str]:
    """What a description is found by: stems and numbers, without small words and units.

    Attributes come in one language: ``blaue`` and ``blue`` are the same keyword.
    """
    said = tokens(text)
    return list(
        dict.fromkeys(
            stem(marks.spelt(token))
            for i, token in enumerate(said)
            if token not in SILENT and not (token in MEASURES and i and said[i - 1][0].isdigit())
        )
    )
