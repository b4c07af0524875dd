"""Small rules that say what a JSON value must look like, composed into tables in ``rules.py``.

A rule is called with a value and the JSON pointer of its place, and yields one message for
each thing wrong, worded as Slack words it. A rule never raises, whatever it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Rule = Callable[[Any, str], Iterator[str]]


def wrong(message: str, path: str) -> str:
    """One complaint, in Slack's form."""
    return f"[ERROR] {message} [json-pointer:{path}]"


def string(hi: int, *, lo: int = 1, like: str = "") -> Rule:
    """A string of ``lo`` to ``hi`` characters that matches the pattern ``like``."""
    pattern = re.compile(like)

    def rule(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield wrong("must provide a string", path)
        elif len(value) < lo:
            yield wrong(f"must be more than {lo - 1} characters", path)
        elif len(value) > hi:
            yield wrong(f"must be less than {hi + 1} characters", path)
        elif not pattern.match(value):
            yield wrong("must match the expected format", path)

    return rule


def boolean(value: Any, path: str) -> Iterator[str]:
    """``true`` or ``false``."""
    if not isinstance(value, bool):
        yield wrong("must provide a boolean", path)


def anything(value: Any, path: str) -> Iterator[str]:  # noqa: ARG001
    """No rule at all."""
    yield from ()


def number(lo: float, hi: float, *, whole: bool = True) -> Rule:
    """A number from ``lo`` to ``hi``."""

    def rule(value: Any, path: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield wrong("must provide a number", path)
        elif whole and not isinstance(value, int):
            yield wrong("must provide an integer", path)
        elif not lo <= value <= hi:
            yield wrong(f"must be between {lo} and {hi}", path)

    return rule


def one_of(*allowed: str) -> Rule:
    """One of some strings."""

    def rule(value: Any, path: str) -> Iterator[str]:
        if value not in allowed:
            yield wrong(f"must be one of: {', '.join(allowed)}", path)

    return rule


def array(item: Rule, hi: int, *, lo: int = 1) -> Rule:
    """A list of ``lo`` to ``hi`` items that each follow a rule."""

    def rule(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield wrong("must provide an array", path)
            return
        if len(value) < lo:
            yield wrong(f"no fewer than {lo} items allowed", path)
        if len(value) > hi:
            yield wrong(f"no more than {hi} items allowed", path)
        for index, each in enumerate(value):
            yield from item(each, f"{path}/{index}")

    return rule


def shape(
    needs: Mapping[str, Rule] | None = None,
    may: Mapping[str, Rule] | None = None,
    *,
    any_of: Sequence[str] = (),
    only_one: Sequence[str] = (),
) -> Rule:
    """An object: fields it needs, fields it may have, and no others.

    ``any_of`` names fields of which at least one is there, ``only_one`` fields that
    exclude each other (exactly one is there).
    """
    required, known = dict(needs or {}), {**(needs or {}), **(may or {})}

    def rule(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield wrong("must provide an object", path)
            return
        yield from (wrong(f"missing required field: {k}", path) for k in required.keys() - value)
        for key, each in value.items():
            if key in known:
                yield from known[key](each, f"{path}/{key}")
            else:
                yield wrong(f"invalid additional property: {key}", path)
        if any_of and not any(key in value for key in any_of):
            yield wrong(f"missing required field: {' or '.join(any_of)}", path)
        if only_one and sum(key in value for key in only_one) != 1:
            yield wrong(f"must have exactly one of: {', '.join(only_one)}", path)

    return rule


def by_type(table: Mapping[str, Rule]) -> Rule:
    """An object whose ``type`` says which rule it follows."""

    def rule(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield wrong("must provide an object", path)
        elif not isinstance(value.get("type"), str):
            yield wrong("missing required field: type", path)
        elif value["type"] not in table:
            yield wrong(f"unsupported type: {value['type']}", f"{path}/type")
        else:
            yield from table[value["type"]](value, path)

    return rule
