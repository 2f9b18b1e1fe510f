"""Edits of a rota that undo, redo and tell; the longer life of a rota; who looks at a version."""

import sqlalchemy as sa
from alembic import op

from network.plumbing.row_security import protect

revision = "0003"
down_revision = "0002"

PROTECTED = ("rota_edit", "version_approval", "version_visit")


def upgrade() -> None:
    _columns()
    _tables()
    for table in PROTECTED:
        for statement in protect(table):
            op.execute(statement)
    _gather_changes()


def downgrade() -> None:
    op.add_column("change_event", sa.Column("undoes_id", sa.Uuid(), nullable=True))
    op.add_column("change_event", sa.Column("why", sa.Text(), nullable=False, server_default=""))
    op.add_column("change_event", sa.Column("by", sa.String(length=120), nullable=False, server_default=""))
    op.add_column("change_event", sa.Column("at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        'update change_event set why = e.why, "by" = e."by", at = e.at from rota_edit e where e.id = edit_id'
    )
    op.alter_column("change_event", "at", nullable=False)
    op.drop_constraint("uq_change_event_edit_id_member_id_day_kind", "change_event")
    op.drop_index("ix_change_event_cell", table_name="change_event")
    op.drop_column("change_event", "edit_id")
    op.create_foreign_key(
        "fk_change_event_undoes_id_change_event", "change_event", "change_event", ["undoes_id"], ["id"]
    )
    op.create_unique_constraint("uq_change_event_undoes_id", "change_event", ["undoes_id"])
    op.create_index("ix_change_event_version", "change_event", ["version_id", "at"])
    for table in reversed(PROTECTED):
        op.drop_table(table)
    for column in ("requests_until", "closed_at", "closed_by", "reopened_why"):
        op.drop_column("rota_period", column)
    for column in ("proposed_at", "proposed_by"):
        op.drop_column("rota_version", column)


def _columns() -> None:
    op.add_column("rota_period", sa.Column("requests_until", sa.Date(), nullable=True))
    op.add_column("rota_period", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "rota_period", sa.Column("closed_by", sa.String(length=120), nullable=False, server_default="")
    )
    op.add_column("rota_period", sa.Column("reopened_why", sa.Text(), nullable=False, server_default=""))
    op.add_column("rota_version", sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "rota_version", sa.Column("proposed_by", sa.String(length=120), nullable=False, server_default="")
    )
    for table, column in (
        ("rota_period", "closed_by"),
        ("rota_period", "reopened_why"),
        ("rota_version", "proposed_by"),
    ):
        op.alter_column(table, column, server_default=None)


def _scoped(*keys: sa.Constraint, name: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    """Give what every table of one network has: its id, its network and their keys."""
    return (
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["organisation.id"], name=op.f(f"fk_{name}_network_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["rota_version.id"], name=op.f(f"fk_{name}_version_id_rota_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        *keys,
    )


def _tables() -> None:
    op.create_table(
        "rota_edit",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("said", sa.String(length=200), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("takes_back_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_scoped(
            sa.ForeignKeyConstraint(
                ["takes_back_id"], ["rota_edit.id"], name=op.f("fk_rota_edit_takes_back_id_rota_edit")
            ),
            sa.UniqueConstraint("version_id", "number", name=op.f("uq_rota_edit_version_id_number")),
            sa.UniqueConstraint("takes_back_id", name=op.f("uq_rota_edit_takes_back_id")),
            name="rota_edit",
        ),
    )
    op.create_table(
        "version_approval",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_scoped(
            sa.ForeignKeyConstraint(
                ["organisation_id"],
                ["organisation.id"],
                name=op.f("fk_version_approval_organisation_id_organisation"),
            ),
            sa.UniqueConstraint(
                "version_id", "organisation_id", name=op.f("uq_version_approval_version_id_organisation_id")
            ),
            name="version_approval",
        ),
    )
    op.create_table(
        "version_visit",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("cell", sa.String(length=60), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        *_scoped(
            sa.UniqueConstraint(
                "version_id", "account_id", name=op.f("uq_version_visit_version_id_account_id")
            ),
            name="version_visit",
        ),
    )
    for table in PROTECTED:
        op.create_index(op.f(f"ix_{table}_network_id"), table, ["network_id"])


def _gather_changes() -> None:
    """Give each change kept so far an edit of its own, in the order in which they were made."""
    op.add_column("change_event", sa.Column("edit_id", sa.Uuid(), nullable=True))
    op.execute(
        """
        insert into rota_edit
            (id, network_id, version_id, number, kind, said, why, takes_back_id, account_id, "by", at)
        select id, network_id, version_id,
            row_number() over (partition by version_id order by at, id),
            case when undoes_id is null then 'change' else 'undo' end, '', why, undoes_id, null, "by", at
        from change_event
        """
    )
    op.execute("update change_event set edit_id = id")
    op.alter_column("change_event", "edit_id", nullable=False)
    op.create_foreign_key(
        op.f("fk_change_event_edit_id_rota_edit"), "change_event", "rota_edit", ["edit_id"], ["id"]
    )
    op.drop_index("ix_change_event_version", table_name="change_event")
    for column in ("undoes_id", "why", "by", "at"):
        op.drop_column("change_event", column)
    op.create_index(op.f("ix_change_event_edit_id"), "change_event", ["edit_id"])
    op.create_index("ix_change_event_cell", "change_event", ["version_id", "member_id", "day", "kind"])
    op.create_unique_constraint(
        op.f("uq_change_event_edit_id_member_id_day_kind"),
        "change_event",
        ["edit_id", "member_id", "day", "kind"],
    )
