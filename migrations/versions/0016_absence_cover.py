"""How far the cover of an absence has come."""

import sqlalchemy as sa
from alembic import op

from network.plumbing.row_security import protect

revision = "0016"
down_revision = "0015"

HANGS_ON = {"absence_id": "absence", "edit_id": "rota_edit", "network_id": "organisation"}


def upgrade() -> None:
    op.create_table(
        "absence_cover",
        sa.Column("absence_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edit_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_absence_cover_{column}_{table}")
            )
            for column, table in HANGS_ON.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence_cover")),
        sa.UniqueConstraint("absence_id", name=op.f("uq_absence_cover_absence_id")),
    )
    op.create_index(op.f("ix_absence_cover_edit_id"), "absence_cover", ["edit_id"])
    op.create_index(op.f("ix_absence_cover_network_id"), "absence_cover", ["network_id"])
    for statement in protect("absence_cover"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("absence_cover")
