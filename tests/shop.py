"""A whole Deskhand on the local workspace, driven through real sockets."""

from __future__ import annotations

import json
import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from bot.app import Deskhand, open_database
from bot.mailfiles import FolderMailbox
from bot.sandbox.sample import EVENTS
from bot.sandbox.server import Workspace
from bot.sandbox.state import Channel, Person
from store import overrides
from store.config import Settings
from store.playbook import load
from tests import victim
from tests.builders import MONDAY, furnish

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.victim"])
CROWD = [f"U0DESK{number:02}" for number in range(20)]
PEOPLE = ["U0PETRA", "U0ANNA", "U0BEN", "U0STOCK", "U0PRICE", "U0EVE", *CROWD]


class Shop:
    """One company with its bot, its mail folder, its ERP and its workspace."""

    def __init__(self, home: Path, database_url: str = "", *, running: bool = True) -> None:
        self.home = furnish(home)
        (home / "mail").mkdir(exist_ok=True)
        self.workspace = Workspace(
            [Person(person, person[2:].title()) for person in PEOPLE],
            [Channel("C0DESK", "order-desk"), Channel("C0DIGEST", "digest")],
            events=EVENTS,
        )
        self.workspace.start()
        self.environment = {
            "DESKHAND_HOME": str(home),
            "DATABASE_URL": database_url or f"sqlite:///{home}/deskhand.db",
            "DESKHAND_EXECUTOR": "test",
            "SLACK_BOT_TOKEN": self.workspace.bot_token,
            "SLACK_APP_TOKEN": self.workspace.app_token,
            "SLACK_API_URL": self.workspace.api_url,
        }
        self.deskhand: Deskhand | None = None
        self.victim: ForkServerProcess | None = None
        engine = open_database(Settings.read(self.environment))
        overrides.record(engine, load(home / "playbook.yaml"), "U0PETRA", "a test", MONDAY)
        engine.dispose()
        if running:
            self.open()

    def open(self) -> None:
        """Start the bot in this process."""
        settings = Settings.read(self.environment)
        self.deskhand = Deskhand(settings, source=FolderMailbox(self.home / "mail", poll=0.05))
        self.deskhand.start(web=False)
        self.workspace.wait_for(lambda: self.workspace.connections, 10)

    def stop(self) -> None:
        """Stop the bot, as at the end of the day."""
        if self.deskhand:
            self.deskhand.stop()
            self.deskhand = None

    def spawn(self, kill: str = "") -> None:
        """Start the bot in a process of its own that dies at ``kill`` (see tests/victim.py)."""
        self.victim = FORKS.Process(
            target=victim.main, args=(self.environment, self.home / "mail", kill)
        )
        self.victim.start()

    def reap(self, seconds: float = 40) -> int | None:
        """Wait until the victim is dead; how it ended."""
        assert self.victim is not None
        self.victim.join(seconds)
        code = self.victim.exitcode
        assert code is not None, "it still lives"
        self.victim.close()
        self.victim = None
        return code

    def kill(self) -> None:
        """Kill the victim now."""
        assert self.victim is not None
        self.victim.kill()
        self.reap()

    def deliver(self, raw: bytes, name: str = "order") -> None:
        """Put a mail into the folder, whole."""
        half = self.home / "mail" / f".{name}.part"
        half.write_bytes(raw)
        half.replace(self.home / "mail" / f"{name}.eml")

    def cards(self, channel: str = "C0DESK") -> list[dict[str, Any]]:
        """The order cards of a channel, or of a person's direct messages."""
        try:
            found = self.workspace.messages(channel)
        except LookupError:
            return []
        return [message for message in found if message.get("metadata")]

    def card(self, words: str = "", channel: str = "C0DESK", seconds: float = 15) -> dict[str, Any]:
        """Wait for a card whose text or blocks hold some words."""
        return self.workspace.wait_for(
            lambda: next((m for m in self.cards(channel) if words in spoken(m)), None), seconds
        )

    def booked(self) -> list[dict[str, Any]]:
        """The orders in the ERP."""
        files = sorted((self.home / "erp" / "orders").glob("*.json"))
        return [json.loads(file.read_text(encoding="utf-8")) for file in files]

    def window(self, person: str, ts: str, action: str) -> dict[str, Any]:
        """Click a button that opens a window, and wait for it."""
        self.workspace.click(person, "C0DESK", ts, f"deskhand_{action}")
        view: dict[str, Any] = self.workspace.wait_for(lambda: self.workspace.view_of(person))
        return view

    def whispers(self, person: str, channel: str = "C0DESK") -> list[str]:
        """What the bot told one person alone in a channel."""
        everything = self.workspace.messages(channel, user=person)
        return [m["text"] for m in everything if not m.get("metadata") and "user" in m]

    def close(self) -> None:
        """End everything."""
        self.stop()
        if self.victim:
            self.kill()
        self.workspace.stop()


def spoken(message: dict[str, Any]) -> str:
    """Everything a message shows, in one string."""
    return message["text"] + json.dumps(message.get("blocks", []), ensure_ascii=False)


def buttons(message: dict[str, Any]) -> list[str]:
    """The words on the buttons of a card."""
    return [
        element["text"]["text"]
        for block in message.get("blocks", [])
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "button"
    ]


def until(condition: Callable[[], Any], seconds: float = 15) -> Any:
    """Wait until something is true, and return it."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
    return found
