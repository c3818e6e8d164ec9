--- up
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
op.drop_table("orders", schema="sales")
op.drop_table("ticket")
--- down
op.create_table(
    "ticket",
    sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
    sa.Column("subject", sa.Text(), nullable=False),
    sa.Column(
        "opened",
        postgresql.TIMESTAMP(precision=3),
        server_default=sa.text("CURRENT_TIMESTAMP"),
        nullable=True,
    ),
    sa.PrimaryKeyConstraint("id", name=op.f("ticket_pkey")),
)
op.create_table(
    "orders",
    sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
    sa.Column("region", sa.CHAR(length=2), nullable=True),
    sa.Column("client_id", sa.BigInteger(), nullable=True),
    sa.Column("parent", sa.BigInteger(), nullable=True),
    sa.Column("note", sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(
        ["region"], ["sales.region.code"], name=op.f("orders_region_fkey")
    ),
    sa.ForeignKeyConstraint(
        ["client_id"], ["client.id"], name=op.f("orders_client_id_fkey")
    ),
    sa.ForeignKeyConstraint(
        ["parent"], ["sales.orders.id"], name=op.f("orders_parent_fkey")
    ),
    sa.PrimaryKeyConstraint("id", name=op.f("orders_pkey")),
    schema="sales",
)
op.create_index("orders_region", "orders", ["region"], schema="sales")
