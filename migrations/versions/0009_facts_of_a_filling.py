"""What a rota was filled on, in brief."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column(
        "rota_version",
        sa.Column("facts", postgresql.JSONB(), nullable=False, server_default=sa.text("'{}'::jsonb")),
    )
    op.alter_column("rota_version", "facts", server_default=None)


def downgrade() -> None:
    op.drop_column("rota_version", "facts")
