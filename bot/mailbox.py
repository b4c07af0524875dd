"""Mail in: watches an IMAP folder and hands each mail over once it is there.

A mail is stored by ``take`` first and marked in the mailbox last, so a crash at any moment
means that it is offered again, never that it is lost; the ledger behind ``take`` knows it.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import SystemRandom

from bot.credentials import Login
from bot.imap import RefusedError, Session
from bot.imap_login import Address
from bot.intake import Offers, Place, Seen, Take, never
from graph.ports import Clock, ConfigError, WorldError
from graph.read.headers import TOO_LARGE

__all__ = ["TOO_LARGE", "Mailbox", "Pace", "Place", "Status"]

log = logging.getLogger(__name__)

MARK = "$Deskhand"
BATCH = 200
IDLE_CHANCES = 3
"""How often in a row IDLE may break before the mailbox is polled instead."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to wait for what, in seconds."""

    renew: float = 300
    """Renew IDLE, well below the 30 minutes after which servers hang up."""
    poll: float = 20
    reconnect: float = 1
    """After a lost connection; twice as long after each further failure, up to a minute."""
    login: float = 300
    """After a refused login, so that the provider does not lock the account."""
    again: float = 10
    """Until a refused mail is offered again; twice as long each time, up to five minutes."""

    def after(self, failures: int, *, permanent: bool) -> float:
        """How long to wait after this many failures in a row."""
        if permanent:
            return self.login
        distance = self.reconnect * 2.0 ** min(failures - 1, 10)
        return min(60.0, distance) * SystemRandom().uniform(0.5, 1)


@dataclass(frozen=True, slots=True)
class Status:
    """How a mailbox is doing."""

    name: str
    connected_since: datetime | None = None
    last_mail: datetime | None = None
    last_error: str | None = None
    refused: int = 0
    """Mails that could not be taken yet and are tried again."""


def _now() -> datetime:
    return datetime.now(UTC)


