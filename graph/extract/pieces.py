"""Several entries in one line or sentence: ``10 K-100, 5 boxes of gloves and 2 of K-300``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from graph.extract.evidence import Draft, Style
from graph.extract.marked import has_code
from graph.extract.phrase import read_phrase
from graph.extract.shapes import is_code, is_size
from graph.extract.trim import COUNTED_GOODS
from graph.extract.units import MEASURED
from graph.extract.words import key

_PIECES = re.compile(
    r"\s*(?:,|;|\+|&)\s+(?:and |und |sowie |as well as |et |en |y |e |also |plus |"
    r"additionally |außerdem |auch )?(?:noch |also |another |weitere )?"
    r"|\s+(?:and also|and|und auch|und|sowie|as well as|plus|et|y|zudem|along "
    r"with)\s+(?:noch |also |another |weitere |auch )?|\s+(?:e|en|n|'n|u\.)\s+(?=\d)",
    re.I,
)
_TAIL = re.compile(
    rf"[\s,.]+(?:ta|thx|thanks|thank you|many thanks|danke\w*|merci|grazie|gracias|cheers|"
    rf"[lv]g)\b.*$|"
    rf"\s+(?:(?:by|until|before|bis|for delivery|for next|zur lieferung|asap|as soon "
    rf"as|so schnell|so bald|schnellst\w*|baldm\w*|under (?:po|our)|per (?:po|our)|"
    rf"(?:delivered|shipped|sent) to|deliver(?:y)? (?:to|by)|lieferung (?:an|nach|bis|zum)|"
    rf"to (?:our|the|my|your|us|me|dock|gate|unit|site|bay|door|hall|plant)|an (?:unser\w*|die|"
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
_ATTACHED = re.compile(r"\b(?:attached|enclosed|anhang|anbei|beigefügt\w*|list|liste)\b", re.I)
_AROUND = ".,;:()[]"
_EACH = re.compile(r"\b(?:each|je(?!\s+\d+[.,]\d)|jeweils|jew|both|beide|chacun|elk)\b", re.I)
_MEASURE_OF = re.compile(
    r"(?:lang|long|breit|wide|lengths?|hoch|high|tief|deep|each|pro|per|thick|dick|"
    r"diameter|durchmesser|jeweils|je|länge)\b",
    re.I,
)
_BARE_COUNT = re.compile(r"(?<![\w.,/-])\d{1,5}\s+[^\W\d_]{3,}")
_OPENS = re.compile(r"\W*\d[\d.,]*\s+[^\W\d_]{3,}")


@dataclass(slots=True)
class _Entry:
    """The words of one entry, and what shares its quantity: codes, and words like colours."""

    text: str
    codes: list[str] = field(default_factory=list)
    variants: list[str] = field(default_factory=list)


def read_pieces(wanted: str, style: Style) -> list[Draft]:
    """The lines in what a sentence wants; a count that is no line becomes a doubt."""
    drafts: list[Draft] = []
    lost: list[str] = []
    for entry in _entries(wanted, style):
        draft = read_phrase(_TAIL.sub("", entry.text), style, prose=True)
        first = not drafts and _names_first(entry.text, draft)
        if _is_line(draft) or first or style.known.codes_in(entry.text):
            drafts += _lines(draft, entry)
        elif _BARE_COUNT.search(entry.text):
            lost.append(entry.text)
    for words in lost if drafts else ():
        drafts[0].doubt("missing_information", f"“{words}” was not taken for a line", words)
    return drafts


def split_entry(line: str, style: Style) -> list[Draft]:
    """Several entries on one line, ``10 Stk K-100, 5 Stk K-200``; empty where it is one."""
    entries = _entries(line, style)
    pairs = [(entry, read_phrase(entry.text, style)) for entry in entries]
    drafts = [line for entry, draft in pairs if _is_line(draft) for line in _lines(draft, entry)]
    plainly = all(_is_plain(entry, draft) for entry, draft in pairs if _is_line(draft))
    return drafts if len(drafts) > 1 and plainly else []


def _is_plain(entry: _Entry, draft: Draft) -> bool:
    return draft.strength > 1 or _OPENS.match(entry.text) is not None


def _entries(wanted: str, style: Style) -> list[_Entry]:
    """Cut where a new quantity begins; a piece without one belongs to the piece before."""
    entries: list[_Entry] = []
    for piece in _PIECES.split(wanted):
        text = piece.strip()
        if not text or _ATTACHED.search(text) or _is_delivery(text, style):
            continue
        counts = _counts(text, style) and not (entries and _describes(entries[-1].text, text))
        if not entries or counts or _is_uncounted(entries[-1].text, text, style):
            entries.append(_Entry(text))
        else:
            _add(entries[-1], text, style)
    return entries


_SIZED = re.compile(rf"[^\W\d_][^\d]*\s\d+(?:[.,]\d+)?\s?{MEASURED}", re.I)


def _describes(before: str, text: str) -> bool:
    """``20 sacks AB-20, binder 20 kg``: behind a counted code, words with a size describe it."""
    last = before.split()[-1]
    return (
        is_code(last)
        and any(c.isalpha() for c in last)
        and COUNTED_GOODS.search(before) is not None
        and _SIZED.fullmatch(text) is not None
    )


_DELIVERY = re.compile(
    r"(?:lieferung|liefern|liefertermin|lieferadresse|deliver\w*|ship\w*|versand|"
    r"termin|anlieferung|livraison|levering|entrega|consegna)\b",
    re.I,
)


def _is_delivery(text: str, style: Style) -> bool:
    """``Lieferung KW 12`` between the goods names none."""
    return _DELIVERY.match(text) is not None and not _counts(text, style)


def _names_first(text: str, draft: Draft) -> bool:
    """Goods named before the others, with a code but no quantity: a person must say how many."""
    first = text.split()[0].strip(_AROUND)
    return is_code(first) and any(c.isalpha() for c in first) and draft.get("code") == first


def _add(entry: _Entry, text: str, style: Style) -> None:
    """A piece that states no quantity: a code or a word that shares it, or more words."""
    named = _named(entry.text, style)
    if is_code(text.split()[0].strip(_AROUND)) and named:
        if named != key(text.split()[0]):  # ``SPA 1500 belt, SPA-1500`` is one number
            entry.codes.append(text)
    elif _EACH.search(entry.text) and not named and text.isalpha():
        entry.variants.append(text)
    else:
        entry.text = f"{entry.text}, {text}"


def _lines(draft: Draft, entry: _Entry) -> list[Draft]:
    """The entry's line, and one for each code and word that shares its quantity."""
    further = [_with_code(text, draft, entry.text) for text in entry.codes]
    words = (draft.get("description") or "").split()
    if entry.variants and len(words) < 2:
        draft.doubt("ambiguous_product", "which goods are meant?", ", ".join(entry.variants))
        return [draft]
    return [draft, *further, *(_with_word(w, draft, words) for w in entry.variants)]


