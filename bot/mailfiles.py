"""Mail from files: a watched folder, and readers for batch use (folder, mbox, IMAP)."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import mailbox
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from bot.credentials import Login
from bot.imap import Session
from bot.imap_login import Address
from bot.intake import Offers, Place, Seen, Take, never
from bot.mailbox import Status
from graph.ports import Clock, MailboxError

log = logging.getLogger(__name__)

HEAD = 65_536
"""Bytes of a file in which the Date header field is looked for."""
BATCH = 500
QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


def _now() -> datetime:
    return datetime.now(UTC)


class FolderMailbox:
    """A folder below which .eml files appear, taken once each and left where they are.

    Names that begin with a dot or end with .part are still being written; so write aside and
    rename. A file that is replaced is a new mail.
    """

    def __init__(
        self,
        path: Path,
        *,
        seen: Seen = never,
        poll: float = 0.3,
        again: float = 10,
        now: Clock = _now,
    ) -> None:
        self._path, self._poll, self._now = path, poll, now
        self._offers = Offers(again, 300, seen)
        self._status = Status(str(path))

    def status(self) -> Status:
        """How it is doing, from any thread."""
        return replace(self._status, refused=self._offers.waiting)

    def watch(self, take: Take, stop: threading.Event) -> None:
        """Hand over every mail that is there or comes, until ``stop`` is set."""
        while not stop.is_set():
            self._sweep(take, stop)
            stop.wait(self._poll)
        self._status = replace(self._status, connected_since=None)

    def check(self) -> str:
        """Look once and say what was found. Raises MailboxError."""
        return f"{self._path}: {len(self._places())} mails"

    def _sweep(self, take: Take, stop: threading.Event) -> None:
        try:
            files = self._places()
        except MailboxError as error:
            self._say(str(error))
            return
        self._say(None)
        for place in self._offers.due(files):
            if stop.is_set():
                return
            if self._offers.known(place):
                self._offers.done(place)
            else:
                self._offer(place, files[place], take)

    def _offer(self, place: Place, file: Path, take: Take) -> None:
        try:
            raw = file.read_bytes()
        except OSError as error:
            self._offers.refused(place)
            log.warning("%s cannot be read and is tried again later: %s", file, error)
            return
        if self._offers.hand(place, raw, take):
            self._offers.done(place)
            self._status = replace(self._status, last_mail=self._now())

    def _places(self) -> dict[Place, Path]:
        """Each file with its place: folder, time of its last change, 63 bits of its name."""
        places = {}
        for file in _eml_files(self._path):
            folder = file.parent.relative_to(self._path).as_posix()
            number = hashlib.sha256(os.fsencode(file.name)).digest()[:8]
            with contextlib.suppress(FileNotFoundError):
                changed = file.stat().st_mtime_ns
                places[Place(folder, changed, int.from_bytes(number) >> 1)] = file
        return places

    def _say(self, error: str | None) -> None:
        if error and error != self._status.last_error:
            log.error("%s", error)
        since = None if error else self._status.connected_since or self._now()
        self._status = replace(self._status, connected_since=since, last_error=error)


def _eml_files(folder: Path) -> list[Path]:
    """All complete .eml files below a folder, by name. Raises MailboxError."""
    if not folder.is_dir():
        raise MailboxError(f"there is no folder {folder}: create it", permanent=True)
    return sorted(
        file
        for file in folder.rglob("*")
        if file.suffix.lower() == ".eml"
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
        and file.is_file()
    )


@dataclass(frozen=True, slots=True, order=True)
class _Entry:
    """A mail that is there, in the order in which mails are read: by date, broken dates last."""

    undated: bool
    when: float
    name: str


def mails_at(
    where: str, *, login: Login | None = None, ca_file: Path | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield (name, raw mail) in the order of the Date header field, then by name.

    ``where`` is a folder with .eml files at any depth, an mbox file, one .eml file, or an
    IMAP URL, which needs a ``login`` and is only read. Nothing is held in memory but dates
    and names. A file that cannot be read is logged and yielded empty. Raises MailboxError.
    """
    if where.startswith(("imap://", "imaps://")):
        return _from_imap(Address.parse(where), login, ca_file)
    path = Path(where)
    if path.is_dir():
        return _from_folder(path)
    if path.is_file():
        return _from_mbox(path) if _is_mbox(path) else iter([(path.name, _read(path))])
    raise MailboxError(
        f"there is no mail at {where}: give a folder with .eml files, an mbox file or an IMAP URL",
        permanent=True,
    )


def _from_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    names = (file.relative_to(folder).as_posix() for file in _eml_files(folder))
    entries = sorted(_entry(name, _read(folder / name, HEAD)) for name in names)
    for entry in entries:
        yield entry.name, _read(folder / entry.name)


def _from_mbox(path: Path) -> Iterator[tuple[str, bytes]]:
    box = mailbox.mbox(path, create=False)
    try:
        keys = {f"{path.name}/{number:06}": key for number, key in enumerate(box.iterkeys(), 1)}
        for entry in sorted(_entry(name, _mbox_head(box, key)) for name, key in keys.items()):
            yield entry.name, QUOTED_FROM.sub(rb"\1", box.get_bytes(keys[entry.name]))
    finally:
        box.close()


def _mbox_head(box: mailbox.mbox, key: str) -> bytes:
    with box.get_file(key) as file:
        return bytes(file.read(HEAD))


def _from_imap(
    address: Address, login: Login | None, ca_file: Path | None
) -> Iterator[tuple[str, bytes]]:
    if login is None:
        raise MailboxError(
            f"{address} needs a login: set IMAP_PASSWORD or the IMAP_OAUTH_ settings",
            permanent=True,
        )
    with Session(address, login, ca_file=ca_file, readonly=True) as session:
        uids = session.uids()
        names: dict[str, int] = {}
        entries = []
        for start in range(0, len(uids), BATCH):
            for uid, head in session.dates(uids[start : start + BATCH]).items():
                name = f"{address.folder}/{uid:06}"
                names[name] = uid
                entries.append(_entry(name, head))
        for entry in sorted(entries):
            raw = session.mail(names[entry.name])
            if raw is not None:
                yield entry.name, raw


def _is_mbox(path: Path) -> bool:
    return path.suffix.lower() == ".mbox" or _read(path, 5) == b"From "


def _read(path: Path, size: int = -1) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        log.warning("%s cannot be read: %s", path, error)
        return b""


def _entry(name: str, head: bytes) -> _Entry:
    try:
        when = parsedate_to_datetime(str(BytesHeaderParser().parsebytes(head)["Date"]))
        seconds = when.replace(tzinfo=when.tzinfo or UTC).timestamp()
    except (ValueError, TypeError, LookupError, OverflowError):
        return _Entry(True, 0, name)
    return _Entry(False, seconds, name)
