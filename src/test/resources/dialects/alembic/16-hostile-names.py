--- up
from alembic import op
import sqlalchemy as sa
op.create_table(
    'a"b',
    sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
    sa.Column("select", sa.Text(), nullable=True),
    sa.Column("x'y", sa.Text(), server_default=sa.text("'a''b\"c'"), nullable=True),
    sa.Column(
        "p%s", sa.Text(), server_default=sa.text("'%s %(a)s'"), nullable=True
    ),
    sa.Column("{x}", sa.Text(), nullable=True),
    sa.Column("${x}", sa.Text(), server_default=sa.text("'${x}'"), nullable=True),
    sa.Column("<&>", sa.Text(), server_default=sa.text("'<&>]]>'"), nullable=True),
    sa.Column(
        "back\\slash", sa.Text(), server_default=sa.text("'a\\nb'"), nullable=True
    ),
    sa.Column("Mixed Case", sa.Text(), nullable=True),
    sa.Column("dot.ted", sa.Text(), nullable=True),
    sa.Column(":colon", sa.Text(), nullable=True),
    sa.Column("ünï", sa.Text(), server_default=sa.text("'–'"), nullable=True),
    sa.Column(
        "name_of_sixty_three_bytes_that_goes_on_and_on_to_the_very_last_",
        sa.Text(),
        nullable=True,
    ),
    sa.Column("order", sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint("id", name=op.f('a"b_pkey')),
)
op.create_index(
    "i\"'%{x}${x}<&>\\:y",
    'a"b',
    ["select", "p%s", "{x}", "${x}", "back\\slash", ":colon"],
    postgresql_where=sa.text("\"<&>\" = '\\:x\\\\:y%'"),
)
op.create_check_constraint(
    op.f("c%'\""), "select", "\"order\" <> '%s' AND \"p%s\" <> 'a:b'"
)
op.add_column(
    "select",
    sa.Column(
        "new%col", sa.Text(), server_default=sa.text("E'a\\tb'"), nullable=True
    ),
)
op.alter_column("select", "back\\slash", new_column_name="${y}")
--- down
op.alter_column("select", "${y}", new_column_name="back\\slash")
op.drop_column("select", "new%col")
op.drop_constraint(op.f("c%'\""), "select")
op.drop_table('a"b')
