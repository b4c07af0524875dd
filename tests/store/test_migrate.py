"""Migrations lead to exactly the tables the program uses."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from store.db import connect
from store.migrate import current, migrate, newest


def ours(_: object, name: str | None, kind: str, *__: Any) -> bool:
    return kind != "table" or name in SQLModel.metadata.tables


def test_the_migrated_schema_equals_the_tables(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrating_again_changes_nothing(engine: sa.Engine) -> None:
    assert migrate(engine) == newest() == current(engine)


def test_an_empty_database_has_no_revision(tmp_path: Any) -> None:
    engine = connect(f"sqlite:///{tmp_path}/empty.db")
    assert current(engine) is None
    engine.dispose()
