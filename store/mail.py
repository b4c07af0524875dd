"""The ledger of mail: every mail is kept as it came, claimed once, wherever it was seen."""

from __future__ import annotations

import contextlib
import email
import email.header
import email.policy
import hashlib
from datetime import datetime
from email.message import Message

import sqlalchemy as sa
from sqlmodel import Session, select

from graph.order import Mail, dump
from graph.ports import WorldError
from store.db import transaction
from store.tables import LedgerRow, MailRow

IDENTITY = ("Message-ID", "From", "Date", "Subject")


def fingerprint(raw: bytes) -> str:
    """Name a mail by what it says: its identity headers and its body, 32 hex digits.

    Transport headers stay out, so the same mail delivered on two ways has one name;
    two mails that only share a Message-ID have two.
    """
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    headers = _headers(head)
    digest = hashlib.sha256()
    for name in IDENTITY:
        digest.update(str(headers.get(name, "")).encode("utf-8", "replace") + b"\0")
    digest.update(body.strip())
    return digest.hexdigest()[:32]


def _headers(head: bytes) -> Message:
    return email.message_from_bytes(head + b"\n\n", policy=email.policy.compat32)


def known(session: Session, folder: str, uidvalidity: int, uid: int) -> bool:
    """Whether this place in a mailbox has been claimed."""
    return session.get(LedgerRow, (folder, uidvalidity, uid)) is not None


def claim(
    session: Session, folder: str, uidvalidity: int, uid: int, raw: bytes, now: datetime
) -> MailRow | None:
    """Store a mail and claim its place in one transaction.

    Returns the new mail, or None where this place or this very mail was claimed before.
    A concurrent claim of the same mail raises sqlalchemy.exc.IntegrityError at flush.
    """
    if known(session, folder, uidvalidity, uid):
        return None
    mail_id = fingerprint(raw)
    seen_before = session.get(MailRow, mail_id) is not None
    row = _mail_row(mail_id, raw, now)
    if not seen_before:
        session.add(row)
        session.flush()
    session.add(
        LedgerRow(folder=folder, uidvalidity=uidvalidity, uid=uid, mail_id=mail_id, taken_at=now)
    )
    session.flush()
    return None if seen_before else row


def _mail_row(mail_id: str, raw: bytes, now: datetime) -> MailRow:
    headers = _headers(raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0])
    return MailRow(
        mail_id=mail_id,
        message_id=_words(headers, "Message-ID") or None,
        sender=_words(headers, "From"),
        subject=_words(headers, "Subject"),
        received_at=now,
        raw=raw,
    )


def _words(headers: Message, name: str) -> str:
    # A database text knows neither NUL nor lone surrogates, which broken headers may hold.
    text = str(headers.get(name, "")).encode("utf-8", "replace").decode()
    with contextlib.suppress(LookupError, ValueError):
        text = str(email.header.make_header(email.header.decode_header(text)))
    return " ".join(text.encode("utf-8", "replace").decode().replace("\0", "").split())[:500]


class Papers:
    """Mail as received and as read, by ``mail_id``; the ``graph.ports.Papers`` of the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def raw(self, mail_id: str) -> bytes:
        """The bytes as received."""
        with Session(self._engine) as session:
            found = session.exec(select(MailRow.raw).where(MailRow.mail_id == mail_id)).first()
        if found is None:
            raise WorldError(f"mail {mail_id} is not in the database", permanent=True)
        return found

    def keep(self, mail_id: str, mail: Mail) -> None:
        """Remember a mail as read."""
        with transaction(self._engine) as session:
            row = session.get_one(MailRow, mail_id)
            row.sender, row.subject, row.read = mail.sender, mail.subject[:500], dump(mail)
            session.add(row)

    def read(self, mail_id: str) -> Mail:
        """The mail as ``keep`` remembered it."""
        with Session(self._engine) as session:
            return Mail.model_validate(session.get_one(MailRow, mail_id).read)
