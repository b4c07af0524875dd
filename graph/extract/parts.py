"""Which lines make which order: body and files, several files, several order numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.extract.evidence import Draft, Place
from graph.extract.ponumber import po_numbers
from graph.extract.source import Source
from graph.extract.terms import is_no_line
from graph.extract.values import Value
from graph.extract.words import key
from graph.order import Evidence, Finding, plain

_NO_ORDERS = frozenset({"invoice", "confirmation", "offer", "other", "return"})
Drafts = list[tuple[Draft, Place]]


@dataclass(slots=True)
class Part:
    """The lines of one order and the document they come from."""

    source: Source | None
    drafts: Drafts = field(default_factory=list)
    po: Value | None = None
    doubts: list[Finding] = field(default_factory=list)


def parts_of(sources: Sequence[Source]) -> list[Part]:
    """Divide what the documents of a mail hold into orders; at least one part.

    Files go before the words of the mail; a file that calls itself something else than an
    order counts only where nothing else has lines. The same lines twice are one order.
    """
    files = [s for s in sources if s.is_file and s.drafts]
    words = [s for s in sources if not s.is_file and s.drafts]
    orders = [s for s in files if s.title not in _NO_ORDERS]
    if not orders and not words:
        orders = files
    chosen, rivals = _distinct(orders) if orders else (_forwarded_first(words), [])
    if not chosen:
        return [Part(None)]
    parts = [part for source in chosen for part in _by_number(source)]
    _compare_files(parts, chosen)
    beside = [*words, *rivals] if orders else [s for s in words if s not in chosen]
    for source in beside:
        _compare(parts, source.drafts, source)
    for source in chosen:
        _take_extra(parts, source)
    return parts


def _forwarded_first(words: Sequence[Source]) -> list[Source]:
    return [s for s in words if s.document.role == "forwarded"][:1] or list(words[:1])


def _distinct(files: Sequence[Source]) -> tuple[list[Source], list[Source]]:
    """Files with other lines than the ones before; of twins the one that says more."""
    kept: list[Source] = []
    rivals: list[Source] = []
    for source in files:
        twin = next((k for k in kept if _counts(k.drafts) == _counts(source.drafts)), None)
        if twin is None and any(_rivals(k, source) for k in kept):
            rivals.append(source)
        elif twin is None or _numbers_differ(twin, source):
            kept.append(source)
        elif _richness(source) > _richness(twin):
            kept[kept.index(twin)] = source
    return kept, rivals


def _rivals(one: Source, other: Source) -> bool:
    """Two files that share goods but not all, and not under different order numbers."""
    shared = any(_is_same_product(a, b) for a, _ in one.drafts for b, _ in other.drafts)
    return shared and not _numbers_differ(one, other)


def _numbers_differ(one: Source, other: Source) -> bool:
    numbers = [_own_number(s) for s in (one, other)]
    return None not in numbers and numbers[0] != numbers[1]


def _own_number(source: Source) -> str | None:
    found = [v for v in po_numbers(source.rows, None, ()) if v.rank < 6]
    return found[0].value if found else None


def own_number(part: Part) -> str | None:
    """The order number that the part's own document states."""
    if part.po or part.source is None:
        return part.po.value if part.po else None
    return _own_number(part.source)


def _richness(source: Source) -> int:
    return sum(len(d.values) for d, _ in source.drafts)


def _name(draft: Draft) -> str:
    named = (draft.get(n) for n in ("supplier_sku", "customer_sku", "code", "gtin", "description"))
    return key(next((str(n) for n in named if n), ""))


def _counts(drafts: Drafts) -> Counter[tuple[str, object]]:
    return Counter((_name(d), d.get("stated_quantity")) for d, _ in drafts)


# --- several orders ---------------------------------------------------------------


def _by_number(source: Source) -> list[Part]:
    """One part for each order number that a column or a heading gives to lines."""
    named = (d.po_number for d, _ in source.drafts)
    columns = list(dict.fromkeys(number for number in named if number and _is_number(number)))
    if len(columns) > 1:
        return [
            Part(
                source,
                [p for p in source.drafts if p[0].po_number == number],
                _column_value(source, number),
            )
            for number in columns
        ]
    if columns:
        return [Part(source, list(source.drafts), _column_value(source, columns[0]))]
    heads = _headings(source)
    return _under_headings(source, heads) if len(heads) > 1 else [Part(source, list(source.drafts))]


def _is_number(words: str) -> bool:
    """False for ``30`` in a column called ``Order``: that is how much, not which order."""
    return len(words) > 3 or not words.isdigit()


def _column_value(source: Source, number: str) -> Value:
    place = next(p for d, p in source.drafts if d.po_number == number)
    return Value(number, place.quote(number), 1)


