"""Faults on demand, rate limits, a taken port, a saved workspace."""

from __future__ import annotations

import socket
import time

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.sandbox.server import Workspace
from graph.ports import WorldError
from tests.bot.sandbox.payloads import ANNA, DESK, card, post


def test_a_status_comes_as_often_as_asked_for(ws, client):
    ws.fault("chat.postMessage", status=503, times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError):
            post(client)
    assert post(client)
    assert len(ws.messages(DESK)) == 1


def test_an_error_of_slacks(ws, client):
    ws.fault("chat.update", error="edit_window_closed", channel=DESK)
    with pytest.raises(SlackApiError, match="edit_window_closed"):
        client.chat_update(channel=DESK, ts=post(client), text="x")


def test_a_fault_for_another_channel_waits(ws, client):
    ws.fault("*", error="fatal_error", channel=ANNA)
    assert post(client)
    with pytest.raises(SlackApiError, match="fatal_error"):
        client.chat_postMessage(channel=ANNA, text="x")


@pytest.mark.parametrize(("after_effect", "posted"), [(False, 0), (True, 1)])
def test_a_connection_is_cut_before_or_after_the_effect(ws, client, after_effect, posted):
    ws.fault("chat.postMessage", cut=True, after_effect=after_effect)
    with pytest.raises((ConnectionError, OSError)):
        post(client)
    assert len(ws.messages(DESK)) == posted


def test_slack_sdks_own_retry_posts_twice_after_a_lost_answer(ws):
    """The trap that a bot must know of: the default retry handler repeats the post."""
    ws.fault("chat.postMessage", cut=True, after_effect=True)
    post(WebClient(ws.bot_token, base_url=ws.api_url))
    assert len(ws.messages(DESK)) == 2


def test_retry_after_is_minded_by_slack_sdk(ws, client):
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
    ws.fault("chat.postMessage", status=429, retry_after=0)
    assert post(client)


def test_a_slow_answer(ws, client):
    ws.fault("auth.test", delay=0.1)
    began = time.monotonic()
    assert client.auth_test()["ok"]
    assert time.monotonic() - began >= 0.1


def test_a_message_a_second_for_each_channel(make, client_of):
    ws = make(strict_rates=True)
    client = client_of(ws)
    for _ in range(3):
        post(client)
    with pytest.raises(SlackApiError) as told:
        post(client)
    assert told.value.response.status_code == 429
    assert told.value.response.headers["Retry-After"] == "1"
    assert client.chat_postMessage(channel=ANNA, text="elsewhere")["ok"]


def test_methods_have_tiers(make, client_of):
    client = client_of(make(strict_rates=True))
    for _ in range(20):
        client.users_list()
    with pytest.raises(SlackApiError, match="ratelimited"):
        client.users_list()


def test_a_taken_port_is_named_with_the_remedy():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(WorldError, match=f"port {port} .*--port") as told:
            Workspace([], [], port)
    assert told.value.permanent


def test_a_saved_workspace_goes_on_where_it_was(make, client_of, tmp_path):
    store = tmp_path / "state" / "workspace.json"
    first = make(store=store)
    client = client_of(first)
    ts = post(client, metadata={"event_type": "order", "event_payload": {"id": 12}})
    post(client, thread_ts=ts, text="reply")
    direct = client.chat_postMessage(channel=ANNA, text="hi")["channel"]
    client.chat_postEphemeral(channel=DESK, user=ANNA, text="gone tomorrow")
    client.views_publish(user_id=ANNA, view={"type": "home", "blocks": card()})
    client.files_upload_v2(channel=ANNA, filename="a.txt", content="abc")
    kept = first.messages(DESK)
    first.stop()

    second = make(store=store)
    assert second.messages(DESK) == kept
    assert second.messages(DESK, user=ANNA) == kept
    assert second.messages(direct)[0]["text"] == "hi"
    assert second.home_of(ANNA)["type"] == "home"
    client_of(second).chat_update(channel=DESK, ts=ts, text="still there")
    assert second.messages(DESK)[0]["text"] == "still there"


def test_changes_are_saved_while_it_runs(make, client_of, tmp_path):
    store = tmp_path / "workspace.json"
    ws = make(store=store)
    post(client_of(ws))
    ws.wait_for(lambda: store.exists() and "Order 12" in store.read_text())


def test_a_broken_file_is_named(tmp_path):
    store = tmp_path / "workspace.json"
    store.write_text("{")
    with pytest.raises(WorldError, match=r"workspace\.json is not a saved workspace"):
        Workspace([], [], store=store)


def test_stopping_twice_is_fine(make):
    ws = make()
    ws.stop()
    ws.stop()


def test_waiting_says_what_was_refused(ws, client):
    with pytest.raises(SlackApiError):
        post(client, blocks=[{"type": "banner"}])
    with pytest.raises(TimeoutError, match="unsupported type: banner"):
        ws.wait_for(lambda: False, timeout=0.05)
