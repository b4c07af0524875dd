"""Looks at every part of the world once and says what to do about what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot import app as parts
from bot.intake import never
from bot.slack import Slack, client
from graph.ports import ConfigError, WorldError
from store.config import Settings
from store.db import connect
from store.migrate import current, newest
from store.playbook import load

SCOPES = frozenset({"chat:write", "im:write", "im:history", "channels:history"})
SKEW = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Check:
    """One part: whether it is well, and what was found or what to do."""

    name: str
    ok: bool
    message: str


def examine(settings: Settings) -> list[Check]:
    """Check every part, each on its own, so that one failure hides no other."""
    looks: dict[str, Callable[[Settings], str]] = {
        "database": _database,
        "playbook": _playbook,
        "erp": _erp,
        "mailbox": _mailbox,
        "slack": _slack,
        "model": _model,
        "clock": _clock,
    }
    return [_check(name, look, settings) for name, look in looks.items()]


def _check(name: str, look: Callable[[Settings], str], settings: Settings) -> Check:
    try:
        return Check(name, True, look(settings))
    except (WorldError, SQLAlchemyError, OSError) as error:
        return Check(name, False, " ".join(str(error).splitlines()[:3]))


def _database(settings: Settings) -> str:
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = connect(settings.database_url.get_secret_value())
    revision = current(engine)
    if revision != newest():
        raise ConfigError(f"is at {revision or 'no'} schema, not {newest()}: run deskhand migrate")
    return f"{engine.dialect.name} at schema {revision}"


def _playbook(settings: Settings) -> str:
    book = load(settings.playbook)
    stages = ", ".join(f"{kind.name} at {kind.stage}" for kind in book.order_types)
    return f"{book.company}, owner {book.owner.name}; {stages}"


def _erp(settings: Settings) -> str:
    records = parts.open_catalog(settings, parts.utc_now)().records
    found = f"{len(records.customers)} customers, {len(records.products)} products"
    if records.troubles:
        first = records.troubles[0]
        raise ConfigError(
            f"{found}, but {len(records.troubles)} records cannot be used, the first:"
            f" {first.place}: {first.message}. deskhand sync lists them all"
        )
    return found


def _mailbox(settings: Settings) -> str:
    mailbox = parts.open_mailbox(settings, never, parts.utc_now().date())
    if mailbox is None:
        raise ConfigError("no mail comes in: set IMAP_URL, and IMAP_PASSWORD or IMAP_OAUTH_...")
    return mailbox.check()


def _slack(settings: Settings) -> str:
    web = client(parts.needed(settings, "SLACK_BOT_TOKEN"), settings.slack_api_url)
    answer = Slack(web).whoami()
    missing = SCOPES - answer.scopes if answer.scopes else frozenset()
    if missing:
        raise ConfigError(
            f"the app lacks {', '.join(sorted(missing))}: add them under OAuth & Permissions"
            " and install the app again"
        )
    return f"{answer.bot} in {answer.team}"


def _model(settings: Settings) -> str:
    model = parts.open_model(settings)
    return "none: Deskhand reads offline" if model is None else model.check()


def _clock(settings: Settings) -> str:
    now = parts.utc_now()
    if not settings.slack_bot_token:
        return f"{now:%Y-%m-%d %H:%M} UTC, compared with nothing"
    web = client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    theirs = Slack(web).whoami().date
    if theirs and abs(theirs - now) > SKEW:
        raise ConfigError(f"is {abs(theirs - now)} off Slack's: let the machine keep time by NTP")
    return f"{now:%Y-%m-%d %H:%M} UTC, as Slack's" if theirs else f"{now:%Y-%m-%d %H:%M} UTC"
