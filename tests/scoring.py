"""Replayed orders against the truth, right and wrong as tests/data/README.md has them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.app import replay_world
from bot.mailfiles import mails_at
from bot.replay import replay
from graph.report.replay import BOOKED, differences
from store.config import Settings

Line = Mapping[str, Any]


@dataclass
class Verdicts:
    """What a replay came to, by mail."""

    orders: int = 0
    right: list[str] = field(default_factory=list)
    wrong_booked: list[str] = field(default_factory=list)
    needless: list[str] = field(default_factory=list)
    wrong_kind: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    """Mails whose expected finding did not come up."""


def judged(company: Path, truth: Path, mails: Path, as_of: datetime | None = None) -> Verdicts:
    """Replay a company's mails and compare every order with the truth."""
    known = {
        (entry["mail"], entry.get("part", 1)): entry
        for entry in map(json.loads, truth.read_text(encoding="utf-8").splitlines())
    }
    book = company / "playbook.yaml"
    with replay_world(Settings.read({}), f"folder:{company}/erp", book) as world:
        lines = list(replay(mails_at(str(mails)), world, as_of=as_of))
    assert {(line["mail"], line["part"]) for line in lines} == known.keys()
    return verdicts((line, known[line["mail"], line["part"]]) for line in lines)


def verdicts(pairs: Iterable[tuple[Line, Line]]) -> Verdicts:
    """Judge every order beside its truth."""
    total = Verdicts()
    for line, truth in pairs:
        total.orders += 1
        different = bool(truth["order"]) and bool(differences(line, truth["order"]))
        booked, wanted = line["outcome"] in BOOKED, truth["outcome"] in BOOKED
        allowed = wanted or "book" in truth.get("also", [])
        found = {finding["type"] for finding in line["findings"]}
        either = set(truth.get("either", []))
        checks = {
            "right": not different,
            "wrong_booked": booked and (different or not allowed),
            "needless": wanted and not booked,
            "wrong_kind": line["kind"] not in {truth["kind"], *truth.get("kinds", [])},
            "missed": not set(truth.get("findings", [])) <= found
            or (bool(either) and not either & found),
        }
        for name, holds in checks.items():
            if holds:
                getattr(total, name).append(line["mail"])
    return total
