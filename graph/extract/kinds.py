"""What a mail is: an order, or one of the many things that reach an order desk besides.

Signs are looked for in the subject, sentence by sentence in the newest words, and in the
titles of the files. What is asked of a condition (``if not in stock, please cancel``) or
stands in fine print is no sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.extract.prose import ORDERS, sentences
from graph.extract.signs import (
    ANNOUNCES,
    AUTOMATIC,
    BODY_PATTERNS,
    CONDITION,
    FOOTER,
    MAKER,
    NAME_PATTERNS,
    ORDER_SUBJECT,
    PLEASE,
    QUANTITY,
    SPAM,
    STATES_NUMBER,
    SUBJECT_PATTERNS,
    TITLE_PATTERNS,
)
from graph.order import Document, Kind


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kind with its reason; not ``certain`` where a person should look."""

    kind: Kind
    reason: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Signs:
    """What the documents of a mail hold, for the judgement."""

    subject: str
    text: str
    """The newest words: body and forwarded mail."""
    automatic: bool = False
    lines: int = 0
    lines_in_files: int = 0
    lines_in_quotes: int = 0
    titles: tuple[Kind, ...] = ()
    """Kinds that the files with lines call themselves, ``order`` where they say nothing."""
    file_titles: tuple[Kind, ...] = ()
    unreadable: str | None = None
    is_reply: bool = False


def document_kind(document: Document) -> Kind | None:
    """What a file calls itself in its first lines, else in its name; None where nowhere."""
    head = [line.strip() for line in document.text[:1500].split("\n")[:25]]
    parts = [p for line in head for p in re.split(r"\s{2,}|\s\|\s", line) if 1 < len(p) < 70]
    for part in parts:
        for kind, pattern in TITLE_PATTERNS:
            if pattern.fullmatch(part):
                return kind
    name = re.sub(r"\.\w+$", "", document.name)
    return next((kind for kind, pattern in NAME_PATTERNS if pattern.search(name)), None)


def judge_kind(signs: Signs) -> Verdict:
    """Decide what the mail is.

    1. automatic replies and advertising; 2. what the files call themselves; 3. what is asked
    for in subject and text; 4. order lines; 5. a repeat; 6. what cannot be read; 7. the rest.
    """
    by_subject = _first(SUBJECT_PATTERNS, [_topic(signs.subject)])
    if signs.is_reply and by_subject and _is_answered(signs, by_subject[0]):
        by_subject = None
    by_text = _first(BODY_PATTERNS, _plain_sentences(signs.text))
    return (
        _automatic(signs)
        or _by_files(signs)
        or _asked(signs, by_subject, by_text)
        or _ordered(signs)
        or _without_lines(signs, by_subject, by_text)
    )


def _is_answered(signs: Signs, kind: Kind) -> bool:
    """True where a reply keeps the subject of what it answers, and asks for something else."""
    if kind == "question":
        return signs.lines > 0 and STATES_NUMBER.search(signs.text) is not None
    return kind in ("offer", "invoice", "confirmation")


def _topic(subject: str) -> str:
    return re.sub(r"^(?:\s*(?:re|aw|fwd?|wg|antw|tr|rv|i|wtr)\s*:)+", "", subject, flags=re.I)


def _plain_sentences(text: str) -> list[str]:
    flat = re.sub(r"(?<![.!?:\n])\n(?=[a-zäöü])", " ", text[:6000])
    return [s for line in flat.split("\n") for s in sentences(line) if not CONDITION.search(s)]


def _first(
    patterns: Sequence[tuple[Kind, re.Pattern[str]]], texts: Iterable[str]
) -> tuple[Kind, str] | None:
    held = list(texts)
    for kind, pattern in patterns:
        for text in held:
            if match := pattern.search(text):
                return kind, match[0].strip()
    return None


def _automatic(signs: Signs) -> Verdict | None:
    if signs.automatic or AUTOMATIC.search(signs.subject):
        return Verdict("other", "an automatic message", certain=not signs.lines)
    named = ORDER_SUBJECT.search(signs.subject)
    spam = SPAM.search(signs.subject) or SPAM.search(signs.text)
    if not (spam or (named and any(c.isdigit() for c in signs.subject))):
        spam = FOOTER.search(signs.subject) or FOOTER.search(signs.text)
    if spam and not signs.lines_in_files and not (signs.lines and named):
        return Verdict("spam", f"advertising: “{spam[0]}”", certain=not signs.lines)
    return None


