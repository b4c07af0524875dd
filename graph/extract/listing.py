"""Free text -> order lines: lists, labelled blocks (``Artikel: ...``), and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from graph.extract.below import add_count, with_names
from graph.extract.blocks import is_heading, labelled_value, read_blocks
from graph.extract.cells import fill
from graph.extract.dates import FULL_DATE
from graph.extract.evidence import Draft, Style
from graph.extract.fields import is_header_line
from graph.extract.labels import labelled
from graph.extract.marked import has_code, line_date, read_codes
from graph.extract.phrase import read_phrase
from graph.extract.pieces import split_entry
from graph.extract.prose import NOT_ORDERING, ORDERS, read_sentence, sentences
from graph.extract.shapes import is_address, is_code, is_contact, is_legal, is_terms
from graph.extract.slate import ENUMERATOR, POLITE, Slate
from graph.extract.totals import total_kind
from graph.extract.trim import COUNTED_GOODS, goods_part, without_heading
from graph.extract.units import COUNTED, MEASURED

_TALK = re.compile(
    r"\b(?:hola|hoi|bonjour|buongiorno|moin|servus|we|i|you|your|please|bitte|wir|ich|"
    r"sie|ihr|ihnen|uns|us|our|have|haben|"
    r"habe|is|ist|are|sind|was|were|war|können|könnten|could|would|should|"
    r"will|need|needs|möchten|möchte|brauchen|benötigen|thanks|danke|nous|vous|wij|"
    r"graag|hello|hi|hallo|dear|liebe|regards|grüße|gruß|nicht|not|"
    r"anbei|attached|enclosed|anhang|siehe|see|when|wann|where|wo|how|wie)\b",
    re.I,
)
_BULLET = re.compile(r"^\s*(?:[-–—*•·▪‣►○●■+>]\s*|\(?\d{1,3}[.)]\s+|pos(?:ition)?\.?\s*\d+)", re.I)
_CLOSING = re.compile(
    r"^\s*(?:mit (?:freundliche\w*|beste\w*|herzliche\w*)|freundliche grüße|viele "
    r"grüße|beste grüße|liebe grüße|gruß|grüße|mfg|"
    r"(?:kind|best|warm) regards|regards|sincerely|yours|cheers|thanks|thank you|"
    r"cordialement|met vriendelijke|saludos|cordiali saluti|--)",
    re.I,
)
_RUN = re.compile(r"([^\w\s])(?:\s?\1){5,}")
_FULL_LINE = 55
_LONGEST = 5000
_SENTENCE_WORDS = 14
_DROPPED = frozenset({"position", "number", "ignore", "po_number", "amount"})


@dataclass(slots=True)
class ListLines:
    """What free text holds: lines, and sentences with numbers that order nothing."""

    drafts: list[Draft] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    coded: bool = False
    """Whether the text names products that we know: a bare number alone is then no line."""
    prose: bool = False
    used: set[int] = field(default_factory=set)
    """Indices of the text lines that order lines were read from."""


def read_listing(lines: Sequence[str], style: Style) -> ListLines:
    """Read the order lines of running text."""
    found = ListLines(coded=bool(style.known.codes_in("\n".join(lines))))
    closed = False
    short = [_RUN.sub(r"\1\1\1", line[:_LONGEST]) for line in lines]
    for start, paragraph in _paragraphs(_without_positions(short, style)):
        before = len(found.drafts)
        _read_paragraph(found, start, paragraph, style)
        if closed:
            found.drafts[before:] = [d for d in found.drafts[before:] if d.strength > 1]
        for draft in found.drafts[before:]:
            draft.at = (0, draft.at[1] or start)
        closed = closed or any(_CLOSING.match(line) for line in paragraph)
    _settle_signs(found, short)
    return found


_POSITION = re.compile(r"^\s{0,3}(?P<n>\d{1,5})[.)]?\s+(?=\S)")


def _without_positions(lines: list[str], style: Style) -> list[str]:
    """Take running numbers (1, 2, 3 or 10, 20, 30) off lines that state a quantity besides."""
    heads = {n: m for n, line in enumerate(lines) if (m := _POSITION.match(line))}
    numbers = [int(m["n"]) for m in heads.values()]
    steps = {b - a for a, b in pairwise(numbers)}
    if len(numbers) < 2 or numbers[0] not in steps or steps - {1, 10, 100} or len(steps) > 1:
        return lines
    rests = {n: lines[n][m.end() :] for n, m in heads.items()}
    if any(read_phrase(rest, style).strength < 2 for rest in rests.values()):
        return lines
    return [rests.get(n, line) for n, line in enumerate(lines)]


def _paragraphs(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    start, held = 0, list[str]()
    for n, line in enumerate([*lines, ""]):
        if line.strip():
            if not held:
                start = n
            held.append(line)
        elif held:
            yield start, held
            held = []


def _read_paragraph(found: ListLines, start: int, lines: list[str], style: Style) -> None:
    records = read_blocks(lines, style)
    if records:
        found.drafts += records
        found.used |= set(range(start, start + len(lines)))
        return
    talk: list[str] = []
    named: list[str] = []
    last: Draft | None = None
    for n, whole in enumerate(lines):
        line = without_heading(whole, style.order_numbers)
        begun = last is not None or (n > 0 and _announces(lines[n - 1]))
        if _is_noise(line, style, begun=begun) or _is_order_number(lines, n, style):
            last, named = None, []
            continue
        talks = _talks(line) or (talk and _runs_on(talk[-1], line))
        drafts = [] if talks else _drafts(lines, n, line, style, begun=begun, coded=found.coded)
        together = None if talks or drafts else with_names(named, line, style)
        if together:
            drafts = [together]
            del talk[-len(named) :]
        named = [] if drafts or talks else [*named[-2:], line]
        if drafts:
            _flush(found, talk, style)
            for draft in drafts:
                draft.at = (0, start + n)
            found.drafts += drafts
            found.used.add(start + n)
            last = drafts[-1]
        elif last and _continues(line, lines[n - 1]):
            _extend(last, line, style)
            found.used.add(start + n)
        else:
            talk.append(line)
            last = None
    _flush(found, talk, style)


def _drafts(
    lines: list[str], n: int, line: str, style: Style, *, begun: bool, coded: bool
) -> list[Draft]:
    """The entries of one line; beside products we know a number behind words is none."""
    if _OPENS.match(line):
        listed = begun or _BULLET.match(line) is not None
        return _entries(
            goods_part(line), style, not listed and _has_company(lines, n, style), begun
        )
    drafts = _entries(goods_part(line), style, coded or _has_company(lines, n, style), begun)
    if not coded:
        return drafts
    return [d for d in drafts if has_code(d) or d.get("stated_unit") or d.strength > 2]


def _runs_on(before: str, line: str) -> bool:
    """True where a sentence of the line before goes on, wrapped at the edge."""
    return (
        len(before) > _FULL_LINE
        and before.rstrip()[-1:] not in ".:;!?,"
        and not _BULLET.match(line)
    )


def _announces(line: str) -> bool:
    return line.rstrip().endswith(":") and ORDERS.search(line) is not None


_OPENS = re.compile(r"\W*(?:\d|[^\W\d_]+\W{1,3}\d+\s*[x×]\s)")
_NUMBER_LABEL = re.compile(
    r"\b(?:bestell\w*|auftrag\w*|(?:our |your |purchase )?order|p\.?o\.?|commande|pedido|ordine)"
    r"[\s.-]*(?:nr|no|nummer|number|n°|nº)?\.?\s*:$",
    re.I,
)


def _is_order_number(lines: list[str], n: int, style: Style) -> bool:
    """True for the order's own number alone, or alone under ``Bestell-Nr.:``."""
    if lines[n].strip(" :") in style.order_numbers:
        return True
    return (
        n > 0 and len(lines[n].split()) <= 3 and bool(_NUMBER_LABEL.search(lines[n - 1].rstrip()))
    )


