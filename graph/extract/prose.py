"""Sentences that order: ``please send us 20 of 4711-A and 5 boxes of gloves``."""

from __future__ import annotations

import re

from graph.extract.dates import DAY_WORDS, FULL_DATE
from graph.extract.evidence import Draft, Style
from graph.extract.marked import has_code
from graph.extract.numbers import WORD_NUMBERS
from graph.extract.pieces import read_pieces
from graph.extract.trim import COUNTED_GOODS, without_place

_VERB = (
    r"(?:please |kindly )?(?:send|ship|deliver|supply|book|dispatch|forward|get|add|"
    r"enter|place an? order(?: for)?|arrange)(?: (?:us|me|over|out|through))?"
    r"|(?:we|i)(?:'d| would)? (?:like|want|wish|need|require|order|take|request|will "
    r"take|are ordering|hereby order|shall need)(?: to (?:order|buy|purchase|have|get|"
    r"place an order(?: for)?|re-?order))?"
    r"|(?:like|want|wish) to (?:order|buy|purchase|get|have|re-?order|place an "
    r"order(?: for)?)|ordering|order for|need|(?:please |pls |kindly |to |re-?)order|"
    r"order(?:s|ed)?(?= \d)|"
    r"(?:can|could|may|might|would) (?:you|u|we|i) (?:please |pls |kindly )?(?:send|ship|get|have|"
    r"order|deliver|supply|pop|put|drop|stick|throw|add|book|bring|pack|let (?=us|me))(?: us|"
    r" me)?|order the following|"
    r"(?:bitte )?(?:senden|schicken|liefern|übersenden|schickt|liefert|sendet) sie(?: "
    r"uns| mir)?|bitte (?:senden|schicken|liefern|schickt|liefert|buchen|erfassen|um "
    r"lieferung von|um)(?: uns| mir)?|"
    r"(?:wir|ich) (?:bestelle|bestellen|ordern|benötigen|benötige|brauchen|brauche|"
    r"möchten|möchte|hätten gerne?|hätte gerne?|nehmen|nehme|würden gerne|"
    r"erteilen)(?: (?:hiermit|gerne|noch|bei ihnen|wie folgt|bitte|dringend|wieder|"
    r"erneut|folgendes|folgende artikel))*|"
    r"(?:hiermit )?(?:bestelle|bestellen|bestell|benötigen|brauchen|ordern) (?:wir|"
    r"ich)(?: (?:hiermit|gerne|bei ihnen|wie folgt|bitte|dringend|noch|wieder))*|"
    r"bestelle|bestellen|ordern|ordere|brauchen|brauche|benötigen|benötige|"
    r"nachbestellen|abrufen|bräuchten(?: wir)?|bräuchte(?: ich)?|"
    r"(?:möchten|würden|möchte|würde) (?:wir|ich) (?:gerne )?(?:bestellen|folgendes "
    r"bestellen)?|schicken|schicke|liefern|sende|senden|"
    r"(?:nous )?(?:commandons|souhaitons commander|voudrions commander|avons besoin "
    r"de|désirons commander)|je (?:voudrais|souhaite) commander|veuillez (?:nous "
    r")?(?:envoyer|livrer|expédier)|merci de (?:nous )?(?:envoyer|livrer)|"
    r"(?:wij |we )?(?:willen|wensen|bestellen|zouden)(?: graag)?|graag (?:bestellen "
    r"wij|ontvangen wij|leveren|bestellen)|stuur(?: ons)?|kun(?:t|nen)? (?:je|u|jullie)(?: ons|"
    r" mij| me)?(?: even)?|"
    r"könnt ihr(?: uns| mir)?(?: bitte)?|könn(?:en|ten) sie(?: uns| mir)?(?: bitte)?|"
    r"(?:vi |le |ci )?(?:ordiniamo|servono|serve|occorrono)|pourriez-vous (?:nous )?(?:livrer|"
    r"envoyer|expédier)|braucht|"
    r"nous vous passons|"
    r"(?:nos )?(?:gustaría pedir|gustaria pedir)|queremos pedir|necesitamos|por "
    r"favor,? env[ií](?:en|e|ar|ad|a)(?:nos)?|pedimos|"
    r"(?:vorremmo|vogliamo) ordinare|ordiniamo|vi preghiamo di (?:inviarci|spedirci|"
    r"consegnarci)|si prega di (?:inviare|spedire)"
)
ORDERS = re.compile(rf"(?<!\w)(?:{_VERB})(?!\w)", re.I)
"""Words with which people order."""
NOT_ORDERING = re.compile(
    r"\b(?:received|erhalten|geliefert(?:en)? (?:wurde|worden|haben)|wurden? (?:nur "
    r")?geliefert|wurden?|damaged|defekt\w*|beschädigt\w*|broken|missing|fehlt|fehlen|"
    r"last (?:order|time|month|week|year)|"
    r"letzte\w* (?:bestellung|lieferung|mal|woche|monat|jahr)|previous(?:ly)?|already|"
    r"bereits|schon|instead of|statt|anstatt|anstelle|cancel\w*|stornier\w*|"
    r"don't|do not|nicht|kein\w*|without|ohne|except|außer|ausser|price for|preis für|"
    r"quote|angebot für|how much|wieviel|wie viel|"
    r"return\w*|retour\w*|zurück\w*|sent us|shipped|(?:was|were|had) (?:sent|delivered|ordered|"
    r"broken|missing|damaged|wrong)|hatten|war|waren|"
    r"faulty|wrong|falsch\w*|reçu|endommagé)\b",
    re.I,
)
"""Words that make a sentence with a quantity something else than an order for it."""
_ABBREVIATION = re.compile(
    r"\b(?:art|nr|no|best|réf|rif|cód|cod|kat|kd|lief|stk|st|pcs|pos|ca|ref|z\.b|bzw|inkl|incl|"
    r"ltd|co|inc|str|tel|"
    r"vs|approx|min|max|gr|doz|zzgl|item|p|o|usw|etc|ggf|evtl|dr|mr|mrs|ms)$",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\s*\n\s*(?=[-*•])")
_HEAD = re.compile(
    r"^(?:us|uns|me|mir|the following(?: items?)?|following(?: items?)?|"
    r"folgende\w*(?: artikel| positionen)?|noch|also|bitte|please|gerne?|hiermit|an "
    r"order for|order|more|another|weitere|wieder|again|nochmals?|mal|just|jetzt|ach ja|oh|"
    r"to order|das|die|den|verbindlich|dringend|"
    r"wie folgt|umgehend|schnellstmöglich|:|,|of|von|with|-)[\s:,]+",
    re.I,
)


def sentences(text: str) -> list[str]:
    """Split running text into sentences, minding ``Art. 12`` and ``Nr. 4``."""
    parts: list[str] = []
    for part in _SENTENCE.split(text):
        if parts and (_ABBREVIATION.search(parts[-1].rstrip(".")) and parts[-1].endswith(".")):
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return [p.strip() for p in parts if p.strip()]


_ORDER_NUMBER = re.compile(
    r"(?<!please )(?<!to )\b(?:(?:our |unsere[rn]? )?(?:po|p\.o\.|purchase order|"
    r"bestellung|bestell-?nr\.?|bestellnummer|auftrag|order|commande|bestelling|"
    r"pedido|ordine))"
    r"\s*(?:no\.?|nr\.?|number|nummer|"
    r"n°)?\s*[:#]?\s*[A-Z]{0,4}-?\d{3,}[\w/-]*(?!\s*(?:x|stk|pcs)\b)",
    re.I,
)
_ASKING = re.compile(r"\b(?:please|bitte|pls|plz|svp|graag|por favor|per favore)\b", re.I)
_NUMBER_WORD = "|".join(sorted(WORD_NUMBERS, key=len, reverse=True))
_GOODS = re.compile(
    rf"(?<!\S)(?:ca\.? |approx\.? |about |etwa )?[(\"]?(?:\S*\d|(?:{_NUMBER_WORD}|a|an)\s+\w)", re.I
)


def read_sentence(sentence: str, style: Style, *, orders: bool = False) -> list[Draft]:
    """The lines a sentence orders, empty where it orders nothing.

    What is wanted stands behind the verb; where the verb closes the sentence, from the
    first number or code on. ``orders`` says that the sentences before order already: counted
    goods alone go on with it.
    """
    if NOT_ORDERING.search(sentence):
        return []
    sentence = _order_free(sentence, style.order_numbers)
    sentence = _ORDER_NUMBER.sub(lambda m: " " * len(m[0]), sentence)
    wanted = _behind_verb(sentence)
    asked = _ASKING.search(sentence) and (not sentence.endswith("?") or _requests(sentence))
    if wanted is None and (asked or ORDERS.search(sentence)):
        goods = _GOODS.search(sentence)
        wanted = sentence[goods.start() :] if goods else None
    if wanted is None and orders and not sentence.endswith("?"):
        goods = COUNTED_GOODS.search(sentence)
        wanted = sentence[goods.start() :] if goods else None
        if style.known.codes_in(sentence):
            wanted = sentence.strip(" .!;")
    drafts = read_pieces(wanted, style) if wanted else []
    if orders or ORDERS.search(sentence):
        return drafts
    return [d for d in drafts if d.strength > 1 or has_code(d)]


def _requests(question: str) -> bool:
    """``Could you pop 20 of those on the next van please?`` wants goods, not an answer."""
    return _COULD_YOU.search(question) is not None and not _WANTS_TO_KNOW.search(question)


_COULD_YOU = re.compile(
    r"\b(?:could|can|would|könnt\w*|könnten|würde\w*|kun\w*|pourriez|podr\w+|può|"
    r"potete)\s+(?:you|sie|ihr|u|je|vous)\b",
    re.I,
)
_WANTS_TO_KNOW = re.compile(
    r"\b(?:tell|quot\w*|confirm|check|know|prices?|preise?|available|stock|lager|"
    r"lieferbar|verfügbar|costs?|kosten|how|when|what|why|where|"
    r"wie|wann|wo|warum|ob|whether|sagen|mitteilen|prüfen|angebot|offer|status|bestätigen)\b",
    re.I,
)


_WHEN = re.compile(
    rf"\b(?:bis(?: zum| spätestens)?|by|until|before|spätestens|am|on|zum|for|für)\s+"
    rf"(?:(?:next|this|coming|nächste\w*|kommende\w*|diese\w*|den|dem)\s+)?(?:{DAY_WORDS}|morgen|"
    rf"übermorgen|tomorrow|today|heute)\b",
    re.I,
)


def _order_free(sentence: str, order_numbers: frozenset[str]) -> str:
    """The sentence without the order's own number and without an address."""
    for number in sorted(order_numbers, key=len, reverse=True):
        sentence = sentence.replace(number, " " * len(number))
    sentence = _WHEN.sub(" ", sentence)
    sentence = FULL_DATE.sub(lambda m: " " * len(m[0]), sentence)
    return without_place(sentence)


_WHITHER = re.compile(r"(?:au|aux|à|an|to|at|nach|im?|ins|al|alla|für|for|pour|voor)\s", re.I)


def _behind_verb(sentence: str) -> str | None:
    for verb in ORDERS.finditer(sentence):
        wanted = sentence[verb.end() :].strip(" .!?,:")
        if not _GOODS.search(wanted):
            continue
        if _WHITHER.match(wanted) and (goods := _GOODS.search(wanted)):
            wanted = wanted[goods.start() :]
        while (head := _HEAD.match(wanted)) and head[0]:
            wanted = wanted[head.end() :]
        return wanted
    return None
