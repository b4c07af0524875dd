"""Positions written as labels and values, under each other: ``Pos 10 / Artikel: K-1 / Menge: 4``.

A label stands before its value with a colon, dots or a gap between, or on the line above
it. A position goes from one heading (``Pos 10``) to the next, or from one label to where
the same label comes again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.extract.cells import fill
from graph.extract.columns import CODES, role_of
from graph.extract.evidence import Draft, Style
from graph.extract.marked import has_code
from graph.extract.totals import total_kind
from graph.extract.words import Role, key

_HEADING = re.compile(
    r"\W*(?:(?:pos(?:ition)?|line(?: item)?|zeile|posten|ligne|poste|partida|línea|riga|regel)"
    r"\W{0,3}(?:(?:nr|no|n°)\W{0,3})?\d{1,6}|(?:item|artikel|article)\s?#?\s?\d{1,3})\W*",
    re.I,
)
_GAP = re.compile(r"\s{2,}|\s*[|;·]\s*|\t")
_PAIR = re.compile(
    r"\W{0,3}(?P<label>[^\W\d_][^:=]{0,40}?)"
    r"\s*(?::|=|\.{3,}\s*:?|_{3,})\s*(?P<value>.*)"
)
_LABEL_WORDS = 4
_LONGEST_VALUE = 120
_STARTS: frozenset[Role] = frozenset({*CODES, "thing", "description"})
_UNUSED: frozenset[Role] = frozenset({"position", "ignore", "number", "po_number"})
At = tuple[int, int]
"""Index of the block of a document and of the line in it."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A label and its value on the lines ``at``; a heading has no role."""

    role: Role | None
    label: str
    value: str
    at: tuple[At, ...]


@dataclass(slots=True)
class Positions:
    """Lines read from labels and values, and the text lines they stand on."""

    drafts: list[Draft] = field(default_factory=list)
    used: set[At] = field(default_factory=set)


def read_positions(lines: Sequence[tuple[At, str]], style: Style) -> Positions:
    """Read the positions in the text lines of a document; empty where it has none."""
    found = Positions()
    groups = _groups(list(_pairs(lines)))
    drafts = [(group, _draft(group, style)) for group in groups]
    kept = [(group, draft) for group, draft in drafts if _is_line(draft)]
    if len(kept) * 3 < len(drafts) * 2:
        return found
    for group, draft in kept:
        draft.at = group[0].at[0]
        found.drafts.append(draft)
        found.used |= {at for pair in group for at in pair.at}
    return found


# --- labels and values ------------------------------------------------------------


def _pairs(lines: Sequence[tuple[At, str]]) -> Iterator[_Pair]:
    """Labels with their values and headings of positions, from top to bottom."""
    waiting: tuple[At, str] | None = None
    for at, line in lines:
        text = line.strip()
        if not text:
            continue
        if _HEADING.fullmatch(text):
            yield _Pair(None, "", text, (at,))
            waiting = None
            continue
        pairs, open_label = _of_line(text)
        if waiting and not pairs and not open_label:
            yield _pair(waiting[1], text, (waiting[0], at))
        yield from (_pair(label, value, (at,)) for label, value in pairs)
        waiting = (at, open_label) if open_label else None


def _pair(label: str, value: str, at: tuple[At, ...]) -> _Pair:
    return _Pair(_role(label), label, value, at)


def _of_line(text: str) -> tuple[list[tuple[str, str]], str]:
    """The pairs of a line, and a label at its end whose value is still to come.

    Behind a value that no label names, only what a colon marks is a label: the ``ST`` in
    ``K-7   10   ST   4,50`` is a cell.
    """
    pairs: list[tuple[str, str]] = []
    label, loose = "", False
    for part in filter(None, _GAP.split(text)):
        match = _PAIR.fullmatch(part)
        if match and _role(match["label"]):
            label = match["label"]
            if match["value"]:
                pairs.append((label, match["value"]))
                label = ""
        elif label:
            pairs.append((label, part.lstrip(":. ")))
            label = ""
        elif not loose and _role(part):
            label = part
        else:
            loose = True
    return pairs, label


def _role(label: str) -> Role | None:
    """What a label names, None where it is no label of a line."""
    text = label.strip(" .:*-")
    if not text or len(text.split()) > _LABEL_WORDS or total_kind(text) in ("net", "gross", "tax"):
        return None
    return role_of(text)


# --- positions --------------------------------------------------------------------


def _groups(pairs: list[_Pair]) -> list[list[_Pair]]:
    """The pairs of each position."""
    headed = any(pair.role is None for pair in pairs)
    first = None if headed else _first_label(pairs)
    groups: list[list[_Pair]] = []
    for pair in pairs:
        opens = pair.role is None if headed else key(pair.label) == first
        if opens:
            groups.append([])
        if groups and not _is_over(groups[-1], pair):
            groups[-1].append(pair)
    kept = [group for group in groups if any(pair.role for pair in group)]
    return [*kept[:-1], _without_sums(kept[-1], kept[:-1])] if len(kept) > 1 else kept


def _without_sums(last: list[_Pair], others: list[list[_Pair]]) -> list[_Pair]:
    """The last position without the date and the sum that stand below it for all of them."""
    labels = {key(pair.label) for group in others for pair in group}
    return [p for p in last if p.role not in ("amount", "date") or key(p.label) in labels]


def _first_label(pairs: list[_Pair]) -> str | None:
    """The label that opens every position: the first of those that name or count goods most."""
    counts = Counter(key(p.label) for p in pairs if p.role in _STARTS | {"quantity", "position"})
    most = max(counts.values(), default=0)
    return next((label for label, n in counts.items() if n == most), None) if most > 1 else None


def _is_over(group: list[_Pair], pair: _Pair) -> bool:
    """Whether a label that the position has already says that it goes no further."""
    return any(pair.role and key(held.label) == key(pair.label) for held in group)


def _draft(group: list[_Pair], style: Style) -> Draft:
    draft = Draft(strength=3)
    for pair in group:
        if pair.role and pair.role not in _UNUSED and len(pair.value) <= _LONGEST_VALUE:
            fill(draft, _decided(pair, style), pair.value, style)
    return draft


def _decided(pair: _Pair, style: Style) -> Role:
    """``Item`` and the like name a number or describe the goods."""
    role = pair.role or "ignore"
    if role != "thing":
        return role
    word = pair.value.strip()
    single = " " not in word and any(c.isdigit() for c in word)
    return "code" if single or style.known.knows_code(word) else "description"


def _is_line(draft: Draft) -> bool:
    named = has_code(draft) or draft.get("description")
    return bool(named and (draft.get("stated_quantity") is not None or draft.doubts))
