"""One-stop clinics: their kinds and seats, contract premises, neighbourhoods and bundles."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import protect

revision = "0020"
down_revision = "0019"

TABLES = ("clinic_type", "clinic_seat", "contract_premises", "neighbourhood", "bundle")


def upgrade() -> None:
    _types()
    _seats()
    _premises()
    _neighbourhoods()
    _bundles()
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_network_id"), table, ["network_id"])
        for statement in protect(table):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _scoped(table: str, **keys: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    """Give what every table of one network has, and its keys to other tables."""
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
            for column, to in {"network_id": "organisation", **keys}.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _whole(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _json(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, postgresql.JSONB(), nullable=False) for name in names]


def _types() -> None:
    op.create_table(
        "clinic_type",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("notes", sa.String(length=500), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        *_whole("weeks_between", "fewest_days_apart", "setup_minutes", "longest_wait", "longest_stay"),
        sa.Column("has_huddle", sa.Boolean(), nullable=False),
        *_whole("learner_places"),
        *_json("rooms", "equipment", "together"),
        sa.Column("retired_on", sa.Date(), nullable=True),
        *_whole("row_version"),
        sa.CheckConstraint("weeks_between > 0", name=op.f("ck_clinic_type_weeks_between")),
        sa.CheckConstraint("longest_wait >= 0 and longest_stay > 0", name=op.f("ck_clinic_type_stay")),
        sa.UniqueConstraint("network_id", "name", name=op.f("uq_clinic_type_network_id_name")),
        *_scoped("clinic_type"),
    )


def _seats() -> None:
    op.create_table(
        "clinic_seat",
        sa.Column("clinic_type_id", sa.Uuid(), nullable=False),
        *_whole("position"),
        sa.Column("role_group", sa.String(length=40), nullable=False),
        *_whole("needed", "safe", "degraded", "most", "throughput", "slot_minutes"),
        sa.Column("visit_order", sa.Integer(), nullable=True),
        sa.Column("room", sa.String(length=40), nullable=True),
        *_json("competencies"),
        sa.Column("funding", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "0 <= degraded and degraded <= safe and safe <= needed and needed <= most and most > 0",
            name=op.f("ck_clinic_seat_numbers"),
        ),
        sa.CheckConstraint("throughput > 0 and slot_minutes > 0", name=op.f("ck_clinic_seat_throughput")),
        sa.UniqueConstraint(
            "clinic_type_id", "role_group", name=op.f("uq_clinic_seat_clinic_type_id_role_group")
        ),
        *_scoped("clinic_seat", clinic_type_id="clinic_type"),
    )
    op.create_index(op.f("ix_clinic_seat_clinic_type_id"), "clinic_seat", ["clinic_type_id"])


def _premises() -> None:
    op.create_table(
        "contract_premises",
        sa.Column("discipline", sa.String(length=40), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("contract", sa.String(length=120), nullable=False),
        sa.UniqueConstraint(
            "network_id",
            "discipline",
            "site_id",
            name=op.f("uq_contract_premises_network_id_discipline_site_id"),
        ),
        *_scoped("contract_premises", site_id="site"),
    )
    op.create_index(op.f("ix_contract_premises_site_id"), "contract_premises", ["site_id"])


def _neighbourhoods() -> None:
    op.create_table(
        "neighbourhood",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.UniqueConstraint("network_id", "name", name=op.f("uq_neighbourhood_network_id_name")),
        *_scoped("neighbourhood", site_id="site"),
    )
    op.create_index(op.f("ix_neighbourhood_site_id"), "neighbourhood", ["site_id"])


def _bundles() -> None:
    op.create_table(
        "bundle",
        sa.Column("neighbourhood_id", sa.Uuid(), nullable=False),
        sa.Column("clinic_type_id", sa.Uuid(), nullable=True),
        *_json("disciplines"),
        *_whole("count"),
        sa.Column("priority", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("needs_step_free", sa.Boolean(), nullable=False),
        *_whole("longest_minutes"),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("count between 1 and 999", name=op.f("ck_bundle_count")),
        sa.CheckConstraint("longest_minutes between 0 and 240", name=op.f("ck_bundle_longest_minutes")),
        *_scoped("bundle", neighbourhood_id="neighbourhood", clinic_type_id="clinic_type"),
    )
    for column in ("neighbourhood_id", "clinic_type_id"):
        op.create_index(op.f(f"ix_bundle_{column}"), "bundle", [column])
