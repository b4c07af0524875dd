"""One order line written in words: ``10x K-100 Rohr 20mm``, ``K-100: 10 Stk``.

What is labelled or carries a unit is taken off first; what remains is judged by shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from graph.extract.count import ANY_NUMBER, NO_GOODS, quantity, unpacked
from graph.extract.evidence import Draft, Style
from graph.extract.marked import closing_sums, has_code, marked
from graph.extract.numbers import NUMBER
from graph.extract.shapes import is_capital_code, is_code, is_gtin, is_size
from graph.extract.slate import ENUMERATOR, POLITE, TRIM, Slate
from graph.extract.units import COUNTED
from graph.extract.words import key

_LONGEST = 400
_SHORTEST = 4
"""Figures with fewer digits are rather a count than a product number."""
_MADE_FOR = re.compile(
    r"\b(?:for|für|to suit|suits|passend (?:zu|für)|zu|pour|voor|para|per)\s*$", re.I
)
_BESIDES = re.compile(
    r"^\W*(?:(?:ach ja|und|and|et|dazu|noch|plus|also|außerdem|ausserdem|ferner|sowie|weitere|"
    r"the usual|usual|die üblichen|die gewohnten|wie üblich|"
    rf"another|additionally|wieder)\s+)+(?={ANY_NUMBER})",
    re.I,
)
_FILLER = re.compile(
    r"^(?:(?:dazu noch|dazu|of(?: the| your| our)?|von|vom|de|d'|the|x|à|je|zu|and|und|our|your|"
    r"noch|"
    r"also|der|die|das|item|artikel|art\.?|article|product)(?:\s+|$))+",
    re.I,
)


def read_phrase(text: str, style: Style, *, prose: bool = False) -> Draft:
    """Read one line in words; ``strength`` 0 where it holds no quantity.

    In ``prose`` a date in the words is left to the order as a whole.
    """
    draft = Draft()
    if len(text) > _LONGEST:
        return draft
    slate = Slate(unpacked(_BESIDES.sub("", ENUMERATOR.sub("", POLITE.sub("", text), count=1))))
    marked(slate, draft, style, dates=not prose)
    pack = _pack(slate)
    _known_code(slate, draft, style)
    quantity(slate, draft, style, prose=prose)
    closing_sums(slate, draft, style)
    _apart(slate, draft)
    _words(slate, draft)
    if pack and draft.strength:
        draft.quotes.setdefault("description", pack["size"])
        draft.add_words(f"{style.unit(pack['unit'])} of {pack['n']}")
    if not has_code(draft) and not _is_goods(draft.get("description")):
        draft.strength = 0
    return draft


def _pack(slate: Slate) -> re.Match[str] | None:
    """Take ``(of 12)`` off ``2 cartons (of 12) K-7``."""
    match = _PACKED.match(slate.text)
    if match:
        slate.wipe(match.start("size"), match.end("size"))
    return match


def _apart(slate: Slate, draft: Draft) -> None:
    """``davon 5 rot``: to be split, which no field holds."""
    if (apart := slate.take(_APART)) and draft.strength:
        words = apart[0].strip(" ,")
        draft.doubt("missing_information", f"it is to be split: {words}", words)


def _known_code(slate: Slate, draft: Draft, style: Style) -> None:
    """Take the number of a product that we know, so that no figure in it counts anything."""
    known = [] if has_code(draft) else _codes(slate.text, style)
    if not known:
        return
    code, start = next((k for k in known if _stands_apart(slate.text, *k)), known[0])
    draft.put("gtin" if is_gtin(code) and len(code) > 8 else "code", code, code)
    if key(code) != key(known[0][0]):
        words = f"{known[0][0]} … {code}"
        draft.doubt("ambiguous_product", f"two products are named: {words}", code)
    if _stands_apart(slate.text, code, start) or " " in code:
        slate.wipe(start, start + len(code))
    slate.text = f" {slate.text.lstrip()}"


def _codes(text: str, style: Style) -> list[tuple[str, int]]:
    """Known codes with their places; short figures and what goods are made for are none."""
    found: list[tuple[str, int]] = []
    at = 0
    for code in style.known.codes_in(text):
        at = text.index(code, at)
        if not (code.isdigit() and len(code) < _SHORTEST) and not _MADE_FOR.search(text[:at]):
            found.append((code, at))
        at += len(code)
    return found


def _stands_apart(text: str, code: str, start: int) -> bool:
    """True at either end of the line, in brackets and behind a comma."""
    before, after = text[:start].rstrip(), text[start + len(code) :].lstrip()
    return before[-1:] in ("", *"([,:") or after[:1] in ("", *")]:")


def _is_goods(description: str | None) -> bool:
    return bool(description) and not NO_GOODS.match(description or "")


def _words(slate: Slate, draft: Draft) -> None:
    words = slate.text.split()
    if draft.strength:
        _riddles(" ".join(words).strip(" ,;:-–*•"), draft)
    if not draft.get("code") and not draft.get("gtin"):
        at = _code_at(words)
        if at is not None and (at == 0 or not has_code(draft)):
            code = words[at].strip(TRIM)
            draft.put("gtin" if is_gtin(code) and len(code) > 8 else "code", code, code)
            if at == 0 or at == len(words) - 1 or words[at][0] in "([":
                words = words[:at] + words[at + 1 :]
    words = _without_code(words, draft.get("code"))
    description = _tidy(" ".join(words))
    if any(c.isalnum() for c in description):
        parts = re.split(r"\s{2,}", slate.text.strip(TRIM))
        draft.put("description", description, max(parts, key=len))


_SECOND_COUNT = re.compile(
    rf"^\W*{NUMBER}\s*{COUNTED}|(?:->|→|=>)\s*{NUMBER}|\s[x×]\s?\d{{1,4}}$|"
    r"^\d{1,4}\s+(?=\S*\d)(?=\S*[^\W\d_])\S{3,}|,\s+\d{1,4}$",
    re.I,
)
_NO_PROPERTY = re.compile(
    r"\b(?:oder|alternativ\w*|ersatz|wie besprochen|as discussed|lieferbar|verfügbar|available|"
    r"in stock|auf lager|ansicht|muster|samples?|geändert|nur|only|nicht|not|storno|"
    r"wie (?:gehabt|immer|letztes mal))\b|\b(?-i:to [A-Z])",
    re.I,
)


def _riddles(words: str, draft: Draft) -> None:
    """Doubts about what stands beside the quantity: another one, a choice, a condition."""
    either = _EITHER.search(words)
    if either and is_code(either[1]) and is_code(either[2]):
        draft.doubt("ambiguous_product", f"one of several is wanted: {either[0]}", either[0])
    elif beside := _NO_PROPERTY.search(words):
        draft.doubt(
            "missing_information", f"“{beside[0]}” beside the goods needs a decision", beside[0]
        )
    if draft.get("stated_quantity") is not None and (second := _SECOND_COUNT.search(words)):
        draft.doubt("invalid_quantity", f"a second quantity is stated: {second[0]}", second[0])


def _without_code(words: list[str], code: str | None) -> list[str]:
    """The words without the code at either end; inside a name it belongs to the name."""
    held = [n for n, word in enumerate(words) if word.strip(TRIM)]
    ends = {held[0], held[-1]} if held else set()
    return [w for n, w in enumerate(words) if n not in ends or w.strip(TRIM) != code]


def _tidy(words: str) -> str:
    """A description without stray signs; what a pack holds, ``(je 12)``, goes to its end."""
    text = _PACK_OF.sub(r"\2 \1", _PACK.sub(r"\2 \1", words.strip(_LOOSE)))
    if text.count("(") != text.count(")") or (text[:1] == "(" and text[-1:] == ")"):
        text = text.strip(TRIM)
    text = _FILLER.sub("", text.lstrip("([")).strip(_LOOSE)
    return re.sub(r"\(\s*\)|\[\s*\]", "", text).strip()


_LOOSE = " \t,;:.-–—*•|/=@&+“”„«»‘’"
_PACK = re.compile(r"^(\((?:à|á|je|zu|of|=)\s*\d[^)]*\))\s*(\S.*)$", re.I)
_PACK_OF = re.compile(
    r"^(?:in packs )?(of \d+) (?:of )?(?:the |our |your )?(?=[^\W\d])(\S.*)$", re.I
)
_PACKED = re.compile(
    rf"\W*{NUMBER}\s*(?P<unit>{COUNTED})\s*(?P<size>\(of (?P<n>\d+)\))(?=\s+\S)", re.I
)
_APART = re.compile(r",?\s*\b(?:davon|of which|thereof|dont|waarvan)\b.*$", re.I)
_EITHER = re.compile(
    r"([\w./-]+)\s+(?:oder|or|ou|alternativ\w*|bzw\.?|respectively)\s+([\w./-]*\w)", re.I
)


def _code_at(words: list[str]) -> int | None:
    trimmed = [w.strip(TRIM) for w in words]
    filled = [
        n for n, w in enumerate(trimmed) if w and not (n > 1 and _MADE_FOR.search(words[n - 1]))
    ]
    if not filled:
        return None
    if (
        len(filled) == 1
        and any(c.isdigit() for c in trimmed[filled[0]])
        and not is_size(trimmed[filled[0]])
    ):
        return filled[0]
    tests: tuple[Callable[[int], bool], ...] = (
        lambda n: n == filled[0] or words[n][0] in "([" or words[n][-1] == ":",
        lambda n: n == filled[-1],
        lambda n: any(c.isalpha() for c in trimmed[n]) or len(trimmed[n]) > 4,
    )
    for rung, fits in enumerate(tests):
        for n in filled:
            capital = rung == 0 and is_capital_code(trimmed[n])
            if (capital or is_code(trimmed[n])) and fits(n):
                return n
    return None
