"""Goals with their scales and reviews, versions of plans, and the goal that a decision serves."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import protect

revision = "0031"
down_revision = "0030"

TABLES = ("goal", "goal_wording", "goal_review", "care_plan", "care_plan_goal")


def upgrade() -> None:
    _goals()
    _plans()
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_network_id"), table, ["network_id"])
        for statement in protect(table):
            op.execute(statement)
    op.add_column("decision", sa.Column("goal_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_decision_goal_id_goal"), "decision", "goal", ["goal_id"], ["id"])
    op.create_index(op.f("ix_decision_goal_id"), "decision", ["goal_id"])


def downgrade() -> None:
    op.drop_column("decision", "goal_id")
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


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _names(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.String(length=120), nullable=False) for name in names)


def _moment(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _day(name: str, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _number(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _state(name: str = "state", nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), nullable=nullable)


def _goals() -> None:
    op.create_table(
        "goal",
        _state(),
        _day("set_on", nullable=False),
        _day("ended_on"),
        *_names("ended_by"),
        *_texts("ended_why"),
        _number("row_version"),
        *_scoped("goal", patient_id="patient"),
    )
    _index("goal", "patient_id")
    op.create_table(
        "goal_wording",
        _number("version"),
        *_texts("words", "said_by", "measure", "much_less", "less", "expected", "more", "much_more"),
        _number("baseline", nullable=True),
        _number("importance"),
        _number("difficulty"),
        *_names("written_by"),
        _moment("written_at"),
        sa.UniqueConstraint("goal_id", "version", name=op.f("uq_goal_wording_goal_id_version")),
        sa.CheckConstraint("baseline between -2 and 2", name=op.f("ck_goal_wording_baseline")),
        sa.CheckConstraint("importance between 0 and 3", name=op.f("ck_goal_wording_importance")),
        sa.CheckConstraint("difficulty between 0 and 3", name=op.f("ck_goal_wording_difficulty")),
        *_scoped("goal_wording", goal_id="goal"),
    )
    _index("goal_wording", "goal_id")
    op.create_table(
        "goal_review",
        _number("level"),
        *_texts("words"),
        _day("reviewed_on", nullable=False),
        *_names("reviewed_by"),
        _moment("noted_at"),
        _moment("taken_back_at", nullable=True),
        *_names("taken_back_by"),
        sa.CheckConstraint("level between -2 and 2", name=op.f("ck_goal_review_level")),
        *_scoped("goal_review", goal_id="goal", wording_id="goal_wording"),
    )
    _index("goal_review", "goal_id", "wording_id")


def _plans() -> None:
    op.create_table(
        "care_plan",
        _number("version"),
        _state(),
        *_texts("own_part", "others_part", "signs", "steps", "contact"),
        sa.Column("ticks", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        *_texts("unticked_why"),
        _state("agreed_how", nullable=True),
        *_texts("agreed_with"),
        _day("agreed_on"),
        *_names("agreed_by"),
        _day("next_review"),
        sa.Column("coordinator_id", sa.Uuid(), nullable=True),
        *_names("coordinator", "begun_by"),
        _moment("begun_at"),
        _day("ended_on"),
        *_names("ended_by"),
        *_texts("ended_why"),
        _number("row_version"),
        *_scoped("care_plan", patient_id="patient"),
    )
    _index("care_plan", "patient_id", "next_review", "coordinator_id")
    op.create_table(
        "care_plan_goal",
        _number("place"),
        sa.UniqueConstraint("plan_id", "place", name=op.f("uq_care_plan_goal_plan_id_place")),
        *_scoped("care_plan_goal", plan_id="care_plan", wording_id="goal_wording"),
    )
    _index("care_plan_goal", "plan_id", "wording_id")
