"""The card of an order in the desk's channel, and the direct message to a finding's owner.

A card is drawn from the order as it stands, never from an earlier card. What a clerk needs
comes first: whose order it is, what is asked, then the order itself, then the buttons.
"""

from __future__ import annotations

from datetime import datetime

from bot.views.blocks import Block, Message, context, divider, fitting, header, section
from bot.views.facts import (
    by_weight,
    customer_name,
    decider,
    history,
    in_words,
    is_order,
    metadata,
    people,
    reasons,
    title,
    waits_for,
    worth,
)
from bot.views.parts import buttons, concerned, facts, lines, questions, source, source_words
from bot.views.words import KINDS, count, escape, mention, money
from graph.authority import open_findings, who_may
from graph.order import Finding, Standing
from graph.playbook import Playbook

__all__ = ["Message", "card", "direct"]


def card(standing: Standing, playbook: Playbook, *, now: datetime) -> Message:
    """The message for the desk's channel: in full while it is open or a person decided.

    What went through without a person, was set aside, or is not prepared yet takes two
    blocks.
    """
    if _is_small(standing):
        blocks = [section(f"*{_plain_title(standing)}*\n{_status(standing)}"), _small(standing)]
    else:
        blocks = _full(standing, playbook, now)
    return Message(_notification(standing), blocks, metadata(standing))


def _is_small(standing: Standing) -> bool:
    if standing.state in ("ignored", "shadow") or standing.decision is None:
        return standing.state != "failed"
    return standing.state == "booked" and not standing.answers and not _approver(standing)


def _full(standing: Standing, playbook: Playbook, now: datetime) -> list[Block]:
    asked = by_weight(open_findings(standing)) if _is_open(standing) else []
    return [
        header(title(standing)),
        section(_status(standing)),
        *questions(asked, standing),
        *_content(standing, playbook, asked, now),
        source(standing),
        *_told(standing),
        *buttons(standing, playbook),
    ]


def _content(
    standing: Standing, playbook: Playbook, asked: list[Finding], now: datetime
) -> list[Block]:
    """What was ordered. A mail that is no order has nothing of the kind to show."""
    if not is_order(standing) and not standing.order.lines:
        return []
    return [divider(), facts(standing, playbook, now), *lines(standing.order, asked)]


def _is_open(standing: Standing) -> bool:
    return standing.state in ("new", "waiting", "failed")


def _approver(standing: Standing) -> str | None:
    return standing.decision.approved_by if standing.decision else None


def _plain_title(standing: Standing) -> str:
    return escape(title(standing), 150)


# --- the one sentence under the title ------------------------------------------------


def _status(standing: Standing) -> str:
    """Where the order stands, in a sentence or two of mrkdwn."""
    return {
        "new": _being_prepared,
        "waiting": _asking,
        "booked": _booked,
        "rejected": _rejected,
        "ignored": _set_aside,
        "failed": _failed,
        "shadow": _shadow,
    }[standing.state](standing)


def _being_prepared(standing: Standing) -> str:
    return "Being worked on." if standing.decision else "Being prepared."


def _asking(standing: Standing) -> str:
    findings, who = open_findings(standing), people(waits_for(standing))
    if not is_order(standing):
        sure = "This is" if standing.order.certain_kind else "This is probably"
        return f"*{sure} {KINDS[standing.order.kind]}, not an order.* For {who}.{_why(standing)}"
    if findings:
        return f"*{count(len(findings), 'question')}* for {who}."
    return f"*Nothing looks wrong.* For {who} to approve."


def _why(standing: Standing) -> str:
    reason = escape(standing.order.kind_reason, 400)
    return f"\n{reason}" if reason else ""


def _booked(standing: Standing) -> str:
    booked = f"*Booked as ERP order {escape(standing.reference or 'without a number', 60)}.*"
    if standing.answers or _approver(standing):
        return booked
    value = worth(standing.order)
    parts = [count(len(standing.order.lines), "line")]
    parts += [money(value, standing.order.currency)] if value is not None else []
    return f"{booked} {' · '.join(parts)}"


def _rejected(standing: Standing) -> str:
    if any(answer.action == "reject" for answer in standing.answers):
        return "*Rejected.* Nothing was booked."
    findings = standing.decision.findings if standing.decision else ()
    causes = [f for f in by_weight(findings) if f.action == "reject"]
    why = "\n".join(escape(finding.message, 300) for finding in causes[:3])
    return f"*Rejected by the playbook.* Nothing was booked.\n{why}".rstrip()


def _set_aside(standing: Standing) -> str:
    if standing.answers:
        return f"*Closed:* {KINDS[standing.order.kind]}, nothing was booked."
    who = escape(standing.sender or customer_name(standing), 80)
    return f"*Set aside:* {KINDS[standing.order.kind]} from {who}.{_why(standing)}"


