"""A Deskhand in a process of its own that dies where a test says."""

from __future__ import annotations

import functools
import os
import signal
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot import desk
from bot.app import Deskhand, alone
from bot.mailfiles import FolderMailbox
from graph import agent
from store.config import Settings

POINTS = {
    **{node: (agent.Steps, node) for node in ("read", "extract", "match", "check", "decide")},
    "ask": (agent.Steps, "ask"),
    "book": (agent.Steps, "book"),
    "settle": (desk.Desk, "_settle"),
    "take": (desk.Desk, "_take"),
    "answer": (desk.Desk, "_record"),
}


def deadly(work: Callable[..., Any], when: str) -> Callable[..., Any]:
    """The same work, but the process dies before or after it."""

    @functools.wraps(work)
    def die(*args: Any, **kwargs: Any) -> Any:
        if when == "after":
            work(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    return die


def main(environment: Mapping[str, str], mail: Path, kill: str = "") -> None:
    """Run a worker with these settings until it dies at ``kill`` or is told to stop."""
    point, _, when = kill.partition(":")
    if point:
        owner, name = POINTS[point]
        setattr(owner, name, deadly(getattr(owner, name), when))
    settings = Settings.read(environment)
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    with alone(settings):
        deskhand = Deskhand(settings, source=FolderMailbox(mail, poll=0.05))
        deskhand.start(web=False)
        told.wait()
        deskhand.stop()
