"""Run by Alembic. The program hands in its connection, which is in a transaction already: all of it, or nothing."""

from __future__ import annotations

from alembic import context

from search.schema import VERSION_TABLE, metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True, version_table=VERSION_TABLE)
with context.begin_transaction():
    context.run_migrations()
