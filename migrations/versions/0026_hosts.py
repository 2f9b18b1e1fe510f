"""Hosts of placements: offers, approvals and supervisors, and what hosts are asked and answer."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from network.plumbing.row_security import protect

revision = "0026"
down_revision = "0025"

TABLES = (
    "placement_host",
    "host_approval",
    "placement_offer",
    "offer_programme",
    "offer_limit",
    "offer_supervisor",
    "host_asking",
    "host_answer",
)


def upgrade() -> None:
    _hosts()
    _offers()
    _askings()
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
        *(sa.Column(column, sa.Uuid(), nullable=False) for column in keys),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
            for column, to in {"network_id": "organisation", **keys}.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _text(**lengths: int) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.String(length=length), nullable=False) for name, length in lengths.items()]


def _whole(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _days(first: str, last: str) -> list[sa.Column[object]]:
    """Give a first day and a last one that may be open."""
    return [sa.Column(first, sa.Date(), nullable=False), sa.Column(last, sa.Date(), nullable=True)]


def _check(table: str, **checks: str) -> list[sa.Constraint]:
    return [sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in checks.items()]


def _hosts() -> None:
    op.create_table(
        "placement_host",
        *_text(lead_name=120, lead_email=254, contact_name=120, contact_phone=40),
        *_text(arrival=300, dress=300, parking=300, travel=300),
        *_whole("row_version"),
        sa.UniqueConstraint("network_id", "site_id", name=op.f("uq_placement_host_network_id_site_id")),
        *_scoped("placement_host", site_id="site"),
    )
    op.create_table(
        "host_approval",
        *_text(regulator=80, reference=80),
        *_days("starts_on", "ends_on"),
        *_check("host_approval", days="ends_on is null or ends_on >= starts_on"),
        *_scoped("host_approval", host_id="placement_host", programme_id="programme"),
    )
    op.create_index(op.f("ix_host_approval_host_id"), "host_approval", ["host_id"])


def _offers() -> None:
    table = "placement_offer"
    op.create_table(
        table,
        *_text(name=80, discipline=40),
        sa.Column("settings", postgresql.JSONB(), nullable=False),
        *_days("opens_on", "closes_on"),
        *_whole("least", "most", "floor"),
        sa.Column("minutes", sa.Integer(), nullable=True),
        *_text(notes=300),
        sa.Column("withdrawn_from", sa.Date(), nullable=True),
        sa.Column("withdrawn_why", sa.Text(), nullable=True),
        *_text(withdrawn_by=120),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        *_whole("row_version"),
        *_check(
            table,
            days="closes_on is null or closes_on >= opens_on",
            places="0 <= least and least <= most and floor >= 0",
            minutes="minutes >= 0",
        ),
        sa.UniqueConstraint("host_id", "name", name=op.f(f"uq_{table}_host_id_name")),
        *_scoped(table, host_id="placement_host"),
    )
    op.create_index(op.f(f"ix_{table}_host_id"), table, ["host_id"])
    op.create_table(
        "offer_programme",
        sa.UniqueConstraint(
            "offer_id", "programme_id", name=op.f("uq_offer_programme_offer_id_programme_id")
        ),
        *_scoped("offer_programme", offer_id=table, programme_id="programme"),
    )
    for column in ("offer_id", "programme_id"):
        op.create_index(op.f(f"ix_offer_programme_{column}"), "offer_programme", [column])
    op.create_table(
        "offer_limit",
        *_text(stage=20),
        *_days("starts_on", "ends_on"),
        *_whole("least", "most"),
        *_check(
            "offer_limit",
            days="ends_on is null or ends_on >= starts_on",
            places="0 <= least and least <= most",
        ),
        *_scoped("offer_limit", offer_id=table),
    )
    op.create_index(op.f("ix_offer_limit_offer_id"), "offer_limit", ["offer_id"])
    op.create_table(
        "offer_supervisor",
        *_text(kind=40),
        sa.UniqueConstraint(
            "offer_id", "member_id", "kind", name=op.f("uq_offer_supervisor_offer_id_member_id_kind")
        ),
        *_scoped("offer_supervisor", offer_id=table, member_id="rota_member"),
    )
    for column in ("offer_id", "member_id"):
        op.create_index(op.f(f"ix_offer_supervisor_{column}"), "offer_supervisor", [column])


def _askings() -> None:
    op.create_table(
        "host_asking",
        *_text(sent_to=254, asked_by=120, ended_by=120),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *_scoped("host_asking", host_id="placement_host"),
    )
    op.create_index(op.f("ix_host_asking_host_id"), "host_asking", ["host_id"])
    op.create_table(
        "host_answer",
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("stay_id", "offer_id")),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("starts_on", "ends_on")),
        *_text(answer=40, answered_by=120),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("asking_id", "stay_id", name=op.f("uq_host_answer_asking_id_stay_id")),
        *_scoped("host_answer", asking_id="host_asking"),
    )
    for column in ("asking_id", "stay_id"):
        op.create_index(op.f(f"ix_host_answer_{column}"), "host_answer", [column])
