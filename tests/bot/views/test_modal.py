"""The windows have a field for everything that can be corrected and fit Slack's limits."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.views import modal
from graph.order import Candidate, Line
from tests.bot.views.samples import (
    BOOK,
    ORDER,
    PETRA,
    PRICE,
    check_view,
    read,
    standing,
    wild_standings,
    words,
)

ADDRESSES = [("A1", "Hafenstr. 3, 24103 Kiel"), ("A2", "Werk 2, 24114 Kiel")]


def edit(*args: Any, **more: Any) -> dict[str, Any]:
    view = modal.edit_modal(*args, **more)
    check_view(view)
    return view


def field(view: dict[str, Any], block: str) -> dict[str, Any]:
    found: dict[str, Any] = next(b for b in view["blocks"] if b.get("block_id") == block)
    return found


def fields(view: dict[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def many(count: int) -> Any:
    lines = tuple(
        Line(position=n, sku="K-1", quantity=Decimal(n), unit="pcs") for n in range(1, count + 1)
    )
    return standing(order=ORDER.model_copy(update={"lines": lines}))


def test_the_edit_window_has_a_field_for_all_that_can_be_corrected() -> None:
    view = edit(standing(), ADDRESSES)
    assert fields(view) == [
        "customer_id_choice",
        "customer_id",
        "ship_to_choice",
        "ship_to",
        "po_number",
        "requested_date",
        "line_1_quantity",
        "line_1_sku",
        "line_1_remove",
        "line_2_quantity",
        "line_2_sku",
        "line_2_remove",
        "line_3_quantity",
        "line_3_sku_choice",
        "line_3_sku",
        "line_3_remove",
    ]
    assert {field(view, block)["element"]["action_id"] for block in fields(view)} == {"value"}
    assert all(field(view, block)["optional"] for block in fields(view))


def test_every_field_shows_what_is_known() -> None:
    view = edit(standing(), ADDRESSES)
    assert field(view, "line_2_quantity")["label"]["text"] == "Line 2 · Quantity (pcs)"
    assert field(view, "line_2_quantity")["element"]["initial_value"] == "36"
    assert field(view, "line_2_sku")["label"]["text"] == "Line 2 · SKU"
    assert field(view, "line_2_sku")["element"]["initial_value"] == "K-100"
    assert "initial_value" not in field(view, "line_3_quantity")["element"]
    assert field(view, "po_number")["element"]["initial_value"] == "PO-4711"
    assert field(view, "requested_date")["element"]["initial_date"] == "2026-06-03"
    assert field(view, "customer_id_choice")["element"]["initial_option"]["value"] == "C001"
    assert field(view, "ship_to_choice")["element"]["initial_option"]["value"] == "A1"
    assert "⚠" not in read(view)
    assert "*3* · 50 Stk · *no product* 99-7 Pipe clamp" in read(view)


def test_a_line_without_product_says_in_which_unit_to_count() -> None:
    view = edit(standing())
    assert field(view, "line_3_quantity")["label"]["text"] == "Line 3 · Quantity"
    assert "In the product's own unit" in field(view, "line_3_quantity")["hint"]["text"]
    assert "With another SKU" in field(view, "line_2_quantity")["hint"]["text"]


def test_candidates_are_offered_above_a_field_for_any_other() -> None:
    view = edit(standing())
    options = field(view, "line_3_sku_choice")["element"]["options"]
    assert [option["value"] for option in options] == ["S-15", "S-18"]
    assert options[0]["text"]["text"] == "S-15 Pipe clamp 15 mm"
    assert field(view, "line_3_sku")["hint"]["text"] == "Only where none of the above is right"


def test_a_known_value_outside_the_menu_stands_in_the_field_below() -> None:
    view = edit(standing(), [("A9", "Werk 9")])
    assert "initial_option" not in field(view, "ship_to_choice")["element"]
    assert field(view, "ship_to")["element"]["initial_value"] == "A1"


def test_a_menu_holds_a_hundred_and_leaves_out_what_slack_refuses() -> None:
    ids = ["A1", "A1", "", "x" * 151, *map(str, range(200))]
    offered = modal.offered([Candidate(id=id_, label=id_) for id_ in ids])
    assert len(offered) == 100
    assert [candidate.id for candidate in offered[:2]] == ["A1", "0"]


def test_the_window_remembers_order_version_and_page() -> None:
    view = edit(many(20), page=1)
    assert view["callback_id"] == "deskhand_edit"
    assert modal.Sheet.read(view["private_metadata"]) == modal.Sheet(
        order="4711", version=3, page=1
    )


@pytest.mark.parametrize("text", ["", "{}", '{"order":"1","version":1,"evil":2}', "[]"])
def test_metadata_that_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Sheet"):
        modal.Sheet.read(text)


def test_lines_are_paged_fifteen_at_a_time_and_the_head_comes_first() -> None:
    first, last = edit(many(40)), edit(many(40), page=2)
    assert "line_15_quantity" in fields(first)
    assert "line_16_quantity" not in fields(first)
    assert "Lines 16-30 of 40" in read(first)
    assert fields(last)[0] == "line_31_quantity"
    assert "Lines 16-30 of 40" in read(last)
    assert [b["accessory"]["value"] for b in last["blocks"] if "accessory" in b] == ["1"]
    assert edit(many(40), page=99) == last


def test_both_ways_can_be_turned_in_the_middle() -> None:
    turns = [b["accessory"] for b in edit(many(40), page=1)["blocks"] if "accessory" in b]
    assert [(t["action_id"], t["value"], t["text"]["text"]) for t in turns] == [
        ("deskhand_page", "0", "Back"),
        ("deskhand_page", "2", "Next page"),
    ]


def test_corrections_made_on_other_pages_travel_along_and_are_shown() -> None:
    changes = {"lines.1.quantity": "7", "lines.2.remove": "yes", "po_number": "X"}
    view = edit(many(40), changes=changes)
    assert modal.Sheet.read(view["private_metadata"]).changes == changes
    assert field(view, "line_1_quantity")["element"]["initial_value"] == "7"
    assert "initial_options" in field(view, "line_2_remove")["element"]
    assert field(view, "po_number")["element"]["initial_value"] == "X"


def test_pages_stop_turning_before_corrections_would_be_lost() -> None:
    changes = {f"lines.{n}.sku": "K-1234567890" for n in range(1, 41)}
    view = edit(many(40), changes=changes)
    assert "Save these corrections before you go on" in read(view)
    assert not any("accessory" in block for block in view["blocks"])


def test_two_lines_of_one_position_get_one_set_of_fields() -> None:
    twice = (ORDER.lines[0], ORDER.lines[0])
    view = edit(standing(order=ORDER.model_copy(update={"lines": twice})))
    assert fields(view).count("line_1_quantity") == 1


def test_a_note_is_put_on_top() -> None:
    view = edit(standing(), note="Changed by <@U0BEN> meanwhile.")
    assert view["blocks"][0]["text"]["text"] == "Changed by <@U0BEN> meanwhile."


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(wild_standings(), st.lists(st.tuples(words, words), max_size=5), st.integers(-1, 3))
def test_every_edit_window_is_one_that_slack_takes(order: Any, places: Any, page: int) -> None:
    edit(order, places, page=page)
    check_view(modal.reject_modal(order))
    check_view(modal.escalate_modal(order, BOOK))


def test_escalating_asks_for_a_person_and_a_reason() -> None:
    view = modal.escalate_modal(standing("waiting", PRICE), BOOK)
    check_view(view)
    assert field(view, "person")["element"]["initial_user"] == PETRA
    assert field(view, "reason")["element"]["multiline"] is True
    assert not field(view, "person")["optional"]
    assert not field(view, "reason")["optional"]
    assert "*Order 4711*: price differs on line 2" in read(view)
    assert view["callback_id"] == "deskhand_escalate"


def test_rejecting_asks_for_a_reason_that_suits_the_mail() -> None:
    order, question = standing(), standing(order=ORDER.model_copy(update={"kind": "question"}))
    assert "Why is it rejected" in read(modal.reject_modal(order))
    assert "what did you do with it" in read(modal.reject_modal(question))
    assert modal.reject_modal(order)["callback_id"] == "deskhand_reject"


def test_windows_that_only_speak_have_nothing_to_submit() -> None:
    for view in (modal.loading_modal(), modal.message_modal("Only <@U0ANNA> may decide this.")):
        check_view(view)
        assert "submit" not in view
