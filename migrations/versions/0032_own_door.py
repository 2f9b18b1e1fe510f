"""The person's own door: links by which people read their own page, what they said there, and stops."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import protect

revision = "0032"
down_revision = "0031"

TABLES = ("own_door", "own_door_note", "own_door_stop")


def upgrade() -> None:
    _doors()
    _notes()
    _stops()
    for table in TABLES:
        for column in ("network_id", "patient_id"):
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
        for statement in protect(table):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _doors() -> None:
    op.create_table(
        "own_door",
        sa.Column("reads", postgresql.JSONB(), nullable=False),
        sa.Column("asks_birthday", sa.Boolean(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("handed_over", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=120), nullable=False),
        sa.Column("ended_because", sa.String(length=40), nullable=True),
        sa.Column("carer_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["carer_id"], ["carer.id"], name=op.f("fk_own_door_carer_id_carer")),
        *_about_somebody("own_door"),
    )
    op.create_index(op.f("ix_own_door_carer_id"), "own_door", ["carer_id"])


def _notes() -> None:
    op.create_table(
        "own_door_note",
        sa.Column("door_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["door_id"], ["own_door.id"], name=op.f("fk_own_door_note_door_id_own_door")),
        *_about_somebody("own_door_note"),
    )
    op.create_index(op.f("ix_own_door_note_door_id"), "own_door_note", ["door_id"])


def _stops() -> None:
    op.create_table(
        "own_door_stop",
        sa.Column("because", sa.String(length=40), nullable=False),
        sa.Column("stopped_by", sa.String(length=120), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_why", sa.Text(), nullable=True),
        sa.Column("lifted_by", sa.String(length=120), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        *_about_somebody("own_door_stop"),
    )


def _about_somebody(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Give what each of these has: an id, its network, and whom it is about."""
    return (
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f(f"fk_{table}_patient_id_patient")),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f(f"fk_{table}_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
