"""The head of one order: number, dates, currency, totals, customer and ship-to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from graph.extract import fields, parties
from graph.extract.addresses import read_address
from graph.extract.dates import FoundDate
from graph.extract.evidence import Style
from graph.extract.parties import Company
from graph.extract.ponumber import in_file_name, po_numbers
from graph.extract.rows import Row
from graph.extract.shapes import COMPANY
from graph.extract.values import Value
from graph.order import Evidence, Finding, Party

_HEAD_ROWS = 15


@dataclass(slots=True)
class Head:
    """Values of an ``Order`` by field name, with evidence and doubts."""

    values: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    doubts: list[Finding] = field(default_factory=list)

    def put(self, name: str, value: object, evidence: Evidence) -> None:
        """Set a field with what says so."""
        self.values[name] = value
        self.evidence[name] = evidence


@dataclass(frozen=True, slots=True)
class Papers:
    """Where to look for the head: the paper with the lines first, then the rest.

    ``rows`` no longer name us; ``codes`` are those of the lines.
    """

    lines: Sequence[Row]
    others: Sequence[Row]
    signature: Sequence[Row]
    subjects: Sequence[Row]
    priced: Sequence[Row]
    """All rows of the paper with the lines."""
    words: Sequence[Row]
    """All rows of the mail's own words, those of order lines included."""
    free_words: Sequence[Row]
    """Those of its rows that hold no lines."""
    style: Style
    elsewhere: frozenset[str] = frozenset()
    """Order numbers of the mail's other orders."""
    codes: frozenset[str] = frozenset()
    dated_lines: bool = False
    """Whether lines have dates of their own."""
    names: Sequence[Row] = ()
    """Names of the files, which may hold the number."""

    @property
    def rows(self) -> list[Row]:
        """Every row to search, the paper with the lines first."""
        return [*self.lines, *self.others]


def read_head(papers: Papers, *, po: Value | None = None) -> Head:
    """Read number, dates and currency. ``po`` is the order number where it is settled."""
    head = Head()
    number = po or _number(papers, head)
    if number:
        head.put("po_number", number.value, number.evidence)
    _date(
        head,
        "order_date",
        fields.order_dates([*papers.subjects, *papers.rows], number, papers.style),
    )
    wanted = [*papers.rows, *papers.subjects, *([] if papers.dated_lines else papers.words)]
    _date(head, "requested_date", fields.requested_dates(wanted, papers.style))
    money = fields.currency(papers.priced) or fields.currency(papers.others)
    if money:
        head.put("currency", money.value, money.evidence)
    return head


def _number(papers: Papers, head: Head) -> Value | None:
    """The order number: that of the paper with the lines, else the surest of all."""
    subject = papers.subjects[0] if papers.subjects else None
    own = po_numbers(papers.lines, None, papers.codes)
    rest = po_numbers(papers.others, subject, papers.codes)
    for more in papers.subjects[1:]:
        rest += po_numbers([], more, papers.codes)
    if not any(v.rank < 6 for v in [*own, *rest]):
        rest += po_numbers(papers.words, None, papers.codes)
    named = [v for v in [*own, *rest] if v.rank < 6]
    best = next(iter(sorted([v for v in own if v.rank < 6], key=lambda v: v.rank)), None)
    best = best or next(iter(sorted(named, key=lambda v: v.rank)), None)
    if best is None:
        named = [v for row in papers.names if (v := in_file_name(row))]
        return next(iter([*own, *rest, *named]), None)
    others = [v for v in named if v.rank <= 4 and v.value not in papers.elsewhere]
    other = next((v for v in others if not _same(v.value, best.value)), None)
    if other and best.rank <= 4:
        head.doubts.append(
            Finding(
                type="missing_information",
                message=(
                    f"Two order numbers are stated, {best.value} and {other.value}; "
                    f"decide which is meant."
                ),
                evidence=other.evidence,
            )
        )
    return best


