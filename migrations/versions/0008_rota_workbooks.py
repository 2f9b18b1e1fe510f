"""Workbooks of staff that a worker reads, and sheets of rotas, between upload and confirmation."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import protect

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    for name, kind, default in (
        ("state", sa.String(length=40), "ready"),
        ("size", sa.Integer(), "0"),
        ("done", sa.Integer(), "0"),
        ("said", sa.String(length=500), ""),
    ):
        column = sa.Column(name, kind, nullable=False, server_default=default)
        op.add_column("workbook_upload", column)
        op.alter_column("workbook_upload", name, server_default=None)
    op.create_table(
        "rota_sheet",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("outcome", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_rota_sheet_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["rota_version.id"], name=op.f("fk_rota_sheet_version_id_rota_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_sheet")),
    )
    for column_name in ("network_id", "account_id"):
        op.create_index(op.f(f"ix_rota_sheet_{column_name}"), "rota_sheet", [column_name])
    for statement in protect("rota_sheet"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("rota_sheet")
    for name in ("said", "done", "size", "state"):
        op.drop_column("workbook_upload", name)
