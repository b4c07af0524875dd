"""What Slack would take and what it would refuse, each held against slack_sdk where it can."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.sandbox.strict import check_blocks, check_metadata, check_view, too_large

Json = dict[str, Any]


def plain(text: str = "Text") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*Text*") -> Json:
    return {"type": "mrkdwn", "text": text}


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn()} | more


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Go"), "action_id": "go"} | more


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def options(count: int = 2) -> list[Json]:
    return [{"text": plain(f"Option {n}"), "value": str(n)} for n in range(count)]


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "pick", "options": options()} | more


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Label"), "element": element} | more


def cells(*texts: str) -> list[Json]:
    return [{"type": "raw_text", "text": text} for text in texts]


def table(*rows: list[Json], **more: Any) -> Json:
    return {"type": "table", "rows": list(rows) or [cells("A", "B"), cells("1", "2")]} | more


def chart(**more: Any) -> Json:
    points = [{"label": "Mon", "value": 1}, {"label": "Tue", "value": 2.5}]
    plot = {
        "type": "bar",
        "series": [{"name": "Orders", "data": points}],
        "axis_config": {"categories": ["Mon", "Tue"], "y_label": "Orders"},
    }
    return {"type": "data_visualization", "title": "Orders", "chart": plot | more}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


CONFIRM = {"title": plain(), "text": mrkdwn(), "confirm": plain("Yes"), "deny": plain("No")}
TEXT_INPUT = {"type": "plain_text_input", "action_id": "text"}
SPAN = {"type": "text", "text": "x", "style": {"bold": True}}
PICTURE = {"type": "image", "image_url": "https://img.example/a.png", "alt_text": "A"}

VALID: dict[str, list[Json]] = {
    "none": [],
    "section": [section()],
    "section at its limit": [section(text=mrkdwn("x" * 3000))],
    "fields": [{"type": "section", "fields": [mrkdwn("x" * 2000)] * 10}],
    "accessory": [section(accessory=button(style="danger", confirm=CONFIRM, value="1"))],
    "picture beside": [section(accessory=PICTURE)],
    "header": [{"type": "header", "text": plain("x" * 150)}],
    "divider": [{"type": "divider", "block_id": "line"}],
    "context": [{"type": "context", "elements": [mrkdwn(), plain(), PICTURE]}],
    "image": [PICTURE | {"title": plain()}],
    "25 elements": [actions(*(button(action_id=str(n)) for n in range(25)))],
    "menus": [actions(select(initial_option=options()[1]), select(action_id="b"))],
    "groups": [
        actions(
            {
                "type": "static_select",
                "action_id": "pick",
                "option_groups": [{"label": plain("G"), "options": options()}],
            }
        )
    ],
    "overflow": [section(accessory={"type": "overflow", "action_id": "o", "options": options(5)})],
    "same action in two blocks": [actions(button()), actions(button())],
    "table": [table(column_settings=[{"align": "right", "is_wrapped": True}])],
    "table with rich cells": [
        table([rich({"type": "rich_text_section", "elements": [SPAN]}), *cells("B")])
    ],
    "rich text": [
        rich(
            {"type": "rich_text_list", "style": "bullet", "elements": [
                {"type": "rich_text_section", "elements": [SPAN]}]},
            {"type": "rich_text_preformatted", "elements": [SPAN]},
            {"type": "rich_text_quote", "elements": [{"type": "user", "user_id": "U0ANNA"}]},
        )
    ],
    "markdown": [{"type": "markdown", "text": "**x**"}],
    "input": [field(TEXT_INPUT | {"multiline": True}, dispatch_action=True)],
    "chart": [chart()],
    "pie": [
        {"type": "data_visualization", "title": "Pie",
         "chart": {"type": "pie", "segments": [{"label": "A", "value": 1}]}}
    ],
    "data table": [
        {"type": "data_table", "caption": "Orders", "page_size": 10,
         "rows": [cells("A"), [{"type": "raw_number", "value": 1, "text": "1"}]]}
    ],
    "card": [{"type": "card", "title": mrkdwn("Order"), "actions": [button()]}],
    "carousel": [{"type": "carousel", "elements": [{"type": "card", "body": mrkdwn()}]}],
    "container": [{"type": "container", "title": plain(), "child_blocks": [section()]}],
    "thumbs": [
        {"type": "context_actions", "elements": [
            {"type": "feedback_buttons", "action_id": "f",
             "positive_button": {"text": plain("Good"), "value": "1"},
             "negative_button": {"text": plain("Bad"), "value": "0"}}]}
    ],
    "plan": [
        {"type": "plan", "title": "Plan", "tasks": [
            {"type": "task_card", "task_id": "1", "title": "Read", "status": "complete"}]}
    ],
    "for some": [actions(button(visible_to_user_ids=["U0ANNA"]))],
    "50 blocks": [section() for _ in range(50)],
}  # fmt: skip

NEWER_THAN_THE_SDK = ("chart", "pie", "data table")


@pytest.mark.parametrize("name", VALID)
def test_what_slack_takes_is_taken(name):
    assert check_blocks(VALID[name]) == []


@pytest.mark.parametrize("name", [name for name in VALID if name not in NEWER_THAN_THE_SDK])
def test_what_is_taken_is_known_to_slack_sdk(name):
    for block in VALID[name]:
        parsed = Block.parse(copy.deepcopy(block))
        assert parsed is not None
        known = parsed.to_dict()
        assert known.keys() == block.keys()


INVALID: dict[str, tuple[list[Any], str, str]] = {
    "no blocks": ({}, "must provide an array", "/blocks"),
    "null": ([None], "must provide an object", "/blocks/0"),
    "no type": ([{"text": mrkdwn()}], "missing required field: type", "/blocks/0"),
    "unknown block": ([{"type": "banner"}], "unsupported type: banner", "/blocks/0/type"),
    "alert in a message": ([{"type": "alert", "text": plain()}], "unsupported type", "/blocks/0"),
    "51 blocks": ([section()] * 51, "no more than 50 items", "/blocks"),
    "unknown key": ([section(colour="red")], "invalid additional property: colour", "/blocks/0"),
    "empty section": ([{"type": "section"}], "text or fields", "/blocks/0"),
    "long section": (
        [section(text=mrkdwn("x" * 3001))], "less than 3001 characters", "/blocks/0/text/text"),
    "empty text": ([section(text=mrkdwn(""))], "more than 0 characters", "/blocks/0/text/text"),
    "11 fields": ([section(fields=[plain()] * 11)], "no more than 10", "/blocks/0/fields"),
    "long field": (
        [section(fields=[plain("x" * 2001)])], "less than 2001", "/blocks/0/fields/0/text"),
    "mrkdwn header": (
        [{"type": "header", "text": mrkdwn()}], "unsupported type: mrkdwn", "/blocks/0/text/type"),
    "long header": (
        [{"type": "header", "text": plain("x" * 151)}], "less than 151", "/blocks/0/text/text"),
    "text as a string": ([section(text="hello")], "must provide an object", "/blocks/0/text"),
    "mrkdwn button": (
        [actions(button(text=mrkdwn()))], "unsupported type", "/blocks/0/elements/0/text/type"),
    "long button": (
        [actions(button(text=plain("x" * 76)))], "less than 76", "/blocks/0/elements/0/text/text"),
    "button without text": (
        [actions({"type": "button"})], "missing required field: text", "/blocks/0/elements/0"),
    "bad style": ([actions(button(style="green"))], "must be one of", "/blocks/0/elements/0/style"),
    "long value": (
        [actions(button(value="x" * 2001))], "less than 2001", "/blocks/0/elements/0/value"),
    "value no string": (
        [actions(button(value={"order": 1}))], "must provide a string",
        "/blocks/0/elements/0/value"),
    "long action_id": (
        [actions(button(action_id="x" * 256))], "less than 256", "/blocks/0/elements/0/action_id"),
    "26 elements": (
        [actions(*(button(action_id=str(n)) for n in range(26)))], "no more than 25",
        "/blocks/0/elements"),
    "no elements": ([actions()], "no fewer than 1", "/blocks/0/elements"),
    "text input in actions": (
        [actions(TEXT_INPUT)], "unsupported type", "/blocks/0/elements/0/type"),
    "6 in overflow": (
        [actions({"type": "overflow", "options": options(6)})], "no more than 5",
        "/blocks/0/elements/0/options"),
    "101 options": (
        [actions(select(options=options(101)))], "no more than 100",
        "/blocks/0/elements/0/options"),
    "11 radio buttons": (
        [section(accessory={"type": "radio_buttons", "options": options(11)})], "no more than 10",
        "/blocks/0/accessory/options"),
    "no options at all": (
        [actions({"type": "static_select"})], "exactly one of", "/blocks/0/elements/0"),
    "long option": (
        [actions(select(options=[{"text": plain("x" * 76), "value": "1"}]))], "less than 76",
        "/blocks/0/elements/0/options/0/text/text"),
    "long option value": (
        [actions(select(options=[{"text": plain(), "value": "x" * 151}]))], "less than 151",
        "/blocks/0/elements/0/options/0/value"),
    "initial option of another menu": (
        [actions(select(initial_option={"text": plain("Z"), "value": "z"}))],
        "initial option is not", "/blocks/0/elements/0"),
    "long confirm": (
        [actions(button(confirm=CONFIRM | {"text": plain("x" * 301)}))], "less than 301",
        "/blocks/0/elements/0/confirm/text/text"),
    "image without alt": (
        [{"type": "image", "image_url": "https://img.example/a.png"}],
        "missing required field: alt_text", "/blocks/0"),
    "image from nowhere": (
        [{"type": "image", "alt_text": "A"}], "exactly one of", "/blocks/0"),
    "11 in context": (
        [{"type": "context", "elements": [plain()] * 11}], "no more than 10",
        "/blocks/0/elements"),
    "same block_id": (
        [section(block_id="a"), section(block_id="a")], "already exists", "/blocks/1/block_id"),
    "same action_id": (
        [actions(button(), button())], "already exists", "/blocks/0/elements/1/action_id"),
    "two primary": (
        [actions(button(style="primary"), button(style="primary", action_id="b"))],
        "only one primary", "/blocks/0/elements"),
    "ragged table": (
        [table(cells("A", "B"), cells("1"))], "same number of cells", "/blocks/0/rows"),
    "21 columns": ([table(cells(*"x" * 21))], "no more than 20", "/blocks/0/rows/0"),
    "101 rows": ([table(*[cells("x")] * 101)], "no more than 100", "/blocks/0/rows"),
    "plain cell": (
        [table([plain()])], "unsupported type: plain_text", "/blocks/0/rows/0/0/type"),
    "two tables": ([table(), table()], "no more than 1 table", "/blocks"),
    "three charts": ([chart()] * 3, "no more than 2 data_visualization", "/blocks"),
    "7 series": (
        [chart(series=[{"name": str(n), "data": []} for n in range(7)])], "no more than 6",
        "/blocks/0/chart/series"),
    "labels apart": (
        [chart(axis_config={"categories": ["Mon", "Wed"]})], "labels must match",
        "/blocks/0/chart/series/0/data"),
    "long markdown": (
        [{"type": "markdown", "text": "x" * 12001}], "less than 12001", "/blocks/0/text"),
    "long markdown in all": (
        [{"type": "markdown", "text": "x" * 7000}] * 2, "12001 characters in all", "/blocks"),
    "many thumbs": (
        [{"type": "context_actions", "elements": [{"type": "button"}]}], "unsupported type",
        "/blocks/0/elements/0/type"),
    "inside a container": (
        [{"type": "container", "title": plain(), "child_blocks": [actions(button(), button())]}],
        "already exists", "/blocks/0/child_blocks/0/elements/1/action_id"),
    "for nobody known": (
        [actions(button(visible_to_user_ids=["anna"]))], "must match",
        "/blocks/0/elements/0/visible_to_user_ids/0"),
}  # fmt: skip


@pytest.mark.parametrize("name", INVALID)
def test_what_slack_refuses_is_refused(name):
    blocks, message, pointer = INVALID[name]
    told = check_blocks(blocks)
    assert any(message in each and f"[json-pointer:{pointer}" in each for each in told), told
    assert all(each.startswith("[ERROR] ") for each in told)


def modal(**more: Any) -> Json:
    view = {"type": "modal", "title": plain("Edit"), "submit": plain("Save"), "blocks": [section()]}
    return view | more


def test_views_that_slack_takes():
    assert check_view(modal()) == []
    assert check_view(modal(blocks=[{"type": "alert", "level": "warning", "text": plain()}])) == []
    assert check_view(modal(blocks=[section() for _ in range(100)])) == []
    assert check_view({"type": "home", "blocks": [section()], "callback_id": ""}) == []


@pytest.mark.parametrize(
    ("view", "message", "pointer"),
    [
        (None, "must provide an object", "/view"),
        (modal(title=plain("x" * 25)), "less than 25", "/view/title/text"),
        (modal(submit=mrkdwn()), "unsupported type", "/view/submit/type"),
        (modal(close=plain("x" * 25)), "less than 25", "/view/close/text"),
        (modal(private_metadata="x" * 3001), "less than 3001", "/view/private_metadata"),
        (modal(callback_id="x" * 256), "less than 256", "/view/callback_id"),
        (modal(blocks=[]), "no fewer than 1", "/view/blocks"),
        (modal(blocks=[section()] * 101), "no more than 100", "/view/blocks"),
        (modal(blocks=[table()]), "unsupported type: table", "/view/blocks/0/type"),
        ({"type": "home", "blocks": [section()], "title": plain()}, "additional", "/view"),
        ({"type": "modal", "blocks": [section()]}, "missing required field: title", "/view"),
        (
            {"type": "modal", "title": plain(), "blocks": [field(TEXT_INPUT)]},
            "missing required field: submit",
            "/view",
        ),
        (
            modal(blocks=[field({"type": "number_input"})]),
            "is_decimal_allowed",
            "/view/blocks/0/element",
        ),
        (
            modal(blocks=[field(TEXT_INPUT | {"focus_on_load": True})] * 2),
            "focus_on_load",
            "/view/blocks",
        ),
        (modal(blocks=[field(button())]), "unsupported type", "/view/blocks/0/element/type"),
    ],
)
def test_views_that_slack_refuses(view, message, pointer):
    told = check_view(view)
    assert any(message in each and f"[json-pointer:{pointer}" in each for each in told), told


def test_a_view_has_a_size():
    assert not too_large(modal())
    assert too_large(modal(blocks=[section(text=mrkdwn("x" * 3000)) for _ in range(90)]))


def test_metadata():
    assert check_metadata({"event_type": "order", "event_payload": {}}) == []
    assert "event_payload" in check_metadata({"event_type": "order"})[0]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "elements", "rows", "element", "options", "style"]),
            inner | st.sampled_from(["section", "actions", "button", "table", "input"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(ANYTHING)
def test_rules_never_raise(value):
    assert isinstance(check_blocks([value]), list)
    assert isinstance(check_view({"type": "modal", "title": value, "blocks": [value]}), list)
