"""What the customer decided: order types, exception rules, owner, desk.

Only types and pure look-ups. ``store/config.py`` reads them from YAML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from graph.order import Action, FindingType, Stage, Value

SlackId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{2,}$")]

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def duration(text: object) -> object:
    """Turn ``30m``, ``2h``, ``3d`` or ``1w`` into a timedelta; ValueError for anything else."""
    if isinstance(text, timedelta):
        return text
    match = re.fullmatch(r"\s*(\d{1,4})\s*([mhdw])\s*", str(text))
    if not match:
        raise ValueError("write a duration as a number and m, h, d or w, such as 2h")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


Duration = Annotated[timedelta, BeforeValidator(duration)]


class Owner(Value):
    """The one person who decides configuration."""

    name: str
    slack: SlackId


class Channels(Value):
    """Where cards and digests go (Slack channel ids)."""

    desk: SlackId
    digest: SlackId | None = None


class When(Value):
    """Conditions of an order type; all that are given must hold."""

    customer: Literal["established", "known", "new"] | None = None
    """``established`` has ordered before, ``known`` is on file, ``new`` is not."""
    products: Literal["bought_before", "known"] | None = None
    address: Literal["on_file"] | None = None
    customers: tuple[str, ...] | None = None
    """Only these customer ids."""
    max_lines: int | None = Field(default=None, gt=0)
    max_value: Decimal | None = Field(default=None, gt=0)


class OrderType(Value):
    """A class of orders and how far it is rolled out."""

    name: str
    when: When = When()
    stage: Stage = "draft"


class Rule(Value):
    """What happens on one exception type. ``threshold`` is the rule's own figure."""

    action: Action = "review"
    owner: SlackId | None = None
    deputy: SlackId | None = None
    threshold: Decimal | None = None
    remind_after: Duration | None = None
    escalate_after: Duration | None = None

    @model_validator(mode="after")
    def _escalation_has_an_owner(self) -> Rule:
        if self.action == "escalate" and self.owner is None:
            raise ValueError("action escalate needs an owner (a Slack id)")
        return self


class Baseline(Value):
    """How the desk did before Deskhand. ``wrong_orders`` is a share from 0 to 1."""

    orders_per_week: Decimal | None = None
    minutes_per_order: Decimal | None = None
    wrong_orders: Decimal | None = None


class Playbook(Value):
    """The reviewed file that governs Deskhand's conduct."""

    company: str
    owner: Owner
    channels: Channels
    desk: tuple[SlackId, ...] = Field(min_length=1)
    order_types: tuple[OrderType, ...] = Field(min_length=1)
    exceptions: Mapping[FindingType, Rule] = {}
    go_live: date | None = None
    baseline: Baseline | None = None
    timezone: str = "Europe/Berlin"
    currency: str = "EUR"
    own_domains: tuple[str, ...] = ()
    """Mail domains of the company itself: mail from there is forwarded, not ordered."""

    def rule(self, finding_type: FindingType) -> Rule:
        """The rule for an exception type; what nobody decided is reviewed by the desk."""
        return self.exceptions.get(finding_type, Rule())

    def threshold(self, finding_type: FindingType, default: str) -> Decimal:
        """The rule's own figure, or ``default`` where the playbook gives none."""
        given = self.rule(finding_type).threshold
        return Decimal(default) if given is None else given
