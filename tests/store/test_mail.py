"""The ledger: every mail is kept, and claimed once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from graph.order import Document, Mail, Text
from graph.ports import WorldError
from store.db import transaction
from store.mail import Papers, claim, fingerprint, known
from store.tables import LedgerRow, MailRow

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
HEAD = b"Message-ID: <1@kunde.example>\r\nFrom: a@kunde.example\r\nSubject: Order\r\n"
MAIL = HEAD + b"\r\n10 x K-100\r\n"


def take(engine: sa.Engine, raw: bytes, uid: int = 1, uidvalidity: int = 1) -> bool:
    with transaction(engine) as session:
        return claim(session, "INBOX", uidvalidity, uid, raw, NOW) is not None


def count(engine: sa.Engine, table: type[MailRow] | type[LedgerRow]) -> int:
    with Session(engine) as session:
        return len(session.exec(select(table)).all())


def test_a_new_mail_is_kept_as_it_came(engine: sa.Engine) -> None:
    assert take(engine, MAIL)
    assert Papers(engine).raw(fingerprint(MAIL)) == MAIL


def test_the_same_place_is_claimed_once(engine: sa.Engine) -> None:
    assert take(engine, MAIL)
    assert not take(engine, b"Subject: other\r\n\r\nother")
    assert count(engine, LedgerRow) == count(engine, MailRow) == 1


def test_the_same_mail_at_another_place_is_noted_but_not_taken_again(engine: sa.Engine) -> None:
    assert take(engine, MAIL)
    assert not take(engine, MAIL, uid=9, uidvalidity=4242)
    assert count(engine, LedgerRow) == 2
    assert count(engine, MailRow) == 1


def test_another_way_of_delivery_is_the_same_mail() -> None:
    travelled = b"Received: from b by c\r\nX-Spam: no\r\n" + MAIL
    assert fingerprint(travelled) == fingerprint(MAIL)
    assert fingerprint(MAIL.replace(b"\r\n", b"\n")) == fingerprint(MAIL)


@pytest.mark.parametrize(
    "other",
    [
        MAIL.replace(b"10 x", b"12 x"),
        MAIL.replace(b"<1@", b"<2@"),
        MAIL.replace(b"Order", b"Order again"),
    ],
)
def test_mails_that_say_something_else_are_never_taken_for_one(other: bytes) -> None:
    assert fingerprint(other) != fingerprint(MAIL)


def test_a_reused_message_id_loses_no_mail(engine: sa.Engine) -> None:
    assert take(engine, MAIL, uid=1)
    assert take(engine, MAIL.replace(b"10 x", b"12 x"), uid=2)


@pytest.mark.parametrize(
    "raw", [b"", b"\x00\xff", b"Subject: =?utf-8?q?=ff?=\r\n\r\n", b"no header"]
)
def test_broken_mail_is_kept_too(engine: sa.Engine, raw: bytes) -> None:
    assert take(engine, raw)
    assert Papers(engine).raw(fingerprint(raw)) == raw


def test_known_tells_what_was_claimed(engine: sa.Engine) -> None:
    take(engine, MAIL, uid=7)
    with Session(engine) as session:
        assert known(session, "INBOX", 1, 7)
        assert not known(session, "INBOX", 2, 7)


def test_many_workers_claim_a_mail_once(engine: sa.Engine) -> None:
    won: list[int] = []
    barrier = threading.Barrier(8)

    def worker(uid: int) -> None:
        barrier.wait()
        try:
            taken = take(engine, MAIL, uid=uid)
        except IntegrityError:
            taken = take(engine, MAIL, uid=uid)
        if taken:
            won.append(uid)

    threads = [threading.Thread(target=worker, args=(uid,)) for uid in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(won) == 1
    assert count(engine, LedgerRow) == 8


def test_a_read_mail_is_remembered(engine: sa.Engine) -> None:
    take(engine, MAIL)
    body = Document(name="mail body", role="body", format="text", blocks=(Text(text="10 x K-100"),))
    mail = Mail(sender="a@kunde.example", subject="Order", date=NOW, documents=(body,))
    papers = Papers(engine)
    papers.keep(fingerprint(MAIL), mail)
    papers.keep(fingerprint(MAIL), mail)
    assert papers.read(fingerprint(MAIL)) == mail


def test_an_unknown_mail_is_a_permanent_trouble(engine: sa.Engine) -> None:
    with pytest.raises(WorldError, match="is not in the database") as caught:
        Papers(engine).raw("nothing")
    assert caught.value.permanent
