"""Everything a mail says, put together: kind, parts, heads and doubts -> orders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.extract.evidence import finish, style_of
from graph.extract.forward import Origin, origin, without_heading
from graph.extract.head import Head, Papers, put_totals, read_customer, read_head
from graph.extract.kinds import Signs, Verdict, judge_kind
from graph.extract.known import NOTHING, Known
from graph.extract.numbers import language_of
from graph.extract.parties import Company, without_us
from graph.extract.parts import Part, own_number, parts_of
from graph.extract.ponumber import topic_number
from graph.extract.remarks import bending, overlooked, unread_codes
from graph.extract.rows import Row, rows_of
from graph.extract.shipto import read_ship_to
from graph.extract.source import Source, name_row, read_source, subject_document, subject_row
from graph.extract.trim import names_goods
from graph.order import Document, Evidence, Finding, Line, Mail, Order

_PICTURE = re.compile(
    r"image\d|logo|icon|banner|signature|facebook|linkedin|\.(?:gif|png|jpe?g)$", re.I
)
_REPLY = re.compile(r"^\s*(?:re|aw|antw|sv|r)\s*(?:\[\d+\])?:", re.I)
_CODES = ("supplier_sku", "customer_sku", "code", "gtin")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A mail with all its documents read."""

    mail: Mail
    us: Company
    origin: Origin
    sources: Sequence[Source]
    verdict: Verdict
    numbers: frozenset[str]
    """Order numbers that the subject names."""

    @property
    def known(self) -> frozenset[str]:
        """Codes that are read already, of all parts."""
        codes = {
            str(c) for s in self.sources for d, _ in s.drafts for n in _CODES if (c := d.get(n))
        }
        return self.numbers | codes


def compose(mail: Mail, us: Company, now: datetime, known: Known = NOTHING) -> tuple[Order, ...]:
    """All orders of a mail, numbered from 1."""
    reading = _read(mail, us, now, known)
    parts = [Part(None)] if reading.verdict.kind == "spam" else parts_of(reading.sources)
    numbers = [own_number(p) for p in parts]
    return tuple(
        _order(reading, part, n, frozenset(v for v in numbers if v and v != numbers[n - 1]))
        for n, part in enumerate(parts, 1)
    )


def _read(mail: Mail, us: Company, now: datetime, known: Known) -> _Reading:
    from_ = origin(mail, us.domains, (mail.date or now).date())
    documents = [
        without_heading(d) if d.role == "forwarded" else d
        for d in mail.of_role("body", "forwarded", "attachment")
        if d.blocks
    ]
    words = "\n".join(d.text for d in documents if d.role != "attachment")
    language = language_of(words) or ""
    subjects = [s for s in (from_.subject, mail.subject) if s]
    named = [n for s in subjects if (n := topic_number(s)) and not names_goods(n, words)]
    numbers = frozenset([*named, *(n.partition(" / ")[0] for n in named)])
    sources = [read_source(d, from_.today, language, numbers, known) for d in documents]
    if subjects and not numbers and not any(s.drafts for s in sources):
        sources += _subject_lines(subjects[0], from_, language, known)
    return _Reading(mail, us, from_, sources, _judge(mail, from_, sources), numbers)


def _subject_lines(subject: str, from_: Origin, language: str, known: Known) -> list[Source]:
    """A subject that orders, of a mail that says nothing else."""
    source = read_source(subject_document(subject), from_.today, language, known=known)
    plainly = all(draft.strength > 1 for draft, _ in source.drafts)
    return [source] if source.drafts and plainly and not _REPLY.match(subject) else []


def _judge(mail: Mail, from_: Origin, sources: Sequence[Source]) -> Verdict:
    files = [s for s in sources if s.is_file]
    words = [s for s in sources if not s.is_file]
    said = [s for s in words if s.document.name != "subject"]
    in_files = sum(len(s.drafts) for s in files)
    in_words = sum(len(s.drafts) for s in words)
    quoted = 0
    if not in_files + in_words:
        quoted = sum(len(read_source(d, from_.today).drafts) for d in mail.of_role("quoted"))
    return judge_kind(
        Signs(
            subject=_subject(mail, from_),
            text="\n".join(s.document.text for s in said),
            automatic=mail.automatic,
            lines=in_files + in_words,
            lines_in_files=in_files,
            lines_in_quotes=quoted,
            titles=tuple(s.title or "order" for s in files if s.drafts),
            file_titles=tuple(s.title for s in files if s.title),
            unreadable=next((_named(d) for d in _problems(mail, bool(in_files + in_words))), None),
            is_reply=bool(mail.in_reply_to or _REPLY.match(mail.subject)),
        )
    )


def _subject(mail: Mail, from_: Origin) -> str:
    return from_.subject or mail.subject


