"""Places keep days instead of moments, nobody keeps an outbox; adjusted lists; more than two who meet."""

import sqlalchemy as sa
from alembic import op

from network.plumbing.row_security import protect

revision = "0024"
down_revision = "0023"

# By the microsecond at which both were written, a place could be joined to a case.
MOMENTS = {"asked_at": "asked_on", "lost_at": "lost_on", "moved_at": "moved_on"}
COMPANION = "agreed_companion"


def upgrade() -> None:
    op.drop_table("outbox_change")
    for moment, day in MOMENTS.items():
        op.alter_column("asked_place", moment, new_column_name=day)
        op.alter_column(
            "asked_place",
            day,
            type_=sa.Date(),
            postgresql_using=f"({day} at time zone 'Europe/London')::date",
        )
    op.add_column("booking", sa.Column("arrives", sa.Time(), nullable=True))
    op.add_column("organisation", sa.Column("adjusted_list_size", sa.Integer(), nullable=True))
    # Until now nothing but meetings was counted.
    kind = sa.Column("kind", sa.String(length=40), nullable=False, server_default="meeting")
    op.add_column("meeting_exposure", kind)
    op.alter_column("meeting_exposure", "kind", server_default=None)
    _companions()


def downgrade() -> None:
    op.drop_table(COMPANION)
    op.drop_column("meeting_exposure", "kind")
    op.drop_column("organisation", "adjusted_list_size")
    op.drop_column("booking", "arrives")
    for moment, day in MOMENTS.items():
        op.alter_column("asked_place", day, new_column_name=moment)
        op.alter_column("asked_place", moment, type_=sa.DateTime(timezone=True))
    _outbox()


def _companions() -> None:
    op.create_table(
        COMPANION,
        sa.Column("pairing_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pairing_id"],
            ["agreed_pairing.id"],
            name=op.f(f"fk_{COMPANION}_pairing_id_agreed_pairing"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["rota_member.id"], name=op.f(f"fk_{COMPANION}_member_id_rota_member")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f(f"fk_{COMPANION}_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{COMPANION}")),
        sa.UniqueConstraint("pairing_id", "member_id", name=op.f(f"uq_{COMPANION}_pairing_id_member_id")),
    )
    for column in ("member_id", "network_id"):
        op.create_index(op.f(f"ix_{COMPANION}_{column}"), COMPANION, [column])
    for statement in protect(COMPANION):
        op.execute(statement)


def _outbox() -> None:
    op.create_table(
        "outbox_change",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.UniqueConstraint("network_id", "number", name=op.f("uq_outbox_change_network_id_number")),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f("fk_outbox_change_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_change")),
    )
    op.create_index(op.f("ix_outbox_change_network_id"), "outbox_change", ["network_id"])
    for statement in protect("outbox_change"):
        op.execute(statement)
