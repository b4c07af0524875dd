"""The page in a real browser, with the unmodified Bolt app behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from slack_bolt import Ack

from tests.bot.sandbox.payloads import ANNA, BEN, DESK, button, card, modal, plain, post
from tests.browser import ARGS, CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed (chromium)"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, ws: Any) -> Iterator[Page]:
    """The page as Anna sees it; it must not complain in its console."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.goto(ws.url)
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def bot(ws: Any, app: Any, client: Any, connect: Any) -> list[Any]:
    """A small bot: Approve redraws the card, Reject asks for a reason, words get a reply."""
    done: list[Any] = []

    @app.action("order:approve")
    def approve(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        done.append(("approve", body["user"]["id"]))
        text = f"Approved by <@{body['user']['id']}>"
        blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": f"*{text}*"}}]
        client.chat_update(channel=DESK, ts=body["message"]["ts"], text=text, blocks=blocks)

    @app.action("order:reject")
    def reject(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal())

    @app.view("reject")
    def rejected(ack: Ack, view: dict[str, Any]) -> None:
        reason = view["state"]["values"]["reason"]["text"]["value"]
        if len(reason) < 10:
            ack(response_action="errors", errors={"reason": "Say a little more."})
            return
        ack()
        done.append(("reject", reason))

    @app.event("message")
    def answer(event: dict[str, Any]) -> None:
        client.chat_postMessage(channel=event["channel"], text=f"You said: {event['text']}")

    @app.event("app_home_opened")
    def home(event: dict[str, Any]) -> None:
        view = {"type": "home", "blocks": card(button("Refresh", "refresh"))}
        client.views_publish(user_id=event["user"], view=view)

    app.action("refresh")(lambda ack, body: (ack(), done.append(("refresh", body["user"]["id"]))))
    app.command("/order")(lambda ack, command: ack(f"Status of {command['text']}"))
    app.event("app_mention")(lambda: None)
    connect(app, ws)
    return done


def test_a_card_is_read_and_approved_by_another_person(ws, page, bot, client):
    page.get_by_test_id("person-select").select_option(BEN)
    ts = post(client)
    message = page.get_by_test_id(f"message-{ts}")
    expect(message).to_contain_text("Order 12")
    message.get_by_role("button", name="Approve").click()
    expect(message).to_contain_text("Approved by @Ben Vogel")
    expect(message.get_by_role("button", name="Approve")).to_have_count(0)
    assert bot == [("approve", BEN)]


def test_a_confirmation_can_be_refused(page, bot, client):
    confirm = {
        "title": plain("Sure?"),
        "text": plain("It will be booked."),
        "confirm": plain("Book it"),
        "deny": plain("Not yet"),
    }
    post(client, blocks=card(button("Approve", "order:approve", confirm=confirm)))
    approve = page.get_by_test_id("action-order:approve")
    approve.click()
    page.get_by_test_id("confirm-no").click()
    expect(page.get_by_test_id("confirm")).to_have_count(0)
    assert bot == []
    approve.click()
    page.get_by_test_id("confirm-yes").click()
    expect(page.get_by_test_id("messages")).to_contain_text("Approved by")


def test_a_modal_shows_errors_at_the_field_and_keeps_what_was_typed(page, bot, client):
    post(client, blocks=card(button("Reject", "order:reject")))
    page.get_by_test_id("action-order:reject").click()
    expect(page.get_by_test_id("modal-title")).to_have_text("Reject order")
    page.get_by_test_id("modal-submit").click()
    error = page.get_by_test_id("error-reason")
    expect(error).to_have_text("Please complete this required field.")
    page.get_by_label("Reason").fill("Too dear")
    page.get_by_test_id("modal-submit").click()
    expect(error).to_have_text("Say a little more.")
    expect(page.get_by_label("Reason")).to_have_value("Too dear")
    page.get_by_label("Reason").fill("Too dear for this customer")
    page.get_by_test_id("modal-submit").click()
    expect(page.get_by_test_id("modal")).to_have_count(0)
    assert bot == [("reject", "Too dear for this customer")]


def test_escape_closes_a_modal(ws, page, bot, client):
    post(client, blocks=card(button("Reject", "order:reject")))
    page.get_by_test_id("action-order:reject").click()
    expect(page.get_by_test_id("modal")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("modal")).to_have_count(0)
    assert ws.view_of(ANNA) is None


def test_every_kind_of_field_is_filled_in(ws, page, client):
    options = [{"text": plain(name), "value": name.lower()} for name in ("Bolt", "Nut")]

    def field(block_id: str, **element: Any) -> dict[str, Any]:
        shown = {"action_id": block_id, **element}
        return {
            "type": "input",
            "block_id": block_id,
            "label": plain(block_id),
            "element": shown,
        }

    groups = [{"label": plain("Parts"), "options": options}]
    blocks = [
        field("words", type="plain_text_input"),
        field("count", type="number_input", is_decimal_allowed=False, initial_value="3"),
        field("part", type="static_select", option_groups=groups),
        field("who", type="users_select"),
        field("day", type="datepicker"),
        field("ticks", type="checkboxes", options=options),
        field("one", type="radio_buttons", options=options),
    ]
    client.views_open(trigger_id=ws.trigger(ANNA), view=modal(blocks=blocks))
    page.get_by_label("words").fill("hello")
    page.get_by_label("count").fill("12")
    page.get_by_label("part").select_option("nut")
    page.get_by_label("who").select_option(BEN)
    page.get_by_label("day").fill("2026-12-01")
    page.get_by_test_id("field-ticks").get_by_label("Bolt").check()
    page.get_by_test_id("field-one").get_by_label("Nut").check()
    page.get_by_test_id("modal-submit").click()
    expect(page.get_by_test_id("modal-error")).to_contain_text("did not answer")
    values = ws.view_of(ANNA)["state"]["values"]
    assert values["words"]["words"]["value"] == "hello"
    assert values["count"]["count"]["value"] == "12"
    assert values["part"]["part"]["selected_option"]["value"] == "nut"
    assert values["who"]["who"]["selected_user"] == BEN
    assert values["day"]["day"]["selected_date"] == "2026-12-01"
    assert [o["value"] for o in values["ticks"]["ticks"]["selected_options"]] == ["bolt"]
    assert values["one"]["one"]["selected_option"]["value"] == "nut"


def test_messages_mentions_and_commands_are_written(ws, page, bot):
    box = page.get_by_test_id("composer")
    box.fill("where is @Ben Vogel?")
    box.press("Enter")
    expect(page.get_by_test_id("messages")).to_contain_text("You said: where is @Ben Vogel?")
    assert ws.messages(DESK)[0]["text"] == f"where is <@{BEN}>?"
    box.fill("/order 12")
    box.press("Enter")
    expect(page.get_by_test_id("messages")).to_contain_text("Status of 12")
    expect(page.get_by_test_id("messages")).to_contain_text("Only visible to you")
    box.fill("/odrer 12")
    box.press("Enter")
    expect(page.get_by_test_id("toasts")).to_contain_text("/odrer is not a valid command.")
    expect(box).to_have_value("/odrer 12")


def test_customer_text_stays_text(page, client):
    nasty = '<img src=x onerror="window.hacked=1"> & <script>window.hacked=1</script>'
    blocks = [
        {"type": "header", "text": plain(nasty)},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": f"{nasty} <javascript:alert(1)|go>"},
        },
        {"type": "table", "rows": [[{"type": "raw_text", "text": nasty}]]},
    ]
    ts = post(client, text=nasty, blocks=blocks)
    message = page.get_by_test_id(f"message-{ts}")
    expect(message.get_by_role("heading")).to_have_text(nasty)
    assert message.locator("img, script, a").count() == 0
    assert page.evaluate("window.hacked") is None


