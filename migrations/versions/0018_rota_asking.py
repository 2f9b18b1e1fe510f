"""Who was asked for a duty of a draft, beyond those who are planned then."""

import sqlalchemy as sa
from alembic import op

from network.plumbing.row_security import protect

revision = "0018"
down_revision = "0016"

HANGS_ON = {
    "version_id": ("rota_version", "CASCADE"),
    "line_id": ("demand_line", "CASCADE"),
    "member_id": ("rota_member", None),
    "network_id": ("organisation", None),
}


def upgrade() -> None:
    op.create_table(
        "rota_asking",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("asked_by", sa.String(length=120), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_rota_asking_{column}_{table}"), ondelete=gone
            )
            for column, (table, gone) in HANGS_ON.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_asking")),
    )
    for column in ("line_id", "member_id", "network_id"):
        op.create_index(op.f(f"ix_rota_asking_{column}"), "rota_asking", [column])
    op.create_index(
        "uq_rota_asking_open",
        "rota_asking",
        ["version_id", "line_id", "member_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("ended_at is null"),
    )
    for statement in protect("rota_asking"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("rota_asking")