def _same(one: str, other: str) -> bool:
    """The same number, or one with what a form puts before or behind it: ``PO-4711 / 2``."""
    if any(
        a.startswith(b) and not a[len(b) :][:1].isalnum() for a, b in ((one, other), (other, one))
    ):
        return True
    plain = ["".join(c for c in code.casefold() if c.isalnum()) for code in (one, other)]
    return plain[0].endswith(plain[1]) or plain[1].endswith(plain[0])


def _date(head: Head, name: str, found: Iterable[tuple[FoundDate, Row]]) -> None:
    first = next((pair for pair in found if not pair[0].vague), None)
    if first is None:
        return
    day, row = first
    if day.other is None:
        head.put(name, day.day, row.place.quote(day.quote))
        return
    head.doubts.append(
        Finding(
            type="missing_information",
            message=(
                f"The date {day.quote} can be read as {day.day} or {day.other}; decide "
                f"which is meant."
            ),
            evidence=row.place.quote(day.quote),
        )
    )


def put_totals(head: Head, totals: dict[str, tuple[Decimal, Evidence]]) -> None:
    """The total without tax where one is stated, else the total; other sums beside it."""
    main = next((kind for kind in ("net", "plain", "gross") if kind in totals), None)
    if main:
        head.put("total", *totals[main])
    names = {"plain": "gross" if main == "net" else "plain"}
    others = {names.get(kind, kind): value for kind, value in totals.items() if kind != main}
    if main == "gross":
        others["gross"] = totals["gross"]
    head.values["other_totals"] = {kind: value for kind, (value, _) in others.items()}
    head.evidence.update({f"other_totals.{kind}": quote for kind, (_, quote) in others.items()})


# --- parties ----------------------------------------------------------------------


def read_customer(papers: Papers, us: Company, email: str, email_name: str) -> Party:
    """Who orders; ``email`` and ``email_name`` are the original sender's."""
    rows = [*papers.rows, *papers.signature]
    values: dict[str, str] = {}
    evidence: dict[str, Evidence] = {}
    if email:
        values["email"] = email
        evidence["email"] = Evidence(source="From", quote=email)
    for name, found in _numbers(rows):
        if name not in values:
            values[name], evidence[name] = found
    block = parties.labelled_block(rows, "bill_to", us) or parties.labelled_block(rows, "buyer", us)
    if block:
        party = read_address(block[0], block[1].place.quote(block[0][0]))
        for key in ("name", "street", "postal_code", "city", "country"):
            if value := getattr(party, key):
                values[key] = value
                evidence[key] = party.evidence["text"]
    if "name" not in values:
        _company_name(values, evidence, papers, us, email_name)
    return Party(**values, evidence=evidence)


def _numbers(rows: Sequence[Row]) -> Iterator[tuple[str, tuple[str, Evidence]]]:
    for account in fields.account_numbers(rows):
        yield "account_number", (account.value, account.evidence)
    for vat_id, row in parties.vat_ids(rows):
        yield "vat_id", (vat_id, row.place.quote(vat_id))
    for phone, row in parties.phones(rows):
        yield "phone", (phone, row.place.quote(phone))


def _company_name(
    values: dict[str, str],
    evidence: dict[str, Evidence],
    papers: Papers,
    us: Company,
    email_name: str,
) -> None:
    letterhead = papers.lines[:_HEAD_ROWS]
    ship_to = parties.labelled_block(papers.rows, "ship_to", us)
    found = parties.company_line(
        [*papers.signature, *letterhead, *papers.others[-_HEAD_ROWS:]],
        us,
        ship_to[0] if ship_to else (),
    )
    found = found or parties.introduced(papers.words, us)
    if found:
        values["name"], evidence["name"] = found[0], found[1].place.quote(found[0])
    elif COMPANY.search(email_name) and not us.names(email_name):
        values["name"], evidence["name"] = email_name, Evidence(source="From", quote=email_name)
