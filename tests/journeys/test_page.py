"""A newcomer at the page: read a card, approve it, see it booked; deliver a mail of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from bot.sandbox.sample import Sample, start
from store.config import Settings
from tests.browser import ARGS, CHROMIUM
from tests.shop import until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed (chromium)"),
]


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Sample]:
    """The sandbox of ``make run``, with an empty mailbox so that a story stays short."""
    (tmp_path / "sandbox" / "mail").mkdir(parents=True)
    with start(Settings.read({"DESKHAND_HOME": str(tmp_path)}), port=0) as sample:
        yield sample


@pytest.fixture
def page(sample: Sample) -> Iterator[Page]:
    """The page in a browser; it must not complain in its console."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(20_000)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(sample.url)
        yield page
        browser.close()
    assert complaints == []


def write_mail(page: Page, sender: str, subject: str, body: str) -> None:
    """Fill in the panel for a mail of one's own and send it."""
    page.get_by_test_id("deliver-mail").click()
    page.get_by_test_id("mail-from").fill(sender)
    page.get_by_test_id("mail-subject").fill(subject)
    page.get_by_test_id("mail-body").fill(body)
    page.get_by_test_id("mail-send").click()


def booked(sample: Sample) -> list[dict[str, object]]:
    folder = Path(sample.addresses()["erp"].removeprefix("folder:")) / "orders"
    return [json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*.json")]


def test_a_mail_of_ones_own_is_read_approved_and_booked(page: Page, sample: Sample) -> None:
    write_mail(
        page,
        "einkauf@harms-sanitaer.example",
        "Bestellung HS-2026-990",
        "Guten Tag,\n\nbitte liefern Sie 900 Stk SU-8001\n\nViele Grüße\nHarms Sanitär GmbH",
    )
    page.get_by_test_id("channel-C0DESK").click()
    page.get_by_test_id("person-select").select_option("U0ANNA")
    messages = page.get_by_test_id("messages")
    expect(messages).to_contain_text("HS-2026-990")
    expect(messages).to_contain_text("SU-8001")
    assert booked(sample) == []
    messages.get_by_role("button", name="Approve").click()
    (order,) = until(lambda: booked(sample))
    assert (order["po_number"], order["approved_by"]) == ("HS-2026-990", "U0ANNA")
    expect(messages).to_contain_text(f"Booked as ERP order {order['order_id']}")
    expect(messages.get_by_role("button", name="Approve")).to_have_count(0)


def test_a_clean_mail_goes_straight_through_and_the_home_counts_it(
    page: Page, sample: Sample
) -> None:
    write_mail(
        page,
        "einkauf@harms-sanitaer.example",
        "Bestellung HS-2026-991",
        "Guten Tag,\n\nbitte liefern Sie 30 Stk SU-8001\n\nViele Grüße\nHarms Sanitär GmbH",
    )
    until(lambda: booked(sample))
    page.get_by_test_id("app-home").click()
    expect(page.get_by_test_id("home")).to_contain_text("1 booked")
