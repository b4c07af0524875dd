"""Web API: messages, reactions and response URLs."""

from __future__ import annotations

import copy
from typing import Any

from bot.sandbox.args import Args
from bot.sandbox.hub import Hub, Method
from bot.sandbox.state import BOT, BOT_USER, Channel, Json, Message, RefusedError, with_ids
from bot.sandbox.strict import check_blocks, check_metadata

TEXT_MAX = 40_000


def content(args: Args) -> Json:
    """Text, blocks and metadata of a message, checked. Raises RefusedError as Slack would."""
    blocks = args.json("blocks", "invalid_blocks_format")
    metadata = args.json("metadata", "invalid_metadata_format")
    problems = check_blocks(blocks) if blocks is not None else []
    if problems:
        raise RefusedError("invalid_blocks", problems)
    if metadata is not None and (problems := check_metadata(metadata)):
        raise RefusedError("metadata_must_be_sent_properly", problems)
    if not args.text("text"):
        told = ["[ERROR] text is needed beside blocks: it is what notifications show"]
        raise RefusedError("no_text", told if blocks else [])
    return {
        "text": args.text("text")[:TEXT_MAX],
        "blocks": with_ids(copy.deepcopy(blocks or [])),
        "metadata": metadata,
    }


def _channel(hub: Hub, args: Args) -> Channel:
    channel = hub.state.channel(args.need("channel", "channel_not_found"))
    if channel.archived:
        raise RefusedError("is_archived")
    if not channel.bot_in:
        raise RefusedError("not_in_channel")
    return channel


def _thread(hub: Hub, channel: Channel, args: Args) -> str | None:
    if not args.text("thread_ts"):
        return None
    parent = hub.state.messages[channel.id].get(args.text("thread_ts"))
    if parent is None:
        raise RefusedError("thread_not_found")
    return parent.thread_ts or parent.ts


def post_message(hub: Hub, args: Args) -> Json:
    """``chat.postMessage``."""
    channel = _channel(hub, args)
    ts = hub.state.now_ts()
    thread = _thread(hub, channel, args)
    message = hub.state.put(Message(channel.id, ts, BOT_USER, thread_ts=thread, **content(args)))
    hub.message_event(message)
    return {"channel": channel.id, "ts": ts, "message": message.as_json()}


def post_ephemeral(hub: Hub, args: Args) -> Json:
    """``chat.postEphemeral``."""
    channel = _channel(hub, args)
    user = args.need("user", "user_not_in_channel")
    if user not in hub.state.members(channel):
        raise RefusedError("user_not_in_channel")
    ts = hub.state.now_ts()
    thread = _thread(hub, channel, args)
    hub.state.put(
        Message(channel.id, ts, BOT_USER, thread_ts=thread, only_for=user, **content(args))
    )
    return {"message_ts": ts}


def _own(hub: Hub, args: Args, error: str) -> Message:
    channel = _channel(hub, args)
    message = hub.state.message(channel.id, args.need("ts", "message_not_found"))
    if message.only_for:
        raise RefusedError("message_not_found")
    if message.user != BOT_USER:
        raise RefusedError(error)
    return message


def update(hub: Hub, args: Args) -> Json:
    """``chat.update``."""
    message = _own(hub, args, "cant_update_message")
    before = message.as_json()
    new = content(args)
    message.text, message.blocks = new["text"], new["blocks"]
    message.metadata = new["metadata"] or message.metadata
    if not message.blocks:
        message.edited = {"user": BOT, "ts": hub.state.now_ts()}
    hub.state.put(message)
    hub.changed_event(message, "message_changed", before)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": message.as_json(),
    }


def delete(hub: Hub, args: Args) -> Json:
    """``chat.delete``."""
    message = _own(hub, args, "cant_delete_message")
    hub.state.drop(message)
    hub.changed_event(message, "message_deleted", message.as_json())
    return {"channel": message.channel, "ts": message.ts}


def permalink(hub: Hub, args: Args) -> Json:
    """``chat.getPermalink``."""
    channel = hub.state.channel(args.need("channel", "channel_not_found"))
    message = hub.state.message(channel.id, args.need("message_ts", "message_not_found"))
    link = f"{hub.base}/?channel={channel.id}&message={message.ts}"
    return {"channel": channel.id, "permalink": link}


def add_reaction(hub: Hub, args: Args) -> Json:
    """``reactions.add``."""
    channel = _channel(hub, args)
    message = hub.state.message(channel.id, args.need("timestamp", "no_item_specified"))
    users = message.reactions.setdefault(args.need("name", "invalid_name"), [])
    if BOT_USER in users:
        raise RefusedError("already_reacted")
    users.append(BOT_USER)
    hub.state.put(message)
    return {}


def remove_reaction(hub: Hub, args: Args) -> Json:
    """``reactions.remove``."""
    channel = _channel(hub, args)
    message = hub.state.message(channel.id, args.need("timestamp", "no_item_specified"))
    name = args.need("name", "invalid_name")
    if BOT_USER not in message.reactions.get(name, []):
        raise RefusedError("no_reaction")
    message.reactions[name].remove(BOT_USER)
    message.reactions = {name: users for name, users in message.reactions.items() if users}
    hub.state.put(message)
    return {}


def respond(hub: Hub, reply_id: str, given: dict[str, Any]) -> None:
    """What the app posts to a response_url. Raises RefusedError."""
    reply, args, state = hub.redeem_reply(reply_id), Args(given), hub.state
    old = state.messages[reply.channel].get(reply.message_ts)
    if args.flag("delete_original"):
        if old:
            state.drop(old)
        return
    new = content(args)
    if args.flag("replace_original") and old:
        before = old.as_json()
        old.text, old.blocks = new["text"], new["blocks"]
        hub.changed_event(state.put(old), "message_changed", before)
        return
    public = args.text("response_type") == "in_channel"
    thread = args.text("thread_ts") or (old.thread_ts if old else None)
    message = Message(
        reply.channel,
        state.now_ts(),
        BOT_USER,
        thread_ts=thread,
        only_for=None if public else reply.user,
        **new,
    )
    hub.message_event(state.put(message))


METHODS: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete,
    "chat.getPermalink": permalink,
    "reactions.add": add_reaction,
    "reactions.remove": remove_reaction,
}
