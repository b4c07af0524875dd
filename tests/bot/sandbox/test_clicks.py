"""Clicks, acknowledgements and the socket: the unmodified Bolt app over real HTTP and WebSocket."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from bot.sandbox.hub import Timing
from tests.bot.sandbox.payloads import ANNA, BEN, DESK, Heard, button, card, plain, post

# --- clicks ---------------------------------------------------------------------------


def test_a_click_arrives_as_slack_sends_it(ws, app, client, connect):
    heard = Heard()
    app.action("order:approve")(heard.listener)
    connect(app, ws)
    ts = post(client, metadata={"event_type": "deskhand_order", "event_payload": {"id": 12}})

    assert ws.click(ANNA, DESK, ts, "Approve").ok

    ws.wait_for(lambda: heard)
    body = heard[0]
    assert body["user"]["id"] == ANNA
    assert body["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": DESK,
        "is_ephemeral": False,
    }
    assert body["message"]["metadata"]["event_payload"] == {"id": 12}
    assert body["actions"][0]["value"] == "12"
    assert body["actions"][0]["block_id"] == "decide"
    assert body["state"] == {"values": {}}
    assert body["response_url"].startswith(ws.url)


def test_a_menu_brings_its_option_and_its_state(ws, app, client, connect):
    heard = Heard()
    app.action("pick")(heard.listener)
    connect(app, ws)
    options = [{"text": plain(name), "value": name.lower()} for name in ("Bolt", "Nut")]
    menu = {"type": "static_select", "action_id": "pick", "options": options}
    ts = post(client, blocks=card(menu))

    ws.click(ANNA, DESK, ts, "pick", value="nut", given={"pick": "nut"})

    ws.wait_for(lambda: heard)
    assert heard[0]["actions"][0]["selected_option"] == options[1]
    assert heard[0]["state"]["values"]["decide"]["pick"]["selected_option"] == options[1]


def test_an_overflow_brings_its_option(ws, app, client, connect):
    heard = Heard()
    app.action("more")(heard.listener)
    connect(app, ws)
    options = [{"text": plain("Snooze"), "value": "snooze"}]
    ts = post(client, blocks=card({"type": "overflow", "action_id": "more", "options": options}))
    ws.click(ANNA, DESK, ts, "more", value="Snooze")
    ws.wait_for(lambda: heard)
    assert heard[0]["actions"][0]["selected_option"] == options[0]


def test_nothing_to_click_is_named(ws, client):
    ts = post(client)
    with pytest.raises(LookupError, match="order:approve"):
        ws.click(ANNA, DESK, ts, "order:undo")


def test_a_button_for_others_cannot_be_clicked(ws, client):
    ts = post(client, blocks=card(button("Approve", "go", visible_to_user_ids=[BEN])))
    with pytest.raises(LookupError, match="go"):
        ws.click(ANNA, DESK, ts, "go")


def test_a_forged_value_is_possible(ws, app, client, connect):
    heard = Heard()
    app.action("order:approve")(heard.listener)
    connect(app, ws)
    ws.click(ANNA, DESK, post(client), "order:approve", value="999")
    ws.wait_for(lambda: heard)
    assert heard[0]["actions"][0]["value"] == "999"


# --- acknowledgements -----------------------------------------------------------------


def test_without_an_ack_in_time_the_person_sees_an_error(make, app_of, client_of, connect):
    ws = make(timing=Timing(ack=0.1), events=frozenset())
    app, done = app_of(ws), threading.Event()
    app.action("order:approve")(lambda ack: done.wait(1) and ack())
    connect(app, ws)

    outcome = ws.click(ANNA, DESK, post(client_of(ws)), "order:approve")

    assert not outcome.ok
    assert "did not answer" in outcome.error
    done.set()
    late = ws.wait_for(lambda: ws.acks)
    assert late[0].seconds > 0.1


def test_an_unknown_action_is_not_acknowledged(make, app_of, client_of, connect):
    ws = make(timing=Timing(ack=0.1))
    connect(app_of(ws), ws)
    assert not ws.click(ANNA, DESK, post(client_of(ws)), "order:approve").ok


def test_without_the_app_the_person_sees_an_error(ws, client):
    assert "did not answer" in ws.click(ANNA, DESK, post(client), "order:approve").error


def test_acks_are_measured(ws, app, client, connect):
    app.action("order:approve")(Heard().listener)
    connect(app, ws)
    ws.click(ANNA, DESK, post(client), "order:approve")
    (measured,) = [ack for ack in ws.acks if ack.kind == "interactive"]
    assert 0 < measured.seconds < 3


def test_an_envelope_can_come_twice(ws, app, client, connect):
    heard = Heard()
    app.action("order:approve")(heard.listener)
    connect(app, ws)
    ws.click(ANNA, DESK, post(client), "order:approve")
    assert ws.redeliver()
    ws.wait_for(lambda: len(heard) == 2)
    assert heard[0] == heard[1]


def test_an_event_is_sent_again_until_acknowledged(make, app_of, connect):
    ws = make(timing=Timing(ack=0.1, retries=(0.01, 0.01, 0.01)))
    app, tries = app_of(ws), []

    @app.event("app_home_opened")
    def opened(request: Any) -> None:
        tries.append(request.headers.get("x-slack-retry-num", [None])[0])
        if len(tries) < 3:
            raise RuntimeError("not yet")

    app.error(lambda: None)
    connect(app, ws)
    ws.open_home(ANNA)
    ws.wait_for(lambda: len(ws.envelopes) == 1 and ws.acks)
    assert tries == ["0"]
    assert ws.envelopes[0]["payload"]["event"]["tab"] == "home"


def test_an_event_without_a_listener_is_retried_then_given_up(make, app_of, connect):
    ws = make(timing=Timing(ack=0.05, retries=(0.01, 0.01)))
    connect(app_of(ws), ws)
    ws.open_home(ANNA)
    ws.wait_for(lambda: len(ws.envelopes) == 3)
    attempts = [(e["retry_attempt"], e["retry_reason"]) for e in ws.envelopes]
    assert attempts == [(0, ""), (1, "timeout"), (2, "timeout")]
    assert len({e["payload"]["event_id"] for e in ws.envelopes}) == 1


# --- the socket -----------------------------------------------------------------------


def test_a_refresh_keeps_the_app_connected(ws, app, client, connect):
    heard = Heard()
    app.action("order:approve")(heard.listener)
    handler = connect(app, ws)
    before = handler.client.session_id()
    ws.disconnect(refresh=True)
    ws.wait_for(lambda: handler.client.session_id() != before and ws.connections == 1)
    assert ws.click(ANNA, DESK, post(client), "order:approve").ok


def test_the_app_comes_back_after_a_hang_up(ws, app, client, connect):
    app.action("order:approve")(Heard().listener)
    handler = connect(app, ws)
    before = handler.client.session_id()
    ws.disconnect(refresh=False)
    ws.wait_for(lambda: handler.client.session_id() != before and ws.connections == 1)
    assert ws.click(ANNA, DESK, post(client), "order:approve").ok


def test_twenty_people_at_once(ws, app, client, connect):
    heard = Heard()
    app.action("order:approve")(heard.listener)
    connect(app, ws)
    ts, outcomes = post(client), []
    threads = [
        threading.Thread(
            target=lambda: outcomes.append(ws.click(ANNA, DESK, ts, "order:approve").ok)
        )
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [True] * 20
    ws.wait_for(lambda: len(heard) == 20)
