"""Which column of a table holds what: by its head, else by its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

from graph.extract.cells import is_empty
from graph.extract.dates import FULL_DATE
from graph.extract.evidence import Style
from graph.extract.money import SIGN, money_cell
from graph.extract.numbers import NUMBER
from graph.extract.shapes import is_capital_code, is_code, is_gtin, is_unit_phrase
from graph.extract.words import COLUMN_HINTS, COLUMNS, Role, key

Row = Sequence[str]
Roles = tuple[Role | None, ...]
_PAREN = re.compile(r"\s*[(\[].*$|\s*(?:in|en)\s+\S+$")
_TRAILING_SIGN = re.compile(rf"[\s/]*{SIGN}\s*$", re.I)
_SIGN_ALONE = re.compile(rf"(?:à\s+)?{SIGN}(?:\s*/\s*\w+\.?)?", re.I)
_TWO_PART_CODE = re.compile(r"[A-Z]{1,4} [\w./-]*\d[\w./-]*")
_LONG_CODE = re.compile(r"\d{3,}\.\d{2,}")
_PER_MANY = re.compile(r"\s*(?:je|pro|per|/)\s*(?:100|1000|1\.000|1,000)\b.*$", re.I)
_COUNT = re.compile(rf"\s*(?:{NUMBER}|\d{{1,3}}(?: \d{{3}})+)\s*(?:x|[^\W\d_]+\.?)?\s*")
_MONEY = re.compile(rf"(?:.*{SIGN}.*\d.*|.*\d.*{SIGN}.*|\s*\d[\d.,' ]*[.,]\d{{2,4}}\s*)", re.I)


def role_of(head: str) -> Role | None:
    """What a column head says its column holds, None where it is no known head."""
    text = head.strip()
    if not text or len(text) > 45:
        return None
    if _SIGN_ALONE.fullmatch(text):
        return "price"
    bare = _TRAILING_SIGN.sub("", _PAREN.sub("", text))
    for form in (
        text,
        bare,
        _PER_MANY.sub("", text),
        text.partition("/")[0],
        text.partition("\n")[0],
    ):
        role = COLUMNS.get(key(form))
        if role and key(form):
            return role
    text = _PER_MANY.sub("", text)
    if len(text.split()) > 5 or any(c.isdigit() for c in text):
        return None
    return next((role for role, hint in COLUMN_HINTS if hint.search(text)), None)


def read_head(row: Row) -> Roles | None:
    """The roles of a header row, None where the row is none.

    At least two heads are known, one of them says what is ordered or how many, and no
    cell is a number.
    """
    filled = [c for c in row if c.strip()]
    if len(filled) < 2 or any(_is_number(c) or ":" in c.strip()[:-1] for c in filled):
        return None
    roles = tuple(role_of(c) for c in row)
    known = {r for r in roles if r}
    named = known & {
        "code",
        "supplier_sku",
        "customer_sku",
        "description",
        "thing",
        "gtin",
        "number",
    }
    counted = known & {"quantity"}
    if len([r for r in roles if r]) * 2 < len(filled) or len(known) < 2 or not named:
        return None
    if not counted and not (known & {"price", "amount", "unit", "position"}):
        return None
    return roles


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"\s*[-−]?[\d.,'’ ]*\d[\d.,'’ ]*\s*", cell) is not None


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


def settle(roles: Roles, rows: Sequence[Row], style: Style) -> Roles:
    """Decide what the heads left open by looking at the cells below them."""
    width = max([len(roles), *(len(r) for r in rows)], default=0)
    found: list[Role | None] = list(roles) + [None] * (width - len(roles))
    cells = [[r[n].strip() if n < len(r) else "" for r in rows] for n in range(width)]
    for n in range(width):
        if found[n] == "thing":
            found[n] = _thing(cells[n], found)
        elif found[n] == "number":
            found[n] = (
                "code" if _most(cells[n], _codelike) and not _counts_up(cells[n]) else "position"
            )
        elif found[n] == "unit" and _most(cells[n], _is_number):
            found[n] = "quantity" if "quantity" not in found else "ignore"
        elif found[n] is None and _most(cells[n], is_unit_phrase) and "unit" not in found:
            found[n] = "unit"
    if "description" not in found:
        _free_text(found, cells)
    _vpe(found, roles, cells)
    if "quantity" not in found:
        _free_count(found, cells)
    _one_price(found, cells, style)
    _one_sum(found, cells, style)
    _order_column(found, cells)
    _one_quantity(found, cells, style)
    return tuple(found)


def _thing(cells: list[str], found: list[Role | None]) -> Role:
    if _counts_up(cells) and {"code", "description", "supplier_sku", "customer_sku"} & set(found):
        return "position"
    named = {"code", "supplier_sku", "customer_sku"} & set(found)
    if _most(cells, _codelike) and not (named and "description" not in found):
        return "code"
    return "description"


def _free_text(found: list[Role | None], cells: list[list[str]]) -> None:
    free = [n for n, role in enumerate(found) if role is None and _most(cells[n], _wordy)]
    if free:
        found[max(free, key=lambda n: sum(map(len, cells[n])))] = "description"


def _vpe(found: list[Role | None], roles: Roles, cells: list[list[str]]) -> None:
    """A column headed ``VPE`` that holds unit words is the unit."""
    for n, role in enumerate(roles):
        if role == "ignore" and "unit" not in found and _most(cells[n], is_unit_phrase):
            found[n] = "unit"


def _free_count(found: list[Role | None], cells: list[list[str]]) -> None:
    """A count under no known head, or headed ``Amount`` or like a position."""
    for n, role in enumerate(found):
        if role is None and _most(cells[n], lambda c: _COUNT.fullmatch(c) is not None):
            found[n] = "quantity"
            return
    for n, role in enumerate(found):
        if role == "amount" and "price" not in found and _most(cells[n], str.isdigit):
            found[n] = "quantity"
            return
        if role == "position" and not _counts_up(cells[n]) and _most(cells[n], _is_number):
            found[n] = "quantity"
            return


def _one_price(found: list[Role | None], cells: list[list[str]], style: Style) -> None:
    """Of several price columns the one that explains the amount, else the last."""
    prices = [n for n, role in enumerate(found) if role == "price"]
    if len(prices) < 2:
        return
    amounts = [n for n, role in enumerate(found) if role == "amount"]
    quantities = [n for n, role in enumerate(found) if role == "quantity"]
    kept = prices[-1]
    if quantities and amounts:
        fitting = [p for p in prices if _multiplies(cells, quantities[0], p, amounts[-1], style)]
        kept = fitting[-1] if fitting else kept
    elif quantities and _multiplies(cells, quantities[0], prices[0], prices[-1], style):
        kept = prices[0]
        found[prices[-1]] = "amount"
    for n in prices:
        if n != kept and found[n] == "price":
            found[n] = "ignore"


def _one_sum(found: list[Role | None], cells: list[list[str]], style: Style) -> None:
    """A price that already explains the amount holds its discount."""
    quantity, price, amount = (
        _first(found, "quantity"),
        _first(found, "price"),
        _first(found, "amount"),
    )
    if quantity is None or price is None or amount is None or "discount" not in found:
        return
    if _multiplies(cells, quantity, price, amount, style):
        found[found.index("discount")] = "ignore"


def _order_column(found: list[Role | None], cells: list[list[str]]) -> None:
    """A number that is the same in all rows is the order's, where another names the goods."""
    codes = [n for n, role in enumerate(found) if role == "code"]
    others = {"supplier_sku", "customer_sku", "gtin", "description"} & set(found)
    for n in codes:
        filled = [c for c in cells[n] if c]
        if (
            len(filled) > 1
            and len(set(filled)) == 1
            and (len(codes) > 1 or others - {"description"})
        ):
            found[n] = "po_number"


