"""What every test gets: no network beyond this machine, no model, and databases to use."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from store.db import connect
from store.migrate import migrate
from tests.postgres import Postgres, binaries
from tests.shop import Shop

SHARED = Path(__file__).parents[1] / ".." / "shared" / "data"


class NetworkError(AssertionError):
    """A test tried to reach beyond this machine."""


def _loopback_only(address: object) -> None:
    host = address[0] if isinstance(address, tuple) else address
    if isinstance(host, str) and host not in ("127.0.0.1", "::1", "localhost") and "/" not in host:
        raise NetworkError(f"a test tried to connect to {host}")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Make every connection beyond loopback an error, by construction."""
    connect_, ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _loopback_only(address)
        connect_(self, address)  # type: ignore[arg-type]

    def guarded_ex(self: socket.socket, address: object) -> int:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _loopback_only(address)
        return ex(self, address)  # type: ignore[arg-type]

    socket.socket.connect, socket.socket.connect_ex = guarded, guarded_ex  # type: ignore[method-assign]
    yield
    socket.socket.connect, socket.socket.connect_ex = connect_, ex  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own settings out of the tests."""
    for name in list(os.environ):
        if name.startswith(("DESKHAND_", "SLACK_", "OPENAI_", "IMAP_", "SMTP_", "LANGSMITH_")):
            monkeypatch.delenv(name)
    for name in ("DATABASE_URL", "ERP_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The public data beside the repository; skips by name where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared/data is not here")
    return SHARED


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server for the whole run."""
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed (Debian package postgresql)")
    with Postgres() as server:
        yield server


def _migrated(url: str) -> str:
    engine = connect(url)
    migrate(engine)
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "deskhand.db"
    _migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    """The URL of a migrated PostgreSQL database to copy."""
    return _migrated(postgres.database())


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh, migrated database of each kind."""
    if request.param == "postgres":
        template = request.getfixturevalue("postgres_template")
        server: Postgres = request.getfixturevalue("postgres")
        return server.database(template)
    shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "deskhand.db")
    return f"sqlite:///{tmp_path}/deskhand.db"


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    """An engine on a fresh, migrated database."""
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A whole Deskhand with its workspace, for one story."""
    shop = Shop(tmp_path)
    yield shop
    shop.close()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything must run (CI=true), a test that was skipped is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
