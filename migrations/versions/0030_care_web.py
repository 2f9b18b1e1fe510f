"""Who is around a person; and carers as partners: what they said, agree to and do, and their assessment."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import protect

revision = "0030"
down_revision = "0029"

TABLES = ("involvement", "carer_said", "carer_assessment_step", "carer_agreement", "carer_action")


def upgrade() -> None:
    _involvements()
    _said()
    _assessment()
    _agreements()
    _actions()
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_network_id"), table, ["network_id"])
        op.create_index(op.f(f"ix_{table}_patient_id"), table, ["patient_id"])
        for statement in protect(table):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _scoped(table: str, **keys: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Give what every table about a person has, and its keys to other tables."""
    always = {"network_id": "organisation", "patient_id": "patient"}
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(column, sa.Uuid(), nullable=False) for column in (*always, *keys)),
        *(
            sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
            for column, to in (always | keys).items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _word(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), nullable=nullable)


def _named(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=120), nullable=False)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _sealed(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _involvements() -> None:
    op.create_table(
        "involvement",
        # What the row says more of, such as a coordinator, where it was drawn from other tables.
        sa.Column("about", sa.String(length=80), nullable=False),
        _word("kind"),
        _sealed("name"),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        _word("discipline", nullable=True),
        _word("purpose", nullable=True),
        _sealed("words"),
        _word("rhythm"),
        sa.Column("visits", postgresql.JSONB(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        _sealed("contact"),
        sa.Column("is_valued", sa.Boolean(), nullable=True),
        _sealed("source"),
        _named("noted_by"),
        _moment("noted_at"),
        sa.Column("ended_on", sa.Date(), nullable=True),
        _named("ended_by"),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_involvement_organisation_id_organisation")
        ),
        sa.CheckConstraint("every_weeks between 1 and 52", name=op.f("ck_involvement_every_weeks")),
        sa.CheckConstraint(
            "until is null or since is null or until >= since", name=op.f("ck_involvement_days")
        ),
        *_scoped("involvement"),
    )


def _said() -> None:
    op.create_table(
        "carer_said",
        _word("kind"),
        _word("strain", nullable=True),
        _sealed("words"),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        _named("heard_by"),
        # The account of who wrote it down: it reads what was told in confidence.
        sa.Column("heard_by_id", sa.Uuid(), nullable=True),
        sa.Column("heard_on", sa.Date(), nullable=False),
        _moment("noted_at"),
        sa.Column("ended_on", sa.Date(), nullable=True),
        _named("ended_by"),
        *_scoped("carer_said", carer_id="carer"),
    )
    op.create_index(op.f("ix_carer_said_carer_id"), "carer_said", ["carer_id"])


def _assessment() -> None:
    op.create_table(
        "carer_assessment_step",
        _word("state"),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        _sealed("note"),
        _named("recorded_by"),
        _moment("recorded_at"),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_carer_assessment_step_organisation_id_organisation"),
        ),
        *_scoped("carer_assessment_step", carer_id="carer"),
    )
    op.create_index(op.f("ix_carer_assessment_step_carer_id"), "carer_assessment_step", ["carer_id"])


def _agreements() -> None:
    op.create_table(
        "carer_agreement",
        _word("scope"),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        _sealed("how"),
        sa.Column("on_day", sa.Date(), nullable=False),
        _named("recorded_by"),
        _moment("recorded_at"),
        *_scoped("carer_agreement", carer_id="carer"),
    )
    op.create_index(op.f("ix_carer_agreement_carer_id"), "carer_agreement", ["carer_id"])


def _actions() -> None:
    op.create_table(
        "carer_action",
        _word("answer"),
        _named("asked_by"),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        _word("told_how", nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        _named("told_by"),
        *_scoped("carer_action", carer_id="carer", action_id="mdt_action"),
    )
    op.create_index(op.f("ix_carer_action_carer_id"), "carer_action", ["carer_id"])
    op.create_index(op.f("ix_carer_action_action_id"), "carer_action", ["action_id"])
