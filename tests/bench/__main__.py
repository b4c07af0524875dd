"""``make bench``: what Deskhand costs, measured in one run and printed. Nothing here is a test."""

from __future__ import annotations

import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.app import replay_world
from bot.mailfiles import mails_at
from bot.replay import replay
from store.config import Settings
from tests.builders import mail
from tests.shop import Shop, buttons, until

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "data" / "corpus"
TARGETS = {
    "replay, text and tables": ("mails/s", ">= 40"),
    "delivery to card": ("s", "<= 2"),
    "ack p99, 50 people": ("ms", "< 250"),
    "idle memory": ("MB", "< 300"),
    "start-up": ("s", "< 6"),
}
out = Console()


def main() -> None:
    """Measure everything and print one table."""
    figures: dict[str, float] = {}
    formats = replay_by_format(figures)
    with tempfile.TemporaryDirectory() as folder:
        journey(Path(folder) / "journey", figures)
    with tempfile.TemporaryDirectory() as folder:
        process(Path(folder), figures)
    show(figures, formats)


# --- replay -------------------------------------------------------------------------


def replay_by_format(figures: dict[str, float]) -> Mapping[str, Sequence[float]]:
    """Replay the corpus once warm; milliseconds per order by the format that held its lines."""
    with corpus_world() as world:
        mails = list(mails_at(str(CORPUS / "mails")))
        list(replay(mails[:5], world))
        started = time.perf_counter()
        lines = list(replay(track(mails, "Replaying", console=out), world))
        figures["replay, all formats"] = len(mails) / (time.perf_counter() - started)
    raw = dict(mails)
    formats: dict[str, list[float]] = defaultdict(list)
    for line in lines:
        formats[format_of(raw[line["mail"]])].append(line["ms"])
    plain = [ms for kind in ("text", "html", "csv", "xlsx") for ms in formats[kind]]
    figures["replay, text and tables"] = 1000 / statistics.mean(plain)
    return formats


@contextmanager
def corpus_world() -> Iterator[Any]:
    """The corpus company as ``deskhand replay`` sees it."""
    settings = Settings.read({})
    with replay_world(settings, f"folder:{CORPUS}/erp", CORPUS / "playbook.yaml") as world:
        yield world


def format_of(raw: bytes) -> str:
    """The richest format in a mail, by the names of its files."""
    for kind in ("pdf", "xlsx", "csv"):
        if re.search(rb"name=\"?[^\"\r\n]*\." + kind.encode(), raw, re.IGNORECASE):
            return kind
    return "html" if b"text/html" in raw else "text"


# --- the bot in this process ----------------------------------------------------------


def journey(home: Path, figures: dict[str, float]) -> None:
    """Time from delivery to card, and acknowledgements while 50 people click.

    The bot runs in a process of its own, as it does in earnest; the workspace runs here.
    """
    home.mkdir()
    shop = Shop(home, running=False)
    shop.spawn()
    try:
        until(lambda: shop.workspace.connections, 60)
        waits = [delivery(shop, number) for number in track(range(10), "Delivering", console=out)]
        figures["delivery to card"] = statistics.median(waits)
        figures["delivery to card, worst"] = max(waits)
        acks = crowd(shop)
        figures["ack p50, 50 people"] = 1000 * statistics.median(acks)
        figures["ack p99, 50 people"] = 1000 * sorted(acks)[int(0.99 * len(acks))]
        figures["clicks"] = len(acks)
    finally:
        shop.close()


def delivery(shop: Shop, number: int) -> float:
    """Seconds from a mail's arrival to its card; two seconds apart, as Slack's pace allows."""
    time.sleep(2)
    started = time.perf_counter()
    body = f"{400 + number} Stk K-100 Ball valve 1/2 inch"
    shop.deliver(mail(body, subject=f"Bestellung B{number:03}"), f"bench{number}")
    shop.card(f"B{number:03}")
    return time.perf_counter() - started


def crowd(shop: Shop, people: int = 50, clicks: int = 20) -> list[float]:
    """50 people press Approve on waiting cards, each about once a second; seconds to each ack.

    That is far more than an order desk does: 50 clicks a second, for twenty seconds.
    """
    cards = [card for card in shop.cards() if buttons(card)]
    before = len(shop.workspace.acks)

    def person(number: int) -> None:
        pace = random.Random(number)
        for click in range(clicks):
            time.sleep(pace.uniform(0.5, 1.5))
            card = cards[(number + click) % len(cards)]
            try:
                shop.workspace.click("U0EVE", "C0DESK", card["ts"], "deskhand_approve")
            except LookupError:
                continue

    threads = [threading.Thread(target=person, args=(number,)) for number in range(people)]
    [thread.start() for thread in threads]
    [thread.join() for thread in track(threads, "Clicking", console=out)]
    return [ack.seconds for ack in shop.workspace.acks[before:] if ack.seconds is not None]


# --- the bot in a process of its own -----------------------------------------------------


def process(home: Path, figures: dict[str, float]) -> None:
    """Start-up until the page answers, and memory when idle after the sample mails."""
    started = time.perf_counter()
    with subprocess.Popen(
        [Path(sys.executable).parent / "deskhand", "sandbox", "--port", "0", "--headless"],
        env={**os.environ, "DESKHAND_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        addresses = json.loads(child.stdout.readline())
        urllib.request.urlopen(addresses["url"]).close()
        figures["start-up"] = time.perf_counter() - started
        until(lambda: settled(home), 180)
        time.sleep(5)
        family = [psutil.Process(child.pid), *psutil.Process(child.pid).children(recursive=True)]
        figures["idle memory"] = sum(each.memory_full_info().uss for each in family) / 1e6
        child.terminate()


def settled(home: Path) -> bool:
    """Whether the sample mails have all been carried on."""
    workspace = home / "sandbox" / "workspace.json"
    mails = len(list((home / "sandbox" / "mail").glob("*.eml")))
    return workspace.exists() and workspace.read_text().count("deskhand_order") >= mails


# --- printing --------------------------------------------------------------------------------


def show(figures: Mapping[str, float], formats: Mapping[str, Sequence[float]]) -> None:
    """Print what was measured beside what was aimed at."""
    table = Table("measured", "figure", "unit", "target", title="Deskhand on this machine")
    for name, figure in figures.items():
        unit, target = TARGETS.get(name, ("", ""))
        table.add_row(name, f"{figure:.2f}", unit, target)
    out.print(table)
    table = Table("format", "orders", "ms, median", "ms, worst", title="Replay by format")
    for kind, times in sorted(formats.items()):
        table.add_row(kind, str(len(times)), f"{statistics.median(times):.1f}", f"{max(times):.1f}")
    out.print(table)


if __name__ == "__main__":
    main()
