"""Training: programmes and what they require, learners, what they have done, and what is need-to-know."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import protect

revision = "0025"
down_revision = "0024"

TABLES = (
    "programme",
    "programme_requirement",
    "learner",
    "training_done",
    "learner_needs",
    "learner_apart",
    "training_upload",
)


def upgrade() -> None:
    _programmes()
    _requirements()
    _learners()
    _history()
    _needs()
    _apart()
    _uploads()
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


def _indexes(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _whole(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _words(**lengths: int) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.String(length=length), nullable=False) for name, length in lengths.items()]


def _json(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, postgresql.JSONB(), nullable=False) for name in names]


def _yes_or_no(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def _programmes() -> None:
    op.create_table(
        "programme",
        *_words(name=80, role=40, pack_key=40),
        *_whole("pack_version"),
        *_words(source=300),
        sa.Column("effective_from", sa.Date(), nullable=False),
        *_words(notes=1000),
        *_whole("weeks", "block_weeks"),
        *_json("intake_months"),
        *_whole("notice_weeks", "rota_notice_weeks", "duty_notice_weeks"),
        *_yes_or_no("has_fixed_base", "needs_approval", "wants_peers"),
        *_json("supervisors"),
        *_whole("least_percent", "breadth"),
        *_json("disciplines"),
        *_whole("exposure_weekly", "exposure_total"),
        *_json("protected", "windows", "local_settings"),
        sa.Column("retired_on", sa.Date(), nullable=True),
        *_whole("row_version"),
        sa.CheckConstraint("weeks between 1 and 312", name=op.f("ck_programme_weeks")),
        sa.CheckConstraint("block_weeks between 1 and 52", name=op.f("ck_programme_block_weeks")),
        sa.CheckConstraint(
            "0 <= duty_notice_weeks and duty_notice_weeks <= rota_notice_weeks"
            " and rota_notice_weeks <= notice_weeks",
            name=op.f("ck_programme_notice_weeks"),
        ),
        sa.UniqueConstraint("network_id", "name", name=op.f("uq_programme_network_id_name")),
        *_scoped("programme"),
    )


def _requirements() -> None:
    op.create_table(
        "programme_requirement",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        *_whole("position"),
        *_words(key=40, name=80),
        *_json("settings"),
        *_whole("least_weeks", "most_weeks", "shortest_run", "longest_run"),
        *_yes_or_no("once_per_host", "is_hard"),
        *_json("after", "not_after"),
        *_words(next_must_be=40, source=300),
        *_yes_or_no("is_local"),
        sa.CheckConstraint(
            "0 <= least_weeks and least_weeks <= most_weeks", name=op.f("ck_programme_requirement_weeks")
        ),
        sa.CheckConstraint(
            "1 <= shortest_run and shortest_run <= longest_run", name=op.f("ck_programme_requirement_runs")
        ),
        sa.UniqueConstraint("programme_id", "key", name=op.f("uq_programme_requirement_programme_id_key")),
        *_scoped("programme_requirement", programme_id="programme"),
    )
    _indexes("programme_requirement", "programme_id")


def _learners() -> None:
    op.create_table(
        "learner",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        *_words(stage=20),
        *_whole("percent"),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("base_site_id", sa.Uuid(), nullable=True),
        *_words(travel=40),
        sa.Column("longest_minutes", sa.Integer(), nullable=True),
        *_json("protected"),
        *_words(continuity=20),
        sa.Column("left_on", sa.Date(), nullable=True),
        *_whole("row_version"),
        sa.CheckConstraint("percent between 20 and 100", name=op.f("ck_learner_percent")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_learner_dates")),
        sa.UniqueConstraint("network_id", "member_id", name=op.f("uq_learner_network_id_member_id")),
        *_scoped("learner", member_id="rota_member", programme_id="programme", base_site_id="site"),
    )
    _indexes("learner", "member_id", "programme_id")


def _history() -> None:
    op.create_table(
        "training_done",
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("requirement_id", sa.Uuid(), nullable=False),
        *_whole("weeks"),
        *_words(host=120),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.CheckConstraint("weeks between 1 and 312", name=op.f("ck_training_done_weeks")),
        *_scoped("training_done", learner_id="learner", requirement_id="programme_requirement"),
    )
    _indexes("training_done", "learner_id", "requirement_id")


def _needs() -> None:
    op.create_table(
        "learner_needs",
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("adjustments", sa.Text(), nullable=False),
        *_yes_or_no("needs_step_free", "travel_is_hard"),
        sa.UniqueConstraint("learner_id", name=op.f("uq_learner_needs_learner_id")),
        *_scoped("learner_needs", learner_id="learner"),
    )


def _apart() -> None:
    op.create_table(
        "learner_apart",
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("from_member_id", sa.Uuid(), nullable=True),
        sa.Column("from_site_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(from_member_id, from_site_id) = 1", name=op.f("ck_learner_apart_from_whom")
        ),
        sa.UniqueConstraint(
            "learner_id",
            "from_member_id",
            "from_site_id",
            name=op.f("uq_learner_apart_learner_id_from_member_id_from_site_id"),
            postgresql_nulls_not_distinct=True,
        ),
        *_scoped("learner_apart", learner_id="learner", from_member_id="rota_member", from_site_id="site"),
    )
    _indexes("learner_apart", "learner_id", "from_member_id")


def _uploads() -> None:
    op.create_table(
        "training_upload",
        sa.Column("account_id", sa.Uuid(), nullable=True),
        *_words(name=120),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *_json("outcome"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True),
        *_scoped("training_upload"),
    )
    _indexes("training_upload", "account_id")
