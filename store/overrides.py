"""The owner's recorded word to go live before everything is ready."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from graph.playbook import Playbook
from graph.ports import ConfigError
from store import events
from store.db import transaction
from store.tables import OverrideRow


def record(engine: sa.Engine, playbook: Playbook, by: str, reason: str, now: datetime) -> None:
    """Record an override. Raises ConfigError unless it is the owner's, with a reason."""
    if by != playbook.owner.slack:
        raise ConfigError(
            f"only the owner {playbook.owner.name} ({playbook.owner.slack}) may override"
            f" readiness, not {by}: pass --by {playbook.owner.slack}"
        )
    if not reason.strip():
        raise ConfigError("an override needs a reason: pass --override REASON")
    with transaction(engine) as session:
        session.add(OverrideRow(at=now, by=by, reason=reason.strip()))
        events.record(session, "override", at=now, by=by, quiet=True, reason=reason.strip())


def last(engine: sa.Engine) -> OverrideRow | None:
    """The newest override, or None."""
    with Session(engine) as session:
        return session.exec(select(OverrideRow).order_by(col(OverrideRow.id).desc())).first()
