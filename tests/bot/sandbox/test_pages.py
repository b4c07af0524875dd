"""The page's own endpoints, without a browser."""

from __future__ import annotations

import base64
import email
import json
import urllib.error
import urllib.request
from email import policy
from typing import Any

import pytest

from bot.sandbox.pages import mail_bytes
from graph.ports import WorldError
from tests.bot.sandbox.payloads import ANNA, BEN, DESK, post


def get(ws: Any, path: str) -> Any:
    with urllib.request.urlopen(ws.url + path, timeout=5) as answer:
        return json.load(answer)


def send(ws: Any, path: str, kind: str = "application/json", **given: Any) -> dict[str, Any]:
    data = json.dumps(given).encode()
    request = urllib.request.Request(ws.url + path, data, {"Content-Type": kind})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return dict(json.load(answer))


def test_the_page_brings_all_it_needs_itself(ws):
    with urllib.request.urlopen(ws.url, timeout=5) as answer:
        page = answer.read().decode()
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "//" not in page.replace("http://www.w3.org", "").replace("<!--", "")
    for file in ("app.js", "layout.css", "blocks.css", "text.js"):
        with urllib.request.urlopen(f"{ws.url}/page/{file}", timeout=5) as answer:
            assert answer.status == 200


@pytest.mark.parametrize("path", ["/page/server.py", "/page/..%2Fserver.py", "/file/F1"])
def test_nothing_else_is_handed_out(ws, path):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(ws.url + path, timeout=5)


def test_the_state_is_one_persons(ws, client):
    post(client)
    client.chat_postMessage(channel=ANNA, text="hi")
    client.chat_postEphemeral(channel=DESK, user=BEN, text="only Ben")
    anna, guest = (get(ws, f"/page/state?user={user}") for user in (ANNA, "U0GUEST"))
    unread = {channel["id"]: channel["unread"] for channel in anna["channels"]}
    assert unread == {DESK: 1, "C0OTHER": 0, "C0OLD": 0, "D0ANNA": 1}
    assert [channel["id"] for channel in guest["channels"]] == ["D0GUEST"]
    assert "U0GONE" not in {person["id"] for person in anna["people"]}
    assert get(ws, f"/page/messages?user=U0GUEST&channel={DESK}") == []


def test_what_was_read_is_read(ws, client):
    ts = post(client)
    assert send(ws, "/page/do/read", user=ANNA, channel=DESK, ts=ts)["ok"]
    channels = get(ws, f"/page/state?user={ANNA}")["channels"]
    assert {c["id"]: c["unread"] for c in channels}[DESK] == 0


def test_an_unknown_person_is_somebody(ws):
    assert get(ws, "/page/state?user=U0NOBODY")["me"] == ANNA


def test_what_is_not_there_any_more_is_told(ws, client):
    ts = post(client)
    client.chat_delete(channel=DESK, ts=ts)
    told = send(ws, "/page/do/click", user=ANNA, channel=DESK, ts=ts, action="order:approve")
    assert not told["ok"]
    assert "not possible" in told["error"]
    assert not send(ws, "/page/do/submit", user=ANNA, view="V0", given={})["ok"]


def test_doings_come_as_json_only(ws):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        send(ws, "/page/do/say", kind="text/plain", user=ANNA, channel=DESK, text="x")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        send(ws, "/page/do/steal", user=ANNA)


# --- mail -----------------------------------------------------------------------------


def test_a_written_mail_is_a_real_mail(make):
    got: list[bytes] = []
    ws = make(on_mail=got.append)
    file = {"name": "order.csv", "type": "text/csv", "data": base64.b64encode(b"a;b").decode()}
    answer = send(
        ws,
        "/page/mail",
        **{"from": "Käufer <buyer@customer.example>", "subject": "Größe", "body": "10 × M8"},
        files=[file],
    )
    assert answer == {"ok": True}
    mail = email.message_from_bytes(got[0], policy=policy.default)
    assert mail["subject"] == "Größe"
    assert mail["message-id"]
    assert mail["date"]
    assert mail.get_body().get_content().strip() == "10 × M8"
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("order.csv", "a;b")


def test_a_dropped_mail_is_passed_as_it_is():
    raw = b"From: a@b.example\r\n\r\n\xff"
    assert mail_bytes({"eml": base64.b64encode(raw).decode()}) == raw


def test_a_sample_is_delivered_by_name(make):
    got: list[bytes] = []
    ws = make(on_mail=got.append, samples={"repeat.eml": b"From: a@b.example\r\n\r\nx"})
    assert get(ws, f"/page/state?user={ANNA}")["samples"] == ["repeat.eml"]
    assert send(ws, "/page/mail", sample="repeat.eml")["ok"]
    assert got == [b"From: a@b.example\r\n\r\nx"]


def test_a_full_mailbox_is_told(make):
    def refuse(raw: bytes) -> None:
        raise WorldError("the mailbox is full; empty it", permanent=True)

    ws = make(on_mail=refuse)
    told = send(ws, "/page/mail", **{"from": "a@b.example"})
    assert told == {"ok": False, "error": "the mailbox is full; empty it"}


def test_without_a_mailbox_there_is_no_panel(ws):
    assert get(ws, f"/page/state?user={ANNA}")["mail"] is False
    with pytest.raises(urllib.error.HTTPError, match="404"):
        send(ws, "/page/mail", **{"from": "a@b.example"})
