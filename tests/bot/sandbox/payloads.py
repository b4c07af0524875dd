"""Small Block Kit payloads, and a listener that gathers what it was told."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

DESK, ANNA, BEN = "C0DESK", "U0ANNA", "U0BEN"


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def button(text: str, action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def card(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    usual = button("Approve", "order:approve", value="12", style="primary")
    return [
        {"type": "header", "text": plain("Order 12")},
        {"type": "actions", "block_id": "decide", "elements": list(elements) or [usual]},
    ]


def modal(**more: Any) -> dict[str, Any]:
    reason = {
        "type": "input",
        "block_id": "reason",
        "label": plain("Reason"),
        "element": {"type": "plain_text_input", "action_id": "text", "multiline": True},
    }
    return {
        "type": "modal",
        "callback_id": "reject",
        "title": plain("Reject order"),
        "submit": plain("Reject"),
        "private_metadata": "12",
        "blocks": [reason],
    } | more


def post(client: WebClient, **more: Any) -> str:
    given = {"channel": DESK, "text": "Order 12", "blocks": card()} | more
    return str(client.chat_postMessage(**given)["ts"])


class Heard(list[Any]):
    """What a listener was told, gathered across Bolt's threads."""

    def listener(self, ack: Ack, body: dict[str, Any]) -> None:
        ack()
        self.append(body)
