--- up
from alembic import op
import sqlalchemy as sa
op.create_table(
    "orders",
    sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
    sa.Column("region", sa.CHAR(length=2), nullable=True),
    sa.Column("client_id", sa.BigInteger(), nullable=True),
    sa.Column("parent", sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(
        ["region"], ["sales.region.code"], name=op.f("orders_region_fkey")
    ),
    sa.ForeignKeyConstraint(
        ["client_id"], ["public.client.id"], name=op.f("orders_client_id_fkey")
    ),
    sa.ForeignKeyConstraint(
        ["parent"], ["sales.orders.id"], name=op.f("orders_parent_fkey")
    ),
    sa.PrimaryKeyConstraint("id", name=op.f("orders_pkey")),
    schema="sales",
)
op.create_index("orders_region", "orders", ["region"], schema="sales")
op.add_column("orders", sa.Column("note", sa.Text(), nullable=True), schema="sales")
op.alter_column("region", "label", nullable=False, schema="sales")
--- down
op.alter_column("region", "label", nullable=True, schema="sales")
op.drop_table("orders", schema="sales")
