"""What people do with blocks and modals: each click becomes what Slack would send."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import modals
from bot.sandbox.hub import Call, Hub, ReplyUrl, team_json
from bot.sandbox.inputs import KINDS, Given, option, problems, state_value, values_of
from bot.sandbox.socket_mode import Ack
from bot.sandbox.state import (
    APP,
    TEAM,
    Json,
    Message,
    Modal,
    RefusedError,
)
from bot.sandbox.strict import elements_of, walk

NO_ANSWER = "The app did not answer in time. Try again."
BAD_ANSWER = "The app sent something that cannot be shown."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person sees at once: nothing, an error, or errors at fields by block_id."""

    ok: bool
    error: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    options: list[Json] = field(default_factory=list)
    """What a search in a menu found."""


DONE = Outcome(ok=True)


def outcome(ack: Ack | None) -> Outcome:
    """What a person sees of an acknowledgement without words."""
    return DONE if ack else Outcome(ok=False, error=NO_ANSWER)


def base_payload(hub: Hub, user: str, kind: str) -> Json:
    """What every interaction says: who, where, which app. Raises RefusedError."""
    person = hub.state.person(user)
    name = person.name.lower().replace(" ", ".")
    return {
        "type": kind,
        "user": {"id": user, "username": name, "name": name, "team_id": TEAM},
        "api_app_id": APP,
        "token": "local",
        "team": team_json(hub.settings),
        "enterprise": None,
        "is_enterprise_install": False,
    }


# --- clicks -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Target:
    """An element a person can use, and the block it stands in."""

    block: Json
    element: Json


def targets(blocks: list[Json]) -> Iterator[Target]:
    """Every element of a surface that answers to a click."""
    for block, _ in walk(blocks):
        for element, _ in elements_of(block):
            if "action_id" in element:
                yield Target(block, element)


def find(blocks: list[Json], user: str, action: str) -> Target:
    """The element with this action_id, or whose action_id or text begins so.

    ``block_id/action_id`` is exact. Raises LookupError that names what there is.
    """
    seen = [t for t in targets(blocks) if user in t.element.get("visible_to_user_ids", [user])]
    for fits in (
        lambda t: f"{t.block['block_id']}/{t.element['action_id']}" == action,
        lambda t: t.element["action_id"] == action,
        lambda t: t.element["action_id"].startswith(action),
        lambda t: t.element.get("text", {}).get("text", "").startswith(action),
    ):
        for target in seen:
            if fits(target):
                return target
    known = [t.element["action_id"] for t in seen]
    raise LookupError(f"nothing to click called {action!r}; there is {known}")


def _action(hub: Hub, target: Target, value: Any) -> Json:
    element, kind = target.element, target.element["type"]
    done: Json = {
        "type": kind,
        "action_id": element["action_id"],
        "block_id": target.block["block_id"],
        "action_ts": hub.state.now_ts(),
    }
    if kind == "overflow":
        return done | {"selected_option": option(element, value)}
    if kind in KINDS:
        return done | state_value(element, value)
    if kind == "feedback_buttons":
        button = element["positive_button" if value in (None, "positive") else "negative_button"]
        return done | {"value": button["value"], "text": button["text"]}
    held = element.get("value") if value is None else value
    shown = {key: element[key] for key in ("text", "style") if key in element}
    return done | shown | ({"value": held} if held is not None else {})


async def click(
    hub: Hub, user: str, message: Message, target: Target, value: Any, given: Given
) -> Outcome:
    """Use an element of a message. A button's ``value`` can be forged with ``value``."""
    channel = hub.state.channels[message.channel]
    reply = ReplyUrl(channel.id, user, time.monotonic(), message.ts, message.thread_ts)
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.only_for),
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = base_payload(hub, user, "block_actions") | {
        "container": container,
        "trigger_id": hub.trigger(user),
        "channel": {"id": channel.id, "name": "directmessage" if channel.is_im else channel.name},
        "state": {"values": values_of(message.blocks, given)},
        "response_url": hub.response_url(reply),
        "actions": [_action(hub, target, value)],
    }
    if not message.only_for:
        payload["message"] = hub.state.shown(message)
    return outcome(await hub.link.ask("interactive", payload))


