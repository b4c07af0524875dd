"""The list of what the workspace imitates; a test holds it against the routes."""

from __future__ import annotations

from typing import NamedTuple

from bot.sandbox import chat, files, lookup, modals
from bot.sandbox.hub import Method

HANDLERS: dict[str, Method] = {
    **chat.METHODS,
    **lookup.METHODS,
    **modals.METHODS,
    **files.METHODS,
}


class Imitated(NamedTuple):
    """A Web API method: what it needs, and how often it may be called."""

    scope: str = ""
    """Needed scope; ``channels:…|im:…`` depends on the channel."""
    per_minute: int = 50
    form_only: bool = False
    """Whether it ignores a JSON body."""


IMITATED: dict[str, Imitated] = {
    "apps.connections.open": Imitated("", 50),
    "auth.test": Imitated("", 100),
    "chat.delete": Imitated("chat:write", 50),
    "chat.getPermalink": Imitated("", 100),
    "chat.postEphemeral": Imitated("chat:write", 100),
    "chat.postMessage": Imitated("chat:write", 60),
    "chat.update": Imitated("chat:write", 50),
    "conversations.history": Imitated("channels:history|im:history", 50),
    "conversations.info": Imitated("channels:read|im:read", 50, form_only=True),
    "conversations.list": Imitated("channels:read", 20, form_only=True),
    "conversations.members": Imitated("channels:read|im:read", 100, form_only=True),
    "conversations.open": Imitated("im:write", 50),
    "conversations.replies": Imitated("channels:history|im:history", 50, form_only=True),
    "dnd.info": Imitated("dnd:read", 50, form_only=True),
    "files.completeUploadExternal": Imitated("files:write", 100),
    "files.getUploadURLExternal": Imitated("files:write", 100, form_only=True),
    "files.info": Imitated("files:read", 100, form_only=True),
    "reactions.add": Imitated("reactions:write", 50),
    "reactions.remove": Imitated("reactions:write", 20),
    "team.info": Imitated("team:read", 50, form_only=True),
    "users.info": Imitated("users:read", 100, form_only=True),
    "users.list": Imitated("users:read", 20, form_only=True),
    "users.lookupByEmail": Imitated("users:read.email", 50, form_only=True),
    "views.open": Imitated("", 100),
    "views.publish": Imitated("", 100),
    "views.push": Imitated("", 100),
    "views.update": Imitated("", 100),
}

INTERACTIONS = (
    "block_actions",
    "block_suggestion",
    "message_action",
    "shortcut",
    "view_closed",
    "view_submission",
)
EVENTS = ("app_home_opened", "app_mention", "message.channels", "message.im")

LEFT_OUT = (
    "streaming (chat.startStream and its kin), assistant threads, scheduled messages, user groups",
    "group conversations, private channels, shared channels, several workspaces, OAuth",
    "attachments, unfurling, remote files, workflow buttons, rich text and file inputs",
    "events over HTTP; links to images are not fetched",
)
"""What is not imitated: a call for it is answered with ``unknown_method`` or refused."""


def scope_for(imitated: Imitated, channel: str) -> str:
    """The scope a call needs, which may depend on its channel."""
    public, _, direct = imitated.scope.partition("|")
    return direct if direct and channel.startswith("D") else public
