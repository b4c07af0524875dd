"""The vocabulary of Deskhand: what a mail says, what is found, and what is decided.

Every value here is frozen and serialises to small JSON. An order goes
read -> extract -> match -> check -> decide -> book or ask; each step returns a
new value and leaves the old one alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer

Kind = Literal[
    "order",
    "change",
    "cancellation",
    "repeat",
    "question",
    "return",
    "complaint",
    "confirmation",
    "invoice",
    "offer",
    "spam",
    "other",
    "unreadable",
]
Outcome = Literal[
    "book", "book_with_note", "review", "escalate", "ask_customer", "reject", "ignore"
]
Action = Literal["review", "escalate", "reject", "note"]
Stage = Literal["shadow", "draft", "auto"]
FindingType = Literal[
    "out_of_stock",
    "unknown_product",
    "ambiguous_product",
    "discontinued_product",
    "new_customer",
    "ambiguous_customer",
    "customer_blocked",
    "unusual_quantity",
    "invalid_quantity",
    "unit_mismatch",
    "price_mismatch",
    "total_mismatch",
    "address_mismatch",
    "duplicate_order",
    "missing_information",
    "unreadable_document",
    "untrusted_sender",
    "unsupported_value",
    "value_limit",
    "date_infeasible",
    "stale_data",
    "not_an_order",
    "order_change",
]
State = Literal["new", "waiting", "booked", "rejected", "ignored", "failed", "shadow"]
"""Where an order stands: ``new`` is being prepared, ``waiting`` needs a person, ``failed``
could not be finished (``problem`` says why) and is tried again."""
FINDING_TYPES: tuple[FindingType, ...] = get_args(FindingType)


def plain(number: Decimal) -> str:
    """Write a decimal without an exponent: ``Decimal("1E+1")`` becomes ``"10"``."""
    return format(number, "f")


Number = Annotated[Decimal, PlainSerializer(plain, return_type=str, when_used="json")]


class Value(BaseModel):
    """A frozen value; unknown fields are a programming error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --- what arrived -----------------------------------------------------------------


class Text(Value):
    """A run of lines as they stand in a document; columns keep their spacing."""

    kind: Literal["text"] = "text"
    text: str
    page: int | None = None


class Table(Value):
    """Rows of cells as they stand in a document; rows may differ in length."""

    kind: Literal["table"] = "table"
    rows: tuple[tuple[str, ...], ...]
    page: int | None = None


Block = Annotated[Text | Table, Field(discriminator="kind")]


class Document(Value):
    """One readable part of a mail, in reading order.

    ``problem`` says why a part could not be read; its blocks are then empty.
    ``role``: the newest words of the mail are the body; what it forwards, quotes
    or signs with is set aside under its own role.
    """

    name: str
    role: Literal["body", "forwarded", "quoted", "signature", "attachment"]
    format: str
    blocks: tuple[Block, ...] = ()
    problem: str | None = None

    def where(self, block: Text | Table | None = None) -> str:
        """Name a place in this document, such as ``"po.pdf, page 1"``."""
        page = block.page if block else None
        return f"{self.name}, page {page}" if page else self.name

    @property
    def text(self) -> str:
        """All words of the document, table cells joined by two spaces."""
        return "\n".join(
            b.text if isinstance(b, Text) else "\n".join("  ".join(row) for row in b.rows)
            for b in self.blocks
        )


class Mail(Value):
    """One mail, decoded and taken apart. ``date`` is None where the header is unusable."""

    message_id: str | None = None
    sender: str = ""
    sender_name: str = ""
    reply_to: str | None = None
    recipients: tuple[str, ...] = ()
    subject: str = ""
    date: AwareDatetime | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    automatic: bool = False
    """True for out-of-office replies, bounces and list mail, by their headers."""
    documents: tuple[Document, ...] = ()

    def of_role(self, *roles: str) -> tuple[Document, ...]:
        """The documents of the given roles, in reading order."""
        return tuple(d for d in self.documents if d.role in roles)


# --- what it says -----------------------------------------------------------------


class Evidence(Value):
    """Where a value stands: the document (with page) and the words themselves."""

    source: str
    quote: str


class Candidate(Value):
    """One record of the catalog that a weak match points at. ``score`` is 0 to 100."""

    id: str
    label: str
    score: float = 0.0


