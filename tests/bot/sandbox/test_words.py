"""Home, messages, commands, shortcuts and response URLs through the unmodified Bolt app."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack

from tests.bot.sandbox.payloads import ANNA, BEN, DESK, Heard, button, card, post

# --- home, words, commands ------------------------------------------------------------


def test_home_is_published_per_person_and_clicked(ws, app, client, connect):
    heard = Heard()

    @app.event("app_home_opened")
    def opened(event: dict[str, Any]) -> None:
        view = {"type": "home", "blocks": card(button("Refresh", "refresh"))}
        client.views_publish(user_id=event["user"], view=view)

    app.action("refresh")(heard.listener)
    connect(app, ws)
    ws.open_home(ANNA)
    ws.wait_for(lambda: ws.home_of(ANNA))
    assert ws.home_of(BEN) is None
    assert ws.click_home(ANNA, "refresh").ok
    ws.wait_for(lambda: heard)
    assert heard[0]["container"] == {"type": "view", "view_id": ws.home_of(ANNA)["id"]}
    assert heard[0]["view"]["type"] == "home"


def test_messages_and_mentions_are_heard(ws, app, connect):
    said, mentioned = [], []
    app.event("message")(lambda event: said.append(event))
    app.event("app_mention")(lambda event: mentioned.append(event))
    connect(app, ws)
    ws.say(ANNA, DESK, "a < b & <@U0DESKHAND> see https://shop.example/?a=1")
    ws.say(BEN, BEN, "where is PO 4711?")
    ws.wait_for(lambda: len(said) == 2 and mentioned)
    assert mentioned[0]["text"] == "a &lt; b &amp; <@U0DESKHAND> see <https://shop.example/?a=1>"
    assert {event["channel_type"] for event in said} == {"channel", "im"}


def test_the_bots_own_words_are_echoed_but_bolt_ignores_them(ws, app, client, connect):
    said = []
    app.event("message")(lambda event: said.append(event))
    connect(app, ws)
    ts = post(client)
    client.chat_update(channel=DESK, ts=ts, text="Order 12 approved")
    ws.wait_for(lambda: len(ws.acks) == 2)
    kinds = [envelope["payload"]["event"].get("subtype") for envelope in ws.envelopes]
    assert kinds == [None, "message_changed"]
    assert said == []


def test_only_subscribed_events_are_sent(make, app_of, connect):
    ws = make(events=frozenset({"app_mention"}))
    connect(app_of(ws), ws)
    ws.say(ANNA, DESK, "hello")
    ws.open_home(ANNA)
    assert ws.envelopes == []


def test_a_command_answers_for_one_person(ws, app, connect):
    app.command("/order")(lambda ack, command: ack(f"status of {command['text']}"))
    connect(app, ws)
    assert ws.command(ANNA, DESK, "/order 12").ok
    assert ws.messages(DESK) == []
    assert ws.messages(DESK, user=ANNA)[0]["text"] == "status of 12"
    assert ws.messages(DESK, user=BEN) == []


def test_an_unknown_command_never_reaches_the_app(ws):
    assert ws.command(ANNA, DESK, "/odrer 12").error == "/odrer is not a valid command."


def test_shortcuts(ws, app, client, connect):
    heard = Heard()
    app.shortcut("ask")(heard.listener)
    app.shortcut("new")(heard.listener)
    connect(app, ws)
    ts = post(client)
    assert ws.shortcut(ANNA, "ask", channel=DESK, ts=ts).ok
    assert ws.shortcut(ANNA, "new").ok
    ws.wait_for(lambda: len(heard) == 2)
    kinds = {body["type"]: body for body in heard}
    assert kinds["message_action"]["message"]["ts"] == ts
    assert "message" not in kinds["shortcut"]


# --- response URLs --------------------------------------------------------------------


def test_respond_answers_replaces_and_ends_after_five(ws, app, client, connect):
    heard, statuses = Heard(), []

    @app.action("order:approve")
    def approve(ack: Ack, body: dict[str, Any], respond: Any) -> None:
        ack()
        statuses.append(respond("for you", response_type="ephemeral").status_code)
        statuses.append(respond(text="done", replace_original=True).status_code)
        statuses.extend(respond(str(n)).status_code for n in range(4))
        heard.append(body)

    connect(app, ws)
    ts = post(client)
    ws.click(ANNA, DESK, ts, "order:approve")
    ws.wait_for(lambda: heard)
    assert statuses == [200] * 5 + [404]
    assert ws.messages(DESK)[0]["text"] == "done"
    assert "for you" in [m["text"] for m in ws.messages(DESK, user=ANNA)]
    assert "for you" not in [m["text"] for m in ws.messages(DESK, user=BEN)]


def test_an_ephemeral_message_is_clicked_without_its_content(ws, app, client, connect):
    heard = Heard()

    @app.action("order:approve")
    def approve(ack: Ack, body: dict[str, Any], respond: Any) -> None:
        ack()
        respond(delete_original=True)
        heard.append(body)

    connect(app, ws)
    client.chat_postEphemeral(channel=DESK, user=ANNA, text="only you", blocks=card())
    ts = ws.messages(DESK, user=ANNA)[0]["ts"]
    ws.click(ANNA, DESK, ts, "order:approve")
    ws.wait_for(lambda: heard)
    assert heard[0]["container"]["is_ephemeral"]
    assert "message" not in heard[0]
    assert ws.messages(DESK, user=ANNA) == []
