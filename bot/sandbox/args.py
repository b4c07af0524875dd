"""The arguments of a Web API call, from query, form or JSON alike."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.sandbox.state import RefusedError


class Args:
    """Arguments as they came: forms bring text, JSON brings anything."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = {key: value for key, value in given.items() if value is not None}

    def text(self, name: str, default: str = "") -> str:
        """A string, or the default."""
        return str(self.given.get(name, default))

    def need(self, name: str, error: str = "invalid_arguments") -> str:
        """A string that must be there. Raises RefusedError with ``error``."""
        if not self.text(name):
            raise RefusedError(error, [f"[ERROR] missing required field: {name}"])
        return self.text(name)

    def flag(self, name: str) -> bool:
        """A truth: ``true`` and ``1`` in a form."""
        return str(self.given.get(name, "")).lower() in ("true", "1")

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number of at least one."""
        value = self.text(name, str(default))
        if not value.isdigit() or int(value) < 1:
            raise RefusedError("invalid_arguments", [f"[ERROR] {name} must be a positive number"])
        return min(int(value), most)

    def json(self, name: str, error: str = "invalid_arguments") -> Any:
        """Something structured, as JSON or as a form's text of JSON. Raises RefusedError."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except json.JSONDecodeError:
            raise RefusedError(error, [f"[ERROR] {name} is no JSON"]) from None

    def __contains__(self, name: str) -> bool:
        return name in self.given


async def arguments(request: Request, *, form_only: bool) -> Args:
    """Read a request. Methods that take no JSON do not see a JSON body, as at Slack."""
    given: dict[str, Any] = dict(request.query_params)
    body = await request.body()
    kind = request.headers.get("content-type", "").split(";")[0]
    if kind == "application/x-www-form-urlencoded":
        given |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    elif kind == "application/json" and body and not form_only:
        given |= _object(body)
    return Args(given)


def _object(body: bytes) -> dict[str, Any]:
    try:
        read = json.loads(body)
    except ValueError:
        raise RefusedError("invalid_json") from None
    if not isinstance(read, dict):
        raise RefusedError("json_not_object")
    return read
