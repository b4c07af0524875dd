"""Which mails are due when."""

from __future__ import annotations

import pytest

from bot.intake import Offers, Place, message_id

ONE, TWO = Place("INBOX", 1, 1), Place("INBOX", 1, 2)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def offers(clock: Clock) -> Offers:
    return Offers(first=10, most=60, clock=clock)


def test_everything_is_due_until_it_is_done(offers: Offers) -> None:
    assert offers.due([ONE, TWO]) == [ONE, TWO]
    offers.done(ONE)
    assert offers.due([ONE, TWO]) == [TWO]


def test_a_place_that_was_gone_is_due_when_it_comes_back(offers: Offers) -> None:
    offers.done(ONE)
    assert offers.due([TWO]) == [TWO]
    assert offers.due([ONE, TWO]) == [ONE, TWO]


def test_a_refused_mail_is_due_after_twice_as_long_each_time(offers: Offers, clock: Clock) -> None:
    waits = []
    for _ in range(5):
        offers.refused(ONE)
        waits.append(offers.patience(1000))
        clock.now += waits[-1] - 1
        assert offers.due([ONE, TWO]) == [TWO]
        clock.now += 1
        assert offers.due([ONE, TWO]) == [ONE, TWO]
    assert waits == [10, 20, 40, 60, 60]


def test_a_mail_may_be_refused_for_days(offers: Offers) -> None:
    for _ in range(2000):
        offers.refused(ONE)
    assert offers.patience(1000) == 60


def test_patience_ends_with_the_first_refused_mail(offers: Offers, clock: Clock) -> None:
    assert offers.patience(300) == 300
    offers.refused(ONE)
    clock.now += 4
    offers.refused(TWO)
    assert offers.patience(300) == 6
    assert offers.patience(5) == 5
    clock.now += 60
    assert offers.patience(300) == 0


def test_a_refused_mail_that_is_gone_or_done_is_waited_for_no_more(offers: Offers) -> None:
    offers.refused(ONE)
    offers.refused(TWO)
    assert offers.waiting == 2
    offers.done(ONE)
    assert offers.waiting == 1
    offers.due([ONE])
    assert offers.waiting == 0


def test_handing_over_tells_whether_it_was_taken(offers: Offers) -> None:
    taken: list[bytes] = []

    def take(place: Place, raw: bytes) -> None:
        if raw == b"bad":
            raise ValueError("cannot be stored")
        taken.append(raw)

    assert offers.hand(ONE, b"good", take)
    assert not offers.hand(TWO, b"bad", take)
    assert taken == [b"good"]
    assert offers.due([ONE, TWO]) == [ONE]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"Subject: x\r\nmessage-ID: <a@b.example>\r\n\r\n", " <a@b.example>"),
        (b"Message-ID:\r\n <a@b.example>\r\n\r\n", " <a@b.example>"),
        (b"Message-ID: <\xe4@b>\r\n\r\n", " <\N{REPLACEMENT CHARACTER}@b>"),
        (b"Subject: none\r\n\r\n", ""),
        (b"", ""),
    ],
)
def test_a_mail_is_named_in_the_log(raw: bytes, name: str) -> None:
    assert message_id(raw) == name
