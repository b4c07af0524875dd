"""What becomes of an order, and all the ways in which none may be booked."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from graph.decide import bookable, decide
from graph.match import match
from graph.order import Action, Answer, Decision, Finding, Kind, Order, Outcome, Party, ShipTo
from graph.playbook import OrderType, Playbook, When
from tests.graph.shop import NOW, catalog, line, order, playbook

CATALOG = catalog()
CLEAN = match(order(line(supplier_sku="K-100"), ship_to=ShipTo(account_number="A2")), CATALOG)
STOCK = Finding(type="out_of_stock", message="20 of K-100 are ordered, 5 available", line=1)
PRICE = Finding(type="price_mismatch", message="Line 1 states 0.40", line=1)
BOOK = playbook(
    out_of_stock={"action": "escalate", "owner": "U0STOCK"},
    stale_data={"action": "note"},
    customer_blocked={"action": "reject"},
)


def answer(
    action: Any, by: str = "U0ANNA", settled: tuple[Finding, ...] = (), **more: Any
) -> Answer:
    return Answer(action=action, by=by, at=NOW, settled=tuple(f.key for f in settled), **more)


def decided(
    *findings: Finding,
    said: Order = CLEAN,
    book: Playbook = BOOK,
    answers: tuple[Answer, ...] = (),
    live: bool = True,
) -> Decision:
    return decide(said, findings, book, CATALOG, answers, live=live)


def finding(action: Action) -> Finding:
    types: dict[Action, Any] = {
        "review": "price_mismatch",
        "escalate": "out_of_stock",
        "note": "stale_data",
        "reject": "customer_blocked",
    }
    return Finding(type=types[action], message=action)


# --- the playbook decides ---------------------------------------------------------


def test_a_clean_order_of_a_rolled_out_type_is_booked() -> None:
    decision = decided()
    assert decision == Decision(outcome="book", order_type="repeat_standard", stage="auto")


def test_a_clean_order_waits_while_not_live_or_at_an_earlier_stage() -> None:
    assert decided(live=False).outcome == "review"
    for stage in ("draft", "shadow"):
        types = (OrderType(name="all", stage=stage),)
        book = BOOK.model_copy(update={"order_types": types})
        assert (decided(book=book).outcome, decided(book=book).stage) == ("review", stage)
        assert decided(book=book).open == ()


@pytest.mark.parametrize(
    ("actions", "outcome"),
    [
        (("note",), "book_with_note"),
        (("review", "note"), "review"),
        (("escalate", "review", "note"), "escalate"),
        (("reject", "escalate", "review", "note"), "reject"),
    ],
)
def test_the_strictest_action_decides(actions: tuple[Action, ...], outcome: Outcome) -> None:
    decision = decided(*map(finding, actions))
    assert decision.outcome == outcome
    assert [f.action for f in decision.findings] == list(actions)


def test_only_questions_are_open_and_every_owner_is_named() -> None:
    decision = decided(STOCK, PRICE, finding("note"))
    assert decision.open == (STOCK.key, PRICE.key)
    assert [f.owner for f in decision.findings] == ["U0STOCK", None, None]


def test_what_the_playbook_does_not_mention_is_reviewed() -> None:
    assert decided(PRICE, book=playbook()).findings[0].action == "review"


def test_a_note_at_stage_draft_is_still_a_draft() -> None:
    assert decided(finding("note"), live=False).outcome == "review"


# --- order types ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        (When(), True),
        (When(customer="established"), True),
        (When(customer="known"), True),
        (When(customer="new"), False),
        (When(products="bought_before"), True),
        (When(products="known"), True),
        (When(address="on_file"), True),
        (When(customers=("C001", "C002")), True),
        (When(customers=("C002",)), False),
        (When(max_lines=1), True),
        (When(max_value=Decimal(10)), True),
        (When(max_value=Decimal("9.99")), False),
    ],
)
def test_conditions_of_an_order_type(when: When, fits: bool) -> None:
    types = (OrderType(name="it", when=when, stage="auto"),)
    decision = decided(book=BOOK.model_copy(update={"order_types": types}))
    assert decision.order_type == ("it" if fits else None)
    assert decision.stage == ("auto" if fits else "draft")


@pytest.mark.parametrize(
    ("change", "when"),
    [
        ({"customer_id": None}, When(customer="established")),
        ({"customer_id": None}, When(customer="known")),
        ({"customer_id": None}, When(customers=("C001",))),
        ({"customer_id": "C002"}, When(customer="established")),
        ({"customer_id": "C002"}, When(products="bought_before")),
        ({"lines": ()}, When(products="known")),
        ({"lines": (line(code="??"),)}, When(products="known")),
        ({"lines": (line(code="??"),)}, When(max_value=Decimal(1000))),
        ({"ship_to": ShipTo()}, When(address="on_file")),
        ({"lines": (*CLEAN.lines, *CLEAN.lines)}, When(max_lines=1)),
    ],
)
def test_orders_that_an_order_type_does_not_fit(change: dict[str, Any], when: When) -> None:
    types = (OrderType(name="it", when=when, stage="auto"),)
    book = BOOK.model_copy(update={"order_types": types})
    assert decided(said=CLEAN.model_copy(update=change), book=book).order_type is None


def test_an_unknown_customer_is_new() -> None:
    types = (OrderType(name="first", when=When(customer="new")),)
    said = CLEAN.model_copy(update={"customer_id": None})
    decision = decided(said=said, book=BOOK.model_copy(update={"order_types": types}))
    assert decision.order_type == "first"


# --- people decide ----------------------------------------------------------------


def test_an_approval_that_settles_everything_books_even_a_draft() -> None:
    approved = answer("approve", settled=(PRICE,))
    decision = decided(PRICE, answers=(approved,), live=False)
    assert (decision.outcome, decision.approved_by) == ("book", "U0ANNA")
    assert decision.open == ()
    assert decision.findings[0].action == "review"


def test_a_note_is_carried_into_an_approved_booking() -> None:
    decision = decided(finding("note"), answers=(answer("approve"),), live=False)
    assert decision.outcome == "book_with_note"


def test_an_approval_does_not_settle_what_belongs_to_another() -> None:
    first = answer("approve", settled=(PRICE,))
    decision = decided(STOCK, PRICE, answers=(first,))
    assert (decision.outcome, decision.open) == ("escalate", (STOCK.key,))
    assert decision.approved_by is None
    both = decided(STOCK, PRICE, answers=(first, answer("approve", "U0STOCK", (STOCK,))))
    assert (both.outcome, both.approved_by) == ("book", "U0STOCK")


def test_an_approval_of_other_figures_settles_nothing() -> None:
    worse = PRICE.model_copy(update={"message": "Line 1 states 0.04"})
    assert decided(worse, answers=(answer("approve", settled=(PRICE,)),)).outcome == "review"


def test_an_edit_does_not_approve() -> None:
    edited = answer("edit", settled=(PRICE,))
    assert decided(PRICE, answers=(edited,)).outcome == "review"
    assert decided(PRICE, answers=(edited,)).open == ()
    after = decided(PRICE, answers=(edited, answer("approve", "U0BEN")))
    assert (after.outcome, after.approved_by) == ("book", "U0BEN")


def test_an_edit_after_the_approval_takes_it_back() -> None:
    answers = (answer("approve", settled=(PRICE,)), answer("edit"))
    assert decided(PRICE, answers=answers).outcome == "review"


def test_even_a_clean_edited_order_waits_for_an_approval() -> None:
    assert decided(answers=(answer("edit"),)).outcome == "review"


def test_a_rejection_rejects() -> None:
    decision = decided(STOCK, PRICE, answers=(answer("reject"),))
    assert (decision.outcome, decision.open) == ("reject", ())
    assert decided(answers=(answer("reject"), answer("approve"))).outcome == "reject"


def test_an_escalation_hands_the_named_findings_on() -> None:
    handed = answer("escalate", settled=(PRICE,), to="U0BOSS")
    decision = decided(PRICE, finding("note"), answers=(handed,))
    assert decision.outcome == "escalate"
    assert [(f.action, f.owner) for f in decision.findings] == [
        ("escalate", "U0BOSS"),
        ("note", None),
    ]
    assert decision.open == (PRICE.key,)
    done = decided(PRICE, answers=(handed, answer("approve", "U0BOSS", (PRICE,))))
    assert done.outcome == "book"


def test_an_escalation_hands_on_what_it_names_and_nothing_that_comes_up_later() -> None:
    handed = answer("escalate", to="U0BOSS")
    assert decided(PRICE, answers=(handed,)).findings[0].owner != "U0BOSS"
    named = answer("escalate", settled=(PRICE,), to="U0BOSS")
    assert decided(PRICE, answers=(named,)).findings[0].owner == "U0BOSS"


def test_a_clean_order_handed_on_waits_for_that_person() -> None:
    handed = answer("escalate", to="U0BOSS")
    assert decided(answers=(handed,)).outcome == "escalate"
    assert decided(answers=(handed, answer("approve", "U0BOSS"))).outcome == "book"


def test_handing_on_takes_back_what_was_settled() -> None:
    answers = (
        answer("approve", settled=(PRICE,)),
        answer("escalate", settled=(PRICE,), to="U0BOSS"),
        answer("approve", "U0BEN"),
    )
    decision = decided(PRICE, answers=answers)
    assert (decision.outcome, decision.open) == ("escalate", (PRICE.key,))


def test_a_rejecting_rule_is_not_softened_by_handing_on() -> None:
    handed = answer("escalate", to="U0BOSS")
    assert decided(finding("reject"), answers=(handed,)).outcome == "reject"


# --- what can never be booked -----------------------------------------------------

_INCOMPLETE: list[dict[str, Any]] = [
    {"customer_id": None},
    {"lines": ()},
    {"lines": (CLEAN.lines[0].model_copy(update={"sku": None}),)},
    {"lines": (CLEAN.lines[0].model_copy(update={"quantity": None}),)},
    {"lines": (CLEAN.lines[0].model_copy(update={"quantity": Decimal(0)}),)},
    {"lines": (CLEAN.lines[0].model_copy(update={"quantity": Decimal(-1)}),)},
    {"lines": (*CLEAN.lines, CLEAN.lines[0].model_copy(update={"sku": None}))},
    {"ship_to": ShipTo()},
    {"kind": "question"},
    {"kind": "change"},
]


@pytest.mark.parametrize("change", _INCOMPLETE)
def test_an_incomplete_order_is_never_booked_however_often_approved(change: dict[str, Any]) -> None:
    said = CLEAN.model_copy(update=change)
    types = (OrderType(name="all", stage="auto"),)
    everything = BOOK.model_copy(update={"order_types": types})
    for answers, live in product(
        [(), (answer("approve"),), (answer("approve"),) * 3], [True, False]
    ):
        outcome = decided(said=said, book=everything, answers=answers, live=live).outcome
        assert outcome not in ("book", "book_with_note")
    reason = bookable(said)
    assert reason is not None
    assert reason.endswith(".")


def test_a_complete_order_can_be_booked() -> None:
    assert bookable(CLEAN) is None


def test_an_erp_without_addresses_asks_for_none() -> None:
    said = CLEAN.model_copy(update={"ship_to": ShipTo()})
    assert bookable(said, addresses_known=False) is None
    bare = catalog(known=frozenset({"customers"}))
    approved = (answer("approve"),)
    assert decide(said, (), BOOK, bare, approved).outcome == "book"
    assert decide(said, (), BOOK, CATALOG, approved).outcome == "review"


@pytest.mark.parametrize("actions", [("review",), ("escalate",), ("review", "note")])
def test_nothing_open_is_ever_booked(actions: tuple[Action, ...]) -> None:
    found = tuple(map(finding, actions))
    for answers in ((), (answer("approve"),), (answer("edit"), answer("approve"))):
        assert decided(*found, answers=answers).outcome in ("review", "escalate")


# --- mail that is no order --------------------------------------------------------


@pytest.mark.parametrize("kind", ["spam", "invoice", "offer", "confirmation"])
def test_mail_certainly_not_for_the_desk_is_set_aside(kind: Kind) -> None:
    not_one = Finding(type="not_an_order", message="no order")
    said = Order(kind=kind)
    assert decided(not_one, said=said).outcome == "ignore"
    assert decided(not_one, said=said).open == ()
    unsure = said.model_copy(update={"certain_kind": False})
    assert decided(not_one, said=unsure).outcome == "review"


def test_a_doubt_keeps_mail_from_being_set_aside() -> None:
    doubts = (
        Finding(type="not_an_order", message="no order"),
        Finding(type="unreadable_document", message="order.pdf cannot be read"),
    )
    assert decided(*doubts, said=Order(kind="spam")).outcome == "review"


@pytest.mark.parametrize(
    "kind", ["question", "return", "complaint", "other", "change", "unreadable"]
)
def test_other_mail_is_put_before_the_desk_and_set_aside_once_seen(kind: Kind) -> None:
    seen = Finding(type="not_an_order", message="no order")
    said = Order(kind=kind, customer=Party(email="a@weber.example"))
    assert decided(seen, said=said).outcome == "review"
    assert (
        decided(seen, said=said, answers=(answer("approve", settled=(seen,)),)).outcome == "ignore"
    )


def test_what_only_the_model_read_is_never_booked_without_a_person() -> None:
    read_by_model = CLEAN.model_copy(update={"extractor": "model"})
    assert decided(said=CLEAN).outcome == "book"
    assert decided(said=read_by_model).outcome == "review"
    assert decided(said=read_by_model, answers=(answer("approve"),)).outcome == "book"
