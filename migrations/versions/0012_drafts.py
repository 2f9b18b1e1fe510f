"""What a draft says of sharing, before any of it is on record."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("mdt_case", sa.Column("basis", sa.String(length=40), nullable=True))
    op.add_column("mdt_case", sa.Column("how_informed", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("mdt_case", "how_informed")
    op.drop_column("mdt_case", "basis")
