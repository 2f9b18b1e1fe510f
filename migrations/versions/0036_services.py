"""Local services, what was offered to whom, who helps somebody find their way; and half-days missed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import protect

revision = "0036"
down_revision = "0035"

TABLES = (
    "local_service",
    "service_suggestion",
    "service_file",
    "service_offer",
    "service_offer_step",
    "navigator",
)


def upgrade() -> None:
    _services()
    _suggestions()
    _files()
    _offers()
    _steps()
    _navigators()
    op.add_column("exposure_session", _moment("missed_at", nullable=True))
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_network_id"), table, ["network_id"])
        for statement in protect(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_column("exposure_session", "missed_at")
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


def _key(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _words(longest: int, *names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.String(length=longest), nullable=False) for name in names]


def _sealed(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _moment(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _day(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _list(name: str) -> sa.Column[object]:
    return sa.Column(name, postgresql.JSONB(astext_type=sa.Text()), nullable=False)


def _services() -> None:
    op.create_table(
        "local_service",
        _key("organisation_id", nullable=True),
        *_words(120, "provider", "name", "area", "cost", "checked_by"),
        *_words(40, "kind"),
        *_words(500, "what"),
        *_words(300, "for_whom", "access", "how_to_refer", "website"),
        _list("languages"),
        _list("referrers"),
        sa.Column("takes_self_referral", sa.Boolean(), nullable=False),
        *_words(30, "phone"),
        *_words(254, "email"),
        _day("checked_on"),
        _day("ended_on", nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        *_scoped("local_service", organisation_id="organisation"),
    )
    _index("local_service", "organisation_id")


def _suggestions() -> None:
    op.create_table(
        "service_suggestion",
        _key("service_id"),
        *_sealed("words"),
        *_words(120, "made_by", "answered_by"),
        _moment("made_at"),
        _moment("answered_at", nullable=True),
        *_scoped("service_suggestion", service_id="local_service"),
    )
    _index("service_suggestion", "service_id")


def _files() -> None:
    op.create_table(
        "service_file",
        _key("account_id", nullable=True),
        *_words(120, "name"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _moment("at"),
        *_scoped("service_file"),
    )
    _index("service_file", "account_id")


def _offers() -> None:
    op.create_table(
        "service_offer",
        *map(_key, ("patient_id", "case_id", "service_id")),
        _key("action_id", nullable=True),
        _key("offered_by_id", nullable=True),
        *_words(40, "way", "state"),
        *_sealed("hopes"),
        _day("offered_on"),
        *_words(120, "offered_by"),
        *_scoped(
            "service_offer",
            patient_id="patient",
            case_id="mdt_case",
            service_id="local_service",
            action_id="mdt_action",
        ),
    )
    _index("service_offer", "patient_id", "case_id", "service_id", "action_id", "state")


def _steps() -> None:
    op.create_table(
        "service_offer_step",
        _key("offer_id"),
        *_words(40, "state"),
        _day("on"),
        *_sealed("words"),
        sa.Column("helped", sa.String(length=40), nullable=True),
        *_words(120, "noted_by"),
        _moment("noted_at"),
        _moment("taken_back_at", nullable=True),
        *_scoped("service_offer_step", offer_id="service_offer"),
    )
    _index("service_offer_step", "offer_id")


def _navigators() -> None:
    op.create_table(
        "navigator",
        _key("patient_id"),
        *_sealed("name", "organisation", "phone"),
        *map(_day, ("wished_on", "starts_on")),
        _day("ended_on", nullable=True),
        *_words(120, "named_by"),
        _moment("named_at"),
        *_scoped("navigator", patient_id="patient"),
    )
    _index("navigator", "patient_id")