def _headings(source: Source) -> list[tuple[tuple[int, int], Value]]:
    """Labelled order numbers, each of which has lines below it before the next comes."""
    block_of = {id(block): n for n, block in enumerate(source.document.blocks)}
    codes = {
        c
        for d, _ in source.drafts
        for n in ("code", "supplier_sku", "customer_sku")
        if (c := d.get(n))
    }
    named: dict[str, tuple[tuple[int, int], Value]] = {}
    for value in po_numbers(source.rows, None, codes):
        if value.rank <= 5 and value.row is not None:
            at = (block_of[id(value.row.place.block)], value.row.index)
            if value.value not in named or at < named[value.value][0]:
                named[value.value] = (at, value)
    heads = sorted(named.values(), key=lambda h: h[0])
    spans = [
        (at, heads[n + 1][0] if n + 1 < len(heads) else (9**9, 0))
        for n, (at, _) in enumerate(heads)
    ]
    return [
        head
        for head, (start, end) in zip(heads, spans, strict=True)
        if any(start <= d.at < end for d, _ in source.drafts)
    ]


def _under_headings(source: Source, heads: list[tuple[tuple[int, int], Value]]) -> list[Part]:
    parts = [Part(source, [], value) for _, value in heads]
    for pair in source.drafts:
        above = [n for n, (at, _) in enumerate(heads) if at <= pair[0].at]
        parts[above[-1] if above else 0].drafts.append(pair)
    return parts


# --- what does not agree ----------------------------------------------------------


def _compare_files(parts: list[Part], chosen: Sequence[Source]) -> None:
    if len(chosen) < 2:
        return
    numbers = [_own_number(s) for s in chosen]
    if None in numbers or len(set(numbers)) < len(numbers):
        names = " and ".join(s.document.name for s in chosen)
        for part in parts:
            part.doubts.append(
                Finding(
                    type="missing_information",
                    message=(
                        f"{names} hold different lines but not different order numbers; "
                        f"decide whether they are one order."
                    ),
                )
            )


def _compare(parts: list[Part], drafts: Drafts, source: Source) -> None:
    """Lines in the words of the mail beside those of a file: agree, or be asked about."""
    name = source.document.name
    numbers = {key(v.value) for v in po_numbers(source.all_rows, None, ())}
    for draft, place in drafts:
        if key(draft.get("code") or "") in numbers or is_no_line(draft, source):
            continue
        same = [
            (p, n, d)
            for p in parts
            for n, (d, _) in enumerate(p.drafts, 1)
            if _is_same_product(d, draft)
        ]
        quote = _quote(draft, place)
        if not same:
            parts[0].doubts.append(
                _disagreement(
                    f"{name} also names “{quote.quote}”, which the other lines do not hold.", quote
                )
            )
        elif all(d.get("stated_quantity") != draft.get("stated_quantity") for _, _, d in same):
            part, line, held = same[0]
            part.doubts.append(
                _disagreement(
                    f"Line {line} says {_amount(held)}, but {name} says {_amount(draft)}.",
                    quote,
                    line,
                )
            )


def _disagreement(message: str, quote: Evidence, line: int | None = None) -> Finding:
    return Finding(
        type="invalid_quantity" if line else "missing_information",
        message=f"{message} Decide which is meant.",
        line=line,
        evidence=quote,
    )


def _quote(draft: Draft, place: Place) -> Evidence:
    words = [
        draft.quotes[n]
        for n in ("stated_quantity", "supplier_sku", "customer_sku", "code", "description")
        if n in draft.quotes
    ]
    return place.quote(" ".join(words))


def _amount(draft: Draft) -> str:
    value = draft.get("stated_quantity")
    return (
        "no quantity"
        if value is None
        else f"{plain(value)} {draft.get('stated_unit') or ''}".strip()
    )


def _is_same_product(one: Draft, other: Draft) -> bool:
    codes = [
        {key(c) for n in ("supplier_sku", "customer_sku", "code", "gtin") if (c := d.get(n))}
        for d in (one, other)
    ]
    if codes[0] & codes[1]:
        return True
    if all(codes):
        return False
    words = [key(d.get("description") or "") for d in (one, other)]
    return (
        bool(words[0] and words[1] and (words[0] in words[1] or words[1] in words[0]))
        or any(c in words[1] for c in codes[0])
        or any(c in words[0] for c in codes[1])
    )


def _take_extra(parts: list[Part], source: Source) -> None:
    """Lines in words beside a table: of a mail they are lines too, of a file a question."""
    mine = [p for p in parts if p.source is source]
    held: Iterable[tuple[Draft, Place]] = source.extra
    if source.is_file:
        _compare(mine, [(d, p) for d, p in held if d.strength > 2], source)
        return
    for draft, place in held:
        same = [d for p in mine for d, _ in p.drafts if _is_same_product(d, draft)]
        if same:
            _compare(mine, [(draft, place)], source)
        else:
            mine[-1].drafts.append((draft, place))
