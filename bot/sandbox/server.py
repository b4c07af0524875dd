"""The local workspace: a stand-in for Slack that people can click and tests can drive."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.sandbox import interactions, saved, talk
from bot.sandbox.faults import Fault
from bot.sandbox.hub import Call, Hub, Settings
from bot.sandbox.inputs import Given
from bot.sandbox.interactions import Outcome, find
from bot.sandbox.pages import OnMail, Pages
from bot.sandbox.serving import Serving, bind
from bot.sandbox.socket_mode import Ack
from bot.sandbox.state import Channel, Json, Message, Modal, Person, State


class Workspace(Serving):
    """A workspace with these people and channels, served on loopback.

    ``store`` names the file that lets a second start go on where this one ends.
    ``on_mail`` takes the RFC 822 bytes of mails written on the page, ``samples`` are
    mails offered there by name. ``settings`` are the fields of ``Settings``. Raises
    WorldError where the port is taken or the file is broken.
    """

    def __init__(
        self,
        people: Iterable[Person],
        channels: Iterable[Channel],
        port: int = 0,
        *,
        host: str = "127.0.0.1",
        store: Path | None = None,
        on_mail: OnMail | None = None,
        samples: Mapping[str, bytes] | None = None,
        **settings: Any,
    ) -> None:
        state = State(people, channels)
        if store and (found := saved.read(store)):
            state.load(found)
        listener = bind(host, port)
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        hub = Hub(state, Settings(**settings), self.url)
        super().__init__(hub, Pages(hub, on_mail, samples or {}), listener, store)

    @property
    def api_url(self) -> str:
        """What to give to ``WebClient(base_url=...)`` or SLACK_API_URL."""
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        """The token of the Web API."""
        return self.hub.settings.bot_token

    @property
    def app_token(self) -> str:
        """The token of Socket Mode."""
        return self.hub.settings.app_token

    # --- looking ------------------------------------------------------------------------

    def messages(self, channel: str, *, user: str | None = None) -> list[Json]:
        """The messages of a channel (or a person's direct messages by user id), oldest
        first, replies too; ephemeral ones only with ``user``, for that person."""

        def look() -> list[Json]:
            of = self.hub.state.messages[self.hub.state.channel(channel).id].values()
            seen = [m for m in of if m.only_for in (None, user)]
            return copy.deepcopy([self.hub.state.shown(m) for m in seen])

        return self._ask(look)

    def thread(self, channel: str, ts: str) -> list[Json]:
        """The answers in a message's thread, oldest first."""
        every = self.messages(channel)
        return [m for m in every if m.get("thread_ts") == ts and m["ts"] != ts]

    def view_of(self, user: str) -> Json | None:
        """The modal a person sees."""
        top = self._ask(lambda: self.hub.state.top(user))
        return copy.deepcopy(top.view) if top else None

    def home_of(self, user: str) -> Json | None:
        """A person's Home tab as last published."""
        return self._ask(lambda: copy.deepcopy(self.hub.state.homes.get(user)))

    @property
    def acks(self) -> list[Ack]:
        """Every acknowledgement so far, with the seconds it took."""
        return self._ask(lambda: list(self.hub.link.acks))

    @property
    def envelopes(self) -> list[Json]:
        """Every envelope sent to the app so far."""
        return self._ask(lambda: list(self.hub.link.sent))

    @property
    def calls(self) -> list[Call]:
        """Every Web API call so far, refused ones too."""
        return self._ask(lambda: list(self.hub.calls))

    @property
    def connections(self) -> int:
        """How many Socket Mode connections are open."""
        return self._ask(lambda: self.hub.link.connections)

    def wait_for(self, found: Callable[[], Any], timeout: float = 5.0) -> Any:
        """Wait until ``found`` returns something true, and return it.

        Raises TimeoutError, naming what the app was refused meanwhile.
        """
        end = time.monotonic() + timeout
        while not (result := found()):
            if time.monotonic() > end:
                refused = [(c.method, c.error, *c.messages) for c in self.calls if c.error]
                raise TimeoutError(f"nothing came in {timeout} s; refused: {refused[-5:]}")
            time.sleep(0.01)
        return result

    # --- doing --------------------------------------------------------------------------

    def click(
        self,
        user: str,
        channel: str,
        ts: str,
        action: str,
        *,
        value: Any = None,
        given: Given | None = None,
    ) -> Outcome:
        """Use the element of a message whose action_id or text is, or begins with,
        ``action``; ``value`` chooses an option, or forges a button's value.

        Returns when the app has acknowledged, or has not in time. Raises LookupError
        where there is no such element.
        """

        async def act() -> Outcome:
            message = self._message(channel, ts)
            target = find(message.blocks, user, action)
            return await interactions.click(self.hub, user, message, target, value, given or {})

        return self._await(act)

    def click_home(
        self, user: str, action: str, *, value: Any = None, given: Given | None = None
    ) -> Outcome:
        """Use an element of a person's Home tab."""
        return self._click_view(user, lambda: self.hub.state.homes[user], action, value, given)

    def click_view(
        self, user: str, action: str, *, value: Any = None, given: Given | None = None
    ) -> Outcome:
        """Use an element of the modal a person sees."""
        return self._click_view(user, lambda: self._modal(user, None).view, action, value, given)

    def _click_view(
        self, user: str, view: Callable[[], Json], action: str, value: Any, given: Given | None
    ) -> Outcome:
        async def act() -> Outcome:
            target = find(view()["blocks"], user, action)
            return await interactions.click_view(self.hub, user, view(), target, value, given or {})

        return self._await(act)

    def suggest(self, user: str, action: str, query: str) -> Outcome:
        """Type into a menu of the modal whose options the app looks up."""

        async def act() -> Outcome:
            view = self._modal(user, None).view
            target = find(view["blocks"], user, action)
            return await interactions.suggest(self.hub, user, view, target, query)

        return self._await(act)

    def submit(self, user: str, view: str | None = None, values: Given | None = None) -> Outcome:
        """Press submit on a modal (the one on top, or by id) with values by action_id,
        block_id or label. ``Outcome.fields`` holds errors shown at fields."""

        async def act() -> Outcome:
            return await interactions.submit(self.hub, self._modal(user, view), values or {})

        return self._await(act)

    def close_view(self, user: str, *, everything: bool = False) -> Outcome:
        """Close the modal on top, or all of them."""
        return self._await(lambda: interactions.close_view(self.hub, user, everything=everything))

    def say(self, user: str, channel: str, text: str, *, thread_ts: str | None = None) -> str:
        """Write a message (``<@U…>`` mentions); its ts."""
        return self._ask(
            lambda: talk.say(self.hub, user, self.hub.state.channel(channel), text, thread_ts).ts
        )

    def command(self, user: str, channel: str, text: str) -> Outcome:
        """Run a slash command, such as ``/order status 12``."""
        return self._await(
            lambda: talk.command(self.hub, user, self.hub.state.channel(channel), text)
        )

    def shortcut(self, user: str, callback_id: str, *, channel: str = "", ts: str = "") -> Outcome:
        """Choose a shortcut, on a message where one is named."""

        async def act() -> Outcome:
            message = self._message(channel, ts) if ts else None
            return await talk.shortcut(self.hub, user, callback_id, message)

        return self._await(act)

    def open_home(self, user: str, tab: str = "home") -> None:
        """Look at the app's Home tab (or ``tab="messages"``)."""
        self._ask(lambda: talk.open_home(self.hub, user, tab))

    def trigger(self, user: str) -> str:
        """A trigger_id, as a click of this person would bring."""
        return self._ask(lambda: self.hub.trigger(user))

    def _message(self, channel: str, ts: str) -> Message:
        return self.hub.state.message(self.hub.state.channel(channel).id, ts)

    def _modal(self, user: str, view: str | None) -> Modal:
        modal = self.hub.state.modals.get(view) if view else self.hub.state.top(user)
        if modal is None:
            raise LookupError(f"{user} has no such modal open")
        return modal

    # --- trouble ------------------------------------------------------------------------

    def fault(self, method: str, **trouble: Any) -> None:
        """Let the next call of a method go wrong; ``trouble`` are the fields of Fault."""
        self._ask(lambda: self.hub.faults.waiting.append(Fault(method, **trouble)))

    def redeliver(self, envelope: Json | None = None) -> Ack | None:
        """Send an envelope (the last one) again, unchanged; its acknowledgement."""
        body = envelope or self.envelopes[-1]
        return self._await(lambda: self.hub.link.send(body))

    def disconnect(self, *, refresh: bool = True) -> None:
        """Ask the app to connect anew, or hang up on it."""
        self._await(lambda: self.hub.link.disconnect(refresh=refresh))
