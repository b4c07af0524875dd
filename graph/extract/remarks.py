"""Sentences that bend an order and that no field holds: ``without position 3``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from graph.extract.fields import is_header_line
from graph.extract.prose import sentences
from graph.extract.rows import Row
from graph.extract.shapes import is_contact, is_terms
from graph.extract.source import Source
from graph.extract.words import key
from graph.order import Evidence, Finding, Line

_BENDING = re.compile(
    r"\b(?:statt|anstatt|anstelle|instead|rather than|ohne|without|nicht|not|don't|"
    r"kein\w*|no longer|nur|only|lediglich|except|excluding|außer|ausser|ausgenommen|"
    r"chang\w*|änder\w*|geändert\w*|abweichend\w*|deviat\w*|different\w*|falls|sofern|"
    r"unless|if|wenn|erst (?:ab|nach|wenn|am|in)|frühestens|not before|earliest|nach "
    r"absprache|"
    r"ersatz\w*|replac\w*|ersetz\w*|substitut\w*|alternativ\w*|cancel\w*|stornier\w*|"
    r"weglassen|leave out|skip|streichen|entfällt|entfallen|omit\w*|zusätzlich\w*|"
    r"additional\w*|please add|in addition|"
    r"erhöh\w*|reduzier\w*|increase\w*|reduce\w*|double|doppelt\w*|halbe\w*|hälfte|"
    r"doch|lieber|rather|korrektur\w*|correct(?:ion|ed)?|korrigier\w*|split|aufteilen|"
    r"teillieferung\w*|"
    r"partial\w*|hold|zurückhalten|warten|wait|"
    r"call (?:me |us )?(?:before|first|prior)|vorher (?:an|tele)\w*|anrufen|avis\w*|"
    r"sonderpreis\w*|special price|sauf|seulement|sans|pas|"
    r"au lieu|niet|alleen|zonder|behalve|sólo|solo|sin|excepto|senza|tranne|invece)\b",
    re.I,
)
_HARMLESS = re.compile(
    r"\b(?:questions?|fragen|rückfragen|queries|hesitate|zögern|unklar\w*|further "
    r"information|let (?:me|us) know|bescheid|do not reply|antworten sie nicht|"
    r"confidential|vertraulich|recipient|empfänger|e-?mail|confirm\w*|bestätig\w*|"
    r"auftragsbestätigung|"
    r"n(?:ot|o) later than|nicht später|nicht? nach dem|(?:ohne|without) (?:preise?|prices?)|"
    r"rahmenvertrag\w*|rahmenvereinbarung|frame(?:work)? (?:agreement|contract)|"
    r"eilt nicht|nicht eilig|not urgent|no rush|no hurry|if possible|wenn möglich|"
    r"falls möglich|sofern möglich|wenn's geht|without delay|"
    r"ohne verzögerung|nicht nur|not only|not hesitate|bitte nicht drucken|"
    r"environment|umwelt|print|mwst|ust\b|vat|tax|terms|bedingungen|agb|nothing|"
    r"nichts|welcome|"
    r"need anything|anything else|something is missing|melden|mitteil\w*|inform\w*|"
    r"eilt nicht|nicht eilig|no rush|not urgent|keine eile|pas urgent|ohne preise?|"
    r"without prices?|no prices|"
    r"not later than|no later than|nicht später als|not to(?= [A-Z])|"
    r"rückmeldung|order number|bestellnummer|bestell-?nr|invoice|rechnung\w*|"
    r"lieferschein\w*|sobald|as soon as|why not|wenn sie|if you (?:have|need|"
    r"require))\b",
    re.I,
)
_NOT_THERE = re.compile(
    r"\b(?:deliver\w*|ship\w*|send|liefer\w*|schick\w*)\b.*\b(?:not to|nicht (?:an|nach|zu))\s",
    re.I,
)
"""``Ship to Ashby Moor, not to Thornby``: what else than the place it names."""
_OF_A_LINE = re.compile(
    r"\b(?:pos(?:ition)?\.?|line|item|artikel|zeile|art\.?)\s*(?:no\.?|nr\.?)?\s*\d", re.I
)


_AGREED = re.compile(
    r"\b(?:prices?|preise?\w*|konditionen|rabatt|discount)\b[^.]{0,20}\b(?:as|wie|"
    r"laut|per)?\s*(?:agreed|"
    r"vereinbart|besprochen|discussed|abgesprochen)\b",
    re.I,
)


_STANDING = re.compile(
    r"\b(?:conditions|bedingungen|payment|zahlung|warranty|gewährleistung|damages|vertragsstrafe|"
    r"confidential|gerichtsstand|liability|mwst|vat|skonto|terms)\b",
    re.I,
)
"""Words of standing terms: a paragraph with several of them is the small print."""


def bending(
    rows: Iterable[Row], *, only_lines: bool = False, priced: bool = False
) -> Iterator[Finding]:
    """A doubt for every sentence that changes or limits what the lines say.

    With ``only_lines`` only sentences that speak of a position count: fine print of forms
    is full of conditions. Agreed prices are no riddle where all lines are ``priced``.
    """
    for text, first in _paragraphs(rows):
        standing = len(_STANDING.findall(text)) > 2
        for sentence in sentences(text):
            if (standing or is_terms(sentence)) and not _OF_A_LINE.search(sentence):
                continue
            agreed = not priced and _AGREED.search(sentence)
            if not (_BENDING.search(sentence) or agreed) or is_contact(sentence):
                continue
            if only_lines and not _OF_A_LINE.search(sentence):
                continue
            harmless = (
                _HARMLESS.search(sentence) or _NOT_THERE.search(sentence) or is_fine_print(text)
            )
            if harmless and not _OF_A_LINE.search(sentence):
                continue
            words = " ".join(sentence.split())[:200]
            yield Finding(
                type="missing_information",
                message=(
                    f"The mail says “{words}”, which no field of the order holds; decide "
                    f"what it changes."
                ),
                evidence=first.place.quote(sentence[:200]),
            )


def overlooked(source: Source, number: str | None) -> Iterator[Finding]:
    """A doubt for every sentence with a number in it that was not taken for a line.

    None for fine print, and for what only names the order or gives a reference.
    """
    small = " ".join(text for text, _ in _paragraphs(source.rows) if is_fine_print(text))
    for sentence in source.unread:
        words = " ".join(sentence.split())
        if words in small or _only_names(words, number) or _HARMLESS.search(words):
            continue
        yield Finding(
            type="missing_information",
            message=f"The mail says “{words[:200]}”, which was not taken for an order line.",
            evidence=Evidence(source=source.document.name, quote=sentence[:200]),
        )


_YOURS = re.compile(
    r"\W*(?:your|ihre?|votre|uw|vostr[oa]|su)\s+(?:ref\w*|zeichen|angebot\w*|quot\w*|offer\w*|devis)\b",
    re.I,
)


def _only_names(sentence: str, number: str | None) -> bool:
    """``Please find our order 4711 attached``, ``Your ref: quote Q-88``."""
    rest = sentence.replace(number, "") if number else sentence
    return (
        is_header_line(sentence)
        or _YOURS.match(sentence) is not None
        or not any(c.isdigit() for c in rest)
    )


_FINE_PRINT = re.compile(
    r"\b(conditions of purchase|\w*einkaufsbedingungen|geschäftsbedingungen|conditions|"
    r"gerichtsstand|jurisdiction|gewährleistung|warranty|liquidated damages|vertragsstrafe|"
    r"confidential|vertraulich|haftung|liab\w+|zahlung\w*|payment\w*|skonto|incoterms?|"
    r"privileged|intended recipient|"
    r"palettengewicht|anlieferhöhe|pallets? max|inkoopvoorwaarden|conditions générales)\b",
    re.I,
)
_MANY_WORDS = 25


def is_fine_print(paragraph: str) -> bool:
    """True for a long paragraph of terms, whose numbers and conditions are nobody's order."""
    signs = {match.casefold() for match in _FINE_PRINT.findall(paragraph)}
    return len(signs) > 1 and len(paragraph.split()) > _MANY_WORDS


