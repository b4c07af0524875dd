"""The card says what is asked first, carries only what a click needs, and never too much."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bot.views.card import Message, card, direct
from graph.order import Candidate, Decision, Finding, Line, Order, Standing
from tests.bot.views.samples import (
    ANNA,
    BEN,
    BOOK,
    LINES,
    NOW,
    ORDER,
    PETRA,
    PIA,
    PRICE,
    STOCK,
    UNKNOWN,
    answer,
    check_blocks,
    read,
    standing,
    wild_standings,
)


def drawn(order: Standing) -> Message:
    message = card(order, BOOK, now=NOW)
    check_blocks(message.blocks)
    return message


def buttons(message: Message) -> list[dict[str, Any]]:
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return rows[0] if rows else []


def labels(message: Message) -> list[str]:
    return [button["text"]["text"] for button in buttons(message)]


# --- what is asked -----------------------------------------------------------------------


def test_a_waiting_order_names_customer_reason_and_who_decides_first() -> None:
    message = drawn(standing("waiting", PRICE, UNKNOWN))
    said = read(message.blocks)
    assert message.blocks[0]["text"]["text"] == "Order 4711 · Müller Bau GmbH · PO-4711"
    assert message.blocks[1]["text"]["text"] == f"*2 questions* for <@{PIA}> and the desk."
    assert f"*Price differs* · line 2 · <@{PIA}> decides\n{PRICE.message}" in said
    assert '> “2 Ball valve 1/2" 36 4,20” (po.pdf, page 1)' in said
    assert "Could be: S-15 Pipe clamp 15 mm · S-18 Pipe clamp 18 mm" in said


def test_the_notification_reads_well_by_itself() -> None:
    assert drawn(standing("waiting", PRICE)).text == (
        f"Order 4711 from Müller Bau GmbH needs <@{PIA}>: price differs on line 2"
    )
    assert drawn(standing("waiting", UNKNOWN)).text == (
        "Order 4711 from Müller Bau GmbH needs you: more than one product fits on line 3"
    )
    assert drawn(standing()).text.endswith("needs you: ready to approve")


def test_the_order_itself_is_on_the_card() -> None:
    said = read(drawn(standing("waiting", PRICE)).blocks)
    for words in (
        "*Customer*\nMüller Bau GmbH (C001)",
        "*PO number*\nPO-4711",
        "*Ship-to*\nHafenstr. 3, 24103 Kiel (A1)",
        "*Requested date*\nWed 3 Jun 2026",
        "*Value*\n1234.50 EUR · 3 lines",
        "*1* · 10 m · C-15 Copper pipe 15 mm · 7.50 EUR",
        "⚠ *2* · 36 pcs (3 dozen) · K-100",
        "*3* · 50 Stk · *no product* 99-7 Pipe clamp · no price",
        "einkauf@mueller-bau.example",
        "*Order type*\nother\na person decides each one",
    ):
        assert words in said


def test_what_is_missing_is_said_not_left_blank() -> None:
    order = Order(lines=(Line(position=1, description="Pipe"),))
    said = read(drawn(standing(order=order)).blocks)
    assert "no customer found for it" in said
    assert said.count("not stated") == 3
    assert "*Value*\nnot known" in said
    assert "*no quantity* · *no product* Pipe · no price" in said


def test_an_address_that_is_not_on_file_and_a_past_date_stand_out() -> None:
    place = ORDER.ship_to.model_copy(update={"address_id": None})
    order = ORDER.model_copy(update={"ship_to": place, "requested_date": NOW.date().replace(day=1)})
    said = read(drawn(standing(order=order)).blocks)
    assert "Kiel\n*not on file*" in said
    assert "Fri 1 May 2026\n*in the past*" in said


def test_a_price_for_more_than_one_unit_says_so() -> None:
    line = Line(position=1, stated_price=Decimal(45), price_per=Decimal(100))
    said = read(drawn(standing(order=ORDER.model_copy(update={"lines": (line,)}))).blocks)
    assert "45.00 EUR per 100" in said


def test_the_worth_is_summed_only_where_every_line_has_a_price() -> None:
    priced = ORDER.model_copy(update={"total": None, "lines": LINES[:2]})
    assert "*Value*\n237.00 EUR" in read(drawn(standing(order=priced)).blocks)
    partly = ORDER.model_copy(update={"total": None})
    assert "*Value*\nnot known" in read(drawn(standing(order=partly)).blocks)


def test_lines_with_a_finding_are_shown_before_the_others_are_left_out() -> None:
    many = tuple(Line(position=n, description=f"Thing {n}") for n in range(1, 41))
    late = PRICE.model_copy(update={"line": 33})
    order = ORDER.model_copy(update={"lines": many})
    said = read(drawn(standing("waiting", late, order=order)).blocks)
    assert "⚠ *33*" in said
    assert "*9* ·" in said
    assert "*10* ·" not in said
    assert "and 30 more lines" in said


def test_more_findings_than_fit_are_counted_by_type() -> None:
    many = [UNKNOWN.model_copy(update={"line": n, "message": f"m{n}"}) for n in range(9)]
    said = read(drawn(standing("waiting", *many, PRICE)).blocks)
    assert "*10 questions*" in said
    assert "*And 5 more:* 5 × More than one product fits" in said


def test_candidates_of_the_line_are_offered_where_the_finding_has_none() -> None:
    bare = UNKNOWN.model_copy(update={"candidates": ()})
    assert "Could be: S-15" in read(drawn(standing("waiting", bare)).blocks)


def test_a_clean_draft_says_that_nothing_looks_wrong() -> None:
    assert "*Nothing looks wrong.* For the desk to approve." in read(drawn(standing()).blocks)


def test_a_clean_order_handed_to_somebody_names_that_person() -> None:
    given = answer("escalate", to=STOCK, reason="You know them")
    said = read(drawn(standing(answers=(given,))).blocks)
    assert f"For <@{STOCK}> to approve." in said
    assert f"Escalated by <@{ANNA}> to <@{STOCK}> at <!date^" in said
    assert ": You know them" in said


# --- buttons -----------------------------------------------------------------------------


def test_buttons_come_in_the_order_of_the_contract_with_one_primary() -> None:
    message = drawn(standing("waiting", PRICE))
    assert labels(message) == ["Approve", "Edit", "Escalate", "Reject"]
    assert [b.get("style") for b in buttons(message)] == ["primary", None, None, None]
    assert [b["action_id"] for b in buttons(message)] == [
        "deskhand_approve",
        "deskhand_edit",
        "deskhand_escalate",
        "deskhand_reject",
    ]


def test_a_button_value_holds_order_version_and_action_and_nothing_else() -> None:
    for button in buttons(drawn(standing())):
        action = button["action_id"].removeprefix("deskhand_")
        assert json.loads(button["value"]) == {"order": "4711", "version": 3, "action": action}


def test_metadata_finds_the_order_again() -> None:
    assert drawn(standing()).metadata == {
        "event_type": "deskhand_order",
        "event_payload": {"order_id": "4711", "version": 3},
    }


@pytest.mark.parametrize("state", ["new", "booked", "rejected", "ignored", "shadow"])
@pytest.mark.parametrize("answers", [(), (answer(),)])
def test_nothing_can_be_pressed_once_it_is_decided(state: str, answers: tuple[Any, ...]) -> None:
    assert buttons(drawn(standing(state, PRICE, answers=answers))) == []


@pytest.mark.parametrize(("total", "asked"), [("5000", False), ("5000.01", True), (None, False)])
def test_approve_asks_again_only_above_the_value_limit(total: str | None, asked: bool) -> None:
    order = ORDER.model_copy(update={"total": Decimal(total) if total else None})
    approve, *others = buttons(drawn(standing(order=order)))
    assert ("confirm" in approve) is asked
    assert not any("confirm" in button for button in others)
    if asked:
        assert approve["confirm"]["text"]["text"] == (
            "Müller Bau GmbH orders for 5000.01 EUR. The limit is 5000.00 EUR."
        )


def test_approve_asks_again_where_the_check_found_the_limit_passed() -> None:
    found = Finding(type="value_limit", message="too much", action="review")
    assert "confirm" in buttons(drawn(standing("waiting", found)))[0]


# --- after a decision ------------------------------------------------------------------------


def test_a_booked_order_says_who_approved_it_and_its_erp_number() -> None:
    given = answer(settled=(PRICE.key,))
    message = drawn(standing("booked", PRICE, answers=(given,), reference="9001"))
    said = read(message.blocks)
    assert "*Booked as ERP order 9001.*" in said
    assert f"Approved by <@{ANNA}> at <!date^1779278400^" in said
    assert "Settled: price differs on line 2" in said
    assert "> decides" not in said
    assert message.text == "Order 4711 from Müller Bau GmbH is booked as ERP order 9001"


def test_an_order_booked_straight_through_takes_two_blocks() -> None:
    message = drawn(standing("booked", reference="9001"))
    said = read(message.blocks)
    assert len(message.blocks) == 2
    assert "*Booked as ERP order 9001.* 3 lines · 1234.50 EUR" in said
    assert "Booked straight through, no person needed." in said
    assert "Approved" not in said


def test_a_note_is_kept_on_an_order_booked_with_it() -> None:
    note = Finding(type="out_of_stock", message="Only 4 in stock.", line=1, action="note")
    message = drawn(standing("booked", note, reference="9001"))
    assert len(message.blocks) == 2
    assert "Note: Only 4 in stock." in read(message.blocks)


def test_an_approver_without_a_recorded_answer_is_still_named() -> None:
    decision = Decision(outcome="book", approved_by=BEN)
    said = read(drawn(standing("booked", decision=decision, reference="9001")).blocks)
    assert f"Approved by <@{BEN}>" in said
    assert "straight through" not in said


def test_a_rejected_order_gives_the_reason() -> None:
    given = answer("reject", reason="They <!channel> withdrew it")
    said = read(drawn(standing("rejected", PRICE, answers=(given,))).blocks)
    assert "*Rejected.* Nothing was booked." in said
    assert f"Rejected by <@{ANNA}>" in said
    assert "They &lt;!channel&gt; withdrew it" in said


def test_an_order_rejected_by_a_rule_names_the_rule_not_a_person() -> None:
    blocked = Finding(type="customer_blocked", message="C001 is blocked.", action="reject")
    said = read(drawn(standing("rejected", blocked)).blocks)
    assert "*Rejected by the playbook.* Nothing was booked.\nC001 is blocked." in said


def test_a_failed_booking_never_reads_as_approved() -> None:
    failed = standing(
        "failed",
        decision=Decision(outcome="book", order_type="other", stage="auto", approved_by=ANNA),
        answers=(answer(settled=(PRICE.key,)),),
        problem="The ERP did not answer.",
    )
    message = drawn(failed)
    said = read(message.blocks)
    assert "*Booking failed:* The ERP did not answer." in said
    assert "press Approve again to try at once" in said
    assert labels(message) == ["Approve again"]
    assert "approved" not in (said + message.text).lower()
    assert f"Settled by <@{ANNA}>" in said


def test_an_order_that_could_not_be_prepared_says_so() -> None:
    bare = standing("failed", problem="No catalog.").model_copy(update={"decision": None})
    message = drawn(bare)
    assert "*Preparing failed:* No catalog." in read(message.blocks)
    assert labels(message) == ["Approve another try"]


def test_while_others_still_decide_an_approval_reads_as_settled() -> None:
    said = read(drawn(standing("waiting", PRICE, answers=(answer(),))).blocks)
    assert f"Settled by <@{ANNA}>" in said
    assert "Approved by" not in said


def test_an_edit_names_what_was_changed() -> None:
    given = answer("edit", changes={"lines.1.quantity": "12", "lines.2.remove": "yes"})
    said = read(drawn(standing(answers=(given,))).blocks)
    assert f"Edited by <@{ANNA}> (line 1 quantity now 12, line 2 removed)" in said


# --- mail that is no order -------------------------------------------------------------------


COMPLAINT = ORDER.model_copy(
    update={"kind": "complaint", "kind_reason": "“arrived broken” in the body", "lines": ()}
)


def test_other_mail_can_be_closed_or_handed_on_but_not_booked() -> None:
    message = drawn(standing(order=COMPLAINT))
    said = read(message.blocks)
    assert labels(message) == ["Approve as handled", "Escalate", "Reject"]
    assert (
        "*This is a complaint, not an order.* For the desk.\n“arrived broken” in the body" in said
    )
    assert "Bestellung PO-4711" in said
    assert "*Value*" not in said
    assert message.text.endswith("needs you: it is a complaint")


def test_doubt_about_the_kind_is_said() -> None:
    unsure = COMPLAINT.model_copy(update={"certain_kind": False})
    assert "*This is probably a complaint" in read(drawn(standing(order=unsure)).blocks)


def test_mail_set_aside_takes_two_blocks_and_says_why() -> None:
    spam = COMPLAINT.model_copy(update={"kind": "spam", "kind_reason": "newsletter footer"})
    message = drawn(standing("ignored", order=spam))
    assert len(message.blocks) == 2
    assert (
        "*Set aside:* spam or advertising from einkauf@mueller-bau.example.\nnewsletter footer"
        in read(message.blocks)
    )


def test_mail_closed_by_a_person_names_that_person() -> None:
    said = read(drawn(standing("ignored", order=COMPLAINT, answers=(answer(),))).blocks)
    assert "*Closed:* a complaint, nothing was booked." in said
    assert f"Handled by <@{ANNA}>" in said


# --- the direct message ------------------------------------------------------------------------


def told(order: Standing, person: str = PIA) -> Message:
    message = direct(order, BOOK, person, now=NOW)
    check_blocks(message.blocks)
    return message


def test_an_owner_sees_only_the_findings_and_lines_to_settle() -> None:
    message = told(standing("waiting", PRICE, UNKNOWN))
    said = read(message.blocks)
    assert "*1 question* for you. 1 more for the desk." in said
    assert PRICE.message in said
    assert UNKNOWN.message not in said
    assert "⚠ *2*" in said
    assert "*1* · 10 m" not in said
    assert labels(message) == ["Approve", "Edit", "Escalate", "Reject"]
    assert message.metadata["event_type"] == "deskhand_order"
    assert message.text == "Order 4711 from Müller Bau GmbH needs you: price differs on line 2"


def test_a_deputy_and_the_implementation_owner_are_shown_what_they_may_settle() -> None:
    stock = Finding(type="out_of_stock", message="Only 4.", line=1, action="escalate", owner=STOCK)
    both = standing("waiting", PRICE, stock)
    assert "Only 4." not in read(told(both, BEN).blocks)
    assert PRICE.message in read(told(both, BEN).blocks)
    assert "*2 questions* for you." in read(told(both, PETRA).blocks)


def test_a_clean_order_handed_over_is_shown_whole() -> None:
    given = answer("escalate", to=STOCK, reason="You know them")
    message = told(standing(answers=(given,)), STOCK)
    assert "*Handed to you to decide.*" in read(message.blocks)
    assert "*1* · 10 m" in read(message.blocks)
    assert message.text.endswith("needs you: it was handed to you")


def test_a_settled_message_loses_its_buttons_and_says_who_decided() -> None:
    decision = Decision(outcome="review", findings=(PRICE, UNKNOWN), open=(UNKNOWN.key,))
    given = answer(by=PIA, settled=(PRICE.key,))
    message = told(standing(decision=decision, answers=(given,)))
    said = read(message.blocks)
    assert buttons(message) == []
    assert "*Settled.* The rest of the order is still being decided." in said
    assert f"Settled by <@{PIA}>" in said
    booked = told(standing("booked", PRICE, answers=(given,), reference="9001"))
    assert "*Booked as ERP order 9001.*" in read(booked.blocks)
    assert f"Approved by <@{PIA}>" in read(booked.blocks)


# --- whatever the mail says ----------------------------------------------------------------------


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(wild_standings())
def test_every_card_and_message_is_one_that_slack_takes(order: Standing) -> None:
    for message in (drawn(order), told(order)):
        assert len(message.blocks) <= 20
        assert "<!" not in message.text
        assert message.text.strip()


def test_ten_thousand_lines_make_a_short_card() -> None:
    many = tuple(Line(position=n, description="x" * 4000) for n in range(1, 10_001))
    found = tuple(
        Finding(
            type="unknown_product",
            message="&" * 4000,
            line=n,
            candidates=(Candidate(id="&" * 400, label="<" * 4000),) * 50,
        )
        for n in range(1, 200)
    )
    message = drawn(standing("waiting", *found, order=ORDER.model_copy(update={"lines": many})))
    assert len(json.dumps(message.blocks)) < 16_000
    assert "and 9990 more lines" in read(message.blocks)
