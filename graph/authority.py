"""Who may decide what: judged on the server at every click and every submit.

An escalated finding is settled by its owner, that rule's deputy or the implementation
owner; the desk settles the rest.
"""

from __future__ import annotations

from graph.order import Finding, Standing
from graph.playbook import Playbook


def open_findings(standing: Standing) -> tuple[Finding, ...]:
    """The findings that still wait for a person."""
    if standing.decision is None:
        return ()
    return tuple(f for f in standing.decision.findings if f.key in standing.decision.open)


def who_may(finding: Finding, playbook: Playbook) -> tuple[str, ...]:
    """Slack ids of the people who may settle one finding, the first to ask first."""
    if finding.action != "escalate":
        return (*playbook.desk, playbook.owner.slack)
    deputy = playbook.rule(finding.type).deputy
    people = (finding.owner, deputy, playbook.owner.slack)
    return tuple(dict.fromkeys(person for person in people if person))


def handed_to(standing: Standing) -> str | None:
    """The person a clean order was handed to, where it has no finding to carry the owner."""
    last = standing.answers[-1] if standing.answers else None
    return last.to if last and last.action == "escalate" and not open_findings(standing) else None


def entitled(standing: Standing, playbook: Playbook, person: str) -> tuple[str, ...]:
    """Keys of the open findings this person may settle."""
    return tuple(f.key for f in open_findings(standing) if person in who_may(f, playbook))


def everyone_entitled(standing: Standing, playbook: Playbook) -> tuple[str, ...]:
    """Slack ids of all who may settle something of this order, without repeats."""
    people = [person for f in open_findings(standing) for person in who_may(f, playbook)]
    if not people:
        receiver = handed_to(standing)
        people = [receiver] if receiver else list(playbook.desk)
        people.append(playbook.owner.slack)
    return tuple(dict.fromkeys(people))


def may(standing: Standing, playbook: Playbook, person: str, action: str) -> bool:
    """Whether this person may take this action on the order as it stands.

    To reject is to settle every open finding, so it takes being entitled to all of them;
    the desk may edit any order, because what was edited is matched and checked again.
    """
    if action == "reject":
        waiting = open_findings(standing)
        if waiting:
            return len(entitled(standing, playbook, person)) == len(waiting)
    if action == "edit" and person in playbook.desk:
        return True
    return person in everyone_entitled(standing, playbook)
