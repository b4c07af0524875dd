"""Modals through the unmodified Bolt app."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt import Ack
from slack_sdk.errors import SlackApiError

from bot.sandbox.hub import Timing
from tests.bot.sandbox.payloads import ANNA, BEN, DESK, Heard, button, card, modal, plain, post

# --- modals ---------------------------------------------------------------------------


@pytest.fixture
def rejecting(ws, app, client, connect):
    """An app whose Approve button opens a modal; what is submitted, and the answer to it."""
    submitted, answer, closed = Heard(), {}, Heard()
    app.action("order:approve")(
        lambda ack, body: (ack(), client.views_open(trigger_id=body["trigger_id"], view=modal()))
    )

    @app.view("reject")
    def on_submit(ack: Ack, body: dict[str, Any]) -> None:
        submitted.append(body)
        ack(**answer)

    app.view_closed("reject")(closed.listener)
    connect(app, ws)
    ws.click(ANNA, DESK, post(client), "order:approve")
    ws.wait_for(lambda: ws.view_of(ANNA))
    return submitted, answer, closed


def test_a_modal_is_submitted_and_closes(ws, rejecting):
    submitted, _, _ = rejecting
    assert ws.submit(ANNA, values={"Reason": "No such customer"}).ok
    view = submitted[0]["view"]
    assert view["state"]["values"]["reason"]["text"]["value"] == "No such customer"
    assert view["private_metadata"] == "12"
    assert ws.view_of(ANNA) is None
    assert ws.view_of(BEN) is None


def test_a_required_field_is_required(ws, rejecting):
    submitted, _, _ = rejecting
    outcome = ws.submit(ANNA)
    assert outcome.fields == {"reason": "Please complete this required field."}
    assert submitted == []
    assert ws.view_of(ANNA)


def test_a_field_that_is_not_there_is_named(ws, rejecting):
    with pytest.raises(LookupError, match="reason"):
        ws.submit(ANNA, values={"raeson": "x"})


def test_errors_of_the_app_keep_the_modal(ws, rejecting):
    _, answer, _ = rejecting
    answer |= {"response_action": "errors", "errors": {"reason": "Too short"}}
    assert ws.submit(ANNA, values={"text": "No"}).fields == {"reason": "Too short"}
    assert ws.view_of(ANNA)


def test_errors_at_a_field_that_is_not_there_are_the_apps_fault(ws, rejecting):
    _, answer, _ = rejecting
    answer |= {"response_action": "errors", "errors": {"text": "action_id, not block_id"}}
    outcome = ws.submit(ANNA, values={"text": "No"})
    assert not outcome.ok
    assert outcome.fields == {}
    assert "text" in ws.calls[-1].messages[0]


def test_a_submission_can_update_push_and_clear(ws, rejecting):
    _, answer, _ = rejecting
    answer |= {"response_action": "update", "view": modal(title=plain("Sure?"))}
    ws.submit(ANNA, values={"reason": "x"})
    first = ws.view_of(ANNA)
    assert first["title"]["text"] == "Sure?"

    answer |= {"response_action": "push", "view": modal(title=plain("Really?"))}
    ws.submit(ANNA, values={"reason": "x"})
    second = ws.view_of(ANNA)
    assert second["previous_view_id"] == second["root_view_id"] == first["id"]

    answer |= {"response_action": "clear"}
    ws.submit(ANNA, values={"reason": "x"})
    assert ws.view_of(ANNA) is None


def test_a_bad_view_in_an_answer_shows_an_error(ws, rejecting):
    _, answer, _ = rejecting
    answer |= {"response_action": "update", "view": modal(title=plain("x" * 25))}
    assert "cannot be shown" in ws.submit(ANNA, values={"reason": "x"}).error
    assert "/view/title/text" in ws.calls[-1].messages[0]


def test_closing_is_told_only_when_asked_for(ws, client, rejecting):
    _, _, closed = rejecting
    ws.close_view(ANNA)
    assert ws.view_of(ANNA) is None
    assert closed == []


def test_closing_is_told(ws, client, rejecting):
    _, _, closed = rejecting
    client.views_update(view_id=ws.view_of(ANNA)["id"], view=modal(notify_on_close=True))
    ws.close_view(ANNA)
    ws.wait_for(lambda: closed)
    assert closed[0]["view"]["private_metadata"] == "12"


def test_a_trigger_opens_one_modal(ws, app, client, connect):
    heard = Heard()
    app.action("order:approve")(heard.listener)
    connect(app, ws)
    ws.click(ANNA, DESK, post(client), "order:approve")
    ws.wait_for(lambda: heard)
    client.views_open(trigger_id=heard[0]["trigger_id"], view=modal())
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        client.views_open(trigger_id=heard[0]["trigger_id"], view=modal())
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        client.views_open(trigger_id="1.2.3", view=modal())


def test_a_trigger_expires(make, app_of, client_of, connect):
    ws = make(timing=Timing(trigger=0.0))
    app, client, heard = app_of(ws), client_of(ws), Heard()
    app.action("order:approve")(heard.listener)
    connect(app, ws)
    ws.click(ANNA, DESK, post(client), "order:approve")
    ws.wait_for(lambda: heard)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        client.views_open(trigger_id=heard[0]["trigger_id"], view=modal())
    assert ws.view_of(ANNA) is None


def test_a_modal_is_pushed_at_most_twice(ws, app, client, connect):
    triggers = Heard()
    app.action("order:approve")(triggers.listener)
    app.action("next")(triggers.listener)
    connect(app, ws)
    view = modal(blocks=card(button("Next", "next")))
    ws.click(ANNA, DESK, post(client), "order:approve")
    ws.wait_for(lambda: triggers)
    client.views_open(trigger_id=triggers.pop()["trigger_id"], view=view)
    for expected in ("", "", "push_limit_reached"):
        ws.click_view(ANNA, "next")
        ws.wait_for(lambda: triggers)
        trigger = triggers.pop()["trigger_id"]
        if expected:
            with pytest.raises(SlackApiError, match=expected):
                client.views_push(trigger_id=trigger, view=view)
        else:
            client.views_push(trigger_id=trigger, view=view)


def test_a_stale_hash_is_refused(ws, client, rejecting):
    view = ws.view_of(ANNA)
    client.views_update(view_id=view["id"], hash=view["hash"], view=modal())
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_update(view_id=view["id"], hash=view["hash"], view=modal())


def test_a_menu_asks_the_app_for_its_options(ws, app, client, connect):
    triggers = Heard()
    app.action("order:approve")(triggers.listener)
    found = [{"text": plain("Bolt M8"), "value": "B8"}]
    app.options("sku")(lambda ack, payload: ack(options=found if payload["value"] == "bo" else []))
    connect(app, ws)
    field = {
        "type": "input",
        "label": plain("Product"),
        "element": {"type": "external_select", "action_id": "sku", "min_query_length": 2},
    }
    ws.click(ANNA, DESK, post(client), "order:approve")
    ws.wait_for(lambda: triggers)
    client.views_open(trigger_id=triggers[0]["trigger_id"], view=modal(blocks=[field]))
    assert ws.suggest(ANNA, "sku", "bo").options == found
    assert ws.suggest(ANNA, "sku", "zz").options == []