class Party(Value):
    """A company or place as the document words it; nothing here is matched yet."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    vat_id: str | None = None
    account_number: str | None = None
    street: str | None = None
    postal_code: str | None = None
    city: str | None = None
    country: str | None = None
    text: str | None = None
    evidence: Mapping[str, Evidence] = {}


class ShipTo(Party):
    """Where the goods go. ``address_id`` is set by match, None where not on file."""

    address_id: str | None = None
    matched_by: str | None = None
    candidates: tuple[Candidate, ...] = ()


class Line(Value):
    """One position of an order.

    The ``stated_*`` fields and the codes are the customer's words and come from
    extract; ``sku``, ``quantity``, ``unit`` and ``price`` come from match and count
    in the product's own unit. ``stated_price`` is for ``price_per`` stated units.
    """

    position: int
    supplier_sku: str | None = None
    """Our number, where the document says it is ours."""
    customer_sku: str | None = None
    """The customer's own number, where the document says so."""
    code: str | None = None
    """A number of which the document does not say whose it is."""
    gtin: str | None = None
    description: str | None = None
    stated_quantity: Number | None = None
    stated_unit: str | None = None
    stated_price: Number | None = None
    price_per: Number = Decimal(1)
    discount_percent: Number | None = None
    amount: Number | None = None
    requested_date: date | None = None
    evidence: Mapping[str, Evidence] = {}

    sku: str | None = None
    quantity: Number | None = None
    unit: str | None = None
    price: Number | None = None
    matched_by: str | None = None
    """The rung of the product ladder that decided, or ``desk`` for a person."""
    unit_problem: str | None = None
    """Why the stated unit could not be converted to the product's own, in a sentence."""
    candidates: tuple[Candidate, ...] = ()


class Finding(Value):
    """Trouble in an order, in one plain sentence with its figures.

    ``action`` and ``owner`` are filled in by decide from the playbook; ``owner`` is a
    Slack id. ``line`` is the position it concerns, None for the whole order.
    """

    type: FindingType
    message: str
    line: int | None = None
    candidates: tuple[Candidate, ...] = ()
    evidence: Evidence | None = None
    action: Action | None = None
    owner: str | None = None

    @property
    def key(self) -> str:
        """Stable name of exactly this trouble: another figure is another finding."""
        words = f"{self.type}|{self.line}|{self.message}".encode()
        return f"{self.type}:{hashlib.sha256(words).hexdigest()[:10]}"


class Order(Value):
    """One order as read from a mail, then matched. Also the frame of mail that is none."""

    part: int = 1
    kind: Kind = "order"
    kind_reason: str = ""
    """Why the mail was taken for this kind, in a few words."""
    certain_kind: bool = True
    """False where a person should look before the mail is set aside."""
    customer: Party = Party()
    customer_id: str | None = None
    customer_matched_by: str | None = None
    customer_candidates: tuple[Candidate, ...] = ()
    po_number: str | None = None
    order_date: date | None = None
    requested_date: date | None = None
    currency: str | None = None
    ship_to: ShipTo = ShipTo()
    lines: tuple[Line, ...] = ()
    total: Number | None = None
    """The total without tax where the document states one, else the total it states."""
    other_totals: Mapping[str, Number] = {}
    """Other sums the document states: tax, gross, shipping, discount."""
    doubts: tuple[Finding, ...] = ()
    """What reading and extracting were not sure of."""
    extractor: str = "fields"
    model_calls: int = 0
    tokens: int = 0
    prompt: str | None = None
    """Name, version and content hash of the prompt, where a model took part."""
    evidence: Mapping[str, Evidence] = {}


# --- what is decided --------------------------------------------------------------


class Answer(Value):
    """What one person decided about an order.

    ``settled`` are the keys of the findings this person took responsibility for.
    ``changes`` maps a field to its new text: ``lines.1.quantity`` (in the product's own
    unit), ``lines.1.sku``, ``lines.1.remove`` (any text), ``customer_id``,
    ``ship_to.address_id``, ``po_number``, ``requested_date`` (ISO).
    ``to`` is the Slack id an escalation goes to.
    """

    action: Literal["approve", "edit", "escalate", "reject"]
    by: str
    at: AwareDatetime
    reason: str | None = None
    settled: tuple[str, ...] = ()
    changes: Mapping[str, str] = {}
    to: str | None = None


class Decision(Value):
    """What becomes of an order: the outcome, and who is asked about which finding."""

    outcome: Outcome
    order_type: str | None = None
    stage: Stage | None = None
    findings: tuple[Finding, ...] = ()
    """All findings with action and owner, settled ones included."""
    open: tuple[str, ...] = ()
    """Keys of the findings that still wait for a person."""
    approved_by: str | None = None


class Question(Value):
    """What an interrupt asks: which findings wait, at which version of the order."""

    outcome: Outcome
    open: tuple[str, ...]


class Standing(Value):
    """An order as it stands now: what every card, list and answer is drawn from."""

    order_id: str
    version: int
    state: State
    received_at: AwareDatetime
    subject: str
    sender: str
    order: Order
    decision: Decision | None = None
    answers: tuple[Answer, ...] = ()
    reference: str | None = None
    """The ERP's number of the booked order."""
    problem: str | None = None


def dump(value: BaseModel) -> dict[str, Any]:
    """A value as small JSON: nulls left out, decimals as plain strings."""
    return value.model_dump(mode="json", exclude_none=True)


def aware(moment: datetime) -> datetime:
    """Return ``moment`` unchanged, or raise ValueError where it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone; pass an aware datetime")
    return moment