def _one_quantity(found: list[Role | None], cells: list[list[str]], style: Style) -> None:
    counts = [n for n, role in enumerate(found) if role == "quantity"]
    if len(counts) < 2:
        return
    kept = next((n for n in counts if any(cells[n])), counts[0])
    price, amount = _first(found, "price"), _first(found, "amount")
    if price is not None and amount is not None:
        kept = next((n for n in counts if _multiplies(cells, n, price, amount, style)), kept)
    for n in counts:
        if n != kept:
            found[n] = (
                "unit" if _most(cells[n], is_unit_phrase) and "unit" not in found else "ignore"
            )


def _first(found: Sequence[Role | None], role: Role) -> int | None:
    return next((n for n, r in enumerate(found) if r == role), None)


def judge(rows: Sequence[Row], style: Style) -> Roles | None:
    """Roles of a table without heads by its cells alone, None where it lists no goods."""
    width = max(len(r) for r in rows)
    cells = [[r[n].strip() if n < len(r) else "" for r in rows] for n in range(width)]
    found: list[Role | None] = [_by_cells(column) for column in cells]
    counts = [n for n, role in enumerate(found) if role == "quantity"]
    money = [n for n, role in enumerate(found) if role == "price"]
    triple = _triple(cells, counts, money, style)
    if triple:
        for n in counts + money:
            found[n] = None
        found[triple[0]], found[triple[1]], found[triple[2]] = "quantity", "price", "amount"
    else:
        _pick_count(found, cells, counts)
        for n in money[1:]:
            found[n] = None
        if money and "code" not in found and all(_LONG_CODE.fullmatch(c) for c in cells[money[0]]):
            found[money[0]] = "code"  # 934.06 and the like, where no other column names goods.
    _free_text(found, cells)
    named = {"code", "gtin", "description"} & set(found)
    return tuple(found) if "quantity" in found and named else None


