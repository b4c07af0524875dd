"""Passwords and tokens: fetched when needed, renewed in time, never shown."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from bot.credentials import Grant, Password, Token, file_secret, kept_token
from graph.ports import ConfigError, MailboxError

SECRETS = ("client-secret-1", "refresh-token-1", "refresh-token-2", "access-1", "access-2")


class Endpoint:
    """A token endpoint that gives the answers it is told to give."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.answers: list[tuple[int, bytes]] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                endpoint.asked.append({name: value[0] for name, value in parse_qs(body).items()})
                status, answer = endpoint.answers.pop(0)
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *args: Any) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/token"

    def answer(self, status: int = 200, **fields: Any) -> None:
        self.answers.append((status, json.dumps(fields).encode()))


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    made = Endpoint()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def grant(endpoint: Endpoint, clock: Clock | None = None) -> Grant:
    return Grant(
        endpoint.url, "deskhand", "client-secret-1", "refresh-token-1", clock=clock or Clock()
    )


def test_a_token_is_fetched_once_and_again_before_it_ends(endpoint: Endpoint) -> None:
    clock = Clock()
    endpoint.answer(access_token="access-1", expires_in=3600, refresh_token="refresh-token-2")
    endpoint.answer(access_token="access-2", expires_in=3600)
    token = Token(grant(endpoint, clock))
    assert [token.read(False), token.read(False)] == ["access-1", "access-1"]
    clock.now = 3600 - 59
    assert token.read(False) == "access-2"
    assert endpoint.asked == [
        {
            "grant_type": "refresh_token",
            "client_id": "deskhand",
            "client_secret": "client-secret-1",
            "refresh_token": used,
        }
        for used in ("refresh-token-1", "refresh-token-2")
    ]


def test_a_token_that_was_refused_is_replaced(endpoint: Endpoint) -> None:
    endpoint.answer(access_token="access-1", expires_in=3600)
    endpoint.answer(access_token="access-2", expires_in=3600)
    token = Token(grant(endpoint))
    assert [token.read(False), token.read(True), token.read(False)] == [
        "access-1",
        "access-2",
        "access-2",
    ]


@pytest.mark.parametrize(
    ("status", "answer", "permanent", "words"),
    [
        (400, b'{"error": "invalid_grant"}', True, "400 invalid_grant: sign in again"),
        (401, b"[]", True, "refused with 401: sign in again"),
        (429, b'{"error": "slow_down"}', False, "429 slow_down"),
        (503, b'{"error": "temporarily_unavailable"}', False, "503"),
        (502, b"<html>bad gateway</html>", False, "no usable answer"),
        (200, b"{}", True, "without an access token"),
        (200, b'{"access_token": "access-1", "expires_in": "soon"}', True, "without an access"),
    ],
)
def test_a_refusal_says_what_to_do_and_shows_no_secret(
    endpoint: Endpoint,
    caplog: pytest.LogCaptureFixture,
    status: int,
    answer: bytes,
    permanent: bool,
    words: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    endpoint.answers.append((status, answer))
    with pytest.raises(MailboxError, match=words) as caught:
        grant(endpoint)()
    assert caught.value.permanent is permanent
    assert not any(secret in str(caught.value) + caplog.text for secret in SECRETS)


def test_an_endpoint_that_cannot_be_reached_is_tried_again() -> None:
    with pytest.raises(MailboxError, match="IMAP_OAUTH_TOKEN_URL") as caught:
        Grant("http://127.0.0.1:1/token", "deskhand", "", "refresh-token-1")()
    assert not caught.value.permanent


def test_nothing_secret_is_in_a_repr(endpoint: Endpoint) -> None:
    endpoint.answer(access_token="access-1", expires_in=3600)
    made = grant(endpoint)
    made()
    shown = f"{made!r} {Token(made)!r} {Password(lambda: 'refresh-token-1')!r}"
    assert not any(secret in shown for secret in SECRETS)


def test_a_secret_in_a_file_is_read_anew_each_time(tmp_path: Path) -> None:
    kept = tmp_path / "token"
    kept.write_text("access-1\n", encoding="utf-8")
    token = kept_token(file_secret(kept))
    assert token.read(False) == "access-1"
    kept.write_text("access-2\n", encoding="utf-8")
    assert token.read(False) == "access-2"


def test_a_secret_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent cannot be read .*: create it"):
        file_secret(tmp_path / "absent")()
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="binary cannot be read"):
        file_secret(tmp_path / "binary")()
