"""What people say: messages, slash commands, shortcuts, and looking at the Home tab."""

from __future__ import annotations

import re
import time
from typing import Any

from bot.sandbox.args import Args
from bot.sandbox.chat import content
from bot.sandbox.hub import Call, Hub, ReplyUrl, team_json
from bot.sandbox.interactions import (
    BAD_ANSWER,
    DONE,
    NO_ANSWER,
    Outcome,
    base_payload,
    outcome,
)
from bot.sandbox.state import APP, BOT_USER, TEAM, Channel, Json, Message, RefusedError


def escaped(text: str) -> str:
    """Text as Slack hands it on: escaped, but for mentions and links."""
    kept = re.split(r"(<[@#!][^<>]+>|<?https?://[^\s<>]+>?)", text)
    return "".join(_link(part) if index % 2 else _plain(part) for index, part in enumerate(kept))


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _link(text: str) -> str:
    return text if text.startswith("<") else f"<{text}>"


def say(hub: Hub, user: str, channel: Channel, text: str, thread_ts: str | None) -> Message:
    """Write a message; the app hears of it, and of being mentioned."""
    message = Message(channel.id, hub.state.now_ts(), user, escaped(text), thread_ts=thread_ts)
    hub.state.put(message)
    hub.message_event(message)
    if f"<@{BOT_USER}>" in message.text and not channel.is_im and channel.bot_in:
        shown = message.as_json() | {"type": "app_mention", "channel": channel.id}
        hub.event("app_mention", shown)
    return message


def open_home(hub: Hub, user: str, tab: str) -> None:
    """Look at the app's Home tab, or at its messages."""
    seen: Json = {
        "type": "app_home_opened",
        "user": user,
        "channel": hub.state.direct(user).id,
        "tab": tab,
    }
    if tab == "home" and user in hub.state.homes:
        seen["view"] = hub.state.homes[user]
    hub.event("app_home_opened", seen)


async def command(hub: Hub, user: str, channel: Channel, text: str) -> Outcome:
    """Run a slash command, ``/name and what follows``."""
    name, _, rest = text.partition(" ")
    if hub.settings.commands and name not in hub.settings.commands:
        return Outcome(ok=False, error=f"{name} is not a valid command.")
    person = base_payload(hub, user, "")["user"]
    reply = ReplyUrl(channel.id, user, time.monotonic())
    payload = {
        "token": "local",
        "team_id": TEAM,
        "team_domain": team_json(hub.settings)["domain"],
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.is_im else channel.name,
        "user_id": user,
        "user_name": person["name"],
        "command": name,
        "text": rest.strip(),
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": hub.response_url(reply),
        "trigger_id": hub.trigger(user),
    }
    ack = await hub.link.ask("slash_commands", payload)
    if ack is None:
        return Outcome(ok=False, error=f"{name} failed: {NO_ANSWER}")
    return _command_answer(hub, user, channel, ack.payload)


def _command_answer(hub: Hub, user: str, channel: Channel, answer: Any) -> Outcome:
    given = {"text": answer} if isinstance(answer, str) else answer
    if not given or not (given.get("text") or given.get("blocks")):
        return DONE
    public = given.get("response_type") == "in_channel"
    try:
        shown = content(Args(given))
    except RefusedError as refused:
        hub.calls.append(Call("response_action", given, refused.error, tuple(refused.messages)))
        return Outcome(ok=False, error=BAD_ANSWER)
    seen_by = None if public else user
    message = Message(channel.id, hub.state.now_ts(), BOT_USER, only_for=seen_by, **shown)
    hub.message_event(hub.state.put(message))
    return DONE


async def shortcut(hub: Hub, user: str, callback_id: str, message: Message | None) -> Outcome:
    """Choose a shortcut, from a message's menu where one is given."""
    payload = base_payload(hub, user, "message_action" if message else "shortcut") | {
        "callback_id": callback_id,
        "trigger_id": hub.trigger(user),
        "action_ts": hub.state.now_ts(),
    }
    if message:
        channel = hub.state.channels[message.channel]
        reply = ReplyUrl(channel.id, user, time.monotonic(), thread_ts=message.thread_ts)
        payload |= {
            "channel": {"id": channel.id, "name": channel.name},
            "message": hub.state.shown(message),
            "message_ts": message.ts,
            "response_url": hub.response_url(reply),
        }
    return outcome(await hub.link.ask("interactive", payload))
