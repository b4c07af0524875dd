"""What was typed becomes typed changes, or a complaint at the very field."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bot.views.answers import Edits, parse_edit, parse_escalate, parse_reason, read_quantity
from bot.views.modal import edit_modal
from graph.order import Standing
from tests.bot.views.samples import LINES, ORDER, PIA, standing, wild_standings

ADDRESSES = [("A1", "Hafenstr. 3"), ("A2", "Werk 2")]


def shown(view: dict[str, Any]) -> dict[str, Any]:
    """The state Slack sends where a person presses Save without touching anything."""
    state = {}
    for block in (b for b in view["blocks"] if b["type"] == "input"):
        element = block["element"]
        state[block["block_id"]] = {
            "value": {
                "type": element["type"],
                "value": element.get("initial_value"),
                "selected_option": element.get("initial_option"),
                "selected_options": element.get("initial_options", []),
                "selected_date": element.get("initial_date"),
            }
        }
    return state


def saved(order: Standing | None = None, carried: Any = None, page: int = 0, **typed: Any) -> Edits:
    """Save after typing; a value is text, ``{"pick": id}``, ``{"date": day}`` or True (a tick)."""
    order = order or standing()
    values = shown(edit_modal(order, ADDRESSES, page=page, changes=carried))
    for block, text in typed.items():
        values[block] = {"value": _state(text)}
    return parse_edit(values, order, ADDRESSES, carried)


def _state(text: Any) -> dict[str, Any]:
    if text is True:
        return {"selected_options": [{"value": "remove"}]}
    if text is False:
        return {"selected_options": []}
    if isinstance(text, dict) and "pick" in text:
        return {"selected_option": {"value": text["pick"]} if text["pick"] else None}
    return {"selected_date": text["date"]} if isinstance(text, dict) else {"value": text}


def test_an_untouched_window_changes_nothing() -> None:
    assert saved() == Edits({}, {})


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(wild_standings())
def test_no_order_is_changed_by_an_untouched_window(order: Standing) -> None:
    assert parse_edit(shown(edit_modal(order, ADDRESSES)), order, ADDRESSES) == Edits({}, {})


@pytest.mark.parametrize(
    ("typed", "changes"),
    [
        ({"line_1_quantity": "12,5"}, {"lines.1.quantity": "12.5"}),
        ({"line_3_quantity": "50"}, {"lines.3.quantity": "50"}),
        ({"line_1_quantity": " 10,0 "}, {}),
        ({"line_1_sku": "C-18"}, {"lines.1.sku": "C-18"}),
        ({"line_3_sku_choice": {"pick": "S-18"}}, {"lines.3.sku": "S-18"}),
        ({"line_3_sku": "S-99"}, {"lines.3.sku": "S-99"}),
        ({"line_3_sku": "S-18", "line_3_sku_choice": {"pick": "S-18"}}, {"lines.3.sku": "S-18"}),
        ({"line_2_remove": True}, {"lines.2.remove": "yes"}),
        ({"line_2_remove": True, "line_2_quantity": "?"}, {"lines.2.remove": "yes"}),
        ({"customer_id": "C777"}, {"customer_id": "C777"}),
        ({"ship_to_choice": {"pick": "A2"}}, {"ship_to.address_id": "A2"}),
        ({"ship_to": "A77"}, {"ship_to.address_id": "A77"}),
        ({"po_number": "PO-\u200b4712 "}, {"po_number": "PO-4712"}),
        ({"po_number": "  "}, {"po_number": ""}),
        ({"requested_date": {"date": None}}, {"requested_date": ""}),
        ({"requested_date": {"date": "2026-06-10"}}, {"requested_date": "2026-06-10"}),
    ],
)
def test_only_what_differs_is_returned(typed: dict[str, Any], changes: dict[str, str]) -> None:
    assert saved(**typed) == Edits(changes, {})


@pytest.mark.parametrize(
    ("typed", "block", "complaint"),
    [
        ({"line_1_quantity": "ten"}, "line_1_quantity", "only a number"),
        ({"line_1_quantity": "12 pcs"}, "line_1_quantity", "only a number"),
        ({"line_1_quantity": "-3"}, "line_1_quantity", "only a number"),
        ({"line_1_quantity": "0"}, "line_1_quantity", "above 0"),
        ({"line_1_quantity": "1.200"}, "line_1_quantity", "two ways. Write 1200, or 1.2000"),
        ({"line_1_quantity": ""}, "line_1_quantity", "tick Remove"),
        ({"line_1_sku": ""}, "line_1_sku", "left empty"),
        ({"ship_to_choice": {"pick": None}}, "ship_to", "left empty"),
        (
            {"line_3_sku": "S-99", "line_3_sku_choice": {"pick": "S-18"}},
            "line_3_sku",
            "not both",
        ),
    ],
)
def test_what_cannot_be_meant_is_said_at_the_field(
    typed: dict[str, Any], block: str, complaint: str
) -> None:
    edits = saved(**typed)
    assert edits.changes == {}
    assert list(edits.errors) == [block]
    assert complaint in edits.errors[block]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1 234,5", "1234.5"),
        ("1'234.5", "1234.5"),
        ("1\u202f234", "1234"),
        ("12345,678", "12345.678"),
        ("1.2340", "1.2340"),
    ],
)
def test_quantities_are_read_in_german_and_english_style(text: str, value: str) -> None:
    assert read_quantity(text) == (Decimal(value), "")


@pytest.mark.parametrize("text", ["1,234", "10.000", "999,999"])
def test_a_quantity_that_can_be_read_in_two_ways_is_asked_again(text: str) -> None:
    assert read_quantity(text)[0] is None


@pytest.mark.parametrize("text", ["1.23.4", "1,2,3", "NaN", "1e3", "Infinity", "1,234.567,8", "."])
def test_no_number_is_guessed(text: str) -> None:
    assert read_quantity(text)[0] is None


def test_every_wrong_field_gets_its_complaint_at_once() -> None:
    edits = saved(line_1_quantity="x", line_2_quantity="y", line_3_quantity="5")
    assert set(edits.errors) == {"line_1_quantity", "line_2_quantity"}


def test_a_shown_quantity_with_three_decimals_is_not_doubted() -> None:
    line = LINES[0].model_copy(update={"quantity": Decimal("1.234")})
    order = standing(order=ORDER.model_copy(update={"lines": (line,)}))
    assert saved(order) == Edits({}, {})


def test_a_quantity_typed_before_the_product_is_known_counts_in_its_unit() -> None:
    line = LINES[2].model_copy(update={"quantity": Decimal(3), "stated_unit": "dozen"})
    order = standing(order=ORDER.model_copy(update={"lines": (line,)}))
    assert saved(order, line_3_sku="S-15").changes == {"lines.3.sku": "S-15"}
    assert saved(order, line_3_quantity="3").changes == {"lines.3.quantity": "3"}


def test_an_order_keeps_at_least_one_line() -> None:
    edits = saved(line_1_remove=True, line_2_remove=True, line_3_remove=True)
    assert list(edits.errors) == ["line_1_remove"]
    assert "press Reject" in edits.errors["line_1_remove"]


def paged(count: int) -> Standing:
    lines = tuple(LINES[0].model_copy(update={"position": n}) for n in range(1, count + 1))
    return standing(order=ORDER.model_copy(update={"lines": lines}))


def test_corrections_of_other_pages_are_kept() -> None:
    carried = {"lines.1.quantity": "7", "po_number": "X"}
    edits = saved(paged(20), carried, page=1, line_20_quantity="8")
    assert edits.changes == {**carried, "lines.20.quantity": "8"}


def test_a_correction_taken_back_is_gone() -> None:
    carried = {"lines.1.quantity": "7", "lines.2.remove": "yes", "ship_to.address_id": "A2"}
    assert saved(paged(20), carried).changes == carried
    edits = saved(
        paged(20),
        carried,
        line_1_quantity="10",
        line_2_remove=False,
        ship_to_choice={"pick": "A1"},
    )
    assert edits == Edits({}, {})


def test_a_reason_of_blanks_is_none() -> None:
    assert parse_reason({"reason": {"value": {"value": " \n "}}}).errors == {
        "reason": "Please write a reason."
    }
    given = parse_reason({"reason": {"value": {"value": " They\nwithdrew it "}}})
    assert (given.reason, given.errors) == ("They withdrew it", {})


def test_escalating_needs_a_person_and_a_reason() -> None:
    assert set(parse_escalate({}).errors) == {"reason", "person"}
    given = parse_escalate(
        {"reason": {"value": {"value": "why"}}, "person": {"value": {"selected_user": PIA}}}
    )
    assert (given.to, given.reason, given.errors) == (PIA, "why", {})
