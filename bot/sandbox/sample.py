"""The sample company on the local workspace: the unmodified bot with everything around it."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.app import Deskhand, utc_now
from bot.mailfiles import FolderMailbox
from bot.sandbox.server import Workspace
from bot.sandbox.state import Channel, Person
from store import overrides
from store.config import Settings

COMPANY = Path(__file__).parent / "company"
EVENTS = frozenset({"app_home_opened"})
"""What the app is told, as in ``bot/manifest.yaml``."""
WORD = "The sample company lets Deskhand book clean repeat orders, so that you can watch it."


@dataclass(frozen=True, slots=True)
class Sample:
    """A running sandbox."""

    workspace: Workspace
    deskhand: Deskhand

    @property
    def url(self) -> str:
        """The address of the page."""
        return self.workspace.url

    def addresses(self) -> dict[str, str]:
        """Where programs find what."""
        settings = self.deskhand.settings
        return {
            "url": self.url,
            "slack_api_url": self.workspace.api_url,
            "mail": str(settings.home / "mail"),
            "erp": settings.erp_url.get_secret_value(),
        }


@contextmanager
def start(settings: Settings, port: int) -> Iterator[Sample]:
    """Open the sandbox under ``settings.home``; a second start goes on where it was."""
    home = settings.home / "sandbox"
    _furnish(home)
    workspace = _workspace(home, port)
    workspace.start()
    try:
        inside = _inside(settings, home, workspace)
        deskhand = Deskhand(inside, source=FolderMailbox(home / "mail"))
        try:
            _go_live(deskhand)
            deskhand.start(web=False)
            yield Sample(workspace, deskhand)
        finally:
            deskhand.stop()
    finally:
        workspace.stop()


def _go_live(deskhand: Deskhand) -> None:
    if overrides.last(deskhand.engine) is None:
        book = deskhand.playbook()
        overrides.record(deskhand.engine, book, book.owner.slack, WORD, utc_now())


def _furnish(home: Path) -> None:
    """Copy what is not there yet; what a visitor changed stays."""
    home.mkdir(parents=True, exist_ok=True)
    for name, target in {"erp": "erp", "mails": "mail"}.items():
        if not (home / target).exists():
            # Copied aside and renamed, so that a visitor who stops it meanwhile leaves no half.
            shutil.copytree(COMPANY / name, home / f".{target}", dirs_exist_ok=True)
            (home / f".{target}").rename(home / target)
    if not (home / "playbook.yaml").exists():
        shutil.copy(COMPANY / "playbook.yaml", home / "playbook.yaml")


def _workspace(home: Path, port: int) -> Workspace:
    people = json.loads((COMPANY / "people.json").read_text(encoding="utf-8"))
    return Workspace(
        [Person(each["id"], each["name"], title=each["role"]) for each in people],
        [Channel("C0DESK", "order-desk"), Channel("C0DIGEST", "order-digest")],
        port,
        store=home / "workspace.json",
        on_mail=lambda raw: _deliver(home / "mail", raw),
        samples={file.name: file.read_bytes() for file in sorted((COMPANY / "mails").iterdir())},
        events=EVENTS,
    )


def _deliver(folder: Path, raw: bytes) -> None:
    """Put a mail into the watched folder so that it appears whole."""
    name = uuid.uuid4().hex
    half = folder / f".{name}.part"
    half.write_bytes(raw)
    half.replace(folder / f"{name}.eml")


def _inside(settings: Settings, home: Path, workspace: Workspace) -> Settings:
    """The settings of the bot inside: its own folder, and the local workspace for Slack."""
    return settings.model_copy(
        update={
            "home": home,
            "playbook": home / "playbook.yaml",
            "database_url": SecretStr(f"sqlite:///{home}/deskhand.db"),
            "erp_url": SecretStr(f"folder:{home}/erp"),
            "slack_bot_token": SecretStr(workspace.bot_token),
            "slack_app_token": SecretStr(workspace.app_token),
            "slack_signing_secret": None,
            "slack_api_url": workspace.api_url,
            "model": None,
            "executor": "sandbox",
        }
    )
