"""The mailbox against a real Dovecot: nothing lost, nothing taken twice, whatever happens."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any, Self

import pytest
from imapclient import IMAPClient

from bot import imap
from bot.credentials import Login, Password, Token
from bot.mailbox import TOO_LARGE, Mailbox, Pace, Place
from graph.ports import ConfigError, MailboxError
from tests.dovecot import Dovecot, Proxy

pytestmark = pytest.mark.dovecot

QUICK = Pace(renew=60, poll=0.05, reconnect=0.05, login=0.1, again=0.1)
GOOD = Password(lambda: Dovecot.password)


def mail(number: int, text: str = "10 x K-100") -> bytes:
    return (
        f"From: anna@kunde.example\r\nTo: orders@nordlicht.example\r\nSubject: Order {number}\r\n"
        f"Message-ID: <{number}@kunde.example>\r\n\r\n{text}\r\n"
    ).encode()


def until(true: Callable[[], Any], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


class Desk:
    """Takes mail into a ledger that survives what happens to the mailbox."""

    def __init__(self) -> None:
        self.ledger: dict[Place, bytes] = {}
        self.offers: Counter[Place] = Counter()
        self.refuse: Callable[[bytes], bool] = lambda raw: False

    def take(self, place: Place, raw: bytes) -> None:
        self.offers[place] += 1
        if self.refuse(raw):
            raise RuntimeError("the database is full")
        self.ledger.setdefault(place, raw)

    def seen(self, place: Place) -> bool:
        return place in self.ledger

    @property
    def mails(self) -> list[bytes]:
        return list(self.ledger.values())

    @contextmanager
    def watching(self, box: Mailbox) -> Iterator[Self]:
        stop = threading.Event()
        thread = threading.Thread(target=box.watch, args=(self.take, stop))
        thread.start()
        try:
            yield self
        finally:
            stop.set()
            thread.join(10)
            assert not thread.is_alive(), "watch did not stop"


def mailbox(server: Dovecot, user: str, login: Login = GOOD, **options: Any) -> Mailbox:
    options = {"pace": QUICK, "timeout": 5} | options
    return Mailbox(options.pop("url", server.url(user)), login, **options)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def proxy() -> Iterator[Callable[..., Proxy]]:
    made: list[Proxy] = []

    def make(*args: Any) -> Proxy:
        made.append(Proxy(*args))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_a_thousand_mails_are_taken_once_each_although_the_server_is_killed(
    user: str, desk: Desk, needs_dovecot: None
) -> None:
    with Dovecot() as server:
        for number in range(1000):
            server.deliver(user, mail(number))
        with desk.watching(mailbox(server, user)):
            until(lambda: len(desk.ledger) > 300, 20)
            server.end()
            assert len(desk.ledger) < 1000
            server.start()
            until(lambda: len(desk.ledger) == 1000, 30)
            until(lambda: server.flags(user) == ["$Deskhand"] * 1000)
    assert Counter(desk.mails) == Counter(mail(number) for number in range(1000))
    # Only what was being marked when the server died is offered a second time.
    assert sum(desk.offers.values()) <= 1001


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_server_that_goes_while_idle_is_found_again(
    needs_dovecot: None, user: str, desk: Desk, number: int
) -> None:
    with Dovecot() as server:
        box = mailbox(server, user, pace=replace(QUICK, poll=60))
        with desk.watching(box):
            until(lambda: box.status().connected_since)
            time.sleep(0.1)
            server.end(number)
            until(lambda: box.status().last_error)
            assert box.status().connected_since is None
            server.deliver(user, mail(1))
            server.start()
            until(lambda: desk.mails == [mail(1)])


def test_a_folder_too_full_for_one_answer_is_searched_in_parts(
    dovecot: Dovecot, user: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "PAGE", 3)
    for number in range(10):
        dovecot.deliver(user, mail(number))
    with desk.watching(mailbox(dovecot, user)):
        until(lambda: dovecot.flags(user) == ["$Deskhand"] * 10)
        dovecot.deliver(user, mail(10))
        until(lambda: dovecot.flags(user) == ["$Deskhand"] * 11)
    assert set(desk.offers.values()) == {1}


def test_reading_and_marking_leave_a_mail_unread_for_people(
    dovecot: Dovecot, user: str, desk: Desk
) -> None:
    dovecot.deliver(user, mail(1))
    with desk.watching(mailbox(dovecot, user)):
        until(lambda: dovecot.flags(user) == ["$Deskhand"])
    assert desk.mails == [mail(1)]


def test_mail_that_a_person_has_read_already_is_taken_too(
    dovecot: Dovecot, user: str, desk: Desk
) -> None:
    dovecot.deliver(user, mail(1))
    dovecot.doveadm("flags", "add", "-u", user, "\\Seen \\Answered", "mailbox", "INBOX", "all")
    with desk.watching(mailbox(dovecot, user)):
        until(lambda: desk.mails == [mail(1)])


def test_a_flag_of_the_system_can_be_the_mark(dovecot: Dovecot, user: str, desk: Desk) -> None:
    dovecot.deliver(user, mail(1))
    with desk.watching(mailbox(dovecot, user, mark="\\Flagged")):
        until(lambda: dovecot.flags(user) == ["\\Flagged"])


@pytest.mark.parametrize("flag", ["\\Seen", "\\Deleted"])
def test_a_flag_that_means_something_to_people_is_refused(flag: str) -> None:
    with pytest.raises(ConfigError, match="cannot mark mail"):
        Mailbox("imap://a@127.0.0.1/", GOOD, mark=flag)


def test_idle_wakes_up_at_once(dovecot: Dovecot, user: str, desk: Desk) -> None:
    box = mailbox(dovecot, user, pace=Pace())
    with desk.watching(box):
        until(lambda: box.status().connected_since)
        for number in range(3):
            delivered = time.monotonic()
            dovecot.deliver(user, mail(number))
            until(lambda count=number + 1: len(desk.ledger) == count, 5)
            assert time.monotonic() - delivered < 2
    assert box.status().last_mail is not None


@pytest.mark.parametrize("command", [b"SEARCH", b"STORE", b"IDLE"])
def test_news_told_with_the_answer_to_another_command_are_not_overheard(
    dovecot: Dovecot, user: str, desk: Desk, proxy: Callable[..., Proxy], command: bytes
) -> None:
    late = iter([mail(7)])

    def spoil(said: bytes) -> bytes:
        if command in said and (raw := next(late, None)):
            dovecot.deliver(user, raw)
        return said

    dovecot.deliver(user, mail(1))
    line = proxy(dovecot.port, spoil)
    box = mailbox(dovecot, user, url=f"imap://{user}@127.0.0.1:{line.port}/", pace=Pace())
    with desk.watching(box):
        until(lambda: desk.mails == [mail(1), mail(7)], 3)


def test_idle_is_renewed(
    dovecot: Dovecot, user: str, desk: Desk, proxy: Callable[..., Proxy]
) -> None:
    idles: list[bytes] = []
    line = proxy(dovecot.port, lambda said: idles.append(said) or said if b"IDLE" in said else said)
    url = f"imap://{user}@127.0.0.1:{line.port}/"
    with desk.watching(mailbox(dovecot, user, url=url, pace=Pace(renew=0.1))):
        until(lambda: len(idles) > 3, 5)
    assert line.lines == 1


@pytest.mark.parametrize("spoiled", [None, b"IDLX"])
def test_where_idle_breaks_the_mailbox_is_polled(
    dovecot: Dovecot,
    user: str,
    desk: Desk,
    proxy: Callable[..., Proxy],
    spoiled: bytes | None,
) -> None:
    line = proxy(
        dovecot.port,
        lambda said: (spoiled and said.replace(b"IDLE", spoiled)) if b"IDLE" in said else said,
    )
    url = f"imap://{user}@127.0.0.1:{line.port}/"
    with desk.watching(mailbox(dovecot, user, url=url)):
        until(lambda: line.lines == 4)
        dovecot.deliver(user, mail(1))
        until(lambda: desk.mails == [mail(1)])
        time.sleep(0.2)
    assert line.lines == 4


def test_a_server_without_idle_and_keywords_is_polled_and_the_ledger_decides(
    plain_dovecot: Dovecot, user: str, desk: Desk
) -> None:
    plain_dovecot.deliver(user, mail(1))
    with desk.watching(mailbox(plain_dovecot, user, seen=desk.seen)):
        until(lambda: desk.mails == [mail(1)])
        plain_dovecot.deliver(user, mail(2))
        until(lambda: desk.mails == [mail(1), mail(2)])
    with desk.watching(mailbox(plain_dovecot, user, seen=desk.seen)):
        plain_dovecot.deliver(user, mail(3))
        until(lambda: desk.mails == [mail(1), mail(2), mail(3)])
    assert set(desk.offers.values()) == {1}
    assert plain_dovecot.flags(user) == ["", "", ""]


def test_the_same_mail_twice_is_offered_at_two_places(
    dovecot: Dovecot, user: str, desk: Desk
) -> None:
    for _ in range(2):
        dovecot.deliver(user, mail(1))
    with desk.watching(mailbox(dovecot, user)):
        until(lambda: len(desk.ledger) == 2)
    assert desk.mails == [mail(1), mail(1)]


def test_a_changed_uidvalidity_offers_what_is_not_marked_again(
    dovecot: Dovecot, user: str, desk: Desk
) -> None:
    dovecot.deliver(user, mail(1))
    desk.refuse = lambda raw: raw == mail(2)
    with desk.watching(mailbox(dovecot, user)):
        until(lambda: dovecot.flags(user) == ["$Deskhand"])
        dovecot.deliver(user, mail(2))
        until(lambda: len(desk.offers) == 2)
        before = {place.uidvalidity for place in desk.offers}
        dovecot.doveadm("mailbox", "update", "--uid-validity", "4242", "-u", user, "INBOX")
        desk.refuse = lambda raw: False
        until(lambda: len(desk.ledger) == 2)
        until(lambda: dovecot.flags(user) == ["$Deskhand"] * 2)
    assert before != {4242}
    assert [(place.uidvalidity, raw) for place, raw in desk.ledger.items()][1] == (4242, mail(2))


def test_a_refused_mail_stops_no_other_and_comes_again_at_growing_distance(
    dovecot: Dovecot, user: str, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.refuse = lambda raw: raw == mail(1)
    for number in range(3):
        dovecot.deliver(user, mail(number))
    box = mailbox(dovecot, user)
    with desk.watching(box):
        until(lambda: sorted(dovecot.flags(user)) == ["", "$Deskhand", "$Deskhand"])
        assert box.status().refused == 1
        time.sleep(0.2)
        assert max(desk.offers.values()) <= 3
        desk.refuse = lambda raw: False
        until(lambda: dovecot.flags(user) == ["$Deskhand"] * 3)
    assert box.status().refused == 0
    assert "<1@kunde.example> is refused" in caplog.text
    assert "the database is full" in caplog.text


def test_a_crash_between_take_and_mark_offers_the_mail_again(
    dovecot: Dovecot, user: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dovecot.deliver(user, mail(1))
    with monkeypatch.context() as patch:
        patch.setattr(Mailbox, "_mark", lambda *_: None)
        with desk.watching(mailbox(dovecot, user)):
            until(lambda: desk.mails == [mail(1)])
    assert dovecot.flags(user) == [""]
    with desk.watching(mailbox(dovecot, user)):
        until(lambda: dovecot.flags(user) == ["$Deskhand"])
    assert list(desk.offers.values()) == [2]
    assert desk.mails == [mail(1)]


def test_what_the_ledger_knows_is_marked_without_reading_it_again(
    dovecot: Dovecot, user: str, desk: Desk
) -> None:
    dovecot.deliver(user, mail(1))
    with desk.watching(mailbox(dovecot, user, seen=lambda place: True)):
        until(lambda: dovecot.flags(user) == ["$Deskhand"])
    assert not desk.offers


def test_a_ledger_that_cannot_answer_loses_nothing(dovecot: Dovecot, user: str, desk: Desk) -> None:
    def seen(place: Place) -> bool:
        raise RuntimeError("database is locked")

    dovecot.deliver(user, mail(1))
    with desk.watching(mailbox(dovecot, user, seen=seen)):
        until(lambda: dovecot.flags(user) == ["$Deskhand"])
    assert desk.mails == [mail(1)]


def test_taken_mail_is_moved_to_a_folder_that_is_made_for_it(
    dovecot: Dovecot, user: str, desk: Desk
) -> None:
    for number in range(3):
        dovecot.deliver(user, mail(number))
    with desk.watching(mailbox(dovecot, user, move_to="Erledigt.Übernommen")):
        until(lambda: dovecot.flags(user) == [])
    assert dovecot.flags(user, "Erledigt.Übernommen") == ["", "", ""]
    assert sorted(desk.mails) == [mail(number) for number in range(3)]


def test_a_server_that_cannot_move_says_what_to_do(plain_dovecot: Dovecot, user: str) -> None:
    with pytest.raises(MailboxError, match="leave the folder to move to empty") as caught:
        mailbox(plain_dovecot, user, move_to="Processed").check()
    assert caught.value.permanent


def test_a_folder_below_is_watched_by_its_encoded_name(
    dovecot: Dovecot, user: str, desk: Desk
) -> None:
    dovecot.deliver(user, mail(1), "Auftr&AOQ-ge Neu")
    url = dovecot.url(user.replace("@", "%40"), "Auftr%C3%A4ge%20Neu")
    with desk.watching(mailbox(dovecot, user, url=url)):
        until(lambda: desk.mails == [mail(1)])
    assert next(iter(desk.ledger)).folder == "Aufträge Neu"


def test_a_mail_too_large_is_not_downloaded_but_seen(
    dovecot: Dovecot, user: str, desk: Desk
) -> None:
    head = (
        b"MIME-Version: 1.0\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64"
    )
    dovecot.deliver(user, head + b"\r\n" + mail(1, "JVBERi0x\r\n" * 5000))
    dovecot.deliver(user, mail(2))
    with desk.watching(mailbox(dovecot, user, largest=10_000)):
        until(lambda: dovecot.flags(user) == ["$Deskhand"] * 2)
    large = message_from_bytes(max(desk.mails, key=len), policy=policy.default)
    assert int(large[TOO_LARGE]) > 50_000
    assert large["Message-ID"] == "<1@kunde.example>"
    assert large["Subject"] == "Order 1"
    assert large.get_content_type() == "text/plain"
    assert "open it in the mailbox" in large.get_content()
    assert mail(2) in desk.mails


def test_mail_from_before_the_first_day_is_left_alone(
    dovecot: Dovecot, user: str, desk: Desk
) -> None:
    dovecot.deliver(user, mail(1))
    today = datetime.now(UTC).date()
    with desk.watching(mailbox(dovecot, user, since=today + timedelta(days=2))) as watched:
        time.sleep(0.2)
        assert not watched.offers
    with desk.watching(mailbox(dovecot, user, since=today - timedelta(days=1))):
        until(lambda: desk.mails == [mail(1)])


def test_a_mail_deleted_between_search_and_fetch_is_no_error(
    dovecot: Dovecot, user: str, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(3):
        dovecot.deliver(user, mail(number))

    def take(place: Place, raw: bytes) -> None:
        if not desk.ledger:
            dovecot.doveadm("expunge", "-u", user, "mailbox", "INBOX", "uid", "2,3")
        desk.take(place, raw)

    stop = threading.Event()
    box = mailbox(dovecot, user)
    thread = threading.Thread(target=box.watch, args=(take, stop))
    thread.start()
    try:
        until(lambda: dovecot.flags(user) == ["$Deskhand"])
        dovecot.deliver(user, mail(4))
        until(lambda: len(desk.ledger) == 2)
    finally:
        stop.set()
        thread.join(10)
    assert box.status().last_error is None
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_a_mail_that_breaks_the_connection_does_not_starve_the_others(
    dovecot: Dovecot, user: str, desk: Desk, proxy: Callable[..., Proxy]
) -> None:
    for number in range(3):
        dovecot.deliver(user, mail(number))
    line = proxy(dovecot.port, lambda said: None if b"FETCH 1 (BODY.PEEK[])" in said else said)
    url = f"imap://{user}@127.0.0.1:{line.port}/"
    with desk.watching(mailbox(dovecot, user, url=url)):
        until(lambda: dovecot.flags(user) == ["", "$Deskhand", "$Deskhand"])


def test_a_silent_server_is_given_up_after_the_timeout(
    dovecot: Dovecot, user: str, proxy: Callable[..., Proxy]
) -> None:
    line = proxy(dovecot.port, lambda said: b"" if b"SEARCH" in said else said)
    box = mailbox(dovecot, user, url=f"imap://{user}@127.0.0.1:{line.port}/", timeout=0.3)
    began = time.monotonic()
    with pytest.raises(MailboxError, match="timed out") as caught:
        box.check()
    assert time.monotonic() - began < 2
    assert not caught.value.permanent


@pytest.mark.parametrize("scheme", ["imaps", "starttls"])
def test_tls_is_used_and_checked(dovecot: Dovecot, user: str, desk: Desk, scheme: str) -> None:
    dovecot.deliver(user, mail(1))
    url = dovecot.url(user, tls=True) if scheme == "imaps" else dovecot.url(user) + "?tls=starttls"
    with pytest.raises(MailboxError, match="IMAP_CA_FILE") as caught:
        mailbox(dovecot, user, url=url).check()
    assert caught.value.permanent
    with desk.watching(mailbox(dovecot, user, url=url, ca_file=dovecot.ca_file)):
        until(lambda: dovecot.flags(user) == ["$Deskhand"])
        dovecot.deliver(user, mail(2))
        until(lambda: len(desk.ledger) == 2)


def test_a_server_that_does_not_speak_tls_is_not_told_the_password(
    plain_dovecot: Dovecot, user: str, proxy: Callable[..., Proxy]
) -> None:
    said: list[bytes] = []
    line = proxy(
        plain_dovecot.port,
        lambda words: said.append(words) or words.replace(b"STARTTLS", b"STARTXXX"),
    )
    url = f"imap://{user}@127.0.0.1:{line.port}/?tls=starttls"
    with pytest.raises(MailboxError, match="tls=no"):
        mailbox(plain_dovecot, user, url=url).check()
    assert not any(b"AUTHENTICATE" in words or b"LOGIN" in words for words in said)


def test_a_refused_login_is_told_once_and_works_when_the_password_is_right(
    dovecot: Dovecot, user: str, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    password = ["wrong-geheim-99"]
    asked: list[str] = []
    dovecot.deliver(user, mail(1))
    box = mailbox(dovecot, user, Password(lambda: asked.append(password[0]) or password[0]))
    with desk.watching(box):
        until(lambda: len(asked) == 3)
        assert "IMAP_PASSWORD" in (box.status().last_error or "")
        assert box.status().connected_since is None
        password[0] = dovecot.password
        until(lambda: desk.mails == [mail(1)])
        assert box.status().last_error is None
    assert len([record for record in caplog.records if record.levelno == logging.ERROR]) == 1
    assert "wrong-geheim-99" not in caplog.text
    assert dovecot.password not in caplog.text


def test_a_refused_login_is_permanent(dovecot: Dovecot, user: str) -> None:
    with pytest.raises(MailboxError, match="login was refused") as caught:
        mailbox(dovecot, user, Password(lambda: "falsch-ß")).check()
    assert caught.value.permanent
    assert "falsch" not in str(caught.value)


def test_xoauth2_asks_for_a_new_token_when_the_old_one_has_ended(
    dovecot: Dovecot, user: str, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tokens = {False: dovecot.token(user, lifetime=-60), True: dovecot.token(user)}
    asked: list[bool] = []
    dovecot.deliver(user, mail(1))
    box = mailbox(dovecot, user, Token(lambda fresh: asked.append(fresh) or tokens[fresh]))
    with desk.watching(box):
        until(lambda: desk.mails == [mail(1)])
    assert asked == [False, True]
    assert not any(token in caplog.text for token in tokens.values())


def test_a_token_for_someone_else_is_refused(dovecot: Dovecot, user: str) -> None:
    token = dovecot.token("someone@else.example")
    with pytest.raises(MailboxError, match="IMAP_OAUTH_") as caught:
        mailbox(dovecot, user, Token(lambda fresh: token)).check()
    assert caught.value.permanent


def test_a_folder_that_is_not_there_is_named_with_those_that_are(
    dovecot: Dovecot, user: str
) -> None:
    with pytest.raises(MailboxError, match=r"Nowhere.*there are INBOX, Processed") as caught:
        mailbox(dovecot, user, url=dovecot.url(user, "Nowhere")).check()
    assert caught.value.permanent


def test_nobody_there_is_told_with_the_remedy(user: str) -> None:
    with pytest.raises(MailboxError, match="check host and port") as caught:
        Mailbox(f"imap://{user}@127.0.0.1:1/", GOOD).check()
    assert not caught.value.permanent


def test_the_way_back_to_a_server_is_tried_at_growing_distance() -> None:
    for failures, longest in [(1, 1), (2, 2), (4, 8), (7, 60), (5000, 60)]:
        for _ in range(20):
            assert longest / 2 <= Pace().after(failures, permanent=False) <= longest
    assert Pace().after(1, permanent=True) == 300


def test_check_says_what_is_there(dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, mail(1))
    assert mailbox(dovecot, user).check().endswith("1 mails, 1 not marked, IDLE")


def test_a_batch_of_mails_comes_through_while_people_work_in_the_mailbox(
    dovecot: Dovecot, user: str, desk: Desk
) -> None:
    box = mailbox(dovecot, user)
    with desk.watching(box), IMAPClient("127.0.0.1", dovecot.port, ssl=False, timeout=5) as person:
        person.login(user, dovecot.password)
        person.select_folder("INBOX")
        for number in range(40):
            dovecot.deliver(user, mail(number))
            if number % 8 == 0 and (there := person.search("UNSEEN")):
                person.add_flags(there, ["\\Seen"])
        until(lambda: len(desk.ledger) == 40)
    assert set(desk.offers.values()) == {1}
