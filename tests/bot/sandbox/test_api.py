"""The Web API by itself: arguments, errors, paging, files, limits."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import coverage
from bot.sandbox.hub import Settings
from tests.bot.sandbox.payloads import ANNA, BEN, DESK, card, modal, plain, post


def refused(call: Any, *args: Any, **given: Any) -> str:
    with pytest.raises(SlackApiError) as told:
        call(*args, **given)
    return str(told.value.response["error"])


def raw(url: str, data: bytes = b"", kind: str = "application/json") -> dict[str, Any]:
    request = urllib.request.Request(url, data or None, {"Content-Type": kind})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return dict(json.load(answer))


# --- doorway --------------------------------------------------------------------------


def test_query_form_and_json_are_read(ws):
    url, given = f"{ws.api_url}chat.getPermalink", {"channel": DESK, "token": ws.bot_token}
    ts = post(WebClient(ws.bot_token, base_url=ws.api_url))
    given["message_ts"] = ts
    form = urllib.parse.urlencode(given)
    by_query = raw(f"{url}?{form}")
    by_form = raw(url, form.encode(), "application/x-www-form-urlencoded")
    by_json = raw(url, json.dumps(given).encode())
    assert by_query == by_form == by_json
    assert by_query["permalink"] == f"{ws.url}/?channel={DESK}&message={ts}"


def test_blocks_may_come_as_text_in_a_form(ws):
    given = {"token": ws.bot_token, "channel": DESK, "text": "x", "blocks": json.dumps(card())}
    form = urllib.parse.urlencode(given).encode()
    assert raw(f"{ws.api_url}chat.postMessage", form, "application/x-www-form-urlencoded")["ok"]
    assert ws.messages(DESK)[0]["blocks"][1]["block_id"] == "decide"


def test_some_methods_do_not_read_json(ws):
    body = json.dumps({"user": ANNA}).encode()
    answer = raw(f"{ws.api_url}users.info?token={ws.bot_token}", body)
    assert answer["error"] == "user_not_found"


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("", "auth.test", "not_authed"),
        ("xoxb-wrong", "auth.test", "invalid_auth"),
        ("xapp-local", "auth.test", "not_allowed_token_type"),
        ("xoxb-local", "apps.connections.open", "not_allowed_token_type"),
        ("xoxb-local", "chat.doesNotExist", "unknown_method"),
    ],
)
def test_tokens_and_methods(ws, token, method, error):
    assert raw(f"{ws.api_url}{method}?token={token}")["error"] == error


@pytest.mark.parametrize(("body", "error"), [(b"{", "invalid_json"), (b"[]", "json_not_object")])
def test_broken_json(ws, body, error):
    assert raw(f"{ws.api_url}auth.test?token={ws.bot_token}", body)["error"] == error


def test_scopes_are_needed_and_told(make, client_of):
    ws = make(scopes=frozenset({"chat:write"}))
    client = client_of(ws)
    assert client.auth_test().headers["x-oauth-scopes"] == "chat:write"
    assert post(client)
    with pytest.raises(SlackApiError) as told:
        client.conversations_history(channel=DESK)
    assert told.value.response["needed"] == "channels:history"


def test_only_this_machine_is_answered(ws):
    request = urllib.request.Request(ws.url, headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(request, timeout=5)


def test_the_coverage_list_holds():
    assert set(coverage.IMITATED) == set(coverage.HANDLERS)
    assert set(coverage.EVENTS) == Settings().events
    assert all(0 < each.per_minute <= 100 for each in coverage.IMITATED.values())


# --- messages -------------------------------------------------------------------------


def test_a_bad_payload_is_refused_as_slack_does(ws, client):
    with pytest.raises(SlackApiError) as told:
        post(client, blocks=[{"type": "header", "text": plain("x" * 151)}])
    answer = told.value.response
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    ]
    assert ws.messages(DESK) == []
    assert ws.calls[-1].error == "invalid_blocks"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"channel": "C0NOWHERE"}, "channel_not_found"),
        ({"channel": "C0OLD"}, "is_archived"),
        ({"channel": "C0OTHER"}, "not_in_channel"),
        ({"channel": "U0GONE"}, "user_disabled"),
        ({"text": ""}, "no_text"),
        ({"text": "", "blocks": None}, "no_text"),
        ({"blocks": "{"}, "invalid_blocks_format"),
        ({"thread_ts": "1.2"}, "thread_not_found"),
        ({"metadata": {"event_type": "order"}}, "metadata_must_be_sent_properly"),
    ],
)
@pytest.mark.filterwarnings("ignore:.*text.*:UserWarning")
def test_messages_that_cannot_be_posted(client, given, error):
    assert refused(post, client, **given) == error


def test_text_alone_takes_the_blocks_away(ws, client):
    ts = post(client)
    client.chat_update(channel=DESK, ts=ts, text="Order 12 booked")
    (message,) = ws.messages(DESK)
    assert "blocks" not in message
    assert message["edited"]["user"]


def test_updates_keep_the_place_and_the_metadata(ws, client):
    first = post(client, metadata={"event_type": "order", "event_payload": {"id": 12}})
    post(client)
    client.chat_update(channel=DESK, ts=first, text="changed", blocks=card())
    message = ws.messages(DESK)[0]
    assert (message["ts"], message["text"]) == (first, "changed")
    assert message["metadata"]["event_payload"] == {"id": 12}
    assert "edited" not in message


def test_only_its_own_messages(ws, client):
    ts = ws.say(ANNA, DESK, "mine")
    assert refused(client.chat_update, channel=DESK, ts=ts, text="x") == "cant_update_message"
    assert refused(client.chat_delete, channel=DESK, ts=ts) == "cant_delete_message"
    assert refused(client.chat_update, channel=DESK, ts="1.2", text="x") == "message_not_found"


def test_a_deleted_message_is_gone(ws, client):
    client.chat_delete(channel=DESK, ts=post(client))
    assert ws.messages(DESK) == []


def test_an_ephemeral_message_is_for_one(ws, client):
    client.chat_postEphemeral(channel=DESK, user=ANNA, text="only you")
    assert [m["text"] for m in ws.messages(DESK, user=ANNA)] == ["only you"]
    assert ws.messages(DESK, user=BEN) == []
    assert client.conversations_history(channel=DESK)["messages"] == []
    ts = ws.messages(DESK, user=ANNA)[0]["ts"]
    assert refused(client.chat_update, channel=DESK, ts=ts, text="x") == "message_not_found"
    error = refused(client.chat_postEphemeral, channel=DESK, user="U0GUEST", text="x")
    assert error == "user_not_in_channel"


def test_history_is_newest_first_in_pages_and_without_replies(ws, client):
    times = [post(client, text=str(n), blocks=[]) for n in range(5)]
    post(client, thread_ts=times[0], text="reply")
    first = client.conversations_history(channel=DESK, limit=3)
    assert [m["text"] for m in first["messages"]] == ["4", "3", "2"]
    assert first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    rest = client.conversations_history(channel=DESK, limit=3, cursor=cursor)
    assert [m["text"] for m in rest["messages"]] == ["1", "0"]
    assert not rest["has_more"]
    assert rest["messages"][1]["reply_count"] == 1
    between = client.conversations_history(
        channel=DESK, oldest=times[1], latest=times[3], inclusive=True
    )
    assert [m["text"] for m in between["messages"]] == ["3", "2", "1"]


def test_metadata_only_when_asked_for(client):
    post(client, metadata={"event_type": "order", "event_payload": {"id": 12}})
    (message,) = client.conversations_history(channel=DESK)["messages"]
    assert "metadata" not in message
    asked = client.conversations_history(channel=DESK, include_all_metadata=True)
    assert asked["messages"][0]["metadata"]["event_payload"] == {"id": 12}


def test_a_thread_begins_with_its_parent(ws, client):
    parent = post(client)
    reply = post(client, thread_ts=parent, text="booked", blocks=[])
    nested = post(client, thread_ts=reply, text="again", blocks=[])
    told = client.conversations_replies(channel=DESK, ts=parent)["messages"]
    assert [m["ts"] for m in told] == [parent, reply, nested]
    assert [m["ts"] for m in ws.thread(DESK, parent)] == [reply, nested]
    assert refused(client.conversations_replies, channel=DESK, ts="1.2") == "thread_not_found"


def test_reactions(ws, client):
    given = {"channel": DESK, "timestamp": post(client), "name": "eyes"}
    client.reactions_add(**given)
    assert ws.messages(DESK)[0]["reactions"][0]["name"] == "eyes"
    assert refused(client.reactions_add, **given) == "already_reacted"
    client.reactions_remove(**given)
    assert "reactions" not in ws.messages(DESK)[0]
    assert refused(client.reactions_remove, **given) == "no_reaction"


# --- people and places ----------------------------------------------------------------


def test_people(client):
    anna = client.users_info(user=ANNA)["user"]
    assert (anna["name"], anna["real_name"]) == ("anna.berg", "Anna Berg")
    assert anna["tz_offset"] in (3600, 7200)
    members = client.users_list()["members"]
    assert {m["id"] for m in members} >= {ANNA, BEN, "U0DESKHAND"}
    assert next(m for m in members if m["id"] == "U0GONE")["deleted"]
    assert client.users_lookupByEmail(email="ANNA@nordlicht.example")["user"]["id"] == ANNA
    assert refused(client.users_lookupByEmail, email="x@y.example") == "users_not_found"
    assert refused(client.users_info, user="U0NOBODY") == "user_not_found"
    assert client.dnd_info(user=ANNA)["dnd_enabled"] is False
    assert client.team_info()["team"]["id"] == client.auth_test()["team_id"]


def test_places(client):
    assert client.conversations_info(channel=DESK)["channel"]["is_member"]
    assert client.conversations_info(channel="C0OLD")["channel"]["is_archived"]
    names = [c["name"] for c in client.conversations_list(exclude_archived=True)["channels"]]
    assert names == ["order-desk", "elsewhere"]
    assert set(client.conversations_members(channel=DESK)["members"]) == {ANNA, BEN, "U0DESKHAND"}
    direct = client.conversations_open(users=ANNA)["channel"]["id"]
    assert client.chat_postMessage(channel=ANNA, text="hi")["channel"] == direct
    assert client.conversations_info(channel=direct)["channel"]["user"] == ANNA
    assert refused(client.conversations_open, users="U0GONE") == "user_disabled"


def test_paging_with_a_foreign_cursor(client):
    assert refused(client.users_list, cursor="abc") == "invalid_cursor"
    assert len(client.users_list(limit=2)["members"]) == 2


# --- views and files ------------------------------------------------------------------


def test_views_are_refused_with_a_pointer(client):
    with pytest.raises(SlackApiError) as told:
        client.views_open(trigger_id="1", view=modal(title=plain("x" * 25)))
    answer = told.value.response
    assert answer["error"] == "invalid_arguments"
    assert "[json-pointer:/view/title/text]" in answer["response_metadata"]["messages"][0]


def test_a_view_that_is_not_there(client):
    assert refused(client.views_update, view_id="V0", view=modal()) == "not_found"
    home = {"type": "home", "blocks": card()}
    assert refused(client.views_open, trigger_id="1", view=home) == "invalid_arguments"
    assert refused(client.views_publish, user_id="U0NOBODY", view=home) == "user_not_found"


def test_a_large_view_is_refused(client):
    row = {"type": "section", "text": plain("x" * 3000)}
    home = {"type": "home", "blocks": [row] * 90}
    assert refused(client.views_publish, user_id=ANNA, view=home) == "view_too_large"


def test_home_keeps_its_id_and_minds_the_hash(ws, client):
    first = client.views_publish(user_id=ANNA, view={"type": "home", "blocks": card()})["view"]
    second = client.views_publish(
        user_id=ANNA, view={"type": "home", "blocks": card()}, hash=first["hash"]
    )["view"]
    assert second["id"] == first["id"]
    stale = {"user_id": ANNA, "view": {"type": "home", "blocks": card()}, "hash": first["hash"]}
    assert refused(client.views_publish, **stale) == "hash_conflict"
    assert ws.home_of(ANNA)["hash"] == second["hash"]


def test_a_file_is_uploaded_and_shared(ws, client):
    file = client.files_upload_v2(
        channel=DESK, filename="week.csv", content="a;b", initial_comment="The figures"
    )["file"]
    (message,) = ws.messages(DESK)
    assert message["text"] == "The figures"
    assert message["files"][0]["name"] == "week.csv"
    assert client.files_info(file=file["id"])["file"]["size"] == 3
    with urllib.request.urlopen(file["url_private"], timeout=5) as answer:
        assert answer.read() == b"a;b"
        assert "attachment" in answer.headers["Content-Disposition"]


def test_a_file_that_never_came_is_not_there(ws, client):
    given = client.files_getUploadURLExternal(filename="a.txt", length=3)
    assert refused(client.files_info, file=given["file_id"]) == "file_not_found"
    files = [{"id": given["file_id"], "title": "a"}]
    assert refused(client.files_completeUploadExternal, files=files) == "file_not_found"
    request = urllib.request.Request(given["upload_url"], b"too long")
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(request, timeout=5)
