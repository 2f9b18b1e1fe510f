"""What crosses between meetings and rota: time that is kept, places asked for, and what became of both."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import protect

revision = "0022"
down_revision = "0021"

TABLES = ("outbox_change", "hold", "held_person", "asked_place", "meeting_exposure", "meeting_time")


def upgrade() -> None:
    _outbox()
    _holds()
    _places()
    _exposures()
    _meeting_times()
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


def _ids(*names: str, nullable: bool = False) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid(), nullable=nullable) for name in names]


def _words(*names: str, nullable: bool = False) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.String(length=40), nullable=nullable) for name in names]


def _moments(*names: str, nullable: bool = False) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=nullable) for name in names]


def _json(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, postgresql.JSONB(), nullable=False) for name in names]


def _outbox() -> None:
    op.create_table(
        "outbox_change",
        sa.Column("number", sa.Integer(), nullable=False),
        *_ids("key"),
        *_words("what"),
        *_moments("at"),
        sa.UniqueConstraint("network_id", "number", name=op.f("uq_outbox_change_network_id_number")),
        *_scoped("outbox_change"),
    )


def _holds() -> None:
    op.create_table(
        "hold",
        *_ids("key"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        *_ids("site_id", nullable=True),
        *_json("least", "short"),
        *_moments("released_at", nullable=True),
        sa.CheckConstraint("starts < ends", name=op.f("ck_hold_order")),
        sa.UniqueConstraint("network_id", "key", name=op.f("uq_hold_network_id_key")),
        *_scoped("hold", site_id="site"),
    )
    op.create_index(op.f("ix_hold_day"), "hold", ["day"])
    op.create_table(
        "held_person",
        *_ids("hold_id", "person_id"),
        *_words("discipline", nullable=True),
        sa.Column("is_needed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hold_id"], ["hold.id"], name=op.f("fk_held_person_hold_id_hold"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("hold_id", "person_id", name=op.f("uq_held_person_hold_id_person_id")),
        *_scoped("held_person", person_id="person"),
    )
    for column in ("hold_id", "person_id"):
        op.create_index(op.f(f"ix_held_person_{column}"), "held_person", [column])


def _places() -> None:
    op.create_table(
        "asked_place",
        *_ids("from_key", "clinic_type_id"),
        *_json("disciplines"),
        *_ids("home_site_id", nullable=True),
        *_words("priority"),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("needs_step_free", sa.Boolean(), nullable=False),
        sa.Column("longest_minutes", sa.Integer(), nullable=True),
        *_words("state"),
        *_moments("asked_at"),
        *_ids("session_id", nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        *_moments("lost_at", "moved_at", nullable=True),
        sa.CheckConstraint("longest_minutes between 0 and 240", name=op.f("ck_asked_place_longest_minutes")),
        sa.CheckConstraint("(session_id is null) = (number is null)", name=op.f("ck_asked_place_place")),
        sa.CheckConstraint("number > 0", name=op.f("ck_asked_place_number")),
        sa.UniqueConstraint("network_id", "from_key", name=op.f("uq_asked_place_network_id_from_key")),
        *_scoped("asked_place", clinic_type_id="clinic_type", home_site_id="site"),
    )
    op.create_index(op.f("ix_asked_place_clinic_type_id"), "asked_place", ["clinic_type_id"])
    op.create_index("uq_asked_place_session_id_number", "asked_place", ["session_id", "number"], unique=True)


def _exposures() -> None:
    op.create_table(
        "meeting_exposure",
        *_ids("person_id"),
        *_words("discipline"),
        sa.Column("day", sa.Date(), nullable=False),
        *_ids("key"),
        sa.UniqueConstraint(
            "network_id", "person_id", "key", name=op.f("uq_meeting_exposure_network_id_person_id_key")
        ),
        *_scoped("meeting_exposure", person_id="person"),
    )
    op.create_index(op.f("ix_meeting_exposure_person_id"), "meeting_exposure", ["person_id"])


def _meeting_times() -> None:
    op.create_table(
        "meeting_time",
        *_ids("meeting_id"),
        sa.Column("said", sa.Text(), nullable=False),
        *_moments("noticed_at"),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_meeting_time_meeting_id")),
        *_scoped("meeting_time", meeting_id="meeting"),
    )
