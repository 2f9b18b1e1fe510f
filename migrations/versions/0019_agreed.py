"""What was agreed with people on how they work, alone and beside others."""

import sqlalchemy as sa
from alembic import op

from network.plumbing.row_security import protect

revision = "0019"
down_revision = "0018"

NUMBERS = (
    "longest_run",
    "shortest_run",
    "shortest_break",
    "most_weekends",
    "most_evenings",
    "least_hours",
    "most_hours",
)
TABLES = ("agreed_work", "agreed_pairing")


def upgrade() -> None:
    _work()
    _pairings()
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_network_id"), table, ["network_id"])
        for statement in protect(table):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _scoped(table: str, *members: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    """Give what every table of one network has, and its keys to members of the rota."""
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f(f"fk_{table}_network_id_organisation")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["rota_member.id"], name=op.f(f"fk_{table}_{column}_rota_member")
            )
            for column in members
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _work() -> None:
    op.create_table(
        "agreed_work",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("opted_out_on", sa.Date(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in NUMBERS),
        sa.UniqueConstraint("network_id", "member_id", name=op.f("uq_agreed_work_network_id_member_id")),
        *_scoped("agreed_work", "member_id"),
    )
    op.create_index(op.f("ix_agreed_work_member_id"), "agreed_work", ["member_id"])


def _pairings() -> None:
    op.create_table(
        "agreed_pairing",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("one_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("is_firm", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("one_id <> other_id", name=op.f("ck_agreed_pairing_two_people")),
        sa.CheckConstraint("days between 1 and 366", name=op.f("ck_agreed_pairing_days")),
        *_scoped("agreed_pairing", "one_id", "other_id"),
    )
    for column in ("one_id", "other_id"):
        op.create_index(f"ix_agreed_pairing_{column}", "agreed_pairing", [column])
