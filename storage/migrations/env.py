"""Alembic runs this file inside `schema.migrate`, on the connection and in the transaction that it hands over."""

from __future__ import annotations

from alembic import context

from storage.tables import metadata

# On SQLite too, a step that fails leaves the database as it was.
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