async def click_view(
    hub: Hub, user: str, view: Json, target: Target, value: Any, given: Given
) -> Outcome:
    """Use an element of a modal or of the Home tab."""
    values = values_of(view["blocks"], given)
    payload = base_payload(hub, user, "block_actions") | {
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": hub.trigger(user, view["id"]),
        "view": view | {"state": {"values": values}},
        "actions": [_action(hub, target, value)],
    }
    return outcome(await hub.link.ask("interactive", payload))


async def suggest(hub: Hub, user: str, view: Json, target: Target, query: str) -> Outcome:
    """Type into a menu whose options the app looks up."""
    payload = base_payload(hub, user, "block_suggestion") | {
        "container": {"type": "view", "view_id": view["id"]},
        "view": view,
        "action_id": target.element["action_id"],
        "block_id": target.block["block_id"],
        "value": query,
    }
    ack = await hub.link.ask("interactive", payload)
    if ack is None:
        return Outcome(ok=False, error=NO_ANSWER)
    found = ack.payload or {}
    groups = found.get("option_groups", [])
    return Outcome(
        ok=True, options=found.get("options", []) + [o for g in groups for o in g["options"]]
    )


# --- modals -----------------------------------------------------------------------------


async def submit(hub: Hub, modal: Modal, given: Given) -> Outcome:
    """Press a modal's submit button with these values; fields left out keep what they had."""
    blocks = modal.view["blocks"]
    values = values_of(blocks, given)
    if wrong := problems(blocks, values):
        return Outcome(ok=False, fields=wrong)
    modal.view["state"] = {"values": values}
    payload = base_payload(hub, modal.user, "view_submission") | {
        "trigger_id": hub.trigger(modal.user, modal.view["id"]),
        "view": modal.view,
        "response_urls": [],
    }
    ack = await hub.link.ask("interactive", payload)
    return _answered(hub, modal, ack.payload or {}) if ack else outcome(None)


def _answered(hub: Hub, modal: Modal, answer: Json) -> Outcome:
    """Do what the acknowledgement of a submission says."""
    action = answer.get("response_action")
    try:
        if action == "errors":
            return _errors(modal, answer)
        if action == "clear":
            modals.clear(hub, modal.user)
        elif action == "update":
            modals.change(hub, modal, answer.get("view"))
        elif action == "push":
            modals.show(hub, modal.user, answer.get("view"), over=modal)
        elif action is None:
            _leave(hub, modal)
        else:
            raise RefusedError("invalid_arguments", [f"[ERROR] unknown response_action: {action}"])
    except RefusedError as refused:
        told = tuple(refused.messages)
        hub.calls.append(Call("response_action", answer, refused.error, told))
        return Outcome(ok=False, error=BAD_ANSWER)
    return DONE


def _errors(modal: Modal, answer: Json) -> Outcome:
    errors = answer.get("errors") or {}
    known = {b["block_id"] for b in modal.view["blocks"] if b["type"] == "input"}
    if not errors or not errors.keys() <= known:
        unknown = sorted(errors.keys() - known)
        raise RefusedError("invalid_arguments", [f"[ERROR] no such input block: {unknown}"])
    return Outcome(ok=False, fields=errors)


def _leave(hub: Hub, modal: Modal) -> None:
    if modal.view["id"] in hub.state.stacks.get(modal.user, []):
        modals.close(hub, modal.user)


async def close_view(hub: Hub, user: str, *, everything: bool = False) -> Outcome:
    """Close the top modal, or all; the app hears of it where the modal says so."""
    modal = hub.state.top(user)
    if modal is None:
        raise LookupError(f"{user} has no modal open")
    if everything or modal.view["clear_on_close"]:
        modals.clear(hub, user)
    else:
        modals.close(hub, user)
    if not modal.view["notify_on_close"]:
        return DONE
    payload = base_payload(hub, user, "view_closed") | {
        "view": modal.view,
        "is_cleared": everything,
    }
    return outcome(await hub.link.ask("interactive", payload))
