"""The App Home: what waits for this person, what else waits, and how the day goes.

Trouble with the system comes first, then the person's own queue, the oldest on top.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.views.blocks import Block, button, context, divider, header, section
from bot.views.facts import by_weight, is_order, people, reasons, title, waits_for, worth
from bot.views.words import KINDS, age, escape, label, money, when
from graph.authority import open_findings
from graph.order import Standing
from graph.playbook import Playbook

PER_PAGE = 30
TROUBLES_SHOWN = 10
COUNTED = {
    "booked": "booked",
    "waiting": "waiting for a person",
    "new": "being prepared",
    "rejected": "rejected",
    "failed": "could not be finished",
    "ignored": "set aside as no order",
    "shadow": "prepared silently",
}


def home(
    waiting: Sequence[Standing],
    person: str,
    playbook: Playbook,
    *,
    counts: Mapping[str, int],
    trouble: Sequence[str],
    now: datetime,
    page: int = 0,
    links: Mapping[str, str] | None = None,
) -> Block:
    """The Home view of one person.

    ``waiting`` are all orders that wait for anybody or failed, ``counts`` today's orders by state,
    ``trouble`` plain sentences on what does not work. ``links`` maps order ids to the
    addresses of their cards.
    """
    queue = sorted(waiting, key=lambda each: each.received_at)
    mine = [each for each in queue if is_for(each, person, playbook)]
    others = [each for each in queue if not is_for(each, person, playbook)]
    last = max(0, (len(queue) - 1) // PER_PAGE)
    page = min(max(page, 0), last)
    blocks = [
        header(f"Order desk of {label(playbook.company, 100)}"),
        *_troubles(trouble),
        section(_today(counts)),
        divider(),
        *_queue(mine, others, page, Row(now, links or {})),
        *_paging(page, last),
        context(f"As of {when(now)}"),
    ]
    return {"type": "home", "callback_id": "deskhand_home", "blocks": blocks}


def is_for(standing: Standing, person: str, playbook: Playbook) -> bool:
    """Whether this person is asked: by name, or as one of the desk."""
    asked = waits_for(standing)
    return person in asked or (None in asked and person in playbook.desk)


def _troubles(trouble: Sequence[str]) -> list[Block]:
    said = [section(f"⚠ *Trouble:* {escape(words, 400)}") for words in trouble[:TROUBLES_SHOWN]]
    more = len(trouble) - TROUBLES_SHOWN
    return [*said, context(f"and {more} more; see `deskhand doctor`")] if more > 0 else said


def _today(counts: Mapping[str, int]) -> str:
    said = [f"{counts[state]} {words}" for state, words in COUNTED.items() if counts.get(state)]
    return f"*Today:* {' · '.join(said) or 'no mail yet'}"


def _queue(
    mine: Sequence[Standing], others: Sequence[Standing], page: int, row: Row
) -> list[Block]:
    """One page of the queue, with a heading where each part of it begins or goes on."""
    start, end = page * PER_PAGE, (page + 1) * PER_PAGE
    blocks = [] if mine else [section("*Nothing waits for you.*")]
    if mine[start:end]:
        blocks.append(section(f"*Waiting for you: {len(mine)}*, oldest first"))
        blocks += [row.draw(each, named=False) for each in mine[start:end]]
    shown = others[max(0, start - len(mine)) : max(0, end - len(mine))]
    if shown:
        blocks.append(section(f"*Waiting for others: {len(others)}*"))
        blocks += [row.draw(each, named=True) for each in shown]
    return blocks


@dataclass(frozen=True, slots=True)
class Row:
    """How one waiting order is drawn: its name and worth, what is asked, since when."""

    now: datetime
    links: Mapping[str, str]

    def draw(self, standing: Standing, *, named: bool) -> Block:
        """``named`` says whom it waits for."""
        name = escape(title(standing), 120)
        link = self.links.get(standing.order_id)
        value = worth(standing.order) if is_order(standing) else None
        first = [f"<{link}|{name}>" if link else f"*{name}*"]
        first += [money(value, standing.order.currency)] if value is not None else []
        second = [_asked(standing), f"waiting {age(standing.received_at, self.now)}"]
        second += [f"for {people(waits_for(standing))}"] if named else []
        return section(f"{' · '.join(first)}\n{' · '.join(second)}")


def _asked(standing: Standing) -> str:
    if standing.state == "failed":
        return f"could not be finished: {escape(standing.problem or '', 200)}"
    if not is_order(standing):
        return KINDS[standing.order.kind]
    return reasons(by_weight(open_findings(standing))) or "ready to approve"


def _paging(page: int, last: int) -> list[Block]:
    return [
        section(f"Page {to + 1} of {last + 1}", button(words, "home_page", str(to)))
        for words, to in (("Back", page - 1), ("Next page", page + 1))
        if 0 <= to <= last
    ]