def test_markup_is_shown(page, client):
    text = "*bold* _it_ ~no~ `code` <https://shop.example|shop> <@U0BEN> <!date^0^{date_num}|then>"
    ts = post(client, text=text, blocks=[])
    message = page.get_by_test_id(f"message-{ts}")
    for tag, shown in {"em": "it", "s": "no", "code": "code", "a": "shop"}.items():
        expect(message.locator(f".text {tag}")).to_have_text(shown)
    expect(message.locator(".text strong")).to_have_text("bold")
    expect(message.locator(".mention")).to_have_text("@Ben Vogel")
    expect(message.locator(".text time")).to_contain_text("1970")


def test_threads_badges_and_the_home_tab(ws, page, bot, client):
    parent = post(client)
    post(client, thread_ts=parent, text="Booked as ERP-1", blocks=[])
    page.get_by_test_id(f"replies-{parent}").click()
    thread = page.get_by_test_id("thread")
    expect(thread).to_contain_text("Booked as ERP-1")
    page.get_by_test_id("thread-composer").fill("thanks")
    page.get_by_test_id("thread-composer").press("Enter")
    expect(thread).to_contain_text("thanks")
    page.get_by_test_id("thread-close").click()
    expect(thread).to_be_hidden()

    client.chat_postMessage(channel=ANNA, text="Order 12 waits")
    expect(page.get_by_test_id("unread-D0ANNA")).to_have_text("1")
    page.get_by_test_id("channel-D0ANNA").click()
    expect(page.get_by_test_id("messages")).to_contain_text("Order 12 waits")
    expect(page.get_by_test_id("unread-D0ANNA")).to_have_count(0)

    page.get_by_test_id("app-home").click()
    page.get_by_test_id("home").get_by_role("button", name="Refresh").click()
    ws.wait_for(lambda: ("refresh", ANNA) in bot)


