"""Leave: how many may be away at once, on what terms it is given, and what is added to allowances."""

import sqlalchemy as sa
from alembic import op

from network.plumbing.row_security import protect

revision = "0004"
down_revision = "0003"

PROTECTED = ("leave_limit", "leave_terms", "allowance_line")


def upgrade() -> None:
    _limits()
    _terms()
    _lines()
    for table in PROTECTED:
        op.create_index(op.f(f"ix_{table}_network_id"), table, ["network_id"])
        for statement in protect(table):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(PROTECTED):
        op.drop_table(table)


def _scoped(name: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    """Give what every table of one network has: its id, its network and their keys."""
    return (
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f(f"fk_{name}_network_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _of_organisation(name: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    return (
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f(f"fk_{name}_organisation_id_organisation")
        ),
    )


def _limits() -> None:
    op.create_table(
        "leave_limit",
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("role_group", sa.String(length=40), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("most", sa.Integer(), nullable=False),
        *_of_organisation("leave_limit"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_leave_limit_site_id_site")),
        sa.CheckConstraint("most between 0 and 99", name=op.f("ck_leave_limit_most")),
        sa.CheckConstraint("num_nonnulls(role_group, role) = 1", name=op.f("ck_leave_limit_whom")),
        sa.UniqueConstraint(
            "network_id",
            "organisation_id",
            "site_id",
            "role_group",
            "role",
            name=op.f("uq_leave_limit_whom"),
            postgresql_nulls_not_distinct=True,
        ),
        *_scoped("leave_limit"),
    )


def _terms() -> None:
    op.create_table(
        "leave_terms",
        sa.Column("automatic_kinds", sa.dialects.postgresql.JSONB(), nullable=True),
        sa.Column("notice_days", sa.Integer(), nullable=True),
        sa.Column("year_month", sa.Integer(), nullable=True),
        sa.Column("year_day", sa.Integer(), nullable=True),
        sa.Column("tenths_of_weeks", sa.Integer(), nullable=True),
        *_of_organisation("leave_terms"),
        sa.CheckConstraint("notice_days >= 0", name=op.f("ck_leave_terms_notice_days")),
        sa.CheckConstraint("year_month between 1 and 12", name=op.f("ck_leave_terms_year_month")),
        sa.CheckConstraint("year_day between 1 and 31", name=op.f("ck_leave_terms_year_day")),
        sa.UniqueConstraint(
            "network_id", "organisation_id", name=op.f("uq_leave_terms_network_id_organisation_id")
        ),
        *_scoped("leave_terms"),
    )


def _lines() -> None:
    op.create_table(
        "allowance_line",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("year_starts_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["rota_member.id"], name=op.f("fk_allowance_line_member_id_rota_member")
        ),
        *_scoped("allowance_line"),
    )
    op.create_index(op.f("ix_allowance_line_member_id"), "allowance_line", ["member_id"])