def _by_files(signs: Signs) -> Verdict | None:
    """Files that are no order, where no other file is one and the text does not order."""
    kinds = signs.titles or signs.file_titles
    if not kinds or "order" in kinds or (signs.lines > signs.lines_in_files):
        return None
    kind = kinds[0]
    if kind == "offer" and (
        ORDERS.search(signs.text)
        or re.search(r"bestell|\border\b", f"{signs.subject} {signs.text}", re.I)
    ):
        return None
    if kind == "other" and not signs.lines_in_files:
        return None
    certain = not ORDER_SUBJECT.search(signs.subject)
    return Verdict(kind, f"the attached file is titled as {kind}", certain)


def _asked(
    signs: Signs, by_subject: tuple[Kind, str] | None, by_text: tuple[Kind, str] | None
) -> Verdict | None:
    """What subject or text ask for; words that may stand beside an order do not undo one."""
    found = by_subject
    if found is None or (by_text and by_text[0] in _STRONG and found[0] not in _STRONG):
        found = by_text
    if found is None or found[0] == "repeat":
        return None
    kind, words = found
    if signs.lines and _beside_order(signs, kind, words, in_text=found is by_text):
        return None
    certain = not (signs.lines and _orders(signs)) or kind in _STRONG
    if kind == "offer" and MAKER.search(f"{signs.subject} {signs.text}"):
        certain = True
    return Verdict(kind, f"says “{words}”", certain)


_STRONG = frozenset({"cancellation", "change"})


def _beside_order(signs: Signs, kind: Kind, words: str, *, in_text: bool) -> bool:
    """True where the sign may well stand in an order for goods, which then is asked about."""
    named = bool(ORDER_SUBJECT.search(signs.subject))
    if _WHEREABOUTS.match(words):
        return False
    if not in_text:
        return named and kind in ("invoice", "offer", "question") and _orders(signs)
    match kind:
        case "change":
            return signs.lines_in_files > 0
        case "complaint" | "return":
            return named
        case "question":
            return _orders(signs) and not _is_quote_request(words)
    return False


_WHEREABOUTS = re.compile(r"where is|wo (?:bleibt|ist)|when (?:it|they|this|that) ", re.I)
"""What is asked about an order that was placed before."""


def _is_quote_request(words: str) -> bool:
    return bool(
        re.search(
            r"quot|angebot|offer|offerte|devis|presupuesto|preventivo|price|preis|"
            r"cost|teuer|much|prüf|check|\bob\b",
            words,
            re.I,
        )
    )


def _orders(signs: Signs) -> bool:
    if PLEASE.search(signs.text) and QUANTITY.search(signs.text):
        return True
    return bool(
        ORDERS.search(signs.text)
        or ANNOUNCES.search(signs.text)
        or ORDER_SUBJECT.search(signs.subject)
    )


def _ordered(signs: Signs) -> Verdict | None:
    if not signs.lines:
        return None
    return Verdict("order", "names goods and quantities", certain=True)


def _without_lines(
    signs: Signs, by_subject: tuple[Kind, str] | None, by_text: tuple[Kind, str] | None
) -> Verdict:
    for found in (by_text, by_subject):
        if found and found[0] == "repeat":
            return Verdict("repeat", f"says “{found[1]}”")
    ordering = _orders(signs)
    if signs.unreadable and (ordering or len(signs.text.split()) < 40):
        return Verdict("unreadable", signs.unreadable, certain=False)
    if ordering and not signs.is_reply:
        return Verdict("order", "speaks of an order, but no lines were found", certain=False)
    if "?" in signs.text or "?" in signs.subject:
        return Verdict("question", "asks a question", certain=not ordering)
    if signs.lines_in_quotes and signs.is_reply:
        return Verdict(
            "other", "only an earlier mail, quoted below, holds order lines", certain=not ordering
        )
    unsure = ordering or signs.unreadable or QUANTITY.search(signs.text)
    return Verdict("other", "names no goods", certain=not unsure)
