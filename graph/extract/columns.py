"""What the head of a table says its columns hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from graph.extract.heads import COLUMN_HINTS, COLUMNS
from graph.extract.looks import is_number
from graph.extract.money import SIGN
from graph.extract.words import Role, key

Row = Sequence[str]
Roles = tuple[Role | None, ...]
CODES: tuple[Role, ...] = ("code", "supplier_sku", "customer_sku", "gtin")
"""The roles of columns that hold numbers of products."""
_NAMES = frozenset({*CODES, "description", "thing", "number"})
_PAREN = re.compile(r"\s*[(\[].*$|\s*(?:in|en)\s+\S+$")
_TRAILING_SIGN = re.compile(rf"[\s/]*{SIGN}\s*$", re.I)
_SIGN_ALONE = re.compile(rf"(?:à\s+)?{SIGN}(?:\s*/\s*\w+\.?)?", re.I)
_PER_MANY = re.compile(r"\s*(?:je|pro|per|/)\s*(?:100|1000|1\.000|1,000)\b.*$", re.I)
_AND = re.compile(r"\s*(?:[/&+,\n]|\b(?:and|und|et|y|e|en)\b)\s*", re.I)
_LONGEST = 45
_MANY_WORDS = 5
_MOST_ROWS = 60


@lru_cache(maxsize=4096)
def role_of(head: str) -> Role | None:
    """What a column head says its column holds, None where it is no known head."""
    text = head.strip()
    if not text or len(text) > _LONGEST:
        return None
    if _SIGN_ALONE.fullmatch(text):
        return "price"
    return _whole(text) or _hinted(_PER_MANY.sub("", text))


def _whole(text: str) -> Role | None:
    """The role of a head of known words; a number and its words in one column are a thing."""
    if (role := COLUMNS.get(key(text))) or not key(text):
        return role
    several = {COLUMNS.get(key(part)) for part in _AND.split(text)}
    if "description" in several and several & {*CODES, "thing"}:
        return "thing"
    bare = _TRAILING_SIGN.sub("", _PAREN.sub("", text))
    forms = (bare, _PER_MANY.sub("", text), text.partition("/")[0], text.partition("\n")[0])
    return next((r for form in forms if key(form) and (r := COLUMNS.get(key(form)))), None)


def _hinted(text: str) -> Role | None:
    if len(text.split()) > _MANY_WORDS or any(c.isdigit() for c in text):
        return None
    return next((role for role, hint in COLUMN_HINTS if hint.search(text)), None)


def read_head(row: Row) -> Roles | None:
    """The roles of a header row, None where the row is none.

    At least two heads are known, one of them says what is ordered or how many, and no
    cell is a number.
    """
    filled = [c for c in row if c.strip()]
    if len(filled) < 2 or any(is_number(c) or ":" in c.strip()[:-1] for c in filled):
        return None
    roles = tuple(role_of(c) for c in row)
    known = {r for r in roles if r}
    if len([r for r in roles if r]) * 2 < len(filled) or len(known) < 2 or not known & _NAMES:
        return None
    return roles if known & {"quantity", "price", "amount", "unit", "position"} else None


def merge_heads(first: Row, second: Row) -> Row:
    """Two header rows as one: ``Art.-`` above ``Nr.``."""
    width = max(len(first), len(second))
    pairs = [
        ((first[n] if n < len(first) else ""), (second[n] if n < len(second) else ""))
        for n in range(width)
    ]
    return tuple(
        (a.rstrip("-") + (" " if not a.endswith("-") else "") + b).strip() for a, b in pairs
    )


def find_head(rows: Sequence[Row]) -> tuple[Roles, int, int] | None:
    """Roles of the header row, its index and that of the row after it."""
    for n, row in enumerate(rows[:_MOST_ROWS]):
        roles = read_head(row)
        below = rows[n + 1] if n + 1 < len(rows) else ()
        if is_words(below) and is_words(row):
            merged = read_head(merge_heads(row, below))
            if merged and count_known(merged) > count_known(roles or ()):
                return merged, n, n + 2
        if roles:
            return roles, n, n + 1
    return None


def is_words(row: Row) -> bool:
    """True for several short cells without figures."""
    filled = [c for c in row if c.strip()]
    return (
        len(filled) > 1
        and not any(ch.isdigit() for c in filled for ch in c)
        and all(len(c) < 25 for c in filled)
    )


def count_known(roles: Roles) -> int:
    """How many columns have a role."""
    return len([r for r in roles if r])
