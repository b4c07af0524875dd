"""Sentences that order: ``please send us 20 of 4711-A and 5 boxes of gloves``."""

from __future__ import annotations

import re

from graph.extract.codes import has_code
from graph.extract.dates import FULL_DATE
from graph.extract.evidence import Draft, Style
from graph.extract.numbers import WORD_NUMBERS
from graph.extract.phrase import read_phrase
from graph.extract.shapes import is_code, is_size
from graph.extract.trim import without_place

_VERB = (
    r"(?:please |kindly )?(?:send|ship|deliver|supply|book|dispatch|forward|get|add|"
    r"enter|place an? order(?: for)?|arrange)(?: (?:us|me|over|out|through))?"
    r"|(?:we|i)(?:'d| would)? (?:like|want|wish|need|require|order|take|request|will "
    r"take|are ordering|hereby order|shall need)(?: to (?:order|buy|purchase|have|get|"
    r"place an order(?: for)?|re-?order))?"
    r"|(?:like|want|wish) to (?:order|buy|purchase|get|have|re-?order|place an "
    r"order(?: for)?)|ordering|order for|need|(?:please |pls |kindly |to |re-?)order|"
    r"order(?:s|ed)?(?= \d)|"
    r"(?:can|could|may|might) (?:you|we|i) (?:please )?(?:send|ship|get|have|order|"
    r"deliver|supply)(?: us| me)?|order the following|"
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
    r"wij|ontvangen wij|leveren|bestellen)|stuur(?: ons)?|kun(?:t|nen)? (?:je|u|"
    r"jullie)(?: ons| mij| me)?(?: even)?|"
    r"könnt ihr(?: uns| mir)?(?: bitte)?|könn(?:en|ten) sie(?: uns| mir)?(?: bitte)?|"
    r"(?:vi |le )?ordiniamo|nous vous passons|"
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
    r"return\w*|retour\w*|zurück\w*|sent us|shipped|(?:was|were|had) (?:sent|"
    r"delivered|ordered|broken|missing|damaged|wrong)|hatten|war|waren|"
    r"faulty|wrong|falsch\w*|reçu|endommagé)\b",
    re.I,
)
"""Words that make a sentence with a quantity something else than an order for it."""
_ABBREVIATION = re.compile(
    r"\b(?:art|nr|no|best|stk|st|pcs|pos|ca|ref|z\.b|bzw|inkl|incl|ltd|co|inc|str|tel|"
    r"vs|approx|min|max|gr|doz|zzgl|item|p|o|usw|etc|ggf|evtl|dr|mr|mrs|ms)$",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\s*\n\s*(?=[-*•])")
_PIECES = re.compile(
    r"\s*(?:,|;|\+|&)\s+(?:and |und |sowie |as well as |et |en |y |e |also |plus |"
    r"additionally |außerdem |auch )?(?:noch |also |another |weitere )?"
    r"|\s+(?:and also|and|und auch|und|sowie|as well as|plus|et|y|zudem|along "
    r"with)\s+(?:noch |also |another |weitere |auch )?|\s+(?:e|en)\s+(?=\d)",
    re.I,
)
_TAIL = re.compile(
    rf"\s+(?:(?:by|until|before|bis|for delivery|for next|zur lieferung|asap|as soon "
    rf"as|so schnell|so bald|schnellst\w*|baldm\w*|under (?:po|our)|per (?:po|our)|"
    rf"(?:delivered|shipped|sent) to|to (?:our|the|my|your|us|me)|an (?:unser\w*|die|"
    rf"das|den|folgende)|nach|für unser\w*|for our|from your|aus ihrem|"
    rf"on (?:po|account|monday|tuesday|wednesday|thursday|friday|our)|"
    rf"unter|auf (?:unsere|bestell)|ab lager|liefern|bestellen|senden|schicken|haben|"
    rf"benötigen|ordern|sturen|leveren|zukommen lassen|zusenden|to order|as usual|wie immer|"
    rf"for (?:delivery|next|this|the)|per (?:spedition|ups|dhl|fedex|post|kurier)|"
    rf"zum(?! (?:preis|stückpreis|einzelpreis|nettopreis))|on \d|am \d|für (?:den|die|"
    rf"das)|dringend|urgently|express|today|heute|tomorrow|"
    rf"next (?:week|month|{'|'.join(('mon', 'tues', 'wednes', 'thurs', 'fri'))})\w*|"
    rf"nächste\w* woche|this week|diese woche|if possible|wenn möglich|pour le|avant "
    rf"le|voor|para el|per il|at your earliest|"
    rf"with (?:our|the) (?:next|usual))\b.*)$",
    re.I,
)
_HEAD = re.compile(
    r"^(?:us|uns|me|mir|the following(?: items?)?|following(?: items?)?|"
    r"folgende\w*(?: artikel| positionen)?|noch|also|bitte|please|gerne?|hiermit|an "
    r"order for|order|more|another|weitere|to order|das|die|den|verbindlich|dringend|"
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


def read_sentence(sentence: str, style: Style) -> list[Draft]:
    """The lines a sentence orders, empty where it orders nothing.

    What is wanted stands behind the verb; where the verb closes the sentence, from the
    first number or code on.
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
    drafts = _pieces(wanted, style) if wanted else []
    if ORDERS.search(sentence):
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


def _order_free(sentence: str, order_numbers: frozenset[str]) -> str:
    """The sentence without the order's own number and without an address."""
    for number in sorted(order_numbers, key=len, reverse=True):
        sentence = sentence.replace(number, " " * len(number))
    sentence = FULL_DATE.sub(lambda m: " " * len(m[0]), sentence)
    return without_place(sentence)


def _behind_verb(sentence: str) -> str | None:
    for verb in ORDERS.finditer(sentence):
        wanted = sentence[verb.end() :].strip(" .!?,:")
        if not _GOODS.search(wanted):
            continue
        while (head := _HEAD.match(wanted)) and head[0]:
            wanted = wanted[head.end() :]
        return wanted
    return None


def _pieces(wanted: str, style: Style, *, dates: bool = False) -> list[Draft]:
    """Cut where a new quantity begins; a piece without one belongs to the piece before."""
    entries: list[tuple[str, list[str]]] = []
    for piece in _PIECES.split(wanted):
        text = piece.strip()
        if (
            not text
            or _ATTACHED.search(text)
            or (_DELIVERY.match(text) and not _counts(text, style))
        ):
            continue
        if not entries or _counts(text, style):
            entries.append((text, []))
        elif is_code(text.split()[0].strip(_AROUND)):
            entries[-1][1].append(text)
        else:
            entries[-1] = (f"{entries[-1][0]}, {text}", entries[-1][1])
    drafts: list[Draft] = []
    for text, more in entries:
        draft = read_phrase(text if dates else _TAIL.sub("", text), style, dates=dates)
        if _is_line(draft) or (not drafts and _names_first(text, draft)):
            drafts += [draft, *(_further(other, draft, text) for other in more)]
    return drafts


def _names_first(text: str, draft: Draft) -> bool:
    """Goods named before the others, with a code but no quantity: a person must say how many."""
    first = text.split()[0].strip(_AROUND)
    return is_code(first) and any(c.isalpha() for c in first) and draft.get("code") == first


def _further(text: str, first: Draft, words: str) -> Draft:
    """``5 each of A and B``: B shares the quantity; without ``each`` nobody says so."""
    code = text.split()[0].strip(_AROUND)
    draft = Draft(strength=first.strength)
    draft.put("code", code, code)
    if _EACH.search(words):
        for name in ("stated_quantity", "stated_unit", "stated_price"):
            draft.put(name, first.get(name), first.quotes.get(name, ""))
    return draft


_ATTACHED = re.compile(r"\b(?:attached|enclosed|anhang|anbei|beigefügt\w*|list|liste)\b", re.I)
_DELIVERY = re.compile(
    r"(?:lieferung|liefern|liefertermin|lieferadresse|deliver\w*|ship\w*|versand|"
    r"termin|anlieferung|livraison|levering|entrega|consegna)\b",
    re.I,
)
_AROUND = ".,;:()[]"
_EACH = re.compile(r"\b(?:each|je|jeweils|jew|both|beide|chacun|elk)\b", re.I)
_MEASURE_OF = re.compile(
    r"(?:lang|long|breit|wide|lengths?|hoch|high|tief|deep|each|pro|per|thick|dick|"
    r"diameter|durchmesser|jeweils|je|länge)\b",
    re.I,
)


def _counts(text: str, style: Style) -> bool:
    draft = read_phrase(_TAIL.sub("", text), style, dates=False)
    words = draft.get("description") or ""
    size = is_size(words) or (text[-1:].isalpha() and is_size("".join(text.split())))
    return _is_line(draft) and not _MEASURE_OF.match(words) and not size


def split_entry(line: str, style: Style) -> list[Draft]:
    """Several entries on one line, ``10 Stk K-100, 5 Stk K-200``; empty where it is one."""
    drafts = _pieces(line, style, dates=True)
    plainly = [d for d in drafts if d.strength > 1]
    return drafts if len(drafts) > 1 and len(plainly) == len(drafts) else []


def _is_line(draft: Draft) -> bool:
    if draft.strength < 1:
        return False
    return has_code(draft) or bool(draft.get("description"))
