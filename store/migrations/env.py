"""Alembic's entry: runs on the connection that ``store.migrate`` hands over."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from store import tables

assert tables.OrderRow.metadata is SQLModel.metadata  # noqa: S101  # tables are loaded

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
