"""Slack in: acknowledge, parse to a typed value, call the desk. Nothing is decided here."""

from __future__ import annotations

import json
import logging
import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, App

from bot.desk import Click, Desk, Verdict
from bot.home import Home
from bot.slack import Slack
from bot.views.answers import parse_edit, parse_escalate, parse_reason
from bot.views.modal import PERSON, REASON, Sheet, edit_modal, escalate_modal, reject_modal
from graph.lookup import Catalog
from graph.order import Answer, Standing
from graph.playbook import Playbook
from graph.ports import Clock, SlackError

log = logging.getLogger(__name__)

ACTIONS = ("approve", "edit", "escalate", "reject")
BUTTON = re.compile(f"deskhand_({'|'.join(ACTIONS)})")
Body = Mapping[str, Any]


class Listeners:
    """The handlers of everything a person does in Slack."""

    def __init__(
        self,
        desk: Desk,
        slack: Slack,
        home: Home,
        *,
        playbook: Callable[[], Playbook],
        catalog: Callable[[], Catalog],
        clock: Clock,
    ) -> None:
        self._desk, self._slack, self._home = desk, slack, home
        self._playbook, self._catalog, self._clock = playbook, catalog, clock

    def register(self, app: App) -> None:
        """Attach the handlers to a Bolt app."""
        app.action(BUTTON)(self.clicked)
        app.action("deskhand_page")(self.turned_page)
        app.action("deskhand_home_page")(self.turned_home)
        app.action(re.compile(".*"))(acknowledge)
        app.view("deskhand_edit")(self.edited)
        app.view("deskhand_escalate")(self.escalated)
        app.view("deskhand_reject")(self.rejected)
        app.event("app_home_opened")(self.opened_home)
        app.error(self.failed)

    # --- buttons --------------------------------------------------------------------

    def clicked(self, ack: Ack, body: Body, action: Body) -> None:
        """A button of a card: approve at once, or open the window that asks for more."""
        ack()
        person, click = body["user"]["id"], parse_click(action)
        if click is None:
            log.warning("refused a button of %s: %.200r", person, action.get("value"))
            verdict = Verdict(False, "This button is not one of Deskhand's.")
        elif click.action == "approve":
            answer = Answer(action="approve", by=person, at=self._clock())
            verdict = self._desk.answer(click, answer)
        else:
            verdict = self._open(click, person, body["trigger_id"])
        if verdict.reason:
            self._slack.whisper(body["channel"]["id"], person, verdict.reason)

    def _open(self, click: Click, person: str, trigger: str) -> Verdict:
        verdict = self._desk.judge(click, person)
        standing = self._desk.standing(click.order_id)
        if verdict.taken and standing:
            try:
                self._slack.open(trigger, self._window(click.action, standing))
            except SlackError as error:
                log.warning("no window for order %s: %s", click.order_id, error)
                return Verdict(False, "Slack did not open the window in time; please click again.")
        return verdict

    def _window(self, action: str, standing: Standing) -> Mapping[str, Any]:
        if action == "escalate":
            return escalate_modal(standing, self._playbook())
        if action == "reject":
            return reject_modal(standing)
        return edit_modal(standing, self._addresses(standing))

    def _addresses(self, standing: Standing) -> list[tuple[str, str]]:
        customer = standing.order.customer_id
        return [
            (a.address_id, ", ".join(filter(None, (a.name, a.street, a.postal_code, a.city))))
            for a in (self._catalog().addresses_of(customer) if customer else ())
        ]

    # --- windows --------------------------------------------------------------------

    def edited(self, ack: Ack, body: Body) -> None:
        """The edit window was saved."""
        memory, values = _window_state(body)
        standing = self._desk.standing(int(memory.order))
        if standing is None:
            ack()
            return
        edits = parse_edit(values, standing, self._addresses(standing), memory.changes)
        block = next(iter(values))
        self._submit(ack, body, memory, block, edits.errors, changes=edits.changes)

    def escalated(self, ack: Ack, body: Body) -> None:
        """The escalate window was sent."""
        memory, values = _window_state(body)
        given = parse_escalate(values)
        self._submit(ack, body, memory, PERSON, given.errors, reason=given.reason, to=given.to)

    def rejected(self, ack: Ack, body: Body) -> None:
        """The reject window was sent."""
        memory, values = _window_state(body)
        given = parse_reason(values)
        self._submit(ack, body, memory, REASON, given.errors, reason=given.reason)

    def _submit(
        self,
        ack: Ack,
        body: Body,
        memory: Sheet,
        block: str,
        errors: Mapping[str, str],
        **answer: Any,
    ) -> None:
        """Give the answer. Complaints at the fields, and a refusal at ``block``, keep the window
        open with what was typed."""
        if not errors:
            action = body["view"]["callback_id"].removeprefix("deskhand_")
            click = Click(int(memory.order), memory.version, action)
            given = Answer(action=action, by=body["user"]["id"], at=self._clock(), **answer)
            verdict = self._desk.answer(click, given)
            errors = {block: plain_words(verdict.reason)} if verdict.reason else {}
        if errors:
            ack(response_action="errors", errors=dict(errors))
        else:
            ack()

    def turned_page(self, ack: Ack, body: Body, action: Body) -> None:
        """Another page of a long order: what was typed so far travels along."""
        ack()
        memory, values = _window_state(body)
        standing = self._desk.standing(int(memory.order))
        if standing is None:
            return
        addresses = self._addresses(standing)
        edits = parse_edit(values, standing, addresses, memory.changes)
        page = memory.page if edits.errors else int(action["value"])
        view = edit_modal(standing, addresses, page=page, changes=edits.changes)
        self._slack.redraw(body["view"]["id"], body["view"]["hash"], view)

    # --- home -----------------------------------------------------------------------

    def opened_home(self, event: Body) -> None:
        """A person looks at their App Home."""
        if event.get("tab", "home") == "home":
            self._home.show(event["user"])

    def turned_home(self, ack: Ack, body: Body, action: Body) -> None:
        """Another page of the App Home."""
        ack()
        self._home.show(body["user"]["id"], page=int(action["value"]))

    # --- trouble --------------------------------------------------------------------

    def failed(self, error: Exception, body: Body) -> None:
        """Whatever a handler did not expect: logged under a reference that the person gets."""
        reference = uuid.uuid4().hex[:8]
        log.error("reference %s: %s", reference, error, exc_info=error)
        channel, person = (body.get("channel") or {}).get("id"), (body.get("user") or {}).get("id")
        if channel and person:
            text = f"Deskhand could not finish that; see the card. Reference {reference}."
            self._slack.whisper(channel, person, text)


def acknowledge(ack: Ack) -> None:
    """A click that needs no work, such as a choice in a menu."""
    ack()


def parse_click(action: Body) -> Click | None:
    """Read a button's value, ``{"order", "version", "action"}``; None for anything else."""
    try:
        value = json.loads(action["value"])
        click = Click(int(value["order"]), int(value["version"]), str(value["action"]))
    except (KeyError, TypeError, ValueError):
        return None
    genuine = set(value) == {"order", "version", "action"} and click.action in ACTIONS
    return click if genuine and action["action_id"] == f"deskhand_{click.action}" else None


def _window_state(body: Body) -> tuple[Sheet, Mapping[str, Any]]:
    view = body["view"]
    return Sheet.read(view["private_metadata"]), view["state"]["values"]


def plain_words(mrkdwn: str) -> str:
    """A refusal for a field's error, which shows no markup: mentions stay as ``@U0ANNA``."""
    dates = re.sub(r"<!date\^[^|>]*\|([^>]*)>", r"\1", mrkdwn)
    return re.sub(r"<@([^>]*)>", r"@\1", dates)
