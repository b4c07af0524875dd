"""Whether Deskhand may book alone: what must be in place before, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass

from graph.order import FINDING_TYPES
from graph.playbook import Playbook

RULES_NEEDED = 10


@dataclass(frozen=True, slots=True)
class Item:
    """One condition: whether it holds, what shows it, and what to do where it does not."""

    name: str
    ok: bool
    evidence: str
    next_step: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What readiness is judged by. Counts are None where nothing was recorded."""

    playbook: Playbook
    troubles: int
    """Records of the ERP that could not be used."""
    records: int
    placeholders: int = 0
    """Values of the playbook that still stand as the template wrote them."""


def readiness(facts: Facts) -> tuple[Item, ...]:
    """Judge every condition, in the order in which a company works through them."""
    return (
        _playbook(facts),
        _owner(facts.playbook),
        _rules(facts.playbook),
        _baseline(facts.playbook),
        _data(facts),
        Item("team_briefed", False, "no briefing is recorded", "brief the desk, then override"),
        Item(
            "replay_done",
            False,
            "no replay is recorded",
            "run deskhand replay --truth on last month's mail and settle what differs,"
            " then override",
        ),
    )


def _playbook(facts: Facts) -> Item:
    return Item(
        "playbook_complete",
        facts.placeholders == 0,
        f"{facts.placeholders} values still stand as the template wrote them",
        "replace every CHANGEME in the playbook",
    )


def _owner(book: Playbook) -> Item:
    return Item("owner_named", True, f"{book.owner.name} ({book.owner.slack})")


def _rules(book: Playbook) -> Item:
    decided = len(book.exceptions)
    return Item(
        "exception_rules",
        decided >= RULES_NEEDED,
        f"{decided} of {len(FINDING_TYPES)} exception types have a rule",
        f"decide at least {RULES_NEEDED} under exceptions in the playbook",
    )


def _baseline(book: Playbook) -> Item:
    given = book.baseline is not None and book.baseline.minutes_per_order is not None
    return Item(
        "baseline_measured",
        given,
        "the playbook has a baseline" if given else "the playbook has no baseline",
        "measure orders per week and minutes per order, and write them under baseline",
    )


def _data(facts: Facts) -> Item:
    return Item(
        "data_usable",
        facts.records > 0 and facts.troubles == 0,
        f"{facts.troubles} of {facts.records} records could not be used",
        "run deskhand sync and mend the records it lists",
    )
