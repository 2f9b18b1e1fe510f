"""What evidence asks of people and cases, the schemes that pay for time, and preparation that was told."""

import sqlalchemy as sa
from alembic import op

from network.plumbing.row_security import protect

revision = "0035"
down_revision = "0034"

TABLES = ("effort_scheme", "scheme_claimant", "preparation")


def upgrade() -> None:
    _people()
    op.add_column("mdt_case", sa.Column("closed_as", sa.String(length=40), nullable=True))
    _schemes()
    _claimants()
    _preparations()
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_network_id"), table, ["network_id"])
        for statement in protect(table):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("mdt_case", "closed_as")
    op.drop_constraint(op.f("ck_patient_imd_decile"), "patient")
    op.drop_column("patient", "imd_decile")
    op.drop_column("patient", "ethnicity")


def _people() -> None:
    op.add_column("patient", sa.Column("ethnicity", sa.Text(), nullable=True))
    op.add_column("patient", sa.Column("imd_decile", sa.Integer(), nullable=True))
    op.create_check_constraint(op.f("ck_patient_imd_decile"), "patient", "imd_decile between 1 and 10")


def _scoped(table: str, **keys: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Give what every table of one network has, and its keys to other tables."""
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        *(sa.Column(column, sa.Uuid(), nullable=False) for column in keys),
        *(
            sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
            for column, to in {"network_id": "organisation", **keys}.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _days(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on is null or ends_on >= starts_on", name=op.f(f"ck_{table}_days")),
    )


def _schemes() -> None:
    op.create_table(
        "effort_scheme",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("payer", sa.String(length=120), nullable=False),
        sa.Column("pays_preparation", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("network_id", "code", name=op.f("uq_effort_scheme_network_id_code")),
        *_days("effort_scheme"),
        *_scoped("effort_scheme"),
    )


def _claimants() -> None:
    op.create_table(
        "scheme_claimant",
        sa.Column("discipline", sa.String(length=40), nullable=True),
        *_days("scheme_claimant"),
        *_scoped("scheme_claimant", scheme_id="effort_scheme", organisation_id="organisation"),
    )
    op.create_index(op.f("ix_scheme_claimant_scheme_id"), "scheme_claimant", ["scheme_id"])


def _preparations() -> None:
    op.create_table(
        "preparation",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("discipline", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("meeting_id", "account_id", name=op.f("uq_preparation_meeting_id_account_id")),
        sa.CheckConstraint("minutes between 0 and 600", name=op.f("ck_preparation_minutes")),
        *_scoped("preparation", meeting_id="meeting", organisation_id="organisation"),
    )
