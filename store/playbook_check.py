"""Every problem of a playbook's text, each with its line and the remedy."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from graph.order import FINDING_TYPES
from graph.playbook import Baseline, Channels, OrderType, Owner, Playbook, Rule, When
from store import yamltree
from store.yamltree import Path, Problem, Tree

_SECTIONS: dict[str | int, type[BaseModel]] = {
    "owner": Owner,
    "channels": Channels,
    "order_types": OrderType,
    "when": When,
    "exceptions": Rule,
    "baseline": Baseline,
}
_NUMBER = "must be a number such as 1500 or 0.5, with a point and nothing else"
_DATE = "must be a date such as 2026-09-01"
_MAPPING = "must hold `key: value` entries"
_EXPECTED = {
    "missing": "is missing",
    "string_type": "must be one text",
    "string_pattern_mismatch": "is no Slack id: capital letters and digits such as U0ABC12"
    " (in Slack: profile or channel details, Copy ID)",
    "model_type": _MAPPING,
    "mapping_type": _MAPPING,
    "tuple_type": "must be a list such as [a, b]",
    "too_short": "needs at least one entry",
    "decimal_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "finite_number": _NUMBER,
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "greater_than": "must be greater than 0",
}


def understand(text: str) -> tuple[Playbook | None, tuple[Problem, ...]]:
    """Read a playbook's text: the playbook, or None with its problems by line."""
    tree = yamltree.read(text)
    if tree.data is None:
        empty = Problem(1, "the playbook is empty: `deskhand playbook init` writes one")
        return None, tuple(tree.problems) or (empty,)
    playbook, found = _validated(tree)
    for check in _CHECKS:
        found += check(tree)
    found = sorted(dict.fromkeys(tree.problems + found), key=lambda problem: problem.line)
    return (None if found else playbook), tuple(found)


def name_of(path: Path) -> str:
    """A path as a person would say it: list entries count from 1."""
    parts = [str(part + 1) if isinstance(part, int) else _short(part) for part in path]
    return ".".join(parts) or "the playbook"


# --- what the types say -----------------------------------------------------------


def _validated(tree: Tree) -> tuple[Playbook | None, list[Problem]]:
    try:
        return Playbook.model_validate(tree.data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    # Pydantic calls a list too short also where all its entries are wrong.
    return None, [_problem(d, tree) for d in details if d["type"] != "too_short" or not d["input"]]


def _problem(detail: ErrorDetails, tree: Tree) -> Problem:
    path = detail["loc"]
    if path and path[-1] == "[key]":
        path = path[:-1]
        return Problem(tree.key_line(path), _unknown("exception type", path[-1], FINDING_TYPES))
    if detail["type"] == "extra_forbidden":
        known = tuple(_SECTIONS.get(_section(path), Playbook).model_fields)
        return Problem(tree.key_line(path), _unknown("key", path[-1], known))
    return _at(tree, path, _expected(detail))


def _at(tree: Tree, path: Path, message: str) -> Problem:
    return Problem(tree.value_line(path), f"{name_of(path)} {message}")


def _expected(detail: ErrorDetails) -> str:
    """The rest of the sentence that begins with the name of the wrong value."""
    path, given, kind = detail["loc"], detail["input"], detail["type"]
    if path and path[-1] == "owner" and isinstance(given, list):
        return "must be exactly one person, not a list"
    if kind == "literal_error":
        allowed = detail["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return f"is {_quoted(given)}; allowed: {allowed}"
    if kind == "value_error":
        message = detail["msg"].removeprefix("Value error, ")
        return f"is `{_short(given)}`: {message}" if isinstance(given, str) else message
    if kind.startswith("date_"):
        return _DATE
    return _EXPECTED.get(kind, f"is wrong: {detail['msg']}")


def _unknown(what: str, given: str | int, known: tuple[str, ...]) -> str:
    near = get_close_matches(str(given)[:100], known, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(known)}"
    return f"unknown {what} `{_short(given)}`; {hint}"


def _section(path: Path) -> str | int:
    """The name of the innermost section that holds the key at the end of ``path``."""
    return next((part for part in reversed(path[:-1]) if part in _SECTIONS), "")


def _quoted(given: object) -> str:
    return "empty" if given is None else f"`{_short(given)}`"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"


# --- what the types cannot say ----------------------------------------------------


def _escalations_have_owners(tree: Tree) -> Iterator[Problem]:
    for path in _rules(tree):
        if tree.get(*path, "action") == "escalate" and tree.get(*path, "owner") is None:
            yield _at(tree, path, "action escalate needs an owner (a Slack id)")


def _figures_make_sense(tree: Tree) -> Iterator[Problem]:
    for path in ((*rule, "threshold") for rule in _rules(tree)):
        figure = _figure(tree.get(*path))
        if figure is not None and figure < 0:
            yield _at(tree, path, "must not be below 0")
    share = _figure(tree.get("baseline", "wrong_orders"))
    if share is not None and not 0 <= share <= 1:
        yield _at(tree, ("baseline", "wrong_orders"), "must be a share from 0 to 1, such as 0.03")


def _order_types_differ(tree: Tree) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for path in _order_types(tree):
        name, line = tree.get(*path, "name"), tree.value_line((*path, "name"))
        if isinstance(name, str) and name in first:
            yield Problem(line, f"order type `{_short(name)}` is already in line {first[name]}")
        elif isinstance(name, str):
            first[name] = line


def _order_types_are_reached(tree: Tree) -> Iterator[Problem]:
    everything: Path | None = None
    for path in _order_types(tree):
        if everything:
            yield _at(
                tree,
                path,
                f"is never reached, because {name_of(everything)} in line"
                f" {tree.key_line(everything)} has no conditions: move it before that one",
            )
        elif _has_no_conditions(tree.get(*path)):
            everything = path


def _has_no_conditions(order_type: Any) -> bool:
    if not isinstance(order_type, dict):
        return False
    when = order_type.get("when", {})
    return isinstance(when, dict) and all(value is None for value in when.values())


def _dates_are_dates(tree: Tree) -> Iterator[Problem]:
    # Pydantic would take a bare number for seconds since 1970.
    given = tree.get("go_live")
    if isinstance(given, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", given):
        yield _at(tree, ("go_live",), _DATE)


def _timezone_exists(tree: Tree) -> Iterator[Problem]:
    given = tree.get("timezone")
    try:
        zoneinfo.ZoneInfo(given if isinstance(given, str) else "UTC")
    except (KeyError, ValueError, OSError):
        hint = "is unknown; write one such as Europe/Berlin"
        yield _at(tree, ("timezone",), f"`{_short(given)}` {hint}")


def _rules(tree: Tree) -> Iterator[Path]:
    rules = tree.get("exceptions")
    yield from (("exceptions", kind) for kind in (rules if isinstance(rules, dict) else ()))


def _order_types(tree: Tree) -> Iterator[Path]:
    entries = tree.get("order_types")
    count = len(entries) if isinstance(entries, list) else 0
    yield from (("order_types", index) for index in range(count))


def _figure(text: Any) -> Decimal | None:
    try:
        figure = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        return None
    return figure if figure is not None and figure.is_finite() else None


_CHECKS: tuple[Callable[[Tree], Iterator[Problem]], ...] = (
    _escalations_have_owners,
    _figures_make_sense,
    _order_types_differ,
    _order_types_are_reached,
    _dates_are_dates,
    _timezone_exists,
)
