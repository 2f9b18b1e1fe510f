"""Run the migrations as the owner of the database; the app's role could not."""

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

import app  # noqa: F401  All tables are known once the application is.
from network.plumbing.database import db


def run() -> None:
    url = context.config.attributes["owner_url"].replace("postgresql://", "postgresql+psycopg://", 1)
    with create_engine(url, poolclass=NullPool).connect() as connection:
        context.configure(connection=connection, target_metadata=db.metadata, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()


run()
