"""The app manifest asks Slack for what Deskhand uses, and for nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.doctor import SCOPES
from bot.sandbox.sample import EVENTS
from tests.builders import mail
from tests.shop import Shop, until

MANIFEST: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[2] / "bot" / "manifest.yaml").read_text(encoding="utf-8")
)
SCOPE_OF = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "chat.postEphemeral": "chat:write",
    "conversations.open": "im:write",
    "conversations.history": "channels:history",
}
FREE = {"auth.test", "apps.connections.open", "views.open", "views.update", "views.publish"}


def test_the_events_are_those_the_app_listens_to() -> None:
    assert set(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == EVENTS


def test_texts_are_within_slacks_limits() -> None:
    assert len(MANIFEST["display_information"]["name"]) <= 35
    assert len(MANIFEST["display_information"]["description"]) <= 140


def test_the_doctor_asks_for_no_scope_that_the_manifest_lacks() -> None:
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) >= SCOPES


def test_every_method_that_is_called_has_its_scope(shop: Shop) -> None:
    shop.deliver(mail("10 Stk K-200 Ball valve 3/4 inch"))
    card = shop.card("4711")
    shop.workspace.open_home("U0ANNA")
    shop.workspace.click("U0ANNA", "C0DESK", card["ts"], "deskhand_approve")
    until(lambda: shop.whispers("U0ANNA") and shop.workspace.home_of("U0ANNA"))
    used = {call.method for call in shop.workspace.calls} - FREE
    scopes = set(MANIFEST["oauth_config"]["scopes"]["bot"])
    assert used <= SCOPE_OF.keys()
    assert {SCOPE_OF[method] for method in used} <= scopes
