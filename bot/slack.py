"""Slack out: the one place that calls the Web API, at a pace Slack allows.

``chat.postMessage`` is never repeated blindly: after a lost answer the conversation is
searched for the card first, because a second card is worse than a late one.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry import RetryHandler
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)

from bot.views.card import Message
from graph.ports import SlackError

log = logging.getLogger(__name__)

PERMANENT = frozenset(
    """
    account_inactive cannot_dm_bot cant_update_message channel_not_found edit_window_closed
    invalid_arguments invalid_auth invalid_blocks is_archived message_limit_exceeded
    missing_scope msg_too_long not_authed not_in_channel restricted_action token_revoked
    user_disabled user_not_found
    """.split()  # noqa: SIM905  # reads better than a column of quoted words
)
GONE = frozenset({"message_not_found", "is_inactive"})
PER_SECOND = {"chat.postMessage": 1.0, "chat.update": 1.0, "views.publish": 2.0}
BURST = {"chat.postMessage": 3.0, "chat.update": 20.0, "views.publish": 20.0}


def client(token: str, base_url: str | None) -> WebClient:
    """A client that waits out rate limits and passing faults."""
    options: dict[str, Any] = {"base_url": base_url} if base_url else {}
    return WebClient(
        token=token,
        timeout=10,
        retry_handlers=[
            ConnectionErrorRetryHandler(max_retry_count=2),
            RateLimitErrorRetryHandler(max_retry_count=3),
            ServerErrorRetryHandler(max_retry_count=2),
        ],
        **options,
    )


@dataclass
class Pace:
    """A token bucket per method and conversation."""

    _level: dict[tuple[str, str], float] = field(default_factory=dict)
    _seen: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, method: str, channel: str) -> None:
        """Sleep until another call of this method in this conversation is due."""
        time.sleep(self.due_in(method, channel, time.monotonic()))

    def due_in(self, method: str, channel: str, now: float) -> float:
        """Take a place in the queue at ``now`` (monotonic seconds); how long to wait for it."""
        rate, burst, key = PER_SECOND[method], BURST[method], (method, channel)
        with self._lock:
            level = min(burst, self._level.get(key, burst) + (now - self._seen[key]) * rate)
            self._level[key], self._seen[key] = level - 1, now
        return max(0.0, (1 - level) / rate)


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a token belongs to; scopes and date are empty where the server does not tell."""

    bot: str
    team: str
    scopes: frozenset[str]
    date: datetime | None


class Slack:
    """What Deskhand says to Slack. Every method raises SlackError."""

    def __init__(self, web: WebClient) -> None:
        self.web = web
        # Only a refusal for the rate is certain to have had no effect.
        patient: list[RetryHandler] = [RateLimitErrorRetryHandler(max_retry_count=3)]
        self._once = WebClient(
            token=web.token, base_url=web.base_url, timeout=10, retry_handlers=patient
        )
        self._pace = Pace()
        self._direct: dict[str, str] = {}

    def whoami(self) -> Identity:
        """Whom the token belongs to."""
        answer = self._call("auth.test", self.web.auth_test)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        scopes = frozenset(filter(None, headers.get("x-oauth-scopes", "").split(",")))
        date = headers.get("date")
        return Identity(
            bot=str(answer.get("user")),
            team=str(answer.get("team")),
            scopes=frozenset(scope.strip() for scope in scopes),
            date=parsedate_to_datetime(date) if date else None,
        )

    def direct(self, person: str) -> str:
        """The conversation with one person."""
        if person not in self._direct:
            answer = self._call("conversations.open", self.web.conversations_open, users=person)
            self._direct[person] = str(answer["channel"]["id"])
        return self._direct[person]

    def post(self, channel: str, message: Message) -> str:
        """Post once and return the message's ts. A lost answer raises, not permanent."""
        self._pace.wait("chat.postMessage", channel)
        answer = self._call(
            "chat.postMessage", self._once.chat_postMessage, channel=channel, **_body(message)
        )
        return str(answer["ts"])

    def update(self, channel: str, ts: str, message: Message) -> bool:
        """Redraw a message; False where it is gone from Slack."""
        self._pace.wait("chat.update", channel)
        try:
            self._call(
                "chat.update", self.web.chat_update, channel=channel, ts=ts, **_body(message)
            )
        except SlackError as error:
            if error.args[0].split(": ")[-1] in GONE:
                return False
            raise
        return True

    def find(self, channel: str, order_id: str) -> str | None:
        """The ts of the card of an order among the newest messages, or None."""
        answer = self._call(
            "conversations.history",
            self.web.conversations_history,
            channel=channel,
            include_all_metadata=True,
            limit=200,
        )
        for message in answer.get("messages", []):
            metadata: Mapping[str, Any] = message.get("metadata") or {}
            payload = metadata.get("event_payload") or {}
            if metadata.get("event_type") == "deskhand_order" and payload["order_id"] == order_id:
                return str(message["ts"])
        return None

    def publish(self, person: str, view: Mapping[str, Any]) -> None:
        """Show a person their App Home."""
        self._pace.wait("views.publish", person)
        self._call("views.publish", self.web.views_publish, user_id=person, view=view)

    def open(self, trigger: str, view: Mapping[str, Any]) -> None:
        """Open a window; the trigger of a click is good for three seconds."""
        self._call("views.open", self._once.views_open, trigger_id=trigger, view=view)

    def redraw(self, view_id: str, hash_: str, view: Mapping[str, Any]) -> None:
        """Replace an open window, unless it has changed since ``hash_``."""
        self._call("views.update", self.web.views_update, view_id=view_id, hash=hash_, view=view)

    def whisper(self, channel: str, person: str, text: str) -> None:
        """Tell one person something in a conversation that only they see."""
        self._call(
            "chat.postEphemeral",
            self.web.chat_postEphemeral,
            channel=channel,
            user=person,
            text=text,
        )

    def _call(self, name: str, method: Any, **arguments: Any) -> Any:
        try:
            return method(**arguments)
        except SlackApiError as error:
            code = str(error.response.get("error", "unknown_error"))
            raise SlackError(f"{name}: {code}", permanent=code in PERMANENT | GONE) from error
        except (SlackClientError, OSError, HTTPException) as error:
            raise SlackError(f"{name} failed: {error}", permanent=False) from error


def _body(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks), "metadata": message.metadata}
