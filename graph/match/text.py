"""What a product description says, and whether two descriptions can mean one product.

Attributes matter more than words: M6x20 is not M6x25, left is not right, blue is not
red, however alike the rest is spelt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple

from rapidfuzz import fuzz

from graph import normal
from graph.marks import COLOURS, MARK_OF, spelt

# --- attributes -------------------------------------------------------------------

_SHADED = re.compile(rf"\b(hell|dunkel|light|dark)-?(?=(?:{'|'.join(COLOURS)}))")
_ONE_PACK = r"(?:vpe|ve|pack(?:ung|et)?|paket|karton|box|carton|case|beutel|bag|set)"
_PIECES = r"(?:stk|stueck|st|pcs|pc|pieces|paar|pairs)"
_NO_SIZE = r"(?!\s*[x×*]\s*\d|[.,]\d|\s*(?:mm|cm|m|ml|cl|l|g|kg)\b)"
_PACK = re.compile(
    rf"\b{_ONE_PACK}\s*(?:a|of|mit|zu|von|je|=|:)?\s*(\d+)(?:er)?\b{_NO_SIZE}(?:\s*{_PIECES}\b)?"
    rf"|\b(?:a\s*)?(\d+)(?:\s*{_PIECES}\b)(?:\s*/\s*{_ONE_PACK}\b)?"
    rf"|\b(\d+)(?:\s*/\s*{_ONE_PACK}\b|er\b[ -]?(?:{_ONE_PACK}\b)?)"
)
_SIZE = re.compile(r"\d[\d.,]*(?:\s*[a-z]{1,2})?(?:\s*[x×*]\s*\d[\d.,]*(?:\s*[cm]?m\b)?)+")
_MISSPELT = 80
"""From this likeness on, from 0 to 100, two words are one word spelt differently."""
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_TO_BASE = {"mm": 1, "cm": 10, "m": 1000, "km": 1_000_000, "mg": 1, "g": 1000, "kg": 1_000_000}
_TO_BASE |= {"t": 1_000_000_000, "ml": 1, "cl": 10, "l": 1000}


class Figure(NamedTuple):
    """A number in a description, with its unit where it has one: ``20`` ``mm``."""

    text: str
    unit: str = ""

    def same(self, other: Figure) -> bool:
        """Equal in size; without a unit it is any, or millimetres: ``1 m`` is ``1000``."""
        if self.unit and other.unit:
            return self._size == other._size
        return self.text == other.text or self._millimetres == other._millimetres

    @property
    def _millimetres(self) -> str:
        """The bare number; a length by its millimetres, any other measure by itself."""
        size, dimension = self._size
        return size if dimension in ("", "length") else f"{self.text} {self.unit}"

    @property
    def _size(self) -> tuple[str, str]:
        if self.unit not in _TO_BASE or not _PLAIN.fullmatch(self.text):
            return self.text, self.unit
        size = (Decimal(self.text) * _TO_BASE[self.unit]).normalize()
        return format(size, "f"), normal.MEASURES[self.unit]


@dataclass(frozen=True, slots=True)
class Traits:
    """A description taken apart: words, numbers, attributes by kind, pieces in a pack."""

    words: tuple[str, ...]
    figures: tuple[Figure, ...]
    marks: Mapping[str, frozenset[str]]
    packs: frozenset[str]
    sizes: tuple[tuple[str, ...], ...] = ()
    """Numbers that stand as one size: ``600 x 1000``."""
    content: Figure | None = None
    """What one pack holds by the catalog: 25 kg. It may be said without standing in the name."""

    @property
    def keywords(self) -> str:
        """Everything but the pack, as text to look products up by."""
        return " ".join((*self.words, *(figure.text for figure in self.figures)))


def traits(text: str, codes: Iterable[str] = ()) -> Traits:
    """Take a description apart. ``codes`` are article numbers in it that say nothing more."""
    known = {normal.code(code) for code in codes if code}
    parts = (part for part in text.split() if normal.code(part) not in known)
    kept = " ".join(parts)
    folded = _SHADED.sub(r"\1 ", normal.fold(kept.replace("Ø", " ").replace("ø", " ")))
    packs = frozenset(next(filter(None, found)) for found in _PACK.findall(folded))
    words: list[str] = []
    figures: list[Figure] = []
    marks: dict[str, set[str]] = {}
    for token, unit in _with_units(normal.tokens(_PACK.sub(" ", folded))):
        if token in MARK_OF and not unit:
            kind, value = MARK_OF[token]
            marks.setdefault(kind, set()).add(value)
        if any(c.isdigit() for c in token):
            figures.append(Figure(token, unit))
        elif token not in normal.SILENT and MARK_OF.get(token, ("",))[0] != "size":
            words.append(token)
    frozen = {kind: frozenset(values) for kind, values in marks.items()}
    sizes = tuple(tuple(re.findall(r"[\d.,]+", size)) for size in _SIZE.findall(folded))
    return Traits(tuple(words), tuple(figures), frozen, packs, sizes)


def _with_units(tokens: list[str]) -> Iterator[tuple[str, str]]:
    """Each token with the unit that follows it; units are swallowed."""
    before_was_number = False
    for token, after in zip_longest(tokens, tokens[1:], fillvalue=""):
        is_number = token[0].isdigit()
        if not (before_was_number and token in normal.MEASURES):
            yield token, after if is_number and after in normal.MEASURES else ""
        before_was_number = is_number


# --- comparison -------------------------------------------------------------------


def contradict(said: Traits, name: Traits) -> bool:
    """True where both name something of one kind and neither merely says more.

    A description that only leaves out or only adds attributes does not contradict.
    """
    if unknown_figures(said, name) and _missing(name.figures, said.figures):
        return True
    return any(
        values - name.marks[kind] and name.marks[kind] - values
        for kind, values in said.marks.items()
        if kind in name.marks
    )


def same_attributes(said: Traits, name: Traits) -> bool:
    """True where numbers, colours, sizes, sides and so on are the very same."""
    return (
        not unknown_figures(said, name)
        and not _missing(name.figures, said.figures)
        and said.marks == name.marks
    )


def unknown_figures(said: Traits, name: Traits) -> list[Figure]:
    """Numbers said that neither the name nor the content of a pack explains."""
    missing = _missing(said.figures, name.figures)
    content = name.content
    return [f for f in missing if not (content and f.unit and f.same(content))]


def unsaid(said: Traits, name: Traits) -> tuple[list[Figure], dict[str, frozenset[str]]]:
    """The numbers and attributes of the name that are not said."""
    left = {kind: values - said.marks.get(kind, frozenset()) for kind, values in name.marks.items()}
    return _missing(name.figures, said.figures), {kind: v for kind, v in left.items() if v}


def is_norm(figure: Figure) -> bool:
    """Whether a number is the number of a standard: ``din933``."""
    return re.match(r"(?:din|iso|en|ansi|asme)\d", figure.text) is not None


def unspoken(said: Traits, name: Traits) -> list[str]:
    """The words of the name that are not said as they are."""
    stems = {normal.stem(spelt(word)) for word in said.words}
    return [word for word in name.words if normal.stem(spelt(word)) not in stems]


def foreign(said: Traits, name: Traits) -> int:
    """How many words of ``said`` are more than stand in for words of the name not said.

    Zero or less: each unknown word may be the name's own word in another language.
    """
    unknown = [word for word in said.words if not any(_alike(word, w) for w in name.words)]
    return len(unknown) - len(unspoken(said, name))


def turned(said: Traits, name: Traits) -> bool:
    """True where a size has the same numbers in another order: 600 x 1000 and 1000 x 600."""
    return any(
        sorted(size) == sorted(other) and size not in name.sizes
        for size in said.sizes
        for other in name.sizes
    )


def shares_figures(said: Traits, name: Traits) -> bool:
    """True where every number of the shorter description stands in the other, and there is one."""
    if not said.figures or not name.figures:
        return False
    return not (_missing(said.figures, name.figures) and _missing(name.figures, said.figures))


def says_all_figures(said: Traits, name: Traits) -> bool:
    """True where a name has several numbers and all of them are said."""
    return len(name.figures) > 1 and not _missing(name.figures, said.figures)


def _missing(wanted: Iterable[Figure], given: Iterable[Figure]) -> list[Figure]:
    """The figures wanted that are not given, each used once."""
    left = list(given)
    missing = []
    for figure in wanted:
        found = next((other for other in left if figure.same(other)), None)
        if found is None:
            missing.append(figure)
        else:
            left.remove(found)
    return missing


def covers(name: Traits, said: Traits) -> bool:
    """True where every word and number of ``said`` stands in ``name``, compounds taken apart."""
    stems = {normal.stem(word) for word in name.words}
    run_together = f"{''.join(name.words)} {''.join(normal.stem(word) for word in name.words)}"
    return not _missing(said.figures, name.figures) and all(
        normal.stem(word) in stems or (len(word) >= 4 and normal.stem(word) in run_together)
        for word in said.words
    )


def likeness(said: Traits, name: Traits) -> float:
    """The share of the words of ``said``, from 0 to 100, that mean something in ``name``.

    Abbreviations, compounds and misspellings count; numbers do not.
    """
    if not said.words:
        return 0.0
    met = [word for word in said.words if any(_alike(word, other) for other in name.words)]
    return 100 * len(met) / len(said.words)


def _alike(word: str, other: str) -> bool:
    if spelt(word) == spelt(other):
        return True
    said, named = normal.stem(word), normal.stem(other)
    short, long = sorted((said, named), key=len)
    if len(short) < (3 if short == said else 4):
        return short == long
    held = long.startswith(short) or (len(short) >= 4 and short in long)
    return held or fuzz.ratio(short, long) >= _MISSPELT
