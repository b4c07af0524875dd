"""The few Block Kit shapes that Deskhand uses, as plain dictionaries.

Text given here is ready: words from outside have passed through ``words``. ``verbatim``
keeps Slack from making links and mentions of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]

SECTION_LIMIT = 3000


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: blocks, and ``text`` as it reads in a notification."""

    text: str
    blocks: list[Block]
    metadata: dict[str, Any] = field(default_factory=dict)


def mrkdwn(text: str) -> Block:
    """Text with Slack's markup."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def plain(text: str) -> Block:
    """Text without markup, emoji codes included."""
    return {"type": "plain_text", "text": text, "emoji": False}


def header(text: str) -> Block:
    """The title of a message or a Home, at most 150 characters."""
    return {"type": "header", "text": plain(text)}


def section(text: str, accessory: Block | None = None) -> Block:
    """A paragraph of mrkdwn with perhaps a button at its side."""
    block = {"type": "section", "text": mrkdwn(text)}
    return {**block, "accessory": accessory} if accessory else block


def fields(pairs: Iterable[tuple[str, str]]) -> Block:
    """Up to ten names and values, in two columns where there is room."""
    return {"type": "section", "fields": [mrkdwn(f"*{name}*\n{value}") for name, value in pairs]}


def context(*texts: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def divider() -> Block:
    """A rule between parts."""
    return {"type": "divider"}


def button(text: str, action: str, value: str, **more: Any) -> Block:
    """A button named ``deskhand_<action>``; ``more`` holds style and confirm."""
    return {
        "type": "button",
        "action_id": f"deskhand_{action}",
        "text": plain(text),
        "value": value,
        **more,
    }


def actions(buttons: Sequence[Block]) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def compact_json(value: Any) -> str:
    """JSON as it travels in button values and private metadata."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def fitting(rows: Sequence[str], limit: int = SECTION_LIMIT) -> list[str]:
    """The first rows that fit into ``limit`` characters when joined by line breaks."""
    kept: list[str] = []
    for row in rows:
        limit -= len(row.encode("utf-16-le")) // 2 + 1
        if limit < 0:
            break
        kept.append(row)
    return kept
