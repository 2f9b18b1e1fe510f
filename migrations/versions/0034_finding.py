"""Lists of a risk search, whom they found and by which rule; records sent by others; why others are told."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import protect

revision = "0034"
down_revision = "0033"

TABLES = ("risk_list", "finding", "finding_event", "finding_rule", "record_file")


def upgrade() -> None:
    _lists()
    _findings()
    _rules()
    _files()
    op.add_column("disclosure", sa.Column("why", sa.Text(), nullable=True))
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_network_id"), table, ["network_id"])
        for statement in protect(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_column("disclosure", "why")
    for table in reversed(TABLES):
        op.drop_table(table)


def _scoped(table: str, **keys: str) -> tuple[sa.schema.SchemaItem, ...]:
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


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _moment(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _word(name: str, length: int = 40) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _lists() -> None:
    op.create_table(
        "risk_list",
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        _word("digest", 64),
        _word("state"),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        _word("made_by", 120),
        _moment("at"),
        _moment("confirmed_at", nullable=True),
        *_scoped("risk_list", organisation_id="organisation"),
    )
    _index("risk_list", "account_id")


def _findings() -> None:
    op.create_table(
        "finding",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("nhs_index", sa.String(length=64), nullable=True),
        sa.Column("born_index", sa.String(length=64), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("facts_noted", sa.Boolean(), nullable=False),
        sa.Column("list_name", sa.Text(), nullable=False),
        sa.Column("first_listed_on", sa.Date(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        _word("state"),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["mdt_case.id"], name=op.f("fk_finding_case_id_mdt_case"), ondelete="SET NULL"
        ),
        sa.UniqueConstraint(
            "network_id",
            "practice_id",
            "nhs_index",
            name=op.f("uq_finding_network_id_practice_id_nhs_index"),
        ),
        *_scoped("finding", practice_id="organisation", patient_id="patient"),
    )
    _index("finding", "practice_id", "patient_id", "case_id", "born_index")
    op.create_table(
        "finding_event",
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        _word("by", 120),
        _moment("at"),
        *_scoped("finding_event", finding_id="finding"),
    )
    _index("finding_event", "finding_id")


def _rules() -> None:
    op.create_table(
        "finding_rule",
        sa.Column("criteria", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        _word("made_by", 120),
        _moment("made_at"),
        *_scoped("finding_rule"),
    )


def _files() -> None:
    op.create_table(
        "record_file",
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        _word("state"),
        _moment("at"),
        *_scoped("record_file", patient_id="patient"),
    )
    _index("record_file", "account_id", "patient_id")
