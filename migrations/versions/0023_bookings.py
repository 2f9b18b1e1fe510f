"""Places in one-stop clinics that meetings ask for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import protect

revision = "0023"
down_revision = "0022"

TABLE = "booking"
HANGS_ON = {
    "case_id": "mdt_case",
    "item_id": "agenda_item",
    "decision_id": "decision",
    "follows_id": "booking",
    "telling_id": "telling",
    "network_id": "organisation",
}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("clinic_type_id", sa.Uuid(), nullable=False),
        sa.Column("clinic", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("home_site_id", sa.Uuid(), nullable=True),
        sa.Column("unsuitable", postgresql.JSONB(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column("token_index", sa.String(length=64), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("place_number", sa.Integer(), nullable=True),
        sa.Column("telling_id", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=120), nullable=False),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{TABLE}_{column}_{table}"))
            for column, table in HANGS_ON.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("network_id", "token_index", name=op.f(f"uq_{TABLE}_network_id_token_index")),
        sa.UniqueConstraint("follows_id", name=op.f(f"uq_{TABLE}_follows_id")),
    )
    for column in ("case_id", "item_id", "decision_id", "state", "network_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    for statement in protect(TABLE):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)
