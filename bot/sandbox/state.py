"""What the local workspace holds: people, channels, messages, views, files.

Only the server's event loop touches a ``State``; everybody else asks the ``Workspace``.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from bot.sandbox.rules import ACTIONS, CONTEXT_ACTIONS, INPUTS
from bot.sandbox.strict import elements_of, walk

Json = dict[str, Any]

TEAM = "T0LOCAL"
DOMAIN = "local"
APP = "A0DESKHAND"
BOT = "B0DESKHAND"
BOT_USER = "U0DESKHAND"
INTERACTIVE = frozenset({*INPUTS, *ACTIONS, *CONTEXT_ACTIONS})


class RefusedError(Exception):
    """Slack says no: ``error`` is its word for it, ``messages`` the details."""

    def __init__(self, error: str, messages: Iterable[str] = (), **more: Any) -> None:
        super().__init__(error)
        self.error, self.messages, self.more = error, list(messages), more


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the workspace; ``id`` begins with U."""

    id: str
    name: str
    title: str = ""
    email: str = ""
    tz: str = "Europe/Berlin"
    is_owner: bool = False
    is_bot: bool = False
    deleted: bool = False
    restricted: bool = False
    """A guest: sees only the channels that name them."""
    dnd: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel (``id`` begins with C) or, with ``user``, the bot's direct messages."""

    id: str
    name: str
    topic: str = ""
    members: tuple[str, ...] | None = None
    """Who is in it; None is everybody who is no guest."""
    bot_in: bool = True
    archived: bool = False
    user: str = ""

    @property
    def is_im(self) -> bool:
        """Whether these are direct messages with the bot."""
        return bool(self.user)


@dataclass(slots=True)
class Message:
    """A message as it stands now; ``only_for`` makes it ephemeral."""

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    edited: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[Json] = field(default_factory=list)
    only_for: str | None = None

    def as_json(self) -> Json:
        """The message as Slack returns it."""
        shown: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        shown["team"] = TEAM
        if self.user == BOT_USER:
            shown |= {"bot_id": BOT, "app_id": APP}
        for key in ("blocks", "thread_ts", "metadata", "edited", "files"):
            if getattr(self, key):
                shown[key] = getattr(self, key)
        if self.reactions:
            shown["reactions"] = [
                {"name": name, "users": users, "count": len(users)}
                for name, users in self.reactions.items()
            ]
        return shown


@dataclass(slots=True)
class Modal:
    """A view on a person's screen: the JSON that Slack returns, and whose it is."""

    user: str
    view: Json


@dataclass(slots=True)
class Upload:
    """A file on its way in; it can be seen when it is complete."""

    id: str
    name: str
    length: int
    data: bytes = b""
    title: str = ""
    complete: bool = False

    def as_json(self, base: str) -> Json:
        """The file as Slack describes it, with links below ``base``."""
        link = f"{base}/file/{self.id}"
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title or self.name,
            "size": self.length,
            "url_private": link,
            "permalink": link,
        }


def new_id(prefix: str) -> str:
    """An identifier nobody can guess."""
    return prefix + secrets.token_hex(5).upper()


def with_ids(blocks: list[Json]) -> list[Json]:
    """The blocks with a block_id and action_ids where the app gave none, as Slack does."""
    for block, _ in walk(blocks):
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element, _ in elements_of(block):
            if element.get("type") in INTERACTIVE:
                element.setdefault("action_id", secrets.token_urlsafe(4))
    return blocks


def _fields(thing: Message | Upload) -> Json:
    """A dataclass as a dictionary; unlike ``asdict`` it copies nothing and so is fast."""
    return {each.name: getattr(thing, each.name) for each in fields(thing)}


