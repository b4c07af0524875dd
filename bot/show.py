"""Results as tables for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.table import Table

from bot.doctor import Check
from graph.catalog import Trouble
from graph.report.readiness import Item
from graph.report.replay import Score
from store.tables import OverrideRow

SHOWN = 40
"""Rows of a list that are shown before it is cut."""


def readiness_table(items: Sequence[Item], word: OverrideRow | None) -> Table:
    """Every condition of going live, with what to do next."""
    table = Table("", "condition", "evidence", "next step", title="Ready to book alone?")
    for item in items:
        table.add_row(_mark(item.ok), item.name, item.evidence, "" if item.ok else item.next_step)
    if word:
        table.caption = f"{word.by} overrode this on {word.at:%Y-%m-%d}: {word.reason}"
    return table


def checks_table(checks: Sequence[Check]) -> Table:
    """What the doctor found."""
    table = Table("", "part", "finding", title="Deskhand's health")
    for check in checks:
        table.add_row(_mark(check.ok), check.name, check.message)
    return table


def records_table(counts: Mapping[str, int], troubles: Sequence[Trouble]) -> Table:
    """What the ERP gave."""
    table = Table("records", "count", title="Read from the ERP")
    for name, count in counts.items():
        table.add_row(name, str(count))
    for trouble in troubles[:SHOWN]:
        table.add_row(trouble.place, trouble.message)
    return table


def score_tables(total: Score) -> Iterable[Table]:
    """The summary of a replay, and where it differs from the truth."""
    yield _outcomes(total)
    if total.compared:
        yield _accuracy(total)
    if total.differences:
        yield _differences(total)


def _outcomes(total: Score) -> Table:
    table = Table("outcome", "orders", title=f"{total.orders} orders replayed")
    for outcome, count in total.outcomes.most_common():
        table.add_row(outcome, str(count))
    for kind, count in total.findings.most_common():
        table.add_row(f"[dim]finding {kind}[/dim]", f"[dim]{count}[/dim]")
    return table


def _accuracy(total: Score) -> Table:
    table = Table("against the truth", "", title="Right and wrong")
    table.add_row("straight through", _share(total.straight_through, total.orders))
    table.add_row("wrong when straight through", str(len(total.wrong_booked)))
    table.add_row("orders right in every field", _share(total.right, total.compared))
    table.add_row("lines right", _share(total.lines_right, total.lines))
    if total.outcomes_compared:
        table.add_row("outcomes as meant", _share(total.outcomes_right, total.outcomes_compared))
    for mail in total.wrong_booked:
        table.add_row("[bold red]WRONGLY BOOKED[/bold red]", mail)
    for mail in total.missing:
        table.add_row("not found", mail)
    return table


def _differences(total: Score) -> Table:
    table = Table("mail", "field", "Deskhand", "truth", title="Differences")
    for each in total.differences[:SHOWN]:
        table.add_row(each.mail, each.field, each.ours or "-", each.truth or "-")
    if len(total.differences) > SHOWN:
        table.caption = f"and {len(total.differences) - SHOWN} more; --report DIR writes them all"
    return table


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.1f} %)" if whole else "0 of 0"


def _mark(ok: bool) -> str:
    return "[green]ok[/green]" if ok else "[red]no[/red]"
