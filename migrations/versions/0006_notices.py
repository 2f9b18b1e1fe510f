"""Notices to those whose rota changed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import protect

revision = "0006"
down_revision = "0005"

PROTECTED = ("rota_notice", "notice_change")


def upgrade() -> None:
    op.create_table(
        "rota_notice",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.Column("must_be_rung", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letter_due", sa.String(length=40), nullable=True),
        sa.Column("letter_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_person_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_person_by", sa.String(length=120), nullable=False),
        *_scoped("rota_notice", version_id="rota_version", person_id="person"),
        sa.UniqueConstraint("version_id", "person_id", name=op.f("uq_rota_notice_version_id_person_id")),
    )
    op.create_index(op.f("ix_rota_notice_person_id"), "rota_notice", ["person_id"])
    op.create_table(
        "notice_change",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        *_scoped("notice_change", notice_id="rota_notice", member_id="rota_member"),
        sa.UniqueConstraint(
            "notice_id",
            "member_id",
            "day",
            "kind",
            name=op.f("uq_notice_change_notice_id_member_id_day_kind"),
        ),
    )
    op.create_index(op.f("ix_notice_change_member_id"), "notice_change", ["member_id"])
    for table in PROTECTED:
        op.create_index(op.f(f"ix_{table}_network_id"), table, ["network_id"])
        for statement in protect(table):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(PROTECTED):
        op.drop_table(table)


def _scoped(name: str, **points_at: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    """Give what every table of one network has: its id, its network, and the keys of both and of others."""
    keys = {"network_id": "organisation"} | points_at
    return (
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}_{table}"))
            for column, table in keys.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