def _is_noise(line: str, style: Style, *, begun: bool) -> bool:
    if is_terms(line) and not style.known.codes_in(line):
        return True
    if len(line.split()) > _SENTENCE_WORDS:
        # Judged sentence by sentence, but for a letter's foot and a labelled address.
        foot = is_contact(line) and not ORDERS.search(line)
        return (foot or _is_ship_to(line)) and not COUNTED_GOODS.search(line)
    if is_heading(line) or _PRICE_LABEL.match(line):
        return True
    if COUNTED_GOODS.search(line) and not labelled(line.strip()):
        return False
    if total_kind(line.partition(":")[0]) or is_header_line(line):
        return True
    counts = begun and _POSTAL_OR_COUNT.match(line) is not None
    counts = counts or bool(style.known.codes_in(line))
    return is_contact(line) or (is_address(line) and not counts) or is_legal(line)


def _is_ship_to(line: str) -> bool:
    """True for ``Ship to: Stores, 9 Quay Square, Townby Q88 L1R6``."""
    field, value = labelled(line.strip()) or (None, "")
    return field == "ship_to" and is_address(value)


_POSTAL_OR_COUNT = re.compile(r"\s*\d{4,5}\s+[^\d,]+$")
"""``10000 Washers``: below a line of the list rather that than a postal code."""
_PLAIN = re.compile(rf"^\W*\d[\d.,]{{0,7}}\s*(?:[x×]\s|{COUNTED}|(?:{MEASURED})\s)", re.I)


def _plain_quantity(line: str) -> bool:
    return _PLAIN.match(line) is not None


def _talks(line: str) -> bool:
    """True for a sentence rather than an entry of a list."""
    if line.rstrip().endswith(("?", ":")) and not _BULLET.match(line):
        return True
    if ORDERS.search(line) and not _plain_quantity(line):
        return True
    words = len(line.split())
    starts = _BULLET.match(line) or _plain_quantity(line) or _COUNT_AND_CODE.match(line)
    talk = len(_TALK.findall(_OF_ARTICLES.sub("", POLITE.sub("", line))))
    return words > 25 or (talk > 0 and not starts) or talk > 2


