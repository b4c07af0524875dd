"""Orders as the views get them, wild ones for properties, and the check of every payload."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, get_args

from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sandbox import strict
from graph.order import (
    FINDING_TYPES,
    Answer,
    Candidate,
    Decision,
    Evidence,
    Finding,
    Line,
    Order,
    Party,
    ShipTo,
    Standing,
    State,
)
from graph.playbook import Playbook

NOW = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
ANNA, BEN, PIA, STOCK, PETRA = "U0ANNA", "U0BEN", "U0PIA", "U0STOCK", "U0PETRA"
BOOK = Playbook.model_validate(
    {
        "company": "Nordlicht Haustechnik",
        "owner": {"name": "Petra Lang", "slack": PETRA},
        "channels": {"desk": "C0DESK"},
        "desk": [ANNA, BEN],
        "order_types": [{"name": "other"}],
        "exceptions": {
            "price_mismatch": {"action": "escalate", "owner": PIA, "deputy": BEN},
            "out_of_stock": {"action": "escalate", "owner": STOCK},
            "value_limit": {"action": "review", "threshold": 5000},
        },
    }
)
PRICE = Finding(
    type="price_mismatch",
    line=2,
    message="The mail says 4.20 EUR, the price list 4.50 EUR.",
    evidence=Evidence(source="po.pdf, page 1", quote='2  Ball valve 1/2"  36  4,20'),
    action="escalate",
    owner=PIA,
)
UNKNOWN = Finding(
    type="ambiguous_product",
    line=3,
    message="“Pipe clamp” fits three products.",
    candidates=(
        Candidate(id="S-15", label="Pipe clamp 15 mm"),
        Candidate(id="S-18", label="Pipe clamp 18 mm"),
    ),
    action="review",
)
LINES = (
    Line(
        position=1,
        description="Copper pipe 15 mm",
        sku="C-15",
        quantity=Decimal(10),
        unit="m",
        stated_quantity=Decimal(10),
        stated_unit="m",
        price=Decimal("7.5"),
    ),
    Line(
        position=2,
        description='Ball valve 1/2"',
        sku="K-100",
        quantity=Decimal(36),
        unit="pcs",
        stated_quantity=Decimal(3),
        stated_unit="dozen",
        price=Decimal("4.50"),
    ),
    Line(
        position=3,
        description="Pipe clamp",
        customer_sku="99-7",
        stated_quantity=Decimal(50),
        stated_unit="Stk",
        candidates=UNKNOWN.candidates,
    ),
)
ORDER = Order(
    customer=Party(name="Müller Bau"),
    customer_id="C001",
    customer_candidates=(Candidate(id="C001", label="Müller Bau GmbH"),),
    po_number="PO-4711",
    requested_date=date(2026, 6, 3),
    currency="EUR",
    ship_to=ShipTo(address_id="A1", text="Hafenstr. 3, 24103 Kiel"),
    lines=LINES,
    total=Decimal("1234.50"),
)


def standing(
    state: str = "waiting",
    *findings: Finding,
    order: Order = ORDER,
    decision: Decision | None = None,
    answers: tuple[Answer, ...] = (),
    **more: Any,
) -> Standing:
    """Order 4711 in a state, with findings that are open while it waits."""
    keys = tuple(f.key for f in findings) if state in ("waiting", "failed") else ()
    made = decision or Decision(
        outcome="review", order_type="other", stage="draft", findings=findings, open=keys
    )
    known: dict[str, Any] = {
        "order_id": "4711",
        "version": 3,
        "received_at": NOW,
        "subject": "Bestellung PO-4711",
        "sender": "einkauf@mueller-bau.example",
    }
    return Standing(**{**known, **more}, state=state, order=order, decision=made, answers=answers)


def answer(action: str = "approve", by: str = ANNA, **more: Any) -> Answer:
    return Answer.model_validate({"action": action, "by": by, "at": NOW, **more})


# --- wild orders ---------------------------------------------------------------------

NASTY = (
    "<!channel>", "<!here|x>", "<@U0PETRA>", "<#C0DESK>", "<https://evil.example|invoice>",
    "https://evil.example/x", "*bold*", "_it_", "~no~", "`code`", "```block```", ":tada:",
    "> quote", "&amp;lt;", "& < >", "@channel", "\u202e123\u202c", "\u200b\u200d\ufeff", "\x00",
    "שלום", "مرحبا 12", "👩‍🔧🔩", "Ünïcödé", "\n\n", "a" * 4000, "&" * 4000, "🔩" * 2000, "—",
)  # fmt: skip
words = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=20)), max_size=4).map("".join)
maybe = st.none() | words
figures = st.none() | st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20
)
candidates = st.lists(st.builds(Candidate, id=words, label=words), max_size=6).map(tuple)
evidence = st.none() | st.builds(Evidence, source=words, quote=words)
people = st.sampled_from([ANNA, BEN, PIA, STOCK, PETRA])
findings = st.builds(
    Finding,
    type=st.sampled_from(FINDING_TYPES),
    message=words,
    line=st.none() | st.integers(1, 20),
    candidates=candidates,
    evidence=evidence,
    action=st.sampled_from(["review", "escalate", "reject", "note"]),
    owner=st.none() | people,
)
wild_lines = st.builds(
    Line,
    position=st.integers(1, 10_000),
    description=maybe,
    sku=maybe,
    customer_sku=maybe,
    quantity=figures,
    unit=maybe,
    stated_quantity=figures,
    stated_unit=maybe,
    price=figures,
    stated_price=figures,
    candidates=candidates,
)


@st.composite
def wild_standings(draw: st.DrawFn, state: str | None = None) -> Standing:
    """Anything a mail could make of an order, up to ten thousand lines."""
    some = draw(st.lists(wild_lines, max_size=20))
    grown = some * draw(st.sampled_from([1] * 20 + [500])) if some else []
    found = tuple(draw(st.lists(findings, max_size=12)))
    order = Order(
        kind=draw(st.sampled_from(["order", "order", "complaint", "change", "unreadable"])),
        kind_reason=draw(words),
        certain_kind=draw(st.booleans()),
        customer=Party(name=draw(maybe)),
        customer_id=draw(maybe),
        customer_candidates=draw(candidates),
        po_number=draw(maybe),
        requested_date=draw(st.none() | st.dates()),
        currency=draw(maybe),
        ship_to=ShipTo(text=draw(maybe), address_id=draw(maybe), candidates=draw(candidates)),
        lines=tuple(
            line.model_copy(update={"position": place}) for place, line in enumerate(grown, 1)
        ),
        total=draw(figures),
    )
    given = draw(
        st.lists(
            st.builds(
                answer,
                action=st.sampled_from(["approve", "edit", "escalate", "reject"]),
                by=people | words,
                reason=maybe,
                to=st.none() | people,
                changes=st.dictionaries(words, words, max_size=6),
            ),
            max_size=6,
        )
    )
    keys = tuple(f.key for f in found)
    decided = Decision(
        outcome="review", order_type=draw(maybe), stage="draft", findings=found, open=keys
    )
    return standing(
        state or draw(st.sampled_from(get_args(State))),
        order=order,
        decision=decided,
        answers=tuple(given),
        subject=draw(words),
        sender=draw(words),
        reference=draw(maybe),
        problem=draw(maybe),
    )


# --- what Slack takes ------------------------------------------------------------------


def strings(value: Any) -> Iterator[str]:
    """Every text a reader sees in a payload."""
    if isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, dict):
        if value.get("type") in ("mrkdwn", "plain_text"):
            yield value["text"]
        for each in value.values():
            yield from strings(each)


def read(payload: Any) -> str:
    """All texts of a payload, as a reader goes through them."""
    return "\n".join(strings(payload))


def mrkdwn(value: Any) -> Iterator[str]:
    """Every text in which Slack looks for markup."""
    if isinstance(value, list):
        for each in value:
            yield from mrkdwn(each)
    elif isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for each in value.values():
            yield from mrkdwn(each)


OURS = re.compile(r"<@[UW][A-Z0-9]+>|<!date\^\d+\^[^<>|^]+\|[^<>|^]+>|(?:(?<=\n)|^)> ")


def check_blocks(blocks: list[dict[str, Any]]) -> None:
    """Slack would take these blocks, the SDK reads them back unchanged, nothing else pings."""
    assert strict.check_blocks(blocks) == []
    check_texts(blocks)
    for block in blocks:
        parsed = Block.parse(block)
        assert parsed is not None
        assert parsed.to_dict() == block


def check_view(view: dict[str, Any]) -> None:
    """Slack would take this view, within 250 kB and with each block id once."""
    assert strict.check_view(view) == []
    check_texts(view["blocks"])
    assert not strict.too_large(view)
    for block in view["blocks"]:
        parsed = Block.parse(block)
        assert parsed is not None
        assert parsed.to_dict() == block
    if view["type"] == "modal":
        View(**view).validate_json()


def check_texts(payload: Any) -> None:
    """Lengths in UTF-16 units, no markup but ours, nothing invisible."""
    for text in strings(payload):
        assert text.strip()
        assert not re.search(
            "[\u200b-\u200f\u202a-\u202e\ufeff\x00-\x09\x0b-\x1f\ud800-\udfff]", text
        )
        assert len(text.encode("utf-16-le")) // 2 <= 3000
    for text in mrkdwn(payload):
        bare = OURS.sub("", text)
        assert "<" not in bare
        assert ">" not in bare
        assert re.sub("&(amp|lt|gt);", "", bare).count("&") == 0
