"""Rotation plans, their versions, placements with their supervisors, edits, and who was told of what."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import protect

revision = "0027"
down_revision = "0026"

TABLES = (
    "rotation_plan",
    "rotation_version",
    "placement",
    "placement_supervisor",
    "rotation_edit",
    "rotation_notice",
)


def upgrade() -> None:
    _plans()
    _versions()
    _placements()
    _supervisors()
    _edits()
    _notices()
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


def _plans() -> None:
    op.create_table(
        "rotation_plan",
        *_text(80, "name"),
        *_dates("starts_on"),
        *_whole("weeks", "block_weeks"),
        *_text(120, "made_by"),
        _moment("made_at"),
        sa.UniqueConstraint("network_id", "name", name=op.f("uq_rotation_plan_network_id_name")),
        sa.CheckConstraint(
            "weeks between 1 and 208 and block_weeks between 1 and weeks",
            name=op.f("ck_rotation_plan_weeks"),
        ),
        *_scoped("rotation_plan"),
    )


def _versions() -> None:
    op.create_table(
        "rotation_version",
        *_keys("plan_id"),
        *_whole("number"),
        *_text(80, "label"),
        *_text(40, "state"),
        *_keys("parent_id", "job_id", nullable=True),
        *_text(64, "input_hash"),
        *(sa.Column(name, postgresql.JSONB(), nullable=False) for name in ("declined", "summary")),
        *_text(120, "made_by"),
        _moment("made_at"),
        _moment("published_at", nullable=True),
        *_text(120, "published_by"),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_rotation_version_plan_id_number")),
        *_scoped(
            "rotation_version", plan_id="rotation_plan", parent_id="rotation_version", job_id="solve_job"
        ),
    )
    _index("rotation_version", "plan_id")
    op.create_index(
        "uq_rotation_version_chosen",
        "rotation_version",
        ["plan_id"],
        unique=True,
        postgresql_where=sa.text("state = 'chosen'"),
    )


def _placements() -> None:
    op.create_table(
        "placement",
        *_keys("version_id", "stay_id", "learner_id", "offer_id"),
        *_dates("starts_on", "ends_on"),
        *_text(40, "state", "source"),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *_text(120, "reason_by"),
        _moment("told_at", nullable=True),
        *_whole("row_version"),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_placement_order")),
        sa.UniqueConstraint("version_id", "stay_id", name=op.f("uq_placement_version_id_stay_id")),
        *_scoped(
            "placement", version_id="rotation_version", learner_id="learner", offer_id="placement_offer"
        ),
    )
    _index("placement", "version_id", "stay_id", "learner_id", "offer_id")
    op.create_index("ix_placement_weeks", "placement", ["network_id", "starts_on", "ends_on"])


def _supervisors() -> None:
    op.create_table(
        "placement_supervisor",
        *_keys("placement_id", "member_id"),
        *_text(40, "kind"),
        sa.UniqueConstraint(
            "placement_id",
            "member_id",
            "kind",
            name=op.f("uq_placement_supervisor_placement_id_member_id_kind"),
        ),
        *_scoped("placement_supervisor", placement_id="placement", member_id="rota_member"),
    )
    _index("placement_supervisor", "placement_id", "member_id")


def _edits() -> None:
    op.create_table(
        "rotation_edit",
        *_keys("version_id"),
        *_whole("number"),
        *_text(200, "said"),
        sa.Column("contents", sa.Text(), nullable=False),
        *_text(120, "made_by"),
        _moment("made_at"),
        _moment("undone_at", nullable=True),
        sa.UniqueConstraint("version_id", "number", name=op.f("uq_rotation_edit_version_id_number")),
        *_scoped("rotation_edit", version_id="rotation_version"),
    )


def _notices() -> None:
    op.create_table(
        "rotation_notice",
        *_keys("version_id", "learner_id"),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *_text(120, "reason_by"),
        _moment("made_at"),
        *(_moment(name, nullable=True) for name in ("letter_at", "seen_at", "acknowledged_at")),
        sa.UniqueConstraint(
            "version_id", "learner_id", name=op.f("uq_rotation_notice_version_id_learner_id")
        ),
        *_scoped("rotation_notice", version_id="rotation_version", learner_id="learner"),
    )
    _index("rotation_notice", "learner_id")
