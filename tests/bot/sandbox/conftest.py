"""A workspace with a named cast, and the unmodified Bolt app on it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.sandbox.hub import Shortcut, Timing
from bot.sandbox.server import Workspace
from bot.sandbox.state import Channel, Person

ANNA, BEN, GUEST, GONE = "U0ANNA", "U0BEN", "U0GUEST", "U0GONE"
DESK, ELSEWHERE, OLD = "C0DESK", "C0OTHER", "C0OLD"

PEOPLE = [
    Person(ANNA, "Anna Berg", title="Order desk", email="anna@nordlicht.example"),
    Person(BEN, "Ben Vogel", title="Order desk", is_owner=True),
    Person(GUEST, "Gil Guest", restricted=True),
    Person(GONE, "Gero Gone", deleted=True),
]
CHANNELS = [
    Channel(DESK, "order-desk", topic="Orders that need a person"),
    Channel(ELSEWHERE, "elsewhere", bot_in=False),
    Channel(OLD, "archive", archived=True),
]

Make = Callable[..., Workspace]


@pytest.fixture
def make() -> Iterator[Make]:
    """Start workspaces, with settings of one's own; they are stopped in the end."""
    started: list[Workspace] = []

    def start(**settings: Any) -> Workspace:
        workspace = Workspace(PEOPLE, CHANNELS, **settings)
        workspace.start()
        started.append(workspace)
        return workspace

    yield start
    for workspace in started:
        workspace.stop()


@pytest.fixture
def ws(make: Make) -> Workspace:
    """A workspace with Slack's own rules and short retries."""
    return make(
        commands=("/order",),
        shortcuts=(Shortcut("Ask Deskhand", "ask"), Shortcut("New order", "new", everywhere=True)),
        timing=Timing(retries=(0.02, 0.02)),
    )


def _client(workspace: Workspace) -> WebClient:
    return WebClient(workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])


@pytest.fixture
def client_of() -> Callable[[Workspace], WebClient]:
    """Slack's own client for a workspace, without its own retries."""
    return _client


@pytest.fixture
def client(ws: Workspace) -> WebClient:
    """Slack's own client, on the workspace."""
    return _client(ws)


Connect = Callable[[App, Workspace], SocketModeHandler]


@pytest.fixture(scope="session")
def closing() -> Iterator[ThreadPoolExecutor]:
    """Closes Bolt's clients in the background: each takes a second or two to end."""
    with ThreadPoolExecutor(8) as pool:
        yield pool


@pytest.fixture
def connect(closing: ThreadPoolExecutor) -> Iterator[Connect]:
    """Connect Bolt apps over Socket Mode; they are closed in the end."""
    handlers: list[SocketModeHandler] = []

    def start(app: App, workspace: Workspace) -> SocketModeHandler:
        handler = SocketModeHandler(app, workspace.app_token, ping_interval=1)
        handler.connect()
        handlers.append(handler)
        workspace.wait_for(lambda: workspace.connections)
        return handler

    yield start
    for handler in handlers:
        handler.client.auto_reconnect_enabled = False
        closing.submit(handler.close)


def _app(workspace: Workspace) -> App:
    logger = logging.getLogger("quiet bolt")
    logger.setLevel(logging.CRITICAL)
    return App(client=_client(workspace), logger=logger)


@pytest.fixture
def app_of() -> Callable[[Workspace], App]:
    """An unmodified Bolt app for a workspace, quiet on purpose."""
    return _app


@pytest.fixture
def app(ws: Workspace) -> App:
    """An unmodified Bolt app, to be given listeners and then connected."""
    return _app(ws)
