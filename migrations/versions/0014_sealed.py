"""Seal what lay in clear: the language somebody speaks, who was told, where and by which link teams meet."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import context, op

from network.plumbing.row_security import EXCEPTION

revision = "0014"
down_revision = "0013"

# How long their words could be while they were clear.
LENGTHS = {
    ("patient", "language"): 60,
    ("disclosure", "told"): 160,
    ("meeting", "place"): 200,
    ("meeting", "link"): 300,
    ("meeting_series", "place"): 200,
    ("meeting_series", "link"): 300,
}


def upgrade() -> None:
    for table, column in LENGTHS:
        op.alter_column(table, column, type_=sa.Text())
        _rewrite(table, column, lambda words: context.config.attributes["keyring"].seal(words))


def downgrade() -> None:
    for (table, column), length in LENGTHS.items():
        _rewrite(table, column, lambda words: context.config.attributes["keyring"].open(words))
        op.alter_column(table, column, type_=sa.String(length))


def _rewrite(table: str, column: str, turn: Callable[[str], str]) -> None:
    connection = op.get_bind()
    rows = sa.table(table, sa.column("id", sa.Uuid()), sa.column(column, sa.Text()))
    words = rows.c[column]
    # Those told are only ever added to, but for their owner, who has to say so.
    connection.execute(sa.text("select set_config(:setting, 'yes', true)"), {"setting": EXCEPTION})
    turned = [
        {"row_id": row.id, "turned": turn(row.words)}
        for row in connection.execute(sa.select(rows.c.id, words.label("words")))
    ]
    if turned:
        of_row = rows.update().where(rows.c.id == sa.bindparam("row_id"))
        connection.execute(of_row.values({words: sa.bindparam("turned")}), turned)
    connection.execute(sa.text("select set_config(:setting, '', true)"), {"setting": EXCEPTION})
