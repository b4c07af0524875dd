"""The command line: ``deskhand --help``.

Exit codes: 0 done, 1 findings or refused, 2 wrong use.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.progress import track

from bot import app as parts
from bot.doctor import examine
from bot.mailfiles import mails_at
from bot.replay import replay, truths_at, write_report
from bot.sandbox.sample import start as start_sandbox
from bot.show import checks_table, readiness_table, records_table, score_tables
from graph.ports import ConfigError, WorldError
from graph.report.replay import score
from store import overrides
from store.config import Settings
from store.db import connect
from store.migrate import migrate
from store.playbook import init_text, load, problems, show

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="The order desk's assistant in Slack: reads emailed orders, checks them against the ERP"
    " and the desk's rules, books what is clean, and asks the right person about the rest.",
    epilog="Begin with: deskhand sandbox. It runs the whole bot here with a sample company."
    " Settings come from the environment; the README lists them all.",
)
playbook_app = typer.Typer(no_args_is_help=True, help="Write, check and show the playbook.")
app.add_typer(playbook_app, name="playbook")

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
out, err = Console(), Console(stderr=True)


def main() -> None:
    """Run a command. Trouble with the world becomes one sentence and exit code 1."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        app()
    except WorldError as error:
        err.print(f"deskhand: {error}", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)


def settings() -> Settings:
    """The settings of this process. Raises ConfigError."""
    return Settings.read(os.environ)


def answer(result: Any, as_json: bool, *tables: Any) -> None:
    """Print a result: as JSON for programs, as tables for people."""
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False, default=str))
    for table in () if as_json else tables:
        out.print(table)


# --- running -----------------------------------------------------------------------------


@app.command()
def run(
    role: Annotated[
        Literal["all", "worker", "slack"],
        typer.Option(help="worker takes mail and runs orders, slack serves people."),
    ] = "all",
) -> None:
    """Run the bot on your mailbox, ERP and Slack, until it is told to stop (Ctrl-C)."""
    given = settings()
    with parts.alone(given):
        deskhand = parts.Deskhand(given)
        try:
            deskhand.start(role)
            err.print(f"Deskhand runs. Health: http://{given.host}:{given.port}/healthz")
            _until_told()
        finally:
            deskhand.stop()


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(help="Port of the page; 0 takes a free one.")] = 8790,
    headless: Annotated[bool, typer.Option(help="Print the addresses as JSON and go on.")] = False,
) -> None:
    """Run the same bot on a local workspace with a sample company; nothing leaves this machine."""
    given = settings()
    with parts.alone(given), start_sandbox(given, port) as sample:
        if headless:
            typer.echo(json.dumps(sample.addresses()))
        else:
            out.print(f"Deskhand's sandbox is open: [bold]{sample.url}[/bold]  (Ctrl-C stops it)")
        _until_told()


def _until_told() -> None:
    told = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: told.set())
    told.wait()


# --- playbook ------------------------------------------------------------------------------

PlaybookPath = Annotated[
    Path | None, typer.Argument(help="The playbook; DESKHAND_PLAYBOOK where none is given.")
]


@playbook_app.command("init")
def playbook_init(
    path: PlaybookPath = None,
    company: Annotated[str, typer.Option(help="Your company's name.")] = "",
    force: Annotated[bool, typer.Option(help="Overwrite an existing file.")] = False,
) -> None:
    """Write a complete, commented playbook to start from."""
    target = path or settings().playbook
    if target.exists() and not force:
        raise ConfigError(f"{target} exists already: pass --force to overwrite it")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(init_text(company) if company else init_text(), encoding="utf-8")
    out.print(f"Wrote {target}. Edit it, then run: deskhand playbook check", soft_wrap=True)


@playbook_app.command("check")
def playbook_check(path: PlaybookPath = None, as_json: Json = False) -> None:
    """Check a playbook; every problem is named with its line."""
    target = path or settings().playbook
    try:
        found = problems(target.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{target} cannot be read ({error}): run deskhand playbook init"
        ) from None
    listed = [asdict(problem) for problem in found]
    lines = [f"{target}, line {each['line']}: {each['message']}" for each in listed]
    answer({"ok": not found, "problems": listed}, as_json, *(lines or [f"{target} is fine."]))
    raise typer.Exit(1 if found else 0)


