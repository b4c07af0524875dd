"""The small web server: health, metrics, and Slack over HTTP where a signing secret is set."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from slack_bolt import App
from slack_bolt.request import BoltRequest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from graph.ports import ConfigError

log = logging.getLogger(__name__)

Health = Callable[[], Mapping[str, str | None]]
"""Part by part: None where it is well, else what is wrong in a sentence."""
Counts = Callable[[], Mapping[str, int]]


def site(health: Health, counts: Counts, app: App | None) -> Starlette:
    """The routes: ``/healthz``, ``/metrics`` and, with a Bolt app, ``/slack/events``."""

    def healthz(_: Request) -> Response:
        parts = dict(health())
        well = not any(parts.values())
        return JSONResponse({"ok": well, "parts": parts}, status_code=200 if well else 503)

    def metrics(_: Request) -> Response:
        registry = CollectorRegistry()
        gauge = Gauge("deskhand_orders", "Orders by state", ["state"], registry=registry)
        for state, count in counts().items():
            gauge.labels(state).set(count)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    async def slack_events(request: Request) -> Response:
        body = (await request.body()).decode("utf-8", "replace")
        return await run_in_threadpool(_dispatch, app, body, request)

    routes = [Route("/healthz", healthz), Route("/metrics", metrics)]
    if app:
        routes.append(Route("/slack/events", slack_events, methods=["POST"]))
    return Starlette(routes=routes)


def _dispatch(app: Any, body: str, request: Request) -> Response:
    answer = app.dispatch(
        BoltRequest(body=body, query=str(request.query_params), headers=dict(request.headers))
    )
    return Response(answer.body, status_code=answer.status, headers=answer.first_headers())


class WebServer:
    """A uvicorn server in a thread of its own."""

    def __init__(self, site: Starlette, host: str, port: int) -> None:
        self._socket = _listen(host, port)
        self.port = int(self._socket.getsockname()[1])
        self._server = uvicorn.Server(
            uvicorn.Config(site, log_level="warning", lifespan="off", access_log=False)
        )
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="web", daemon=True
        )

    def start(self) -> None:
        """Serve; returns when the server answers."""
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.01)

    def stop(self) -> None:
        """Finish the requests in hand and stop."""
        self._server.should_exit = True
        self._thread.join(timeout=5)
        self._socket.close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=128)
    except OSError as error:
        raise ConfigError(
            f"port {port} on {host} cannot be used ({error.strerror}): "
            "stop what uses it or choose another DESKHAND_PORT"
        ) from None
