"""How people fare by their own answers, examples to learn from, and a team's yearly look at itself."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import protect

revision = "0033"
down_revision = "0032"

TABLES = (
    "measure",
    "measure_answers",
    "measure_link",
    "measure_opt_out",
    "learning_example",
    "example_verdict",
    "self_assessment",
    "self_assessment_turn",
    "self_assessment_sheet",
    "self_assessment_action",
)


def upgrade() -> None:
    _measures()
    _links()
    _learning()
    _assessments()
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


def _words(**lengths: int) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.String(length=length), nullable=False) for name, length in lengths.items()]


def _sealed(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _days(*names: str, nullable: bool = False) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Date(), nullable=nullable) for name in names]


def _moments(*names: str, nullable: bool = False) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=nullable) for name in names]


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _measures() -> None:
    op.create_table(
        "measure",
        *_words(instrument=40, version=20, wave=40),
        *_days("listed_on", "opens_on", "closes_on"),
        sa.Column("skipped", sa.String(length=40), nullable=True),
        *_days("skipped_on", nullable=True),
        *_words(skipped_by=120),
        sa.UniqueConstraint("case_id", "instrument", "wave", name=op.f("uq_measure_case_id_instrument_wave")),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_measure_days")),
        *_scoped("measure", patient_id="patient", case_id="mdt_case"),
    )
    _index("measure", "patient_id", "case_id", "opens_on")
    op.create_table(
        "measure_answers",
        *_sealed("answers", "helper", "correction"),
        *_words(how=40, recorded_by=120),
        *_days("answered_on"),
        *_moments("noted_at"),
        *_scoped("measure_answers", measure_id="measure"),
    )
    _index("measure_answers", "measure_id")


def _links() -> None:
    op.create_table(
        "measure_link",
        *_words(wave=40, how=40, made_by=120, ended_by=120),
        *_sealed("helper"),
        *_moments("made_at"),
        *_days("expires_on"),
        *_moments("used_at", "ended_at", nullable=True),
        *_scoped("measure_link", case_id="mdt_case"),
    )
    _index("measure_link", "case_id")
    op.create_table(
        "measure_opt_out",
        *_words(recorded_by=120, ended_by=120),
        *_days("said_on"),
        *_days("ended_on", nullable=True),
        *_scoped("measure_opt_out", patient_id="patient"),
    )
    _index("measure_opt_out", "patient_id")


def _learning() -> None:
    op.create_table(
        "learning_example",
        *_sealed("title", "vignette", "lesson", "question"),
        sa.Column("disciplines", postgresql.JSONB(), nullable=False),
        *_words(state=40, author=120),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        *_moments("written_at"),
        *_moments("approved_at", nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        *_scoped("learning_example", case_id="mdt_case"),
    )
    _index("learning_example", "case_id", "state")
    op.create_table(
        "example_verdict",
        *_words(verdict=40, by=120),
        *_sealed("reason"),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        *_moments("at"),
        *_scoped("example_verdict", example_id="learning_example"),
    )
    _index("example_verdict", "example_id")


def _assessments() -> None:
    op.create_table(
        "self_assessment",
        sa.Column("year", sa.Integer(), nullable=False),
        *_words(version=20, opened_by=120),
        *_days("opened_on", "closes_on"),
        *_moments("closed_at", nullable=True),
        sa.UniqueConstraint("series_id", "year", name=op.f("uq_self_assessment_series_id_year")),
        sa.CheckConstraint("closes_on >= opened_on", name=op.f("ck_self_assessment_days")),
        *_scoped("self_assessment", series_id="meeting_series"),
    )
    _index("self_assessment", "series_id")
    table = "self_assessment_turn"
    op.create_table(
        table,
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("has_answered", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("assessment_id", "account_id", name=op.f(f"uq_{table}_assessment_id_account_id")),
        *_scoped(table, assessment_id="self_assessment"),
    )
    _index(table, "assessment_id", "account_id")
    op.create_table(
        "self_assessment_sheet",
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        *_scoped("self_assessment_sheet", assessment_id="self_assessment"),
    )
    _index("self_assessment_sheet", "assessment_id")
    table = "self_assessment_action"
    op.create_table(
        table,
        *_sealed("words"),
        *_words(statement=40, owner=120, noted_by=120, done_by=120),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        *_days("due_on"),
        *_days("done_on", nullable=True),
        *_scoped(table, assessment_id="self_assessment"),
    )
    _index(table, "assessment_id", "owner_id")
