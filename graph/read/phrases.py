"""The words by which mail programs and people mark replies, forwards and signatures.

English, German, French, Dutch, Spanish and Italian; each pattern looks at one line.
"""

from __future__ import annotations

import re

_FROM = r"from|von|de|da|van|absender"
_SENT = r"sent|date|gesendet|datum|envoyé|enviado(?: el)?|fecha|inviato|data|verzonden"
_TO = r"to|an|à|para|a|aan|cc|kopie|kopia"
_SUBJECT = r"subject|betreff|objet|asunto|oggetto|onderwerp"
_UNIT = (
    r"x|×|stk|stck|stück|stueck|st|pcs?|pieces?|ea|each|units?|packs?|packungen|pkg|pkt|box(?:es)?|"
    r"kartons?|cartons?|ctn|roll(?:e|en|s)|m|kg|g|l|paar|pairs?|sets?|ve|vpe|pièces?|pzs?|pezzi|"
    r"uds?|unidades|stuks?|dozen|dtzd|eimer|dosen|sack|säcke|paletten?|pallets?"
)


def _line(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


FORWARD_SUBJECT = _line(r"\s*(?:fwd?|wg|wtr|tr|i|rv|doorst(?:uren|\.)?|vs|enc|fs)\s*:")
REPLY_SUBJECT = _line(r"\s*(?:re|aw|antw(?:ort)?|sv|r|ref|res|rif|réf?)\s*(?:\[\d+\])?\s*:")

FORWARD_MARK = _line(
    r"[>\s*_-]*(?:begin )?(?:forwarded (?:message|by|mail)|weitergeleitete (?:nachricht|e-?mail)"
    r"|anfang der weitergeleiteten nachricht|(?:début du )?(?:message|courriel) (?:transféré"
    r"|réexpédié)"
    r"|(?:inicio del )?mensaje reenviado|(?:inizio )?messaggio inoltrato"
    r"|(?:begin )?doorgestuurd bericht)\b[\s*:_-]*"
)
ORIGINAL_MARK = _line(
    r"\s*[-_]{2,}\s*(?:original(?:e?s?)?[ -]?(?:message|nachricht|mail|appointment)|"
    r"ursprüngliche (?:nachricht|e-?mail)|message d'origine|mensaje original|messaggio originale|"
    r"oorspronkelijk bericht)\s*[-_]{2,}\s*"
)
HEADER_FROM = _line(rf"^[\s*]*(?:{_FROM})\s*:[\s*]*\S")
HEADER_SENT = _line(rf"^[\s*]*(?:{_SENT})\s*:[\s*]*\S")
HEADER_SUBJECT = _line(rf"^[\s*]*(?:{_SUBJECT})\s*:")
HEADER_LINE = _line(rf"[\s*]*(?:{_FROM}|{_SENT}|{_TO}|{_SUBJECT}|reply-to|antwort an)\s*:")
TIME_OR_ADDRESS = _line(r"\b\d{1,2}[:.]\d{2}\b|\S@\S")

ATTRIBUTION = _line(
    r"(?:on|am|le|el|il|op|den|em|at)\b.{4,200}\b(?:wrote|writes|schrieb|geschrieben|a écrit|écrit"
    r"|escribió|ha scritto|scrisse|schreef|skrev|escreveu)\b.{0,80}:\s*|"
    r".{2,120}\b(?:wrote on|schrieb am|schreef op|a écrit le)\b.{4,80}:\s*|"
    r".{2,80}<\S+@\S+>\s*(?:wrote|schrieb|schreef|a écrit|escribió|ha scritto)\s*:\s*"
)
ATTRIBUTION_START = _line(r"(?:on|am|le|el|il|op|den|em|at)\b.*\d|.*<\S+@\S+>")

CLOSING = _line(
    r"\s*(?:(?:mit )?(?:freundlich|herzlich|best|sonnig|lieb|viel"
    r"|schön)e[nrm]?\s+(?:\w+ )?(?:grü(?:ß|ss)e?n?|gruessen?|gru(?:ß|ss))"
    r"|mfg|m\. ?f\. ?g\.|hochachtungsvoll|grü(?:ß|ss)e aus"
    r"|gru(?:ß|ss)\s*[,!]?\s*\w*\s*$|(?:lg|vg|bg)\b"
    r"|(?:kind|best|warm|kindest|warmest|with kind|with best|many)\s+(?:regards|wishes)"
    r"|regards\s*[,.!]?\s*$"
    r"|yours (?:sincerely|faithfully|truly)|sincerely\s*,|cheers\s*[,!]\s*$"
    r"|(?:bien |très )?cordialement|(?:meilleures |sincères )?salutations|bien à vous"
    r"|(?:met )?(?:vriendelijke|hartelijke)\s+groet(?:en)?|groet(?:en|jes)?\s*[,!]?\s*$|mvg\b"
    r"|(?:un )?(?:cordiale?s? )?saludos?\b|atentamente|(?:cordiali|distinti) saluti"
    r"|saluti\s*[,!]?\s*$"
    r"|(?:thanks|thank you|many thanks|danke|vielen dank|merci|gracias|grazie|bedankt)"
    r"(?: (?:and|und) .{0,30})?\s*,\s*$).{0,45}$"
)
SENT_FROM = _line(
    r"\s*(?:sent (?:from|via|with) \S|get outlook for|von meinem \S+ gesendet|gesendet (?:von|mit"
    r"|über) \S"
    r"|diese (?:nachricht|e-?mail) wurde von meinem|envoyé (?:de|depuis) mon|enviado desde mi"
    r"|inviato da|verzonden (?:vanaf|met) mijn|outlook für (?:ios|android))"
)
DISCLAIMER = _line(
    r".*\b(?:diese e-?mail|this (?:e-?mail|message|communication)|ce (?:message|courriel)"
    r"|este (?:mensaje|correo)"
    r"|questo messaggio|dit bericht|the information (?:contained )?in this)\b.*"
    r"(?:confiden|vertraulich|privileged|intended (?:only|solely)|vertrouwelijk|riservat|bestimmt)"
    r"|\s*(?:confidentiality notice|disclaimer|haftungsausschluss)\b"
)
POSTSCRIPT = _line(r"\s*(?:p\.? ?s\.?|n\.?b\.?)\s*[:.,\s]\s*\w")

CONTACT = _line(
    r"\b(?:tel|telefon|phone|fon|fax|telefax|mobil|mobile|handy|gsm|iban|bic|swift|hrb|hra|ust|vat"
    r"|tva|btw"
    r"|siret|p\.?iva|amtsgericht|registergericht|https?|www)\b|@"
)
QUANTITY = _line(
    rf"(?<![\w.,/+-])\d{{1,6}}(?:[.,]\d{{1,3}})?\s*(?:{_UNIT})\b.*\w|\b\w.*\s\d+\s*(?:{_UNIT})\b"
)
ASKS_FOR_MORE = _line(
    r".*\b(?:bitte|please|zusätzlich|noch|außerdem|additionally|also|add|ajoutez|añad\w+"
    r"|aggiung\w+)\b.*\d"
)
NUMBER = _line(rf"[€$£]?\s*\d{{1,6}}(?:[.,]\d{{1,3}}){{0,2}}\s*(?:€|eur|{_UNIT})?\.?")
CODE = _line(r"(?=\S*\d)[\w./-]{3,}")

STUB = _line(
    r"(?:view|read|display|open).{0,60}\bhtml|html[ -]?(?:format|mail|e-?mail|version|nachricht"
    r"|message)"
    r"|does not support html|unterstützt kein html|im html-format|nur html"
)
AUTOMATIC_SUBJECT = _line(
    r"\s*(?:automatic reply|auto(?:matic|mated)? ?-?(?:reply|response)|out of (?:the )?office"
    r"|automatische antwort"
    r"|abwesenheits(?:notiz|meldung|assistent)|réponse automatique|respuesta automática"
    r"|risposta automatica|automatisch antwoord|undeliver|unzustellbar"
    r"|delivery status notification)"
)
