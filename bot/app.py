"""The composition root: the one place where Deskhand is put together from its parts."""

from __future__ import annotations

import fcntl
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, Protocol

import sqlalchemy as sa
from pydantic import SecretStr
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackClientError
from sqlmodel import Session

from bot.credentials import Grant, Login, Password, Token, kept_token
from bot.desk import Desk
from bot.engine import Engine
from bot.home import Home
from bot.intake import Place, Take
from bot.listeners import Listeners
from bot.mailbox import MARK, Mailbox, Status
from bot.replay import OneMail, OrdersSoFar
from bot.say import Say
from bot.schedule import Job, Schedule
from bot.slack import Slack, client
from bot.web import WebServer, site
from graph.agent import World
from graph.llm import ChatModel
from graph.lookup import Catalog
from graph.playbook import Playbook
from graph.ports import Clock, ConfigError
from graph.read import read
from graph.read.limited import LimitedReader
from graph.report.readiness import Facts, Item, readiness
from store import events, mail, orders, overrides
from store.catalog import CatalogSource
from store.checkpoints import Checkpoints
from store.config import Settings
from store.db import connect, transaction
from store.erp import open_erp
from store.mail import Papers
from store.migrate import migrate
from store.orders import Orders
from store.playbook import PlaybookFile, load, placeholders

SINGLE = "single"
"""The executor on SQLite, where there is only ever one."""
LISTENERS = 24
"""Threads that serve people in Slack."""
log = logging.getLogger(__name__)

Role = Literal["all", "worker", "slack"]


def utc_now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


class MailSource(Protocol):
    """Where mail comes from."""

    def watch(self, take: Take, stop: threading.Event) -> None: ...

    def status(self) -> Status: ...


