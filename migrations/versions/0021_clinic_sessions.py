"""Clinics on the calendar: series, dated sessions, whom they are planned to see, and asking for proposals."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import protect

revision = "0021"
down_revision = "0020"

TABLES = ("clinic_series", "clinic_session", "clinic_serving", "clinic_plan")


def upgrade() -> None:
    _series()
    _sessions()
    _serving()
    _plans()
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_network_id"), table, ["network_id"])
        for statement in protect(table):
            op.execute(statement)
    _lines()


def downgrade() -> None:
    op.drop_column("demand_line", "clinic_session_id")
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


def _keys(*names: str, nullable: bool = False) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid(), nullable=nullable) for name in names]


def _whole(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _text(length: int, *names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.String(length=length), nullable=False) for name in names]


def _dates(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Date(), nullable=False) for name in names]


def _moment(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _series() -> None:
    op.create_table(
        "clinic_series",
        *_keys("clinic_type_id", "neighbourhood_id", "site_id"),
        *_whole("weekday"),
        *_text(40, "kind"),
        *_whole("every_weeks"),
        *_dates("starts_on", "ends_on"),
        *_text(120, "made_by"),
        _moment("made_at"),
        sa.CheckConstraint("weekday between 0 and 6", name=op.f("ck_clinic_series_weekday")),
        sa.CheckConstraint("every_weeks > 0", name=op.f("ck_clinic_series_often")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_clinic_series_order")),
        *_scoped(
            "clinic_series", clinic_type_id="clinic_type", neighbourhood_id="neighbourhood", site_id="site"
        ),
    )
    _index("clinic_series", "clinic_type_id", "neighbourhood_id")


def _sessions() -> None:
    op.create_table(
        "clinic_session",
        *_keys("clinic_type_id", "neighbourhood_id", "site_id"),
        *_keys("series_id", nullable=True),
        *_dates("day"),
        *_text(40, "kind"),
        *_text(120, "made_by"),
        _moment("made_at"),
        *_text(200, "moved_from", "moved_why"),
        _moment("closed_at", nullable=True),
        *_text(120, "closed_by"),
        *_text(200, "closed_why"),
        *_whole("row_version"),
        *_scoped(
            "clinic_session",
            clinic_type_id="clinic_type",
            neighbourhood_id="neighbourhood",
            site_id="site",
            series_id="clinic_series",
        ),
    )
    _index("clinic_session", "clinic_type_id", "neighbourhood_id", "series_id")
    op.create_index("ix_clinic_session_day", "clinic_session", ["network_id", "day"])
    op.create_index(
        "uq_clinic_session_open",
        "clinic_session",
        ["clinic_type_id", "site_id", "day", "kind"],
        unique=True,
        postgresql_where=sa.text("closed_at is null"),
    )


def _serving() -> None:
    op.create_table(
        "clinic_serving",
        *_keys("session_id", "bundle_id"),
        *_whole("count"),
        sa.CheckConstraint("count > 0", name=op.f("ck_clinic_serving_count")),
        sa.UniqueConstraint("session_id", "bundle_id", name=op.f("uq_clinic_serving_session_id_bundle_id")),
        *_scoped("clinic_serving", session_id="clinic_session", bundle_id="bundle"),
    )
    _index("clinic_serving", "bundle_id")


def _plans() -> None:
    op.create_table(
        "clinic_plan",
        *_keys("clinic_type_id", "neighbourhood_id", "version_id"),
        *_whole("every_weeks"),
        *_dates("starts_on", "ends_on"),
        *_text(40, "state"),
        sa.Column("said", sa.Text(), nullable=False),
        *(sa.Column(name, postgresql.JSONB(), nullable=False) for name in ("proposals", "accepted")),
        *_text(120, "asked_by"),
        _moment("asked_at"),
        _moment("ended_at", nullable=True),
        *_keys("series_id", nullable=True),
        *_scoped(
            "clinic_plan",
            clinic_type_id="clinic_type",
            neighbourhood_id="neighbourhood",
            version_id="rota_version",
            series_id="clinic_series",
        ),
    )
    _index("clinic_plan", "version_id")


def _lines() -> None:
    op.add_column("demand_line", sa.Column("clinic_session_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_demand_line_clinic_session_id_clinic_session"),
        "demand_line",
        "clinic_session",
        ["clinic_session_id"],
        ["id"],
    )
    _index("demand_line", "clinic_session_id")
