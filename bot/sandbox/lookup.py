"""Web API: who and what there is: the app itself, people, channels, their messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.sandbox.args import Args
from bot.sandbox.hub import Hub, Method, team_json
from bot.sandbox.state import BOT, BOT_USER, TEAM, Channel, Json, Message, Person, RefusedError

T = TypeVar("T")


def person_json(person: Person) -> Json:
    """A user as Slack describes one."""
    offset = datetime.now(ZoneInfo(person.tz)).utcoffset()
    return {
        "id": person.id,
        "team_id": TEAM,
        "name": person.name.lower().replace(" ", "."),
        "real_name": person.name,
        "deleted": person.deleted,
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_bot": person.is_bot,
        "is_admin": person.is_owner,
        "is_owner": person.is_owner,
        "is_restricted": person.restricted,
        "is_app_user": False,
        "profile": {
            "real_name": person.name,
            "display_name": person.name,
            "email": person.email,
            "title": person.title,
            "team": TEAM,
        },
    }


def channel_json(hub: Hub, channel: Channel) -> Json:
    """A conversation as Slack describes one."""
    shared: Json = {"id": channel.id, "is_im": channel.is_im, "is_archived": channel.archived}
    if channel.is_im:
        return shared | {"user": channel.user, "is_open": True}
    return shared | {
        "name": channel.name,
        "is_channel": True,
        "is_private": False,
        "is_mpim": False,
        "is_member": channel.bot_in,
        "num_members": len(hub.state.members(channel)),
        "topic": {"value": channel.topic},
    }


def _page(items: Sequence[T], args: Args, most: int) -> tuple[list[T], str]:
    """The part of a list that ``limit`` and ``cursor`` ask for, and the next cursor."""
    start = args.text("cursor", "0")
    if not start.isdigit():
        raise RefusedError("invalid_cursor")
    end = int(start) + args.number("limit", 100, most)
    return list(items[int(start) : end]), str(end) if end < len(items) else ""


def _listed(key: str, items: Sequence[Any], args: Args) -> Json:
    part, cursor = _page(items, args, 1000)
    return {key: part, "response_metadata": {"next_cursor": cursor}}


def auth_test(hub: Hub, args: Args) -> Json:  # noqa: ARG001
    """``auth.test``."""
    return {
        "url": f"{hub.base}/",
        "team": hub.settings.name,
        "team_id": TEAM,
        "user": hub.settings.bot_name.lower(),
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


def connections_open(hub: Hub, args: Args) -> Json:  # noqa: ARG001
    """``apps.connections.open``."""
    return {"url": f"{hub.base.replace('http', 'ws', 1)}/link?ticket={hub.link.ticket()}"}


def team_info(hub: Hub, args: Args) -> Json:  # noqa: ARG001
    """``team.info``."""
    return {"team": team_json(hub.settings)}


def users_info(hub: Hub, args: Args) -> Json:
    """``users.info``."""
    user = args.need("user", "user_not_found")
    if user == BOT_USER:
        return {"user": person_json(Person(BOT_USER, hub.settings.bot_name, is_bot=True))}
    return {"user": person_json(hub.state.person(user))}


def users_list(hub: Hub, args: Args) -> Json:
    """``users.list``."""
    bot = Person(BOT_USER, hub.settings.bot_name, is_bot=True)
    return _listed("members", [person_json(p) for p in [*hub.state.people.values(), bot]], args)


def users_by_email(hub: Hub, args: Args) -> Json:
    """``users.lookupByEmail``."""
    email = args.need("email", "users_not_found").lower()
    for person in hub.state.people.values():
        if person.email.lower() == email and not person.deleted:
            return {"user": person_json(person)}
    raise RefusedError("users_not_found")


def dnd_info(hub: Hub, args: Args) -> Json:
    """``dnd.info``."""
    on = hub.state.person(args.need("user", "user_not_found")).dnd
    return {"dnd_enabled": on, "snooze_enabled": False, "next_dnd_start_ts": 1 if on else 0}


def conversations_open(hub: Hub, args: Args) -> Json:
    """``conversations.open``."""
    if args.text("channel"):
        channel = hub.state.channel(args.text("channel"))
    else:
        users = args.need("users", "users_list_not_supplied").split(",")
        if len(users) != 1:
            raise RefusedError("not_enough_users", ["[ERROR] group conversations are not imitated"])
        known = f"D{users[0][1:]}" in hub.state.channels
        channel = hub.state.direct(users[0])
        if not known:
            hub.state.changed(channel.id)
    return {"channel": channel_json(hub, channel) if args.flag("return_im") else {"id": channel.id}}


def conversations_info(hub: Hub, args: Args) -> Json:
    """``conversations.info``."""
    channel = hub.state.channel(args.need("channel", "channel_not_found"))
    return {"channel": channel_json(hub, channel)}


def conversations_list(hub: Hub, args: Args) -> Json:
    """``conversations.list``."""
    types = args.text("types", "public_channel").split(",")
    wanted = [
        channel_json(hub, c)
        for c in hub.state.channels.values()
        if ("im" if c.is_im else "public_channel") in types
        and not (c.archived and args.flag("exclude_archived"))
    ]
    return _listed("channels", wanted, args)


def conversations_members(hub: Hub, args: Args) -> Json:
    """``conversations.members``."""
    channel = hub.state.channel(args.need("channel", "channel_not_found"))
    return _listed("members", hub.state.members(channel), args)


def _readable(hub: Hub, args: Args) -> Channel:
    channel = hub.state.channel(args.need("channel", "channel_not_found"))
    if not channel.bot_in:
        raise RefusedError("not_in_channel")
    return channel


def _between(messages: Sequence[Message], args: Args) -> list[Message]:
    oldest, latest = args.text("oldest", "0"), args.text("latest", "9" * 11)
    both = args.flag("inclusive")
    return [
        m
        for m in messages
        if float(oldest) < float(m.ts) < float(latest) or (both and m.ts in (oldest, latest))
    ]


def _messages(hub: Hub, messages: Sequence[Message], args: Args) -> Json:
    part, cursor = _page(messages, args, 999)
    shown = [hub.state.shown(message) for message in part]
    if not args.flag("include_all_metadata"):
        shown = [{k: v for k, v in m.items() if k != "metadata"} for m in shown]
    return {
        "messages": shown,
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


def history(hub: Hub, args: Args) -> Json:
    """``conversations.history``."""
    of = hub.state.messages[_readable(hub, args).id].values()
    main = [m for m in of if not m.only_for and m.thread_ts in (None, m.ts)]
    return _messages(hub, _between(main, args)[::-1], args)


def replies(hub: Hub, args: Args) -> Json:
    """``conversations.replies``."""
    channel = _readable(hub, args)
    parent = hub.state.messages[channel.id].get(args.need("ts", "thread_not_found"))
    if parent is None:
        raise RefusedError("thread_not_found")
    thread = [parent, *_between(hub.state.replies(parent), args)]
    return _messages(hub, thread, args)


METHODS: dict[str, Method] = {
    "auth.test": auth_test,
    "apps.connections.open": connections_open,
    "team.info": team_info,
    "users.info": users_info,
    "users.list": users_list,
    "users.lookupByEmail": users_by_email,
    "dnd.info": dnd_info,
    "conversations.open": conversations_open,
    "conversations.info": conversations_info,
    "conversations.list": conversations_list,
    "conversations.members": conversations_members,
    "conversations.history": history,
    "conversations.replies": replies,
}
