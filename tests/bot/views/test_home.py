"""The Home shows trouble first, then the person's own queue, whatever its length."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.views.home import home, is_for
from graph.order import Standing
from tests.bot.views.samples import (
    ANNA,
    BOOK,
    NOW,
    ORDER,
    PETRA,
    PIA,
    PRICE,
    STOCK,
    UNKNOWN,
    answer,
    check_view,
    read,
    standing,
    wild_standings,
    words,
)


def seen(waiting: list[Standing], person: str = ANNA, **more: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"counts": {}, "trouble": [], "now": NOW, **more}
    view = home(waiting, person, BOOK, **given)
    check_view(view)
    return view


def aged(hours: int, *findings: Any, number: int = 0) -> Standing:
    at = NOW - timedelta(hours=hours)
    return standing("waiting", *findings, received_at=at, order_id=str(number or hours))


def test_my_queue_comes_first_the_oldest_on_top() -> None:
    said = read(seen([aged(1, UNKNOWN), aged(3, UNKNOWN), aged(5, PRICE)]))
    assert "*Waiting for you: 2*, oldest first" in said
    assert "*Waiting for others: 1*" in said
    assert said.index("Order 3 ") < said.index("Order 1 ") < said.index("Order 5 ")
    assert "more than one product fits on line 3 · waiting 3 h" in said
    assert f"price differs on line 2 · waiting 5 h · for <@{PIA}>" in said


def test_an_owner_sees_what_is_escalated_to_that_person() -> None:
    said = read(seen([aged(1, UNKNOWN), aged(5, PRICE)], PIA))
    assert said.index("Waiting for you: 1") < said.index("Order 5 ") < said.index("Order 1 ")


@pytest.mark.parametrize(
    ("person", "findings", "asked"),
    [
        (ANNA, [UNKNOWN], True),
        (ANNA, [PRICE], False),
        (ANNA, [PRICE, UNKNOWN], True),
        (PIA, [PRICE, UNKNOWN], True),
        (STOCK, [PRICE, UNKNOWN], False),
        (PETRA, [UNKNOWN], False),
        (ANNA, [], True),
    ],
)
def test_whom_an_order_waits_for(person: str, findings: list[Any], asked: bool) -> None:
    assert is_for(standing("waiting", *findings), person, BOOK) is asked


def test_a_clean_order_waits_for_the_person_it_was_handed_to() -> None:
    handed = standing(answers=(answer("escalate", to=STOCK),))
    assert is_for(handed, STOCK, BOOK)
    assert not is_for(handed, ANNA, BOOK)


def test_an_empty_queue_says_so() -> None:
    said = read(seen([]))
    assert "*Nothing waits for you.*" in said
    assert "*Today:* no mail yet" in said
    assert "As of <!date^1779278400^" in said


def test_trouble_stands_above_everything_in_plain_sentences() -> None:
    view = seen([], trouble=["The mailbox is down: <no> answer."], counts={"booked": 3})
    assert view["blocks"][1]["text"]["text"] == (
        "⚠ *Trouble:* The mailbox is down: &lt;no&gt; answer."
    )


def test_more_trouble_than_fits_is_counted() -> None:
    said = read(seen([], trouble=[f"Trouble {n}." for n in range(14)]))
    assert "Trouble 9." in said
    assert "and 4 more; see `deskhand doctor`" in said


def test_the_day_is_told_by_state() -> None:
    said = read(seen([], counts={"ignored": 4, "booked": 12, "failed": 0}))
    assert "*Today:* 12 booked · 4 set aside as no order" in said


def test_an_order_that_failed_is_in_the_queue_of_the_desk() -> None:
    failed = standing("failed", problem="The ERP did not answer.")
    assert "*Waiting for you: 1*" in read(seen([failed]))
    assert "could not be finished: The ERP did not answer." in read(seen([failed]))
    assert "for the desk" in read(seen([failed], PIA))


def test_other_mail_is_named_by_its_kind() -> None:
    mail = standing(order=ORDER.model_copy(update={"kind": "complaint"}))
    said = read(seen([mail]))
    assert "*Mail 4711 · Müller Bau GmbH · PO-4711*\na complaint · waiting 0 min" in said


def test_an_order_links_to_its_card() -> None:
    said = home([aged(1)], ANNA, BOOK, counts={}, trouble=[], now=NOW, links={"1": "https://x/1"})
    assert "<https://x/1|Order 1 · Müller Bau GmbH · PO-4711>" in read(said)


def test_a_thousand_orders_are_paged_and_none_is_lost() -> None:
    waiting = [aged(n, PRICE if n % 3 == 0 else UNKNOWN, number=n) for n in range(1, 1001)]
    pages = [seen(waiting, page=page) for page in range(34)]
    said = "\n".join(read(page) for page in pages)
    assert all(f"Order {n} " in said for n in range(1, 1001))
    assert seen(waiting, page=99) == pages[-1]
    turns = [b["accessory"] for b in pages[1]["blocks"] if "accessory" in b]
    assert [(t["action_id"], t["value"]) for t in turns] == [
        ("deskhand_home_page", "0"),
        ("deskhand_home_page", "2"),
    ]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(wild_standings("waiting"), max_size=4), st.lists(words, max_size=12))
def test_every_home_is_one_that_slack_takes(waiting: list[Standing], trouble: list[str]) -> None:
    seen(waiting * 20, trouble=trouble)
