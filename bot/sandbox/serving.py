"""Runs the workspace: one uvicorn server on its own thread, its state saved as it changes."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.routing import Route, WebSocketRoute
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.sandbox import saved
from bot.sandbox.api import Api
from bot.sandbox.hub import Hub
from bot.sandbox.pages import Pages
from graph.ports import WorldError

T = TypeVar("T")

SAVE_AFTER = 0.1
"""Seconds that changes are gathered before they are saved."""
SAVE_SHARE = 10
"""A large workspace is saved less often: saving takes one part in so many of the time."""
ANSWER_WITHIN = 30.0
"""Seconds a driver waits for the server's loop."""


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises WorldError where it is taken."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(256)
    except OSError as error:
        listener.close()
        message = (
            f"port {port} on {host} cannot be used ({error.strerror}); stop the program that"
            " uses it or choose another port with --port"
        )
        raise WorldError(message, permanent=True) from error
    return listener


class Serving:
    """The server's life: routes, thread, loop and saved state."""

    def __init__(self, hub: Hub, pages: Pages, listener: socket.socket, store: Path | None) -> None:
        self.hub = hub
        self._pages = pages
        self._listener = listener
        self._store = store
        self._transports: dict[tuple[str, int], asyncio.Transport] = {}
        self._saving: asyncio.TimerHandle | None = None
        self._pause = SAVE_AFTER
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._server = uvicorn.Server(self._config())
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)
        hub.state.changed = self._changed

    def _config(self) -> uvicorn.Config:
        transports = self._transports

        class Cuttable(H11Protocol):
            """Remembers its transport, so that a fault can break the connection."""

            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                transports[transport.get_extra_info("peername")] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                transports.pop(self.transport.get_extra_info("peername"), None)
                super().connection_lost(exc)

        return uvicorn.Config(
            self._app(),
            http=Cuttable,
            ws="websockets-sansio",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
        )

    def _app(self) -> Starlette:
        api = Api(self.hub, self._cut)
        host = self._listener.getsockname()[0]
        return Starlette(
            routes=[
                Route("/api/{method}", api.call, methods=["GET", "POST"]),
                Route("/upload/{id}", api.upload, methods=["POST"]),
                Route("/response/{id}", api.respond, methods=["POST"]),
                WebSocketRoute("/link", self.hub.link.serve),
                *self._pages.routes(),
            ],
            middleware=[
                Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", host])
            ],
        )

    def _cut(self, request: Request) -> None:
        peer = request.client
        transport = self._transports.get((peer.host, peer.port)) if peer else None
        if transport is not None:
            transport.abort()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.call_soon(self._ready.set)
        await self._server.serve(sockets=[self._listener])
        self.hub.link.stop()
        self._save()

    def start(self) -> None:
        """Answer from now on. Returns when the server does."""
        self._thread.start()
        self._ready.wait(ANSWER_WITHIN)

    def stop(self) -> None:
        """Save, close every connection and end the thread. Stopping twice is fine."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(ANSWER_WITHIN)
        self._listener.close()

    def _changed(self, what: str) -> None:
        self._pages.changed(what)
        if self._store and self._loop and self._saving is None:
            self._saving = self._loop.call_later(self._pause, self._save)

    def _save(self) -> None:
        self._saving = None
        if self._store:
            began = time.monotonic()
            saved.write(self._store, self.hub.state.dump())
            self._pause = max(SAVE_AFTER, SAVE_SHARE * (time.monotonic() - began))

    def _await(self, work: Callable[[], Awaitable[T]]) -> T:
        """Run something on the server's loop and wait for it."""

        async def run() -> T:
            return await work()

        if self._loop is None:
            raise RuntimeError("the workspace is not started")
        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(ANSWER_WITHIN)

    def _ask(self, work: Callable[[], T]) -> T:
        """Look something up, or change it, on the server's loop."""

        async def run() -> T:
            return work()

        return self._await(run)
