"""Words on a page, gathered to rows and runs. Lengths are points; y grows downwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_TYPED_RULE = re.compile(r"[-_=–—─]{4,}")
INFINITY = float("inf")
_SAME_ROW = 0.5
_GAP = 0.5
"""A gap of half a letter height separates columns; a space is about a quarter."""
_TYPED_GAP = 1.1
"""On a typewriter a space is as wide as a letter, and two of them separate columns."""
_SAME_WIDTH = 0.04
_JUST_BELOW = 4.0
"""Letter heights to the rule that closes a row beside a wrapped cell."""
_JOINT = 2.0
"""Points by which the pieces of one rule may miss each other."""


class Word(NamedTuple):
    """Letters without a space between them, and the box around them."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        return self.y1 - self.y0


class Rule(NamedTuple):
    """A ruled line, upright where ``x0 == x1``, level where ``y0 == y1``."""

    x0: float
    y0: float
    x1: float
    y1: float


class Run(NamedTuple):
    """Neighbouring words of one row without a column gap between them."""

    text: str
    x0: float
    x1: float


class Interval(NamedTuple):
    """A stretch of x that no word touches."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Row:
    """The words of one printed line from left to right, and the runs they form."""

    words: tuple[Word, ...]
    runs: tuple[Run, ...]
    y: float
    em: float
    """The height of its letters."""

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def free(self) -> list[Interval]:
        """The stretches of x between the words, open at both ends."""
        edges = [-INFINITY, *(x for word in self.words for x in (word.x0, word.x1)), INFINITY]
        return [Interval(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its rows from top to bottom, its ruled lines, and its ``gap``.

    A gap wider than this, in letter heights, is wider than a space.
    """

    rows: tuple[Row, ...]
    rules: tuple[Rule, ...]
    gap: float
    number: int

    def is_ruled_between(self, upper: Row, lower: Row) -> bool:
        """Whether a level line that both rows touch lies between them."""
        return any(
            rule.y0 == rule.y1
            and upper.y < rule.y0 < lower.y
            and rule.x0 < upper.words[-1].x1
            and rule.x1 > upper.words[0].x0
            and rule.x0 < lower.words[-1].x1
            and rule.x1 > lower.words[0].x0
            for rule in self.rules
        )

    def is_ruled_below(self, row: Row) -> bool:
        """Whether a level line runs just below a row."""
        lowest = row.y + _JUST_BELOW * row.em
        return any(
            rule.y0 == rule.y1 and row.y < rule.y0 < lowest and rule.x0 < row.words[-1].x1
            for rule in self.rules
        )

    def is_ruled_within(self, gap: Interval, row: Row) -> bool:
        """Whether an upright line crosses the row in the gap."""
        return any(
            rule.x0 == rule.x1
            and gap.start - 1 <= rule.x0 <= gap.end + 1
            and rule.y0 <= row.y <= rule.y1
            for rule in self.rules
        )


def sheet(words: Sequence[Word], rules: Sequence[Rule], number: int) -> Sheet:
    """Arrange the words of a page, which may come in any order.

    A line of dashes, as line printers draw it, is a rule.
    """
    typed = [word for word in words if _TYPED_RULE.fullmatch(word.text)]
    lines = _lines(word for word in words if word not in typed)
    rules = [*rules, *(Rule(w.x0, w.middle, w.x1, w.middle) for w in typed)]
    gap = _widest_space(words)
    upright = [rule for rule in rules if rule.x0 == rule.x1]
    rows = tuple(_row(line, gap, upright) for line in lines)
    return Sheet(
        rows, (*upright, *_whole(rule for rule in rules if rule.y0 == rule.y1)), gap, number
    )


def _whole(level: Iterable[Rule]) -> list[Rule]:
    """Level rules, with those joined that were drawn cell by cell."""
    whole: list[Rule] = []
    for rule in sorted(level, key=lambda r: (round(r.y0), r.x0)):
        last = whole[-1] if whole else None
        if last and abs(rule.y0 - last.y0) <= _JOINT and rule.x0 <= last.x1 + _JOINT:
            whole[-1] = last._replace(x1=max(last.x1, rule.x1))
        else:
            whole.append(rule)
    return whole


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words whose middles lie within half a letter height stand on one line."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.middle):
        last = lines[-1][0] if lines else None
        height = min(word.height, last.height) if last else 0
        if last and word.middle - last.middle < _SAME_ROW * height:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.x0) for line in lines]


def _widest_space(words: Sequence[Word]) -> float:
    """What may part two words of one cell, in letter heights: more where all letters are wide."""
    widths = sorted((w.x1 - w.x0) / len(w.text) / w.height for w in words if len(w.text) > 2)
    tenth = len(widths) // 10
    typewriter = len(widths) > 5 and widths[-1 - tenth] - widths[tenth] < _SAME_WIDTH
    return _TYPED_GAP if typewriter else _GAP


def _row(line: list[Word], gap: float, upright: Sequence[Rule]) -> Row:
    y = median(word.middle for word in line)
    em = median(word.height for word in line)
    crossing = [rule.x0 for rule in upright if rule.y0 <= y <= rule.y1]
    groups = [[line[0]]]
    for before, word in pairwise(line):
        ruled = any(before.x1 - 1 <= x <= word.x0 + 1 for x in crossing)
        if ruled or word.x0 - before.x1 > gap * em:
            groups.append([])
        groups[-1].append(word)
    runs = tuple(Run(" ".join(w.text for w in g), g[0].x0, g[-1].x1) for g in groups)
    return Row(tuple(line), runs, y, em)


def intersect(left: Sequence[Interval], right: Sequence[Interval]) -> list[Interval]:
    """The stretches that are free in both."""
    both = [Interval(max(a.start, b.start), min(a.end, b.end)) for a in left for b in right]
    return [gap for gap in both if gap.end - gap.start > 1]
