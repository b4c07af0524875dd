"""The address of a mailbox, and what a wrong one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.credentials import Password
from bot.imap_login import Address
from bot.mailbox import Mailbox
from graph.ports import ConfigError


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (
            "imaps://orders@mail.example",
            Address("orders", "mail.example", 993, "INBOX", "tls"),
        ),
        (
            "imaps://orders%40nordlicht.example@mail.example:1993/Order%20Desk/Neu",
            Address("orders@nordlicht.example", "mail.example", 1993, "Order Desk/Neu", "tls"),
        ),
        (
            "imaps://orders@nordlicht.example@mail.example/",
            Address("orders@nordlicht.example", "mail.example", 993, "INBOX", "tls"),
        ),
        ("imap://a@mail.example", Address("a", "mail.example", 143, "INBOX", "starttls")),
        ("imap://a@mail.example?tls=no", Address("a", "mail.example", 143, "INBOX", "none")),
        ("imap://a@localhost:1143", Address("a", "localhost", 1143, "INBOX", "none")),
        ("imap://a@[::1]:1143/Sent", Address("a", "::1", 1143, "Sent", "none")),
        ("imap://a@127.0.0.1?tls=starttls", Address("a", "127.0.0.1", 143, "INBOX", "starttls")),
        ("imaps://a@127.0.0.1?tls=no", Address("a", "127.0.0.1", 993, "INBOX", "tls")),
    ],
)
def test_an_address_is_read(url: str, address: Address) -> None:
    assert Address.parse(url) == address


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "begins with neither"),
        ("pop3://a@mail.example", "begins with neither"),
        ("imaps://mail.example", "user or the host is missing"),
        ("imaps://a@/INBOX", "user or the host is missing"),
        ("imaps://a@mail.example:port", "cannot be read"),
        ("imaps://a@[mail.example", "cannot be read"),
        ("imap://a@mail.example?tls=maybe", "tls=maybe is unknown"),
    ],
)
def test_a_wrong_address_is_told_what_is_wrong(url: str, reason: str) -> None:
    with pytest.raises(ConfigError, match=reason) as caught:
        Address.parse(url)
    assert "imaps://user@host:port/Folder" in str(caught.value)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ConfigError, match="IMAP_PASSWORD") as caught:
        Address.parse("imaps://a:geheim@mail.example/")
    assert "geheim" not in str(caught.value)


def test_certificates_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    box = Mailbox("imaps://a@127.0.0.1:1/", Password(lambda: "x"), ca_file=tmp_path / "missing.pem")
    with pytest.raises(ConfigError, match=r"missing\.pem.*IMAP_CA_FILE"):
        box.check()
