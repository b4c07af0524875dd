"""Servers for the tests of the mailbox."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from tests.dovecot import Dovecot, missing

_users = itertools.count(1)


@pytest.fixture(scope="session")
def needs_dovecot() -> None:
    """Skip, by name, where no Dovecot can be started."""
    if reason := missing():
        pytest.skip(reason)


@pytest.fixture(scope="session")
def dovecot(needs_dovecot: None) -> Iterator[Dovecot]:
    """A real IMAP server, shared: use a ``user`` of your own."""
    with Dovecot() as server:
        yield server


@pytest.fixture(scope="session")
def plain_dovecot(needs_dovecot: None) -> Iterator[Dovecot]:
    """A real IMAP server without IDLE, MOVE and keywords."""
    with Dovecot(plain=True) as server:
        yield server


@pytest.fixture
def user() -> str:
    """A mail user whom no other test uses."""
    return f"desk{next(_users)}@nordlicht.example"
