"""Requests for a rota, with points; how practices agreed to share the sessions of a group of roles."""

import sqlalchemy as sa
from alembic import op

from network.plumbing.row_security import protect

revision = "0005"
down_revision = "0004"

PROTECTED = ("rota_request", "share_agreement", "agreed_share")


def upgrade() -> None:
    _requests()
    _shares()
    for table in PROTECTED:
        op.create_index(op.f(f"ix_{table}_network_id"), table, ["network_id"])
        for statement in protect(table):
            op.execute(statement)
    op.execute(
        """update rule_setting set parameters = parameters || '{"points": 10}'::jsonb
        where code = 'R32' and not parameters ? 'points'"""
    )


def downgrade() -> None:
    op.execute("update rule_setting set parameters = parameters - 'points' where code = 'R32'")
    for table in reversed(PROTECTED):
        op.drop_table(table)


def _scoped(name: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    """Give what every table of one network has: its id and its network."""
    return (
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f(f"fk_{name}_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _requests() -> None:
    op.create_table(
        "rota_request",
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("points between 1 and 10", name=op.f("ck_rota_request_points")),
        sa.CheckConstraint("(day is null) <> (weekday is null)", name=op.f("ck_rota_request_span")),
        sa.ForeignKeyConstraint(
            ["period_id"], ["rota_period.id"], name=op.f("fk_rota_request_period_id_rota_period")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["rota_member.id"], name=op.f("fk_rota_request_member_id_rota_member")
        ),
        *_scoped("rota_request"),
    )
    op.create_index("ix_rota_request_whose", "rota_request", ["period_id", "member_id"])


def _shares() -> None:
    op.create_table(
        "share_agreement",
        sa.Column("role_group", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("network_id", "number", name=op.f("uq_share_agreement_network_id_number")),
        *_scoped("share_agreement"),
    )
    op.create_table(
        "agreed_share",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.CheckConstraint("percent between 0 and 100", name=op.f("ck_agreed_share_percent")),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["share_agreement.id"],
            name=op.f("fk_agreed_share_agreement_id_share_agreement"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_agreed_share_organisation_id_organisation"),
        ),
        sa.UniqueConstraint(
            "agreement_id", "organisation_id", name=op.f("uq_agreed_share_agreement_id_organisation_id")
        ),
        *_scoped("agreed_share"),
    )