def test_a_person_sees_only_what_is_theirs(page, client):
    client.chat_postEphemeral(channel=DESK, user=ANNA, text="only for Anna")
    blocks = card(button("Mine", "a", visible_to_user_ids=[ANNA]), button("All", "b"))
    post(client, blocks=blocks)
    messages = page.get_by_test_id("messages")
    expect(messages).to_contain_text("only for Anna")
    expect(messages.get_by_role("button", name="Mine")).to_have_count(1)
    page.get_by_test_id("person-select").select_option(BEN)
    expect(messages).to_contain_text("Order 12")
    expect(messages).not_to_contain_text("only for Anna")
    expect(messages.get_by_role("button", name="Mine")).to_have_count(0)
    expect(messages.get_by_role("button", name="All")).to_have_count(1)


def test_without_the_app_a_click_says_so(page, client):
    post(client)
    page.get_by_test_id("action-order:approve").click()
    expect(page.get_by_test_id("toasts")).to_contain_text("did not answer in time")


def test_a_mail_is_delivered(browser, make):
    got: list[bytes] = []
    page = browser.new_page()
    page.goto(make(on_mail=got.append).url)
    page.get_by_test_id("deliver-mail").click()
    page.get_by_test_id("mail-subject").fill("Order 4711")
    files = [{"name": "lines.csv", "mimeType": "text/csv", "buffer": b"sku;qty"}]
    page.get_by_test_id("mail-files").set_input_files(files=files)
    page.get_by_test_id("mail-send").click()
    expect(page.get_by_test_id("mail-panel")).to_have_count(0)
    assert b"Subject: Order 4711" in got[0]
    assert b"lines.csv" in got[0]
    page.close()


def test_a_narrow_screen_hides_the_channels_behind_a_button(page):
    page.set_viewport_size({"width": 480, "height": 860})
    desk = page.get_by_test_id(f"channel-{DESK}")
    expect(desk).not_to_be_visible()
    page.get_by_role("button", name="Show channels").click()
    expect(desk).to_be_visible()
    desk.click()
    expect(page.get_by_test_id("title")).to_have_text("# order-desk")
    assert page.evaluate("document.documentElement.scrollWidth") <= 480
