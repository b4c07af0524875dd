"""``deskhand run`` as an IT lead starts it: a real mailbox, Slack, ERP, in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import mail
from tests.dovecot import Dovecot, free_port, missing
from tests.shop import Shop, buttons, until

pytestmark = [
    pytest.mark.dovecot,
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(tmp_path, running=False)
    yield shop
    shop.close()


def run(shop: Shop, server: Dovecot, port: int) -> subprocess.Popen[str]:
    """Start the command with the environment of the contract."""
    secret = shop.home / "imap-password"
    secret.write_text(Dovecot.password, encoding="utf-8")
    return subprocess.Popen(
        [Path(sys.executable).parent / "deskhand", "run"],
        env={
            **os.environ,
            **shop.environment,
            "IMAP_URL": server.url("orders@nordlicht.example"),
            "IMAP_PASSWORD_FILE": str(secret),
            "DESKHAND_PORT": str(port),
        },
        stderr=subprocess.PIPE,
        text=True,
    )


def well(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(json.load(answer)["ok"])
    except OSError:
        return False


def test_a_mail_in_the_mailbox_becomes_a_booked_order(shop: Shop) -> None:
    port = free_port()
    with Dovecot() as server:
        bot = run(shop, server, port)
        try:
            until(lambda: well(port), 40)
            server.deliver("orders@nordlicht.example", mail("10 Stk K-100 Ball valve 1/2 inch"))
            (order,) = until(shop.booked, 20)
            assert order["po_number"] == "4711"
            assert buttons(shop.card("4711")) == []
            until(lambda: "$Deskhand" in " ".join(server.flags("orders@nordlicht.example")))
            bot.send_signal(signal.SIGTERM)
            _, said = bot.communicate(timeout=20)
            assert bot.returncode == 0
            assert Dovecot.password not in said
        finally:
            bot.kill()
            bot.wait()


def test_a_wrong_setting_ends_at_once_with_its_name(shop: Shop) -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "deskhand", "run"],
        env={**os.environ, **shop.environment, "IMAP_URL": "pop3://x"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "IMAP_URL" in done.stderr
    assert "Traceback" not in done.stderr
