"""Facts about people as prompts use them, what became of prompts, and which prompts a network uses."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import protect

revision = "0029"
down_revision = "0028"

TABLES = ("patient_fact", "prompt_answer", "prompt_setting")


def upgrade() -> None:
    op.add_column("patient", sa.Column("described_on", sa.Date(), nullable=True))
    _facts()
    _answers()
    _settings()
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_network_id"), table, ["network_id"])
        for statement in protect(table):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("patient", "described_on")


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


def _moment(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _facts() -> None:
    op.create_table(
        "patient_fact",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=True),
        sa.Column("noted_by", sa.String(length=120), nullable=False),
        _moment("noted_at"),
        _moment("taken_back_at", nullable=True),
        sa.Column("taken_back_by", sa.String(length=120), nullable=False),
        *_scoped("patient_fact", patient_id="patient"),
    )
    op.create_index(op.f("ix_patient_fact_patient_id"), "patient_fact", ["patient_id"])


def _answers() -> None:
    op.create_table(
        "prompt_answer",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=120), nullable=False),
        _moment("answered_at"),
        sa.Column("quiet_until", sa.Date(), nullable=False),
        _moment("taken_back_at", nullable=True),
        *_scoped("prompt_answer", patient_id="patient", case_id="mdt_case"),
    )
    op.create_index(op.f("ix_prompt_answer_patient_id"), "prompt_answer", ["patient_id"])
    op.create_index(op.f("ix_prompt_answer_case_id"), "prompt_answer", ["case_id"])


def _settings() -> None:
    op.create_table(
        "prompt_setting",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("thresholds", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changed_by", sa.String(length=120), nullable=False),
        _moment("changed_at"),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("network_id", "code", name=op.f("uq_prompt_setting_network_id_code")),
        *_scoped("prompt_setting"),
    )