def unread_codes(
    rows: Iterable[Row], lines: Sequence[Line], known: frozenset[str]
) -> Iterator[Finding]:
    """A doubt for every word that looks like the codes of the lines but stands in none.

    A line that was overlooked is so asked about. ``known`` are the numbers already read.
    """
    codes = {c for line in lines for c in (line.code, line.supplier_sku, line.customer_sku) if c}
    mixed = [c for c in codes if any(map(str.isalpha, c)) and any(map(str.isdigit, c))]
    shapes = {_shape(code) for code in mixed}
    read = {key(word) for word in known | codes}
    named = " ".join(line.description or "" for line in lines)
    for row in rows:
        for lead, word in _CODE_WORD.findall(row.text) if not _YOURS.match(row.text) else ():
            if word in named and not lead.strip():
                continue  # A word of the goods: ``Adapter für K-200``.
            if _shape(word) in shapes and not any(key(word) in held for held in read):
                read.add(key(word))
                yield Finding(
                    type="missing_information",
                    message=(
                        f"The mail also names {word}, which is in no line; decide whether "
                        f"it is ordered."
                    ),
                    evidence=row.place.quote(word),
                )


_CODE_WORD = re.compile(
    r"([,;/(:+&]\s*|\b(?:und|and|oder|or)\s+)?(?<![\w/-])([^\W_](?:[\w./-]*\w)?)(?![\w/])", re.I
)


def _shape(code: str) -> str:
    """``K-100`` -> ``A-999``: letters and digits, in runs of any length where they are digits."""
    return re.sub(r"9+", "9", re.sub(r"\d", "9", re.sub(r"[^\W\d_]", "A", code)))


def _paragraphs(rows: Iterable[Row]) -> Iterator[tuple[str, Row]]:
    held: list[Row] = []
    for row in rows:
        if row.parts:
            held.append(row)
        elif held:
            yield " ".join(r.text for r in held), held[0]
            held = []
    if held:
        yield " ".join(r.text for r in held), held[0]
