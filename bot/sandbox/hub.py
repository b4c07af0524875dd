"""What every part of the workspace shares: state, the app's link, and things with a time limit."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.args import Args
from bot.sandbox.faults import Faults, Rates
from bot.sandbox.socket_mode import KEPT, KEPT_PAYLOADS, Link
from bot.sandbox.state import (
    APP,
    BOT_USER,
    DOMAIN,
    TEAM,
    Channel,
    Json,
    Message,
    RefusedError,
    State,
    new_id,
)


@dataclass(frozen=True, slots=True)
class Timing:
    """Slack's time limits in seconds; tests may shorten them."""

    ack: float = 3.0
    trigger: float = 3.0
    response_url: float = 1800.0
    retries: tuple[float, ...] = (0.0, 60.0, 300.0)
    """Pauses before an event that was not acknowledged is sent again."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry in a message's menu, or with ``everywhere`` in the composer's."""

    name: str
    callback_id: str
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What the app's manifest and installation would say."""

    name: str = "Local workspace"
    bot_name: str = "Deskhand"
    bot_token: str = "xoxb-local"  # noqa: S105
    app_token: str = "xapp-local"  # noqa: S105
    scopes: frozenset[str] | None = None
    """Granted scopes; None grants whatever is asked for."""
    events: frozenset[str] = frozenset(
        {"message.im", "message.channels", "app_mention", "app_home_opened"}
    )
    """Subscribed events."""
    commands: tuple[str, ...] = ()
    """Slash commands, such as ``/order``."""
    shortcuts: tuple[Shortcut, ...] = ()
    strict_rates: bool = False
    """Whether calls past Slack's rate limits are answered with 429."""
    timing: Timing = field(default_factory=Timing)


@dataclass(frozen=True, slots=True)
class Call:
    """A Web API call as it was answered."""

    method: str
    args: Json
    error: str
    """Empty where it went well."""
    messages: tuple[str, ...] = ()


@dataclass(slots=True)
class Trigger:
    """Leave to open a modal, for a short time and once."""

    user: str
    at: float
    view: str
    used: bool = False


@dataclass(slots=True)
class ReplyUrl:
    """A response_url: where it answers, and how often it has been used."""

    channel: str
    user: str
    at: float
    message_ts: str = ""
    thread_ts: str | None = None
    uses: int = 0


class Hub:
    """The workspace's shared things; only the server's event loop touches them."""

    def __init__(self, state: State, settings: Settings, base: str) -> None:
        self.state = state
        self.settings = settings
        self.base = base
        self.link = Link(settings.timing.ack, settings.timing.retries)
        self.link.changed = lambda: state.changed("status")
        self.faults = Faults()
        self.rates = Rates()
        self.calls: deque[Call] = deque(maxlen=KEPT_PAYLOADS)
        self.replies: dict[str, ReplyUrl] = {}
        self._triggers: dict[str, Trigger] = {}

    # --- triggers and response URLs ---------------------------------------------------

    def trigger(self, user: str, view: str = "") -> str:
        """A new trigger_id for a person's click, in a modal where ``view`` names one."""
        trigger_id = f"{time.time_ns()}.{new_id('')}"
        _forget(self._triggers)
        self._triggers[trigger_id] = Trigger(user, time.monotonic(), view)
        return trigger_id

    def redeem(self, trigger_id: str) -> Trigger:
        """Use a trigger_id. Raises RefusedError where it is unknown, old or used."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise RefusedError("invalid_trigger_id")
        if trigger.used:
            raise RefusedError("exchanged_trigger_id")
        if time.monotonic() - trigger.at > self.settings.timing.trigger:
            raise RefusedError("expired_trigger_id")
        trigger.used = True
        return trigger

    def response_url(self, reply: ReplyUrl) -> str:
        """A new response_url."""
        reply_id = new_id("R")
        _forget(self.replies)
        self.replies[reply_id] = reply
        return f"{self.base}/response/{reply_id}"

    def redeem_reply(self, reply_id: str) -> ReplyUrl:
        """Use a response_url. Raises RefusedError where it is unknown, old or used up."""
        reply = self.replies.get(reply_id)
        if reply is None or time.monotonic() - reply.at > self.settings.timing.response_url:
            raise RefusedError("expired_url")
        if reply.uses >= 5:
            raise RefusedError("used_url")
        reply.uses += 1
        return reply

    # --- events -----------------------------------------------------------------------

    def event(self, subscription: str, event: Json) -> None:
        """Tell the app of an event, if it has subscribed to it."""
        if subscription not in self.settings.events:
            return
        event_id = new_id("Ev")
        body: Json = {
            "token": "local",
            "team_id": TEAM,
            "api_app_id": APP,
            "event": event | {"event_ts": self.state.now_ts()},
            "type": "event_callback",
            "event_id": event_id,
            "event_time": int(time.time()),
            "authorizations": [
                {"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}
            ],
            "is_ext_shared_channel": False,
        }
        self.link.tell(body, event_id)

    def message_event(self, message: Message, subtype: Json | None = None) -> None:
        """Tell the app of a message, or of what the fields of a subtype say of it."""
        channel = self.state.channels[message.channel]
        if message.only_for or not channel.bot_in:
            return
        kind = channel_type(channel)
        event = {"channel": channel.id, "channel_type": kind, **(subtype or message.as_json())}
        self.event(f"message.{kind}s" if kind == "channel" else f"message.{kind}", event)

    def changed_event(self, message: Message, subtype: str, before: Json) -> None:
        """Tell the app that a message was changed or deleted."""
        more: Json = {"type": "message", "subtype": subtype, "hidden": True}
        more |= {"previous_message": before, "ts": self.state.now_ts()}
        if subtype == "message_changed":
            more["message"] = message.as_json()
        else:
            more["deleted_ts"] = message.ts
        self.message_event(message, more)


Method = Callable[[Hub, Args], Json]
"""A Web API method: what it answers beside ``ok``. Raises RefusedError."""


def _forget(kept: dict[str, Any]) -> None:
    """Let go of the oldest where too many are kept."""
    while len(kept) >= KEPT:
        kept.pop(next(iter(kept)))


def channel_type(channel: Channel) -> str:
    """``im`` or ``channel``."""
    return "im" if channel.is_im else "channel"


def team_json(settings: Settings) -> Json:
    """The workspace as Slack describes it."""
    return {"id": TEAM, "name": settings.name, "domain": DOMAIN}
