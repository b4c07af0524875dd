"""What people fill in: how each kind of field holds its value, and what the form refuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from bot.sandbox.state import Json
from bot.sandbox.strict import elements_of, walk

Given = Mapping[str, Any]
"""Simple values (text, an option's value, a list of them) by action_id, block_id, label,
or ``block_id/action_id``."""


class Kind(NamedTuple):
    """Where a kind of element keeps its value, and what the value is."""

    state: str
    initial: str
    holds: str
    """``text``, ``option``, ``options``, ``id`` or ``ids``."""


TEXT = Kind("value", "initial_value", "text")
KINDS: dict[str, Kind] = {
    "plain_text_input": TEXT,
    "number_input": TEXT,
    "email_text_input": TEXT,
    "url_text_input": TEXT,
    "static_select": Kind("selected_option", "initial_option", "option"),
    "external_select": Kind("selected_option", "initial_option", "option"),
    "radio_buttons": Kind("selected_option", "initial_option", "option"),
    "checkboxes": Kind("selected_options", "initial_options", "options"),
    "multi_static_select": Kind("selected_options", "initial_options", "options"),
    "users_select": Kind("selected_user", "initial_user", "id"),
    "multi_users_select": Kind("selected_users", "initial_users", "ids"),
    "channels_select": Kind("selected_channel", "initial_channel", "id"),
    "conversations_select": Kind("selected_conversation", "initial_conversation", "id"),
    "datepicker": Kind("selected_date", "initial_date", "id"),
    "timepicker": Kind("selected_time", "initial_time", "id"),
}


def options_of(element: Json) -> list[Json]:
    """All options of a menu, those in groups too."""
    groups: list[Json] = element.get("option_groups", [])
    return [*element.get("options", []), *(o for g in groups for o in g["options"])]


def option(element: Json, value: Any) -> Json:
    """The option with a value or a text; one found by a search is passed whole.

    Raises LookupError.
    """
    if isinstance(value, dict):
        return value
    for each in options_of(element):
        if value in (each["value"], each["text"]["text"]):
            return each
    known = [each["value"] for each in options_of(element)]
    raise LookupError(f"{element['action_id']} has no option {value!r}; it has {known}")


def state_value(element: Json, value: Any) -> Json:
    """What Slack reports for an element that was given a simple value."""
    kind = KINDS[element["type"]]
    held = value
    if kind.holds == "options":
        held = [option(element, each) for each in value or []]
    elif kind.holds == "option":
        held = option(element, value) if value else None
    elif kind.holds == "text":
        held = str(value) if value not in (None, "") else None
    return {"type": element["type"], kind.state: held or ([] if kind.holds in LISTS else None)}


LISTS = ("options", "ids")


def fields(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every block and element that holds a value."""
    for block, _ in walk(blocks):
        for element, _ in elements_of(block):
            if element.get("type") in KINDS:
                yield block, element


def _names(block: Json, element: Json) -> list[str]:
    both = f"{block['block_id']}/{element['action_id']}"
    label = block.get("label", {}).get("text", "")
    return [both, element["action_id"], block["block_id"], label]


def values_of(blocks: list[Json], given: Given) -> Json:
    """``state.values``: what was given, and for the rest what the fields began with.

    Raises LookupError for a name or an option that is not there.
    """
    values: Json = {}
    unknown = set(given)
    for block, element in fields(blocks):
        name = next((name for name in _names(block, element) if name in given), None)
        unknown.discard(name or "")
        kind = KINDS[element["type"]]
        held = (
            state_value(element, given[name])
            if name
            else {
                "type": element["type"],
                kind.state: element.get(kind.initial, [] if kind.holds in LISTS else None),
            }
        )
        values.setdefault(block["block_id"], {})[element["action_id"]] = held
    if unknown:
        known = [_names(block, element)[1:] for block, element in fields(blocks)]
        raise LookupError(f"no such field: {sorted(unknown)}; there are {known}")
    return values


def problems(blocks: list[Json], values: Json) -> dict[str, str]:
    """What the form itself refuses before the app hears of it, by block_id."""
    found = {}
    for block, element in fields(blocks):
        if block["type"] != "input":
            continue
        held = values[block["block_id"]][element["action_id"]][KINDS[element["type"]].state]
        if not held and not block.get("optional"):
            found[block["block_id"]] = "Please complete this required field."
        elif held and (problem := CHECKS.get(element["type"], _nothing)(element, held)):
            found[block["block_id"]] = problem
    return found


def _nothing(element: Json, value: str) -> str:  # noqa: ARG001
    return ""


def _length(element: Json, value: str) -> str:
    if len(value) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    if len(value) > element.get("max_length", 3000):
        return f"Please enter at most {element.get('max_length', 3000)} characters."
    return ""


def _number(element: Json, value: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "Please enter a number."
    if not number.is_finite():
        return "Please enter a number."
    if not element["is_decimal_allowed"] and number != number.to_integral_value():
        return "Please enter a whole number."
    if number < Decimal(element.get("min_value", "-Infinity")):
        return f"Please enter {element['min_value']} or more."
    if number > Decimal(element.get("max_value", "Infinity")):
        return f"Please enter {element['max_value']} or less."
    return ""


def _like(pattern: str, message: str) -> Callable[[Json, str], str]:
    return lambda _, value: "" if re.fullmatch(pattern, value) else message


CHECKS: dict[str, Callable[[Json, str], str]] = {
    "plain_text_input": _length,
    "number_input": _number,
    "email_text_input": _like(r"[^@\s]+@[^@\s]+\.[^@\s]+", "Please enter a valid email address."),
    "url_text_input": _like(r"https?://\S+", "Please enter a valid URL."),
}
