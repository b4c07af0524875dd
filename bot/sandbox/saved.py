"""The workspace's file: written whole, so that it is never half there."""

from __future__ import annotations

import json
from pathlib import Path

from bot.sandbox.state import Json
from graph.ports import WorldError


def read(path: Path) -> Json | None:
    """What was saved, or None where nothing was. Raises WorldError for a broken file."""
    if not path.exists():
        return None
    try:
        found: Json = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        message = f"{path} is not a saved workspace; move it away to begin with an empty one"
        raise WorldError(message, permanent=True) from None
    return found


def write(path: Path, data: Json) -> None:
    """Save, replacing what was there in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)