def _with_code(text: str, first: Draft, words: str) -> Draft:
    """``5 each of A and B``: B shares the quantity; without ``each`` nobody says so."""
    code = text.split()[0].strip(_AROUND)
    draft = Draft(strength=first.strength)
    draft.put("code", code, code)
    return _share(draft, first) if _EACH.search(words) else draft


def _with_word(word: str, first: Draft, words: list[str]) -> Draft:
    """``6 each of the boards red and blue``: the same goods in blue."""
    draft = _share(Draft(strength=first.strength), first)
    draft.put("description", " ".join([*words[:-1], word]), word)
    return draft


def _share(draft: Draft, first: Draft) -> Draft:
    for name in ("stated_quantity", "stated_unit", "stated_price"):
        draft.put(name, first.get(name), first.quotes.get(name, ""))
    return draft


def _named(text: str, style: Style) -> str | None:
    """The key of the code in ``text``."""
    draft = read_phrase(text, style, prose=True)
    return key(str(draft.get("code"))) if has_code(draft) else None


def _is_uncounted(before: str, text: str, style: Style) -> bool:
    """``..., and EW-20 napkins``: another product that we know, without a quantity."""
    if _EACH.search(before) or not _named(before, style):
        return False
    codes = {key(c) for c in style.known.codes_in(text)}
    return bool(codes - {key(c) for c in style.known.codes_in(before)}) and len(text.split()) > 1


def _counts(text: str, style: Style) -> bool:
    draft = read_phrase(_TAIL.sub("", text), style, prose=True)
    words = draft.get("description") or ""
    size = is_size(words) or (text[-1:].isalpha() and is_size("".join(text.split())))
    return _is_line(draft) and not _MEASURE_OF.match(words) and not size


def _is_line(draft: Draft) -> bool:
    return draft.strength > 0 and (has_code(draft) or bool(draft.get("description")))
