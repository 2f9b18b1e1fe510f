"""Which of the person's goals the decision on a case is to serve, as the room has chosen it."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.add_column("agenda_item", sa.Column("goal_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_agenda_item_goal_id_goal"), "agenda_item", "goal", ["goal_id"], ["id"])
    op.create_index(op.f("ix_agenda_item_goal_id"), "agenda_item", ["goal_id"])


def downgrade() -> None:
    op.drop_column("agenda_item", "goal_id")