@playbook_app.command("show")
def playbook_show(path: PlaybookPath = None, as_json: Json = False) -> None:
    """Show the playbook as a document to read and to sign off."""
    playbook = load(path or settings().playbook)
    if as_json:
        typer.echo(playbook.model_dump_json())
    else:
        typer.echo(show(playbook))


# --- replay ----------------------------------------------------------------------------------


@app.command("replay")
def replay_command(
    mail: Annotated[str, typer.Option(help="A folder of .eml files, an mbox, or an IMAP URL.")],
    erp: Annotated[str, typer.Option(help="The ERP to check against, such as folder:PATH.")],
    playbook: Annotated[Path, typer.Option(help="The playbook that decides.")],
    truth: Annotated[
        Path | None, typer.Option(help="What was really booked: .jsonl, or a folder of .json.")
    ] = None,
    model: Annotated[
        str, typer.Option(help="Name of the model, or none to stay offline.")
    ] = "none",
    as_of: Annotated[
        str | None, typer.Option(help="The moment to take for now; else each mail's own date.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--out", help="Write one JSON object per order to this file.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Write a report into this folder.")] = None,
    as_json: Json = False,
) -> None:
    """Run historical mail through the agent; nothing is booked and nothing is posted."""
    truths = truths_at(truth) if truth else []
    given = settings().model_copy(update={"model": None if model == "none" else model})
    found: list[dict[str, Any]] = []
    with parts.replay_world(given, erp, playbook) as world:
        mails = list(mails_at(mail, login=parts.login_of(given)))
        shown = track(mails, "Replaying", console=err, disable=len(mails) < 2)
        for line in replay(shown, world, as_of=_moment(as_of)):
            found.append(line)
    _write_lines(found, output, to_screen=as_json)
    total = score(found, truths)
    if report:
        write_report(report, total)
    if not as_json:
        for table in score_tables(total):
            out.print(table)
    raise typer.Exit(1 if total.wrong_booked else 0)


def _write_lines(found: Iterable[dict[str, Any]], output: Path | None, *, to_screen: bool) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in found)
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
    if to_screen:
        typer.echo(text, nl=False)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"--as-of {text} is no date: write 2026-05-20T09:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# --- readiness and upkeep ----------------------------------------------------------------------


@app.command()
def ready(
    override: Annotated[
        str | None, typer.Option(help="The owner's reason to go live before all is green.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="Slack id of the owner who overrides.")] = None,
    as_json: Json = False,
) -> None:
    """Say whether Deskhand may book alone, and what is still missing."""
    given = settings()
    playbook, engine = load(given.playbook), parts.open_database(given)
    if override is not None:
        overrides.record(engine, playbook, by or "", override, parts.utc_now())
    catalog = parts.open_catalog(given, parts.utc_now)
    items = parts.judge_readiness(playbook, catalog, given.playbook)
    green, word = all(item.ok for item in items), overrides.last(engine)
    result = {
        "ready": green or word is not None,
        "items": [
            {"name": i.name, "ok": i.ok, "evidence": i.evidence, "next_step": i.next_step}
            for i in items
        ],
        "override": word and {"by": word.by, "at": word.at.isoformat(), "reason": word.reason},
    }
    answer(result, as_json, readiness_table(items, word))
    raise typer.Exit(0 if result["ready"] else 1)


@app.command()
def sync(as_json: Json = False) -> None:
    """Read the ERP now and say what it gave and what could not be used."""
    records = parts.open_catalog(settings(), parts.utc_now)().records
    counts: dict[str, int] = {name: len(getattr(records, name)) for name in sorted(records.known)}
    troubles = [asdict(trouble) for trouble in records.troubles]
    result = {"read_at": records.read_at.isoformat(), "records": counts, "troubles": troubles}
    answer(result, as_json, records_table(counts, records.troubles))
    raise typer.Exit(1 if troubles else 0)


@app.command("migrate")
def migrate_command(as_json: Json = False) -> None:
    """Bring the database to the newest schema."""
    given = settings()
    given.home.mkdir(parents=True, exist_ok=True)
    revision = migrate(connect(given.database_url.get_secret_value()))
    answer({"revision": revision}, as_json, f"The database is at revision {revision}.")


@app.command()
def doctor(as_json: Json = False) -> None:
    """Check database, playbook, ERP, mailbox, Slack, model and clock, and say what to do."""
    checks = examine(settings())
    listed = [asdict(check) for check in checks]
    well = all(check.ok for check in checks)
    answer({"ok": well, "checks": listed}, as_json, checks_table(checks))
    raise typer.Exit(0 if well else 1)
