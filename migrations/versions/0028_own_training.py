"""What learners wish for, half-days with other disciplines that hosts offer, and who comes to them."""

import sqlalchemy as sa
from alembic import op

from network.plumbing.row_security import protect

revision = "0028"
down_revision = "0027"

TABLES = ("placement_wish", "exposure_offer", "exposure_session")


def upgrade() -> None:
    _wishes()
    _offers()
    _sessions()
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_network_id"), table, ["network_id"])
        for statement in protect(table):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


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


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _moment(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _wishes() -> None:
    op.create_table(
        "placement_wish",
        sa.Column("rank", sa.Integer(), nullable=False),
        _moment("made_at"),
        sa.UniqueConstraint("learner_id", "offer_id", name=op.f("uq_placement_wish_learner_id_offer_id")),
        sa.CheckConstraint("rank between 1 and 3", name=op.f("ck_placement_wish_rank")),
        *_scoped("placement_wish", learner_id="learner", offer_id="placement_offer"),
    )
    _index("placement_wish", "learner_id", "offer_id")


def _offers() -> None:
    op.create_table(
        "exposure_offer",
        sa.Column("discipline", sa.String(length=40), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.String(length=300), nullable=False),
        sa.CheckConstraint("weekday between 0 and 6", name=op.f("ck_exposure_offer_weekday")),
        sa.CheckConstraint("starts < ends", name=op.f("ck_exposure_offer_times")),
        sa.CheckConstraint("places between 1 and 20", name=op.f("ck_exposure_offer_places")),
        sa.CheckConstraint("ends_on is null or ends_on >= starts_on", name=op.f("ck_exposure_offer_days")),
        *_scoped("exposure_offer", host_id="placement_host"),
    )
    _index("exposure_offer", "host_id")


def _sessions() -> None:
    op.create_table(
        "exposure_session",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        _moment("made_at"),
        _moment("cancelled_at", nullable=True),
        *_scoped("exposure_session", offer_id="exposure_offer", learner_id="learner"),
    )
    _index("exposure_session", "offer_id", "learner_id", "day")
    op.create_index(
        "uq_exposure_session_standing",
        "exposure_session",
        ["learner_id", "day", "kind"],
        unique=True,
        postgresql_where=sa.text("cancelled_at is null"),
    )
