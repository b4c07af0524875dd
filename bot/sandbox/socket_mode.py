"""Socket Mode: the WebSocket on which the app hears of events and clicks."""

from __future__ import annotations

import asyncio
import json
import logging
import time
import uuid
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from bot.sandbox.state import APP, Json, new_id

log = logging.getLogger(__name__)

KEPT = 10_000
"""How many small things, such as acknowledgements, are remembered."""
KEPT_PAYLOADS = 2_000
"""How many payloads are remembered."""


@dataclass(frozen=True, slots=True)
class Ack:
    """An acknowledgement: for which envelope, how long it took, what it said."""

    envelope_id: str
    kind: str
    """``interactive``, ``events_api`` or ``slash_commands``."""
    seconds: float
    payload: Any = None


@dataclass(slots=True)
class Envelope:
    """Something sent to the app, and the future that its acknowledgement settles."""

    body: Json
    answer: asyncio.Future[Ack]
    sent: float = field(default_factory=time.monotonic)


class Link:
    """The app's connections. An envelope goes to any one of them."""

    def __init__(self, ack_seconds: float, retry_after: Sequence[float]) -> None:
        self.ack_seconds = ack_seconds
        self.retry_after = retry_after
        self.acks: deque[Ack] = deque(maxlen=KEPT)
        self.sent: deque[Json] = deque(maxlen=KEPT_PAYLOADS)
        self.changed: Callable[[], None] = lambda: None
        self._tickets: set[str] = set()
        self._open: deque[WebSocket] = deque()
        self._waiting: dict[str, Envelope] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return len(self._open)

    def ticket(self) -> str:
        """A ticket for one connection."""
        ticket = new_id("")
        self._tickets.add(ticket)
        return ticket

    async def serve(self, socket: WebSocket) -> None:
        """One connection of the app, from greeting to end."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await socket.close(code=1008, reason="the ticket is unknown or was used")
            return
        self._tickets.discard(ticket)
        await socket.accept()
        self._open.append(socket)
        self.changed()
        hello = {"type": "hello", "num_connections": self.connections}
        try:
            await socket.send_json(hello | {"connection_info": {"app_id": APP}})
            while True:
                self._hear(await socket.receive_text())
        except WebSocketDisconnect:
            log.debug("a Socket Mode connection ended")
        finally:
            self._open = deque(s for s in self._open if s is not socket)
            self.changed()

    def _hear(self, text: str) -> None:
        said: Json = json.loads(text)
        envelope = self._waiting.get(said.get("envelope_id", ""))
        if envelope is None:
            return
        ack = Ack(
            said["envelope_id"],
            envelope.body["type"],
            time.monotonic() - envelope.sent,
            said.get("payload"),
        )
        self.acks.append(ack)
        if not envelope.answer.done():
            envelope.answer.set_result(ack)

    async def ask(self, kind: str, payload: Json, *, attempt: int = 0) -> Ack | None:
        """Send an envelope; its acknowledgement, or None where none came in time."""
        body: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            body |= {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
        return await self.send(body)

    async def send(self, body: Json) -> Ack | None:
        """Send an envelope as it is, again if need be."""
        if not self._open:
            return None
        self._open.rotate(1)
        answer: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._waiting[body["envelope_id"]] = Envelope(body, answer)
        self.sent.append(body)
        self._forget()
        try:
            await self._open[0].send_json(body)
            return await asyncio.wait_for(answer, self.ack_seconds)
        except (TimeoutError, WebSocketDisconnect, RuntimeError) as error:
            log.info("no acknowledgement for a %s: %r", body["type"], error)
            return None

    def _forget(self) -> None:
        while len(self._waiting) > KEPT_PAYLOADS:
            self._waiting.pop(next(iter(self._waiting)))

    def tell(self, event: Json, event_id: str) -> None:
        """Deliver an event in the background, again where it is not acknowledged."""
        task = asyncio.get_running_loop().create_task(self._tell(event, event_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _tell(self, event: Json, event_id: str) -> None:
        for attempt, pause in enumerate((0.0, *self.retry_after)):
            await asyncio.sleep(pause)
            if await self.ask("events_api", event, attempt=attempt):
                return
        log.warning("the app never acknowledged event %s (%s)", event_id, event["event"]["type"])

    async def disconnect(self, *, refresh: bool) -> None:
        """Ask the app to connect anew, or with ``refresh=False`` just hang up."""
        for socket in list(self._open):
            if refresh:
                notice = {"type": "disconnect", "reason": "refresh_requested"}
                await socket.send_json(notice | {"debug_info": {"host": "local"}})
            elif socket.client_state is WebSocketState.CONNECTED:
                await socket.close(code=1011)

    def stop(self) -> None:
        """Give up what is still being delivered."""
        for task in list(self._tasks):
            task.cancel()