def _failed(standing: Standing) -> str:
    what = "Booking failed" if standing.decision else "Preparing failed"
    problem = escape(standing.problem or "no reason was given", 600)
    press = "Approve again" if standing.decision else "Approve another try"
    return f"*{what}:* {problem}\nDeskhand tries again; press {press} to try at once."


def _shadow(standing: Standing) -> str:
    findings = standing.decision.findings if standing.decision else ()
    found = f"It would have asked: {reasons(by_weight(findings))}." if findings else "It is clean."
    return f"*Prepared silently, nothing was booked.* {found}"


# --- small print -----------------------------------------------------------------------


def _small(standing: Standing) -> Block:
    """The second of two blocks."""
    straight = standing.state == "booked"
    words = ["Booked straight through, no person needed."] if straight else history(standing)
    return context("\n".join(fitting([*words, *_notes(standing), source_words(standing)])))


def _told(standing: Standing) -> list[Block]:
    """What people decided so far, and what was only noted."""
    said = history(standing)
    if not standing.answers and standing.state == "booked" and (by := _approver(standing)):
        said = [f"Approved by {mention(by)}"]
    rows = fitting([*said, *_notes(standing)])
    return [context("\n".join(rows))] if rows else []


def _notes(standing: Standing) -> list[str]:
    findings = by_weight(standing.decision.findings) if standing.decision else []
    settled = {key for answer in standing.answers for key in answer.settled}
    taken = reasons([finding for finding in findings if finding.key in settled])
    noted = [finding for finding in findings if finding.action == "note"]
    rows = [f"Note: {escape(finding.message, 200)}" for finding in noted[:3]]
    return [f"Settled: {taken}", *rows] if taken else rows


# --- notifications -----------------------------------------------------------------------


def _notification(standing: Standing) -> str:
    """The card in one line, as a phone shows it."""
    name = in_words(standing)
    if standing.state == "waiting":
        return f"{name} needs {_needs(standing)}: {_about(standing)}"
    return {
        "new": f"{name} is being prepared",
        "booked": f"{name} is booked as ERP order {escape(standing.reference or '', 60)}",
        "rejected": f"{name} was rejected, nothing was booked",
        "ignored": f"{name} was set aside: {KINDS[standing.order.kind]}",
        "failed": f"{name} could not be finished: {escape(standing.problem or '', 200)}",
        "shadow": f"{name} was prepared silently",
    }[standing.state]


def _needs(standing: Standing) -> str:
    named = [person for person in waits_for(standing) if person]
    return "you" if len(named) < len(waits_for(standing)) else people(named)


def _about(standing: Standing) -> str:
    findings = by_weight(open_findings(standing))
    if not is_order(standing):
        return f"it is {KINDS[standing.order.kind]}"
    return reasons(findings) or "ready to approve"


# --- the direct message --------------------------------------------------------------------


def direct(standing: Standing, playbook: Playbook, owner: str, *, now: datetime) -> Message:
    """The message to the person who has to settle findings: only those, and their lines.

    Once they are settled it is drawn without buttons, with who decided.
    """
    mine = _of(owner, standing, playbook)
    if standing.state not in ("waiting", "failed") or not (mine or owner in waits_for(standing)):
        return _settled(standing)
    about = concerned(mine, standing.order)
    text = f"{in_words(standing)} needs you: {reasons(mine) or 'it was handed to you'}"
    blocks = [
        header(title(standing)),
        section(_for_you(standing, mine)),
        *questions(mine, standing),
        divider(),
        facts(standing, playbook, now),
        *lines(about, mine),
        source(standing),
        *_told(standing),
        *buttons(standing, playbook),
    ]
    return Message(text, blocks, metadata(standing))


def _of(person: str, standing: Standing, playbook: Playbook) -> list[Finding]:
    """The escalated findings of their owner or deputy; all of them for whoever else may."""
    escalated = by_weight(f for f in open_findings(standing) if f.action == "escalate")
    own = [f for f in escalated if person in (f.owner, playbook.rule(f.type).deputy)]
    return own or [f for f in escalated if person in who_may(f, playbook)]


def _for_you(standing: Standing, mine: list[Finding]) -> str:
    if standing.state == "failed":
        return _failed(standing)
    if not mine:
        return "*Handed to you to decide.*"
    others = [finding for finding in by_weight(open_findings(standing)) if finding not in mine]
    asked = people(list(dict.fromkeys(decider(finding) for finding in others))) if others else ""
    rest = f" {len(others)} more for {asked}." if others else ""
    return f"*{count(len(mine), 'question')}* for you.{rest}"


def _settled(standing: Standing) -> Message:
    done = {"waiting": "*Settled.* The rest of the order is still being decided."}
    status = done.get(standing.state) or _status(standing)
    blocks = [header(title(standing)), section(status), *_told(standing)]
    return Message(f"{in_words(standing)}: settled", blocks, metadata(standing))
