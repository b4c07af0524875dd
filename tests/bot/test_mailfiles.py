"""Mail from files: a watched folder, and the readers for batch use."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.credentials import Password
from bot.intake import Place
from bot.mailfiles import FolderMailbox, mails_at
from graph.ports import MailboxError
from tests.dovecot import Dovecot


def mail(number: int, date: str | None = None, text: str = "10 x K-100") -> bytes:
    dated = f"Date: {date}\r\n" if date is not None else ""
    return f"Subject: Order {number}\r\n{dated}\r\n{text}\r\n".encode()


def until(true: Callable[[], Any], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


@contextmanager
def watching(
    folder: Path, take: Callable[[Place, bytes], None], **options: Any
) -> Iterator[FolderMailbox]:
    box = FolderMailbox(folder, poll=0.02, again=0.05, **options)
    stop = threading.Event()
    thread = threading.Thread(target=box.watch, args=(take, stop))
    thread.start()
    try:
        yield box
    finally:
        stop.set()
        thread.join(5)
        assert not thread.is_alive()


def test_files_are_taken_once_each_and_stay_where_they_are(tmp_path: Path) -> None:
    (tmp_path / "week 1").mkdir()
    (tmp_path / "a.eml").write_bytes(mail(1))
    (tmp_path / "week 1" / "a.EML").write_bytes(mail(2))
    taken: list[tuple[Place, bytes]] = []
    with watching(tmp_path, lambda place, raw: taken.append((place, raw))) as box:
        until(lambda: len(taken) == 2)
        (tmp_path / "b.eml.part").write_bytes(mail(3))
        (tmp_path / ".b.eml").write_bytes(mail(3))
        (tmp_path / "notes.txt").write_bytes(b"no mail")
        time.sleep(0.1)
        assert len(taken) == 2
        (tmp_path / "b.eml.part").rename(tmp_path / "b.eml")
        until(lambda: len(taken) == 3)
        assert box.check().endswith("3 mails")
        assert box.status().last_mail is not None
    assert [raw for _, raw in taken] == [mail(1), mail(2), mail(3)]
    assert {place.folder for place, _ in taken} == {".", "week 1"}
    assert all(
        0 <= number < 2**63 for place, _ in taken for number in (place.uidvalidity, place.uid)
    )
    assert len(list(tmp_path.rglob("*.eml"))) == 3


def test_a_place_is_the_same_after_a_restart_and_a_replaced_file_is_new(tmp_path: Path) -> None:
    ledger: dict[Place, bytes] = {}
    (tmp_path / "a.eml").write_bytes(mail(1))
    with watching(tmp_path, ledger.__setitem__):
        until(lambda: len(ledger) == 1)
    again: list[bytes] = []
    with watching(tmp_path, lambda _, raw: again.append(raw), seen=ledger.__contains__):
        time.sleep(0.1)
        assert not again
        (tmp_path / "a.part").write_bytes(mail(2))
        (tmp_path / "a.part").rename(tmp_path / "a.eml")
        until(lambda: again == [mail(2)])


def test_a_refused_file_stops_no_other_and_comes_again(tmp_path: Path) -> None:
    taken: list[bytes] = []
    refuse = [mail(1)]

    def take(place: Place, raw: bytes) -> None:
        if raw in refuse:
            raise RuntimeError("the database is full")
        taken.append(raw)

    for number in (1, 2):
        (tmp_path / f"{number}.eml").write_bytes(mail(number))
    with watching(tmp_path, take) as box:
        until(lambda: taken == [mail(2)])
        assert box.status().refused == 1
        refuse.clear()
        until(lambda: taken == [mail(2), mail(1)])


def test_a_folder_that_is_not_there_yet_is_said_and_waited_for(tmp_path: Path) -> None:
    taken: list[bytes] = []
    with watching(tmp_path / "in", lambda _, raw: taken.append(raw)) as box:
        until(lambda: "create it" in (box.status().last_error or ""))
        with pytest.raises(MailboxError, match="there is no folder"):
            box.check()
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "a.eml").write_bytes(mail(1))
        until(lambda: taken == [mail(1)])
        assert box.status().last_error is None
        assert box.status().connected_since is not None


DATES = [
    ("z.eml", "Mon, 02 Mar 2026 10:00:00 +0100"),
    ("deep/er/y.eml", "Mon, 02 Mar 2026 08:30:00 +0000"),
    ("x.eml", "Sun, 01 Mar 2026 23:59:59 -0000"),
    ("b.eml", "yesterday, about noon"),
    ("a.eml", None),
    ("c.eml", "Mon, 99 Mar 2026 10:00:00 +0100"),
    ("d.eml", "Mon, 02 Mar 99999 10:00:00 +0100"),
]
IN_ORDER = ["x.eml", "deep/er/y.eml", "z.eml", "a.eml", "b.eml", "c.eml", "d.eml"]


def test_a_folder_is_read_by_date_with_broken_dates_last(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    for number, (name, date) in enumerate(DATES):
        (tmp_path / name).write_bytes(mail(number, date))
    read = dict(mails_at(str(tmp_path)))
    assert list(read) == IN_ORDER
    assert read == {name: mail(number, date) for number, (name, date) in enumerate(DATES)}


def test_a_date_in_strange_bytes_is_a_broken_one(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"Date: M\xe4rz\r\n\r\n")
    (tmp_path / "b.eml").write_bytes(mail(1, "Mon, 02 Mar 2026 10:00:00 +0100"))
    (tmp_path / "empty.eml").write_bytes(b"")
    assert [name for name, _ in mails_at(str(tmp_path))] == ["b.eml", "a.eml", "empty.eml"]


def test_a_file_that_goes_away_while_reading_is_yielded_empty(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.eml").write_bytes(mail(number))
    reading = mails_at(str(tmp_path))
    assert next(reading) == ("1.eml", mail(1))
    (tmp_path / "2.eml").unlink()
    assert list(reading) == [("2.eml", b"")]
    assert "2.eml cannot be read" in caplog.text


def test_an_mbox_is_read_by_date(tmp_path: Path) -> None:
    later = mail(1, "Mon, 02 Mar 2026 10:00:00 +0100", ">From here\r\n>>From there")
    sooner = mail(2, "Sun, 01 Mar 2026 10:00:00 +0100")
    box = tmp_path / "orders.mbox"
    box.write_bytes(
        b"".join(b"From a@b Mon Mar  2 10:00:00 2026\n" + raw + b"\n" for raw in (later, sooner))
    )
    read = [(name, raw.replace(b"\r\n", b"\n")) for name, raw in mails_at(str(box))]
    assert [name for name, _ in read] == ["orders.mbox/000002", "orders.mbox/000001"]
    assert read[0][1] == sooner.replace(b"\r\n", b"\n")
    assert b"\nFrom here\n>From there\n" in read[1][1]


def test_an_mbox_is_known_by_how_it_begins_and_an_empty_one_has_no_mail(tmp_path: Path) -> None:
    (tmp_path / "export").write_bytes(b"From a@b Mon Mar  2 10:00:00 2026\nSubject: 1\n\ntext\n")
    assert [name for name, _ in mails_at(str(tmp_path / "export"))] == ["export/000001"]
    (tmp_path / "empty.mbox").touch()
    assert list(mails_at(str(tmp_path / "empty.mbox"))) == []


def test_one_mail_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(mail(1))
    assert list(mails_at(str(tmp_path / "a.eml"))) == [("a.eml", mail(1))]


def test_a_place_without_mail_is_told(tmp_path: Path) -> None:
    with pytest.raises(MailboxError, match="give a folder with") as caught:
        mails_at(str(tmp_path / "absent"))
    assert caught.value.permanent


def test_an_imap_address_needs_a_login() -> None:
    with pytest.raises(MailboxError, match="IMAP_PASSWORD"):
        list(mails_at("imaps://a@mail.example/"))


@pytest.mark.dovecot
def test_an_imap_folder_is_read_by_date_and_left_as_it_is(dovecot: Dovecot, user: str) -> None:
    for number, (_, date) in enumerate(DATES):
        dovecot.deliver(user, mail(number, date), "Archive")
    read = list(mails_at(dovecot.url(user, "Archive"), login=Password(lambda: dovecot.password)))
    wanted = [next(n for n, (name, _) in enumerate(DATES) if name == file) for file in IN_ORDER[:3]]
    assert [raw for _, raw in read[:3]] == [mail(n, DATES[n][1]) for n in wanted]
    assert [name for name, _ in read[:3]] == [f"Archive/{n + 1:06}" for n in wanted]
    assert len(read) == len(DATES)
    assert dovecot.flags(user, "Archive") == [""] * len(DATES)