def _by_cells(cells: list[str]) -> Role | None:
    if not any(cells):
        return None
    if _most(cells, is_gtin):
        return "gtin"
    if _most(cells, is_unit_phrase):
        return "unit"
    if _most(cells, lambda c: FULL_DATE.fullmatch(c) is not None):
        return "date"
    if all(not c or _is_sum(c) for c in cells):
        return "price"
    if _most(cells, _codelike, 0.5):
        return "code"
    if _most(cells, _counted):
        return "quantity"
    return None


def _is_sum(cell: str) -> bool:
    return _MONEY.fullmatch(cell) is not None and not re.search(r"\d\.\d+\.\d", cell)


def _counted(cell: str) -> bool:
    match = re.fullmatch(rf"({NUMBER})\s*[x×]?\s*([^\W\d_]+\.?)?", cell)
    return match is not None and (not match[2] or is_unit_phrase(match[2]))


def _triple(
    cells: list[list[str]], counts: list[int], money: list[int], style: Style
) -> tuple[int, int, int] | None:
    for quantity in counts:
        for price in money + counts:
            for amount in money + counts:
                apart = quantity not in (price, amount) and price < amount
                if apart and _multiplies(cells, quantity, price, amount, style):
                    return quantity, price, amount
    return None


def _pick_count(found: list[Role | None], cells: list[list[str]], counts: list[int]) -> None:
    """Of several columns of whole numbers, the one with units or beside them; never 1, 2, 3."""
    if len(counts) < 2:
        if counts and len(cells[counts[0]]) > 2 and counts[0] == 0 and _counts_up(cells[counts[0]]):
            found[counts[0]] = "position"
        return
    unit = _first(found, "unit")
    worded = [n for n in counts if _most(cells[n], lambda c: any(ch.isalpha() for ch in c))]
    beside = [n for n in counts if unit is not None and abs(n - unit) == 1]
    rest = [n for n in counts if not (n == 0 and _counts_up(cells[n]))]
    kept = (worded or (rest if len(rest) == 1 else []) or beside)[:1]
    for n in counts:
        found[n] = "quantity" if n in kept else ("position" if n == 0 else "ignore")


def _multiplies(
    cells: list[list[str]], quantity: int, price: int, amount: int, style: Style
) -> bool:
    """True where quantity x price is the amount in most rows that have all three."""
    right = wrong = 0
    for q, p, a in zip(cells[quantity], cells[price], cells[amount], strict=True):
        numbers = [_value(c, style) for c in (q, p, a)]
        if None in numbers:
            continue
        count, each, total = (n or Decimal(0) for n in numbers)
        if abs(count * each - total) <= max(Decimal("0.02"), abs(total) / 200):
            right += 1
        else:
            wrong += 1
    return right > wrong


def _value(cell: str, style: Style) -> Decimal | None:
    match = re.match(rf"\s*({NUMBER})\s*[^\W\d_]*\.?\s*$", cell)
    money = money_cell(match[1] if match else cell, style)
    return money.value if money else None


def _codelike(cell: str) -> bool:
    if len(cell) > 30:
        return False
    return is_code(cell) or is_capital_code(cell) or bool(_TWO_PART_CODE.fullmatch(cell))


def _wordy(cell: str) -> bool:
    return sum(c.isalpha() for c in cell) >= 3


def _counts_up(cells: list[str]) -> bool:
    """True for 1, 2, 3 or 10, 20, 30: numbers of positions."""
    numbers = [int(c.rstrip(".")) for c in cells if re.fullmatch(r"\d{1,5}\.?", c)]
    if not numbers or len(numbers) < len([c for c in cells if c]) * 0.6:
        return False
    steps = {b - a for a, b in pairwise(numbers)}
    return numbers[0] in (0, 1, 10, 100) and (
        not steps or (len(steps) == 1 and min(steps) in (1, 10, 100))
    )


def _most(cells: list[str], test: Callable[[str], bool], share: float = 0.7) -> bool:
    filled = [c for c in cells if not is_empty(c)]
    fits = sum(1 for c in filled if test(c))
    return bool(filled) and fits >= max(1, len(filled) * share)
