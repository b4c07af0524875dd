"""Numbers of goods inside words: labelled, or told by their shape."""

from __future__ import annotations

import re
from collections.abc import Callable

from graph.extract.evidence import Draft
from graph.extract.shapes import is_capital_code, is_code, is_size
from graph.extract.slate import TRIM, Slate
from graph.extract.words import CODE_LABELS, Role

_CODE_HINT = re.compile(
    r"art|item|part|sku|code|n[ro°º]\b|ref|réf|nummer|numb|material|p/n|mpn|pn|ean|"
    r"gtin|upc|cod|prod|catal|ident|sach|teil|#",
    re.I,
)

_CODE_VALUE = r"(?P<code>[^\W_](?:[\w./+\-]*[^\W_])?)"

_LABELLED_CODES: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (
        role,
        re.compile(
            rf"[(\[]?(?<![\w-])(?:{CODE_LABELS[role]})(?P<mark>[\s.]*(?:no|nr|nummer|"
            rf"number|n°|nº|#)?[.\s]*[:#=]?)\s*{_CODE_VALUE}\s*[)\]]?",
            re.I,
        ),
    )
    for role in ("gtin", "supplier_sku", "customer_sku", "code")
)

_HASH_CODE = re.compile(rf"(?<!\w)#\s?{_CODE_VALUE}")


def has_code(draft: Draft) -> bool:
    """True where the line names its product by any number."""
    return any(draft.get(name) for name in ("supplier_sku", "customer_sku", "code", "gtin"))


def take_codes(slate: Slate, draft: Draft) -> None:
    if not _CODE_HINT.search(slate.text):
        return
    for role, pattern in _LABELLED_CODES:
        for match in pattern.finditer(slate.text):
            code = match["code"].rstrip(".")
            if _plausible(role, code, match["mark"]) and not draft.get(role):
                draft.put(role, code, code)
                slate.wipe(match.start(), match.end())
                break
    if not has_code(draft) and (hashed := slate.take(_HASH_CODE)):
        draft.put("code", hashed["code"], hashed["code"])


def _plausible(role: Role, code: str, mark: str) -> bool:
    if role == "gtin":
        return code.isdigit() and len(code) in (8, 12, 13, 14)
    if is_code(code) or is_capital_code(code):
        return True
    return bool(mark.strip(" .")) and any(c.isdigit() for c in code) and "," not in code


def read_codes(text: str, draft: Draft) -> str:
    """Take labelled codes out of ``text`` into ``draft``; return what is left of it."""
    slate = Slate(text)
    take_codes(slate, draft)
    return " ".join(slate.text.split())


def code_at(words: list[str]) -> int | None:
    trimmed = [w.strip(TRIM) for w in words]
    filled = [n for n, w in enumerate(trimmed) if w]
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


def names_product(text: str) -> bool:
    words = [w.strip(TRIM) for w in text.split()]
    return any(is_code(w) or is_capital_code(w) for w in words)
