"""The doorway to IMAP: one logged-in session with its folder open.

Every trouble leaves here as a MailboxError that names the server and the remedy: ``RefusedError``
where the server said no to one command, ``MailboxError`` where the session is over.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Self

from imapclient.exceptions import (
    IMAPClientAbortError,
    IMAPClientError,
    IMAPClientReadOnlyError,
)

from bot.credentials import Login
from bot.imap_login import TEMPORARY, Address, connect, log_in
from graph.ports import MailboxError, WorldError

GLANCE = 0.5
"""Seconds for which a wait does not look whether it should stop."""
PAGE = 50_000
"""UIDs that fit into one answer: imaplib gives up at a million bytes."""


class RefusedError(MailboxError):
    """The server said no to one command; the session goes on."""


class Session:
    """One logged-in connection with its folder open. Use it as a context manager.

    Raises MailboxError from every method; no command waits longer than ``timeout`` seconds
    for the next packet.
    """

    def __init__(
        self,
        address: Address,
        login: Login,
        *,
        ca_file: Path | None = None,
        timeout: float = 30,
        readonly: bool = False,
    ) -> None:
        self._address = address
        self._broken = False
        self._client = connect(address, ca_file, timeout)
        try:
            with self._command("log in"):
                log_in(self._client, address, login)
            with self._command("open the folder"):
                state = self._select(readonly)
        except WorldError:
            self.close()
            raise
        self.uidvalidity: int = state.get(b"UIDVALIDITY", 0)
        self.count: int = state.get(b"EXISTS", 0)
        self._uid_next: int = state.get(b"UIDNEXT", 0)
        self._permanent: tuple[bytes, ...] = state.get(b"PERMANENTFLAGS", ())
        self._writable = not readonly and b"READ-ONLY" not in state

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Log out; a connection that is already lost is only dropped."""
        with contextlib.suppress(IMAPClientError, OSError):
            if self._broken:
                self._client.shutdown()
            else:
                self._client.logout()

    @contextlib.contextmanager
    def _command(self, doing: str) -> Iterator[None]:
        try:
            yield
        except IMAPClientAbortError as error:
            raise self._lost(doing, error) from error
        except IMAPClientError as error:
            raise RefusedError(
                f"{self._address}: the server refused to {doing}: {error}", permanent=False
            ) from error
        except (OSError, ValueError, LookupError) as error:
            # The last two: an answer that imapclient could not read, so nothing after it can be.
            raise self._lost(doing, error) from error

    def _lost(self, doing: str, error: Exception) -> MailboxError:
        self._broken = True
        reason = str(error) or type(error).__name__
        return MailboxError(
            f"{self._address}: the connection was lost while trying to {doing}: {reason}",
            permanent=False,
        )

    def _select(self, readonly: bool) -> dict[bytes, Any]:
        folder = self._address.folder
        try:
            return dict(self._client.select_folder(folder, readonly=readonly))
        except IMAPClientReadOnlyError:
            return dict(self._client.select_folder(folder, readonly=True)) | {b"READ-ONLY": True}
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            if TEMPORARY.search(str(error)):
                raise
            there = ", ".join(sorted(name for _, _, name in self._client.list_folders())[:30])
            raise MailboxError(
                f"{self._address} cannot be opened ({error}): correct the folder in IMAP_URL; "
                f"there are {there}",
                permanent=True,
            ) from error

    def has(self, capability: str) -> bool:
        """Whether the server announces a capability, such as IDLE or MOVE."""
        with self._command("list its capabilities"):
            return bool(self._client.has_capability(capability))

    def keeps(self, flag: str) -> bool:
        """Whether a flag set in this folder is kept."""
        kept = {name.lower() for name in self._permanent}
        free = flag[0] != "\\" and b"\\*" in kept
        return self._writable and (free or flag.lower().encode() in kept)

    def uids(self, *, without: str | None = None, since: date | None = None) -> list[int]:
        """The UIDs of all mails, ascending: ``without`` a flag, arrived ``since`` a day."""
        criteria: list[Any] = []
        if without:
            system = without[0] == "\\"
            criteria += ["UN" + without[1:].upper()] if system else ["UNKEYWORD", without]
        if since:
            criteria += ["SINCE", since]
        with self._command("search"):
            # A search only covers what the server has told of: NOOP makes it tell.
            self._client.noop()
            self._client.told()
            pages = [self._client.search(["UID", part, *criteria]) for part in self._parts()]
        return sorted({uid for page in pages for uid in page})

    def _parts(self) -> list[str]:
        """The whole folder, in ranges of UIDs."""
        if self.count < PAGE or not self._uid_next:
            return ["1:*"]
        *starts, last = range(1, self._uid_next + 1, PAGE)
        return [f"{start}:{start + PAGE - 1}" for start in starts] + [f"{last}:*"]

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """The size in bytes of each mail that is still there."""
        return {uid: int(size) for uid, size in self._fetch(uids, "RFC822.SIZE", b"RFC822.SIZE")}

    def dates(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The Date header field of each mail that is still there, as it stands in the mail."""
        item = "BODY.PEEK[HEADER.FIELDS (DATE)]"
        return dict(self._fetch(uids, item, b"BODY[HEADER.FIELDS (DATE)]"))

    def mail(self, uid: int) -> bytes | None:
        """A whole mail, or None where it is gone. Reading leaves no trace in the mailbox."""
        return dict(self._fetch([uid], "BODY.PEEK[]", b"BODY[]")).get(uid)

    def header(self, uid: int) -> bytes | None:
        """The header of a mail, or None where the mail is gone."""
        return dict(self._fetch([uid], "BODY.PEEK[HEADER]", b"BODY[HEADER]")).get(uid)

    def _fetch(self, uids: Iterable[int], item: str, key: bytes) -> Iterator[tuple[int, Any]]:
        with self._command("fetch mail"):
            answer = self._client.fetch(list(uids), [item])
        for uid, fields in answer.items():
            if fields.get(key) is not None:
                yield uid, fields[key]

    def flag(self, uid: int, flag: str) -> None:
        """Set a flag; a mail that is gone is no error."""
        with self._command(f"set {flag}"):
            self._client.add_flags([uid], [flag], silent=True)

    def move(self, uid: int, folder: str) -> None:
        """Move a mail; one that is gone is no error."""
        with self._command(f"move a mail to {folder}"):
            self._client.move([uid], folder)

    def provide(self, folder: str) -> None:
        """Make sure that a folder exists and mail can be moved there."""
        if not (self.has("MOVE") and self._writable):
            raise MailboxError(
                f"{self._address}: mail cannot be moved on this server: leave the folder to move "
                "to empty, then mail stays where it is",
                permanent=True,
            )
        with self._command(f"create the folder {folder}"):
            if not self._client.folder_exists(folder):
                self._client.create_folder(folder)

    def idle(self, seconds: float, stop: threading.Event) -> None:
        """Wait until something happens in the folder, the time is over, or ``stop`` is set.

        What happened since the last ``uids`` counts.
        """
        if self._client.told():
            return
        until = time.monotonic() + seconds
        with self._command("wait for mail"):
            self._begin_idle()
            news = self._client.idle_check(0)
            while not news and not stop.is_set() and (left := until - time.monotonic()) > 0:
                asked = time.monotonic()
                news = self._client.idle_check(min(GLANCE, left))
                # Silence before its time is how imapclient shows a closed connection: ask it.
                if not news and time.monotonic() - asked < min(GLANCE, left) / 2:
                    break
            self._client.idle_done()

    def _begin_idle(self) -> None:
        try:
            self._client.idle()
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            # A "no", or news before the "yes": from here it is not known whether IDLE has begun.
            raise self._lost("begin IDLE", error) from error