_COUNT_AND_CODE = re.compile(r"\W*\d{1,5}\s+(?=\S*\d)\S{3,}")
_OF_ARTICLES = re.compile(
    r"\b(?:your|our|ihre?|unsere?)\s+(?=art|item|part|sku|no|mat|best|code)", re.I
)


def _has_company(lines: list[str], n: int, style: Style) -> bool:
    """True where the neighbours are postal: a bare number is then a house number."""
    near = [line for line in lines[max(0, n - 2) : n + 3] if not style.known.codes_in(line)]
    return any(is_address(line) or is_contact(line) for line in near)


_SEVERAL = re.compile(r"[,;&+]|\b(?:and|und|sowie|plus|et|e|en|y|n|u)\b", re.I)


def _entries(line: str, style: Style, among_addresses: bool, in_list: bool) -> list[Draft]:
    if FULL_DATE.fullmatch(line.strip()) or NOT_ORDERING.search(line):
        return []
    several = split_entry(line, style) if _SEVERAL.search(line) else []
    if several:
        return several
    draft = read_phrase(line, style)
    if draft.strength >= 2:
        return [draft]
    if draft.strength == 1 and not among_addresses and len(line.split()) <= 10:
        return [draft]
    return [draft] if in_list and _only_named(line, draft) else []


def _only_named(line: str, draft: Draft) -> bool:
    """True for an entry below others that names goods but no quantity."""
    first = ENUMERATOR.sub("", line, count=1).split()[:1]
    opens = bool(first) and is_code(first[0].strip(",:;()")) and any(c.isalpha() for c in first[0])
    return (
        draft.strength == 0
        and len(line.split()) <= 8
        and has_code(draft)
        and (opens or bool(_BULLET.match(line)))
    )


def _continues(line: str, before: str) -> bool:
    """True for a wrapped or explaining line below an entry: indented or in small letters."""
    indent, held = len(line) - len(line.lstrip()), len(before) - len(before.lstrip())
    text = line.strip()
    small = text[:1].islower() or text[:1] in "(/+&"
    return (indent > held or small) and len(text.split()) <= 14


def _extend(draft: Draft, line: str, style: Style) -> None:
    if add_count(draft, line, style):
        return
    slate = Slate(read_codes(line.strip(), draft))
    line_date(slate, draft, style)
    found = labelled_value(slate.text)
    if found and found[0] not in _DROPPED:
        fill(draft, *found, style)
        return
    words = " ".join(slate.text.split()).strip(" ,;:")
    if any(c.isalnum() for c in words):
        draft.add_words(words)


def _flush(found: ListLines, talk: list[str], style: Style) -> None:
    """Read the sentences gathered so far."""
    text = " ".join(line.strip() for line in talk)
    talk.clear()
    for sentence in sentences(text):
        legal = is_terms(sentence) or is_legal(sentence)
        drafts = [] if legal else read_sentence(sentence, style, orders=found.prose)
        if drafts:
            found.prose = True
            found.drafts += drafts
        elif _is_lost(sentence, found.prose, style):
            found.unread.append(sentence)


_GONE = re.compile(
    r"\b(?:we took|(?:are|is) (?:all )?gone|used up|aufgebraucht|verbraucht|sind leer|alle weg)\b",
    re.I,
)
"""What explains why goods are wanted, and wants none itself."""
_PRICE_LABEL = re.compile(
    r"^\W*(?:\w*preis|(?:unit )?price|prix|prijs|precio|prezzo)\s+"
    r"(?:pro|per|je|par|al|por)\b[^:]*$",
    re.I,
)


def _is_lost(sentence: str, ordering: bool, style: Style) -> bool:
    """True for a sentence that speaks of goods and counts and was not read as a line."""
    if is_terms(sentence) and not style.known.codes_in(sentence):
        return False
    bare = FULL_DATE.sub(" ", sentence)
    if is_contact(bare) or _GONE.search(bare):
        return False
    goods = COUNTED_GOODS.search(bare) or style.known.codes_in(bare)
    negated = NOT_ORDERING.search(sentence) is not None
    return bool(goods) and re.search(r"\d", bare) is not None and (negated or ordering)


def _settle_signs(found: ListLines, lines: Sequence[str]) -> None:
    """A lone ``-48 Paar`` is a negative count, several are a list with dashes."""
    glued = {n for n, line in enumerate(lines) if _GLUED_MINUS.match(line)}
    if len(glued) != 1:
        return
    for draft in found.drafts:
        count = draft.get("stated_quantity")
        if draft.at[1] in glued and count:
            draft.values["stated_quantity"] = -count
            draft.quotes["stated_quantity"] = f"-{draft.quotes['stated_quantity']}"
            return


_GLUED_MINUS = re.compile(r"\s*[-−]\d")
