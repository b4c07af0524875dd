"""One order line over several lines of text: ``Pos 10 / Artikel: 4711 / Menge: 10 Stk``.

What a line holds is named by its label (before a colon, dots, or on the line above), or is
plain from its shape: a product number, a quantity or money alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.extract.cells import fill
from graph.extract.evidence import Draft, Style
from graph.extract.heads import COLUMNS
from graph.extract.marked import has_code, read_codes
from graph.extract.money import money_cell
from graph.extract.numbers import NUMBER
from graph.extract.slate import ENUMERATOR
from graph.extract.units import COUNTED, MEASURED
from graph.extract.words import Role, key

_HEADING = re.compile(
    r"^\W*(?:pos(?:ition)?|item|line|zeile|posten|artikel|ligne|poste|linea|riga|regel)\.?\s*"
    r"(?:nr\.?|no\.?|#)?\s*\d{1,5}(?:\s*(?:of|von|/|de|di|van)\s*\d{1,3})?\W*$",
    re.I,
)
_LEADER = re.compile(r"\s*(?:\.{3,}|…+|_{3,})\s*:?\s*|\s+:\s+|:\s{2,}")
_PART = re.compile(r"\s+/\s+|\s*[|;]\s*|(?<!:)\s{2,}|,\s+(?=[^\W\d_][^:,]{1,25}:)")
_LABEL = re.compile(r"^\W*(?P<label>[^\W\d_][^:=]{0,30}?)(?:\s*[:=]\s*|\s+[-–]\s+)(?P<value>\S.*)$")
_COUNT = re.compile(rf"^\W{{0,3}}{NUMBER}\s*(?:[x×]|{COUNTED}|{MEASURED})\W*$", re.I)
_COUNTED = re.compile(rf"(?<![\w.,/-]){NUMBER}\s*{COUNTED}", re.I)
_EACH = re.compile(r"^(?:je|à|a|@|per|at|each)\s+(?=\S*\d)|\s*(?:each|ea\.?|je)$", re.I)
_NAME = 10
"""A name of goods has no more words."""
_STARTS: frozenset[Role] = frozenset(
    {"code", "supplier_sku", "customer_sku", "thing", "description", "gtin"}
)
_SAYS_NOTHING: frozenset[Role] = frozenset({"position", "ignore", "number", "po_number"})


def is_heading(line: str) -> bool:
    """True for ``Pos 10`` and ``Item 1 of 4`` alone: what follows is the line."""
    return _HEADING.match(line) is not None


def labelled_value(text: str) -> tuple[Role, str] | None:
    """What ``Menge: 10`` calls its value, and the value; None without a known label."""
    match = _LABEL.match(text)
    role = COLUMNS.get(key(match["label"])) if match else None
    return (role, match["value"].strip()) if match and role else None


def read_blocks(lines: Sequence[str], style: Style) -> list[Draft]:
    """The lines of a paragraph of blocks; empty where not every block is a whole line."""
    reader = _Blocks(style)
    for line in _with_labels(lines):
        reader.read(line)
    drafts = [d for d in reader.drafts if d.values]
    return drafts if drafts and all(_is_whole(d) for d in drafts) else []


class _Blocks:
    """Drafts in the making, and the words that may name the next one."""

    def __init__(self, style: Style) -> None:
        self.drafts: list[Draft] = []
        self._style = style
        self._seen: set[Role] = set()
        self._words = ""

    def read(self, line: str) -> None:
        """Take one line: a heading, labelled values, or a value alone."""
        if is_heading(line):
            self._begin()
            return
        values = list(_values(line))
        for role, value in values:
            self._put(role, value)
        if not values:
            self._unlabelled(line.strip())

    def _begin(self) -> Draft:
        self.drafts.append(Draft(strength=3))
        self._seen, self._words = set(), ""
        return self.drafts[-1]

    def _put(self, role: Role, value: str) -> None:
        again = role in self._seen and role in _STARTS | {"quantity"}
        words = self._words if role in _STARTS else ""
        if not self.drafts or again:
            self._begin()
        if words:
            self._words = ""
        self._seen.add(role)
        fill(self.drafts[-1], _decided(role, value), value, self._style)

    def _unlabelled(self, line: str) -> None:
        """A number of a product begins a block; a count or money goes on with it."""
        named = self._named(line)
        if named is not None:
            if self._words and not named.get("description"):
                named.add_words(self._words)
            self._begin()
            self.drafts[-1] = named
            self._seen = {"code"}
        elif _COUNT.match(line) and self.drafts:
            self._put("quantity", line)
        elif self.drafts and money_cell(_EACH.sub("", line), self._style):
            self._put("amount" if "price" in self._seen else "price", _EACH.sub("", line))
        else:
            self._words = line if len(line.split()) <= _NAME and ":" not in line else ""

    def _named(self, line: str) -> Draft | None:
        """A line with one product number and no quantity."""
        draft = Draft(strength=3)
        rest = read_codes(line, draft)
        if has_code(draft):
            if rest:
                draft.add_words(rest)
            return draft if len(rest.split()) <= 1 else None
        codes = self._style.known.codes_in(line)
        if not codes or not line.startswith(codes[0]) or _COUNTED.search(line):
            return None
        draft.put("code", codes[0], codes[0])
        if rest := line[len(codes[0]) :].strip(" -–:,"):
            draft.add_words(rest)
        return draft


def _with_labels(lines: Sequence[str]) -> Iterator[str]:
    """Lines in which a label that stands alone is joined to its value on the next line."""
    label = ""
    for whole in lines:
        line = _LEADER.sub(": ", whole.strip())
        alone = key(line) in COLUMNS and not is_heading(line)
        if label and not alone:
            line = f"{label.rstrip(':')}: {line}"
        label = line if alone else ""
        if not alone:
            yield line


def _values(line: str) -> Iterator[tuple[Role, str]]:
    for part in _PART.split(ENUMERATOR.sub("", line, count=1)):
        found = labelled_value(part or "")
        if found and found[0] == "position" and re.search(r"\d[.,]\d\d\b", found[1]):
            found = "amount", found[1]
        if found and found[0] not in _SAYS_NOTHING:
            yield found


def _decided(role: Role, value: str) -> Role:
    if role != "thing":
        return role
    return "code" if " " not in value.strip() and any(c.isdigit() for c in value) else "description"


def _is_whole(draft: Draft) -> bool:
    named = has_code(draft) or draft.get("description")
    counted = draft.get("stated_quantity") is not None or bool(draft.doubts)
    return bool(named and counted)