class State:
    """The workspace in memory. ``changed`` is called with what changed: a channel's id,
    ``home``, ``view`` or ``read``."""

    def __init__(self, people: Iterable[Person], channels: Iterable[Channel]) -> None:
        self.people = {person.id: person for person in people}
        self.channels = {channel.id: channel for channel in channels}
        self.messages: dict[str, dict[str, Message]] = {each: {} for each in self.channels}
        self.threads: dict[tuple[str, str], set[str]] = {}
        self.homes: dict[str, Json] = {}
        self.modals: dict[str, Modal] = {}
        self.stacks: dict[str, list[str]] = {}
        self.reads: dict[str, dict[str, str]] = {}
        self.files: dict[str, Upload] = {}
        self.changed: Callable[[str], None] = lambda _: None
        self._last = 0

    def now_ts(self) -> str:
        """A new timestamp, later than any before."""
        self._last = max(time.time_ns() // 1000, self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def person(self, user: str) -> Person:
        """Raises RefusedError ``user_not_found``."""
        if user not in self.people:
            raise RefusedError("user_not_found")
        return self.people[user]

    def channel(self, name: str) -> Channel:
        """A channel by id, or the direct messages of a user id. Raises RefusedError."""
        if name in self.people:
            return self.direct(name)
        if name not in self.channels:
            raise RefusedError("channel_not_found")
        return self.channels[name]

    def direct(self, user: str) -> Channel:
        """The bot's direct messages with a person, opened when needed."""
        person = self.person(user)
        if person.deleted:
            raise RefusedError("user_disabled")
        direct = f"D{user[1:]}"
        if direct not in self.channels:
            self.channels[direct] = Channel(direct, person.name, members=(user,), user=user)
            self.messages[direct] = {}
        return self.channels[direct]

    def members(self, channel: Channel) -> list[str]:
        """User ids of those in a channel, the bot among them where it is."""
        named = channel.members
        people = [
            p.id
            for p in self.people.values()
            if not p.deleted and (p.id in named if named is not None else not p.restricted)
        ]
        return [*people, BOT_USER] if channel.bot_in else people

    def message(self, channel: str, ts: str) -> Message:
        """Raises RefusedError ``message_not_found``."""
        found = self.messages.get(channel, {}).get(ts)
        if found is None:
            raise RefusedError("message_not_found")
        return found

    def put(self, message: Message) -> Message:
        """Add or replace a message."""
        self.messages[message.channel][message.ts] = message
        if message.thread_ts not in (None, message.ts) and not message.only_for:
            self.threads.setdefault((message.channel, message.thread_ts), set()).add(message.ts)
        self.changed(message.channel)
        return message

    def drop(self, message: Message) -> None:
        """Remove a message."""
        self.messages[message.channel].pop(message.ts, None)
        self.threads.get((message.channel, message.thread_ts or ""), set()).discard(message.ts)
        self.changed(message.channel)

    def replies(self, parent: Message) -> list[Message]:
        """The answers in a message's thread that all can see, oldest first."""
        inside = self.threads.get((parent.channel, parent.ts), set())
        return [self.messages[parent.channel][ts] for ts in sorted(inside)]

    def shown(self, message: Message) -> Json:
        """A message as Slack returns it, with the figures of its thread."""
        replies = self.replies(message)
        if not replies:
            return message.as_json()
        users = list(dict.fromkeys(reply.user for reply in replies))
        return message.as_json() | {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users": users,
            "reply_users_count": len(users),
            "latest_reply": replies[-1].ts,
        }

    def top(self, user: str) -> Modal | None:
        """The modal a person sees."""
        stack = self.stacks.get(user, [])
        return self.modals[stack[-1]] if stack else None

    # --- what outlives a restart ------------------------------------------------------

    def dump(self) -> Json:
        """All that outlives a restart, as JSON: no modals, no ephemeral messages."""
        lasting = [m for of in self.messages.values() for m in of.values() if not m.only_for]
        return {
            "direct": [c.user for c in self.channels.values() if c.is_im],
            "messages": [_fields(message) for message in lasting],
            "homes": self.homes,
            "reads": self.reads,
            "files": [_fields(f) | {"data": f.data.hex()} for f in self.files.values()],
        }

    def load(self, saved: Json) -> None:
        """Go on where ``dump`` left off; what belongs to nobody any more is left out."""
        for user in saved["direct"]:
            if user in self.people and not self.people[user].deleted:
                self.direct(user)
        for message in saved["messages"]:
            if message["channel"] in self.channels:
                self.put(Message(**message))
        self.homes = {u: view for u, view in saved["homes"].items() if u in self.people}
        self.reads = saved["reads"]
        self.files = {
            f["id"]: Upload(**f | {"data": bytes.fromhex(f["data"])}) for f in saved["files"]
        }