class Mailbox:
    """One IMAP folder. ``url`` is ``imap[s]://user@host:port/Folder``.

    A mail that was taken is moved to ``move_to`` or else gets the flag ``mark``, a keyword or
    ``\\Flagged``; never ``\\Seen``, because people look at the mailbox too. Where the server
    keeps no such flag, ``seen`` alone tells what is new. Mail that arrived before the day
    ``since`` is left alone. A mail larger than ``largest`` bytes is not downloaded: ``take``
    gets a stand-in with its header, a sentence, and the header field ``X-Deskhand-Too-Large``.
    """

    def __init__(
        self,
        url: str,
        login: Login,
        *,
        move_to: str | None = None,
        mark: str = MARK,
        seen: Seen = never,
        since: date | None = None,
        largest: int = 50_000_000,
        ca_file: Path | None = None,
        timeout: float = 30,
        pace: Pace = Pace(),
        now: Clock = _now,
    ) -> None:
        self._address = Address.parse(url)
        if mark.startswith("\\") and mark != "\\Flagged":
            raise ConfigError(f"the flag {mark} cannot mark mail: use a keyword or \\Flagged")
        self._login, self._ca_file, self._timeout = login, ca_file, timeout
        self._move_to, self._flag, self._since = move_to, mark, since
        self._largest, self._pace, self._now = largest, pace, now
        self._offers = Offers(pace.again, 300, seen)
        self._idle_broke = 0
        self._status = Status(str(self._address))

    def status(self) -> Status:
        """How it is doing, from any thread."""
        return replace(self._status, refused=self._offers.waiting)

    def check(self) -> str:
        """Try it once and say what was found. Raises MailboxError or ConfigError."""
        with self._open() as session:
            self._prepare(session)
            new = len(session.uids(without=self._mark_of(session), since=self._since))
            news = "IDLE" if session.has("IDLE") else f"polling each {self._pace.poll:g} s"
            return f"{self._address}: {session.count} mails, {new} not marked, {news}"

    def watch(self, take: Take, stop: threading.Event) -> None:
        """Hand over every mail that is there or comes, until ``stop`` is set.

        Trouble with the server is logged, kept in the status, and tried again.
        """
        failures = 0
        while not stop.is_set():
            try:
                with self._open() as session:
                    self._prepare(session)
                    self._say_connected()
                    while not stop.is_set():
                        self._sweep(session, take, stop)
                        self._wait(session, stop)
                        failures = 0
            except WorldError as error:
                failures += 1
                self._say_failed(error)
                stop.wait(self._pace.after(failures, permanent=error.permanent))
        self._status = replace(self._status, connected_since=None)

    def _open(self) -> Session:
        return Session(self._address, self._login, ca_file=self._ca_file, timeout=self._timeout)

    def _prepare(self, session: Session) -> None:
        if self._move_to:
            session.provide(self._move_to)
        elif not session.keeps(self._flag):
            log.info(
                "%s keeps no %s: the ledger alone tells what is new", self._address, self._flag
            )

    def _say_connected(self) -> None:
        log.info("%s is connected", self._address)
        self._status = replace(self._status, connected_since=self._now(), last_error=None)

    def _say_failed(self, error: WorldError) -> None:
        level = logging.DEBUG if str(error) == self._status.last_error else logging.ERROR
        log.log(level, "%s", error)
        self._status = replace(self._status, connected_since=None, last_error=str(error))

    def _mark_of(self, session: Session) -> str | None:
        """The flag that tells taken mail from new, where there is one."""
        return self._flag if not self._move_to and session.keeps(self._flag) else None

    def _sweep(self, session: Session, take: Take, stop: threading.Event) -> None:
        """Offer every mail that is due."""
        uids = session.uids(without=self._mark_of(session), since=self._since)
        folder, validity = self._address.folder, session.uidvalidity
        due = self._offers.due(Place(folder, validity, uid) for uid in uids)
        for start in range(0, len(due), BATCH):
            self._offer_batch(session, due[start : start + BATCH], take, stop)

    def _offer_batch(
        self, session: Session, batch: list[Place], take: Take, stop: threading.Event
    ) -> None:
        known = {place for place in batch if self._offers.known(place)}
        sizes = session.sizes([place.uid for place in batch if place not in known])
        for place in batch:
            if stop.is_set():
                return
            if place in known or (
                place.uid in sizes and self._offer(session, place, sizes[place.uid], take)
            ):
                self._mark(session, place)

    def _offer(self, session: Session, place: Place, size: int, take: Take) -> bool:
        try:
            raw = self._download(session, place, size)
        except RefusedError as error:
            self._offers.refused(place)
            log.warning("%s cannot be read and is tried again later: %s", place, error)
            return False
        except WorldError:
            # Perhaps this very mail makes the server fail: let the others go first.
            self._offers.refused(place)
            raise
        if raw is None or not self._offers.hand(place, raw, take):
            return False
        self._status = replace(self._status, last_mail=self._now())
        return True

    def _download(self, session: Session, place: Place, size: int) -> bytes | None:
        if size <= self._largest:
            return session.mail(place.uid)
        header = session.header(place.uid)
        return None if header is None else _stand_in(header, size, self._largest)

    def _mark(self, session: Session, place: Place) -> None:
        try:
            if self._move_to:
                session.move(place.uid, self._move_to)
            elif session.keeps(self._flag):
                session.flag(place.uid, self._flag)
        except RefusedError as error:
            log.warning("%s is taken, but cannot be marked: %s", place, error)
        self._offers.done(place)

    def _wait(self, session: Session, stop: threading.Event) -> None:
        """Until something may be new."""
        if self._idle_broke >= IDLE_CHANCES or not session.has("IDLE"):
            stop.wait(self._offers.patience(self._pace.poll))
            return
        self._idle_broke += 1
        session.idle(self._offers.patience(self._pace.renew), stop)
        self._idle_broke = 0


def _stand_in(header: bytes, size: int, largest: int) -> bytes:
    """A small mail for one too large. Of a field that occurs twice the first one counts."""
    fields = (
        f"{TOO_LARGE}: {size}\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n"
    )
    text = (
        f"[This mail has {size / 1e6:.1f} MB, more than the limit of {largest / 1e6:.1f} MB. "
        "Deskhand has not read it: open it in the mailbox.]\r\n"
    )
    return fields.encode() + header[:1_000_000].strip() + b"\r\n\r\n" + text.encode()
