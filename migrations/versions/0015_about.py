"""Whom each entry of the trail is about, row by row, so that it is found without reading the whole trail."""

import sqlalchemy as sa
from alembic import context, op

from network.plumbing.row_security import append_only, protect, take_back

revision = "0015"
down_revision = "0014"

ID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
# What was kept before; `union` says each once.
KEPT = f"""
    insert into audit_about (network_id, about_id, number)
    select network_id, about_id, number from audit_entry where about_id is not null
    union
    select network_id, named::uuid, number from audit_entry, lateral jsonb_array_elements_text(
        case when jsonb_typeof(details -> 'people') = 'array' then details -> 'people' else '[]' end
    ) as named where named ~ '{ID}'
    union
    select network_id, (details ->> 'case')::uuid, number from audit_entry where details ->> 'case' ~ '{ID}'
"""  # noqa: S608  no text of anybody's goes in


def upgrade() -> None:
    op.create_table(
        "audit_about",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("network_id", "about_id", "number", name=op.f("pk_audit_about")),
    )
    op.execute(KEPT)
    for statement in (*protect("audit_about"), *append_only("audit_about")):
        op.execute(statement)
    op.execute(take_back("update, delete, truncate", "audit_about", context.config.attributes["app_role"]))


def downgrade() -> None:
    op.drop_table("audit_about")
    op.execute("drop function refuse_change_of_audit_about()")