class Deskhand:
    """A Deskhand on its database; ``start`` gives it its roles, ``stop`` ends them in order."""

    def __init__(
        self,
        settings: Settings,
        *,
        source: MailSource | None = None,
        clock: Clock = utc_now,
        workers: int = 4,
    ) -> None:
        self.settings, self.clock = settings, clock
        self.engine = open_database(settings)
        self.playbook = PlaybookFile(settings.playbook)
        self.playbook()
        self.catalog = open_catalog(settings, clock)
        self._limited = LimitedReader()
        self.queue = Engine(self.engine, executor_of(settings), workers=workers)
        self._checkpoints = Checkpoints(self.engine)
        self.desk = Desk(self.engine, self.queue, self._checkpoints, self._world())
        self.source = source or open_mailbox(settings, self.seen, self._first_day())
        self.slack = Slack(client(needed(settings, "SLACK_BOT_TOKEN"), settings.slack_api_url))
        self.say = Say(self.engine, self.slack, self.playbook, clock)
        self.home = Home(
            self.engine, self.slack, playbook=self.playbook, troubles=self.troubles, clock=clock
        )
        self.socket: SocketModeHandler | None = None
        self._slack_trouble: str | None = None
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._closing: list[Callable[[], object]] = []

    def _world(self) -> World:
        return World(
            papers=Papers(self.engine),
            orders=Orders(self.engine),
            erp=self.catalog.erp,
            catalog=self.catalog,
            playbook=self.playbook,
            clock=self.clock,
            reader=lambda raw: read(raw, self._limited.read_attachment),
            model=open_model(self.settings),
            live=self.live,
        )

    # --- running --------------------------------------------------------------------

    def start(self, role: Role = "all", *, web: bool = True) -> None:
        """Begin to work: ``worker`` takes mail and carries orders on, ``slack`` serves people.

        What can be refused is tried before any mail is taken. Raises ConfigError.
        """
        if role == "slack" and executor_of(self.settings) == SINGLE:
            raise ConfigError(
                "--role slack needs a worker beside it: set DATABASE_URL to PostgreSQL"
            )
        app = self._bolt() if role != "worker" else None
        socket_mode = self.settings.slack_app_token is not None
        if app and not socket_mode:
            needed(self.settings, "SLACK_SIGNING_SECRET")
        if web:
            self._start_web(app)
        if role != "slack":
            self._start_worker()
        if app and socket_mode:
            self._run("slack", lambda stop: self._connect(app, stop))

    def _start_web(self, app: App | None) -> None:
        over_http = app if self.settings.slack_signing_secret else None
        server = WebServer(
            site(self.health, self.counts, over_http), self.settings.host, self.settings.port
        )
        server.start()
        self._closing.append(server.stop)

    def _start_worker(self) -> None:
        self.queue.launch(self.desk.advance, self.desk.give_up)
        self._closing.append(self.queue.stop)
        self._run("outbox", self.say.run)
        if source := self.source:
            self._run("mailbox", lambda stop: source.watch(self._take, stop))
        schedule = Schedule([Job("retry_failed", 60, self.retry_failed)])
        schedule.start()
        self._closing.append(schedule.stop)

    def stop(self) -> None:
        """Take nothing new, let what is in hand finish, and let go of everything."""
        self._stop.set()
        if self.socket:
            self._closing.append(self.socket.close)
        with ThreadPoolExecutor(len(self._closing) or 1, "closing") as pool:
            list(pool.map(lambda close: close(), self._closing))
        for thread in self._threads:
            thread.join(timeout=10)
        self._limited.close()
        self._checkpoints.close()
        self.engine.dispose()

    def _run(self, name: str, work: Callable[[threading.Event], None]) -> None:
        thread = threading.Thread(target=work, args=(self._stop,), name=name, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _bolt(self) -> App:
        secret = self.settings.slack_signing_secret
        app = App(
            client=self.slack.web,
            signing_secret=secret.get_secret_value() if secret else None,
            token_verification_enabled=False,
            request_verification_enabled=secret is not None,
            listener_executor=ThreadPoolExecutor(LISTENERS, "listener"),
        )
        Listeners(
            self.desk,
            self.slack,
            self.home,
            playbook=self.playbook,
            catalog=self.catalog,
            clock=self.clock,
        ).register(app)
        return app

    def _connect(self, app: App, stop: threading.Event) -> None:
        """Open the socket to Slack, trying until it works; it then reconnects by itself."""
        token = needed(self.settings, "SLACK_APP_TOKEN")
        self.socket = SocketModeHandler(app, token, ping_interval=2, concurrency=LISTENERS)
        pause = 1.0
        while not stop.is_set():
            try:
                self.socket.connect()  # type: ignore[no-untyped-call]
            except (SlackClientError, OSError) as error:
                self._slack_trouble = f"Slack cannot be reached ({error}); it is tried again."
                log.warning("%s", self._slack_trouble)
                stop.wait(pause)
                pause = min(60.0, 2 * pause)
            else:
                self._slack_trouble = None
                return

    # --- what others ask ------------------------------------------------------------

    def _take(self, place: Place, raw: bytes) -> None:
        self.desk.take(place, raw)

    def _first_day(self) -> date:
        """The day of the very first start, remembered from then on."""
        with transaction(self.engine) as session:
            return events.first(session, "started", self.clock()).date()

    def seen(self, place: Place) -> bool:
        """Whether a place in a mailbox is in the ledger."""
        with Session(self.engine) as session:
            return mail.known(session, place.folder, place.uidvalidity, place.uid)

    def retry_failed(self) -> None:
        """Ask again for every order that could not be carried on or lies idle."""
        for standing in orders.in_state(self.engine, "failed", "new"):
            self.desk.retry(int(standing.order_id))

    def readiness(self) -> tuple[Item, ...]:
        """Every condition of going live, judged now."""
        return judge_readiness(self.playbook(), self.catalog, self.settings.playbook)

    def live(self) -> bool:
        """Whether order types at stage auto may book alone."""
        if overrides.last(self.engine):
            return True
        return all(item.ok for item in self.readiness())

    def health(self) -> dict[str, str | None]:
        """Part by part what is wrong, None where it is well."""
        source = self.source.status() if self.source else None
        return {
            "mailbox": source.last_error if source else "IMAP_URL is not set: no mail comes in",
            "slack": self._slack_trouble or self._socket_trouble() or self.say.trouble,
            "threads": self._dead_threads(),
            "playbook": self.playbook.trouble,
            "erp": self.catalog.trouble,
        }

    def _socket_trouble(self) -> str | None:
        down = self.socket and not self.socket.client.is_connected()
        return "The connection to Slack is down; it is being opened again." if down else None

    def _dead_threads(self) -> str | None:
        dead = [t.name for t in self._threads if t.name != "slack" and not t.is_alive()]
        return f"Stopped working: {', '.join(dead)}. Start Deskhand again." if dead else None

    def troubles(self) -> list[str]:
        """What is wrong, for people."""
        return [text for text in self.health().values() if text]

    def counts(self) -> dict[str, int]:
        """Orders by state, of all time."""
        return orders.counts(self.engine, datetime.min.replace(tzinfo=UTC))


def open_database(settings: Settings) -> sa.Engine:
    """Connect and bring the schema up to date. A second process on one SQLite file is refused."""
    settings.home.mkdir(parents=True, exist_ok=True)
    url = settings.database_url.get_secret_value()
    engine = connect(url)
    migrate(engine)
    return engine


def executor_of(settings: Settings) -> str:
    """The name under which this process works the queue, the same after every restart."""
    on_sqlite = settings.database_url.get_secret_value().startswith("sqlite")
    return SINGLE if on_sqlite else settings.executor


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Be the one Deskhand on this SQLite file. Raises ConfigError where another runs."""
    settings.home.mkdir(parents=True, exist_ok=True)
    if executor_of(settings) != SINGLE:
        yield
        return
    with (settings.home / "deskhand.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ConfigError(
                f"another Deskhand runs on {settings.home}: stop it first, or set DATABASE_URL"
                " to PostgreSQL, where many may run"
            ) from None
        yield


@contextmanager
def replay_world(settings: Settings, erp: str, playbook: Path) -> Iterator[World]:
    """The world of a replay: the given ERP and playbook, read and never written."""
    book, back_end, limited = load(playbook), open_erp(erp), LimitedReader()
    try:
        yield World(
            papers=OneMail(),
            orders=OrdersSoFar(utc_now),
            erp=back_end,
            catalog=CatalogSource(back_end, Catalog, utc_now),
            playbook=lambda: book,
            clock=utc_now,
            reader=lambda raw: read(raw, limited.read_attachment),
            model=open_model(settings),
        )
    finally:
        limited.close()


def open_catalog(settings: Settings, clock: Clock) -> CatalogSource[Catalog]:
    """The ERP, and what we know from it."""
    return CatalogSource(open_erp(settings.erp_url.get_secret_value()), Catalog, clock)


def open_mailbox(
    settings: Settings, seen: Callable[[Place], bool], first_day: date
) -> Mailbox | None:
    """The IMAP mailbox of the settings, None where none is set.

    What arrived before ``first_day`` belongs to the desk as it worked until then.
    """
    login = login_of(settings)
    if settings.imap_url is None or login is None:
        return None
    return Mailbox(
        settings.imap_url,
        login,
        move_to=settings.imap_move_to,
        mark=settings.imap_flag or MARK,
        since=settings.imap_since or first_day,
        ca_file=settings.imap_ca_file,
        seen=seen,
    )


def login_of(settings: Settings) -> Login | None:
    """How to log in to the mailbox: the first of token, refresh grant and password that is set."""
    if settings.imap_oauth_token:
        return kept_token(settings.imap_oauth_token.get_secret_value)
    if settings.imap_oauth_token_url:
        return Token(
            Grant(
                settings.imap_oauth_token_url,
                settings.imap_oauth_client_id or "",
                _secret(settings.imap_oauth_client_secret),
                _secret(settings.imap_oauth_refresh_token),
            )
        )
    return Password(settings.imap_password.get_secret_value) if settings.imap_password else None


def open_model(settings: Settings) -> ChatModel | None:
    """The reading model, None where none is configured."""
    if settings.model is None:
        return None
    return ChatModel(
        settings.model,
        base_url=settings.openai_base_url,
        api_key=_secret(settings.openai_api_key) or "none",
    )


def judge_readiness(
    playbook: Playbook, catalog: Callable[[], Catalog], path: Path
) -> tuple[Item, ...]:
    """Every condition of going live over this playbook, written at ``path``, and this ERP."""
    records = catalog().records
    facts = Facts(
        playbook,
        troubles=len(records.troubles),
        records=len(records.customers) + len(records.products),
        placeholders=len(placeholders(path.read_text(encoding="utf-8"))),
    )
    return readiness(facts)


def needed(settings: Settings, name: str) -> str:
    """A secret that must be set. Raises ConfigError naming it."""
    value = _secret(getattr(settings, name.lower()))
    if not value:
        raise ConfigError(f"{name} is not set: see Connecting Slack in the README")
    return value


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""