def _problems(mail: Mail, has_lines: bool) -> list[Document]:
    """Documents that could not be read; pictures of a signature are no loss beside lines."""
    return [
        d
        for d in mail.documents
        if d.problem and d.role != "quoted" and not (has_lines and _PICTURE.search(d.name))
    ]


def _order(reading: _Reading, part: Part, number: int, elsewhere: frozenset[str]) -> Order:
    papers = _papers(reading, part, elsewhere)
    head = read_head(papers, po=part.po)
    lines, doubts = _lines(part)
    if part.source:
        put_totals(head, part.source.totals)
    _common_date(head, lines)
    ship_to = read_ship_to(papers, reading.us, head)
    verdict = reading.verdict
    doubts = [*doubts, *head.doubts, *part.doubts, *_trouble(reading, part, lines, head)]
    return Order(
        part=number,
        kind=verdict.kind,
        kind_reason=verdict.reason,
        certain_kind=verdict.certain,
        customer=read_customer(papers, reading.us, reading.origin.email, reading.origin.name),
        ship_to=ship_to,
        lines=lines,
        doubts=_unique(doubts),
        extractor=part.source.reader if part.source else "fields",
        evidence=head.evidence,
        **head.values,
    )


def _papers(reading: _Reading, part: Part, elsewhere: frozenset[str]) -> Papers:
    main = part.source
    named = part.drafts if reading.verdict.kind == "order" else []
    others = [s for s in reading.sources if s is not main and (not s.is_file or not s.drafts)]
    style = (
        main.style
        if main
        else style_of("\n".join(s.document.text for s in reading.sources), reading.origin.today)
    )
    signed = [] if reading.origin.forwarded else reading.mail.of_role("signature")
    subjects = [reading.origin.subject, reading.mail.subject]
    return Papers(
        lines=without_us(main.rows, reading.us) if main else [],
        others=without_us([row for s in others for row in s.rows], reading.us),
        signature=without_us([row for d in signed for row in rows_of(d)], reading.us),
        subjects=[subject_row(s) for s in subjects if s],
        priced=without_us(main.all_rows, reading.us) if main else [],
        words=without_us(
            [r for s in reading.sources if not s.is_file for r in s.all_rows], reading.us
        ),
        free_words=without_us(
            [r for s in reading.sources if not s.is_file for r in s.rows], reading.us
        ),
        style=style,
        elsewhere=elsewhere,
        dated_lines=any(d.get("requested_date") for d, _ in part.drafts),
        names=_file_names(main),
        codes=frozenset(str(c) for d, _ in named for n in _CODES if (c := d.get(n))),
    )


def _file_names(main: Source | None) -> list[Row]:
    """The name of the file with the lines, as a row to search."""
    return [name_row("file name", main.document.name)] if main and main.is_file else []


def _lines(part: Part) -> tuple[tuple[Line, ...], list[Finding]]:
    lines: list[Line] = []
    doubts: list[Finding] = []
    for position, (draft, place) in enumerate(part.drafts, 1):
        line, found = finish(draft, place, position)
        lines.append(line)
        doubts += found
    return tuple(lines), doubts


def _common_date(head: Head, lines: Sequence[Line]) -> None:
    """A date that all lines share is the order's."""
    days = {line.requested_date for line in lines}
    day = days.pop() if len(days) == 1 else None
    if day and "requested_date" not in head.values:
        head.put("requested_date", day, lines[0].evidence["requested_date"])


def _trouble(
    reading: _Reading, part: Part, lines: tuple[Line, ...], head: Head
) -> Iterator[Finding]:
    """What a person must look at before this is booked."""
    for document in _problems(reading.mail, bool(lines)):
        yield Finding(
            type="unreadable_document",
            message=_named(document),
            evidence=Evidence(source=document.name, quote=""),
        )
    if reading.verdict.kind != "order":
        return
    if not lines:
        yield Finding(
            type="missing_information",
            message="The mail speaks of an order, but no order lines were found in it.",
        )
        return
    number = head.values.get("po_number")
    known = reading.known | ({number} if number else set())
    priced = all(line.stated_price is not None for line in lines)
    for source in reading.sources:
        if source.is_file and source is not part.source:
            continue
        if not source.is_file:
            yield from unread_codes(source.all_rows, lines, known)
        yield from bending(source.rows, only_lines=source.is_file, priced=priced)
        if not source.is_file:
            yield from overlooked(source, number)


def _named(document: Document) -> str:
    problem = document.problem or "could not be read"
    return problem if document.name in problem else f"{document.name} {problem}"


def _unique(doubts: Sequence[Finding]) -> tuple[Finding, ...]:
    """Each doubt once; two about the same words are one."""
    kept: dict[object, Finding] = {}
    for doubt in doubts:
        quote = doubt.evidence.quote if doubt.evidence and doubt.evidence.quote else None
        kept.setdefault((doubt.type, doubt.line, quote) if quote else doubt.key, doubt)
    return tuple(kept.values())
