"""Brings the database to the newest schema: Deskhand's tables, checkpoints and queue."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from dbos import DBOS

from store.checkpoints import Checkpoints

HERE = Path(__file__).parent / "migrations"
MIGRATE_LOCK = 9


def config() -> Config:
    """Alembic's configuration; everything is in the package, nothing in a file."""
    settings = Config()
    settings.set_main_option("script_location", str(HERE))
    return settings


def migrate(engine: sa.Engine) -> str:
    """Apply every missing migration and return the revision reached. Safe to call twice."""
    with _one_at_a_time(engine):
        settings = config()
        with engine.begin() as connection:
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
        with contextlib.closing(Checkpoints(engine)) as checkpoints:
            checkpoints.setup()
        DBOS.migrate(engine.url.render_as_string(hide_password=False))
    return newest()


@contextlib.contextmanager
def _one_at_a_time(engine: sa.Engine) -> Iterator[None]:
    """On PostgreSQL, where replicas start together, hold a lock while migrating."""
    if engine.dialect.name != "postgresql":
        yield
        return
    # Outside a transaction, for which an index that is built concurrently would wait.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.select(sa.func.pg_advisory_lock(MIGRATE_LOCK)))
        try:
            yield
        finally:
            connection.execute(sa.select(sa.func.pg_advisory_unlock(MIGRATE_LOCK)))


def newest() -> str:
    """The revision this program expects."""
    return ScriptDirectory.from_config(config()).get_current_head() or ""


def current(engine: sa.Engine) -> str | None:
    """The revision the database is at, None where it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
