"""Web API: modals and the Home tab."""

from __future__ import annotations

import copy

from bot.sandbox.args import Args
from bot.sandbox.hub import Hub, Method
from bot.sandbox.inputs import values_of
from bot.sandbox.state import APP, BOT, TEAM, Json, Modal, RefusedError, new_id, with_ids
from bot.sandbox.strict import check_view, too_large

STACK_MAX = 3
FIELDS: Json = {
    "private_metadata": "",
    "callback_id": "",
    "external_id": "",
    "submit": None,
    "close": None,
    "clear_on_close": False,
    "notify_on_close": False,
}


def checked(view: object, kind: str) -> Json:
    """A view that Slack would take, as a copy. Raises RefusedError."""
    problems = check_view(view)
    if problems or not isinstance(view, dict):
        raise RefusedError("invalid_arguments", problems)
    if view["type"] != kind:
        raise RefusedError(
            "invalid_arguments", [f"[ERROR] must be a {kind} [json-pointer:/view/type]"]
        )
    if too_large(view):
        raise RefusedError("view_too_large")
    return copy.deepcopy(view)


def _complete(view: Json, **more: object) -> Json:
    blocks = with_ids(view["blocks"])
    made = {"id": new_id("V"), "team_id": TEAM, "app_id": APP, "bot_id": BOT}
    state = {"values": values_of(blocks, {})}
    return FIELDS | view | made | {"state": state, "hash": new_id(""), **more}


def show(hub: Hub, user: str, given: object, *, over: Modal | None = None) -> Json:
    """Put a modal on a person's screen, on top of ``over`` where given. Raises RefusedError."""
    view = checked(given, "modal")
    stack = hub.state.stacks.get(user, []) if over else []
    if len(stack) >= STACK_MAX:
        raise RefusedError("push_limit_reached")
    if not over:
        clear(hub, user)
    root = over.view["root_view_id"] if over else None
    full = _complete(view, previous_view_id=over.view["id"] if over else None)
    full["root_view_id"] = root or full["id"]
    hub.state.modals[full["id"]] = Modal(user, full)
    hub.state.stacks[user] = [*stack, full["id"]]
    hub.state.changed("view")
    return full


def change(hub: Hub, modal: Modal, given: object) -> Json:
    """Replace what a modal shows. Raises RefusedError."""
    view = checked(given, "modal")
    kept = {key: modal.view[key] for key in ("id", "root_view_id", "previous_view_id")}
    modal.view = _complete(view, **kept)
    hub.state.changed("view")
    return modal.view


def close(hub: Hub, user: str) -> Modal | None:
    """Take the top modal off a person's screen."""
    stack = hub.state.stacks.get(user, [])
    closed = hub.state.modals.pop(stack.pop()) if stack else None
    hub.state.changed("view")
    return closed


def clear(hub: Hub, user: str) -> None:
    """Take all modals off a person's screen."""
    for view_id in hub.state.stacks.pop(user, []):
        del hub.state.modals[view_id]
    hub.state.changed("view")


def open_view(hub: Hub, args: Args) -> Json:
    """``views.open``."""
    given = args.json("view")
    checked(given, "modal")
    trigger = hub.redeem(args.need("trigger_id"))
    return {"view": show(hub, trigger.user, given)}


def push_view(hub: Hub, args: Args) -> Json:
    """``views.push``."""
    given = args.json("view")
    checked(given, "modal")
    trigger = hub.redeem(args.need("trigger_id"))
    over = hub.state.modals.get(trigger.view)
    if over is None:
        raise RefusedError("not_found", ["[ERROR] the trigger comes from no open modal"])
    return {"view": show(hub, trigger.user, given, over=over)}


def update_view(hub: Hub, args: Args) -> Json:
    """``views.update``."""
    given = args.json("view")
    checked(given, "modal")
    modal = hub.state.modals.get(args.text("view_id")) or next(
        (
            modal
            for modal in hub.state.modals.values()
            if args.text("external_id") and modal.view["external_id"] == args.text("external_id")
        ),
        None,
    )
    if modal is None:
        raise RefusedError("not_found")
    if args.text("hash") and args.text("hash") != modal.view["hash"]:
        raise RefusedError("hash_conflict")
    return {"view": change(hub, modal, given)}


def publish(hub: Hub, args: Args) -> Json:
    """``views.publish``."""
    user = hub.state.person(args.need("user_id", "user_not_found")).id
    view = checked(args.json("view"), "home")
    old = hub.state.homes.get(user)
    if args.text("hash") and old and args.text("hash") != old["hash"]:
        raise RefusedError("hash_conflict")
    full = _complete(view, previous_view_id=None)
    if old:
        full["id"] = old["id"]
    hub.state.homes[user] = full | {"root_view_id": full["id"]}
    hub.state.changed("home")
    return {"view": hub.state.homes[user]}


METHODS: dict[str, Method] = {
    "views.open": open_view,
    "views.push": push_view,
    "views.update": update_view,
    "views.publish": publish,
}
