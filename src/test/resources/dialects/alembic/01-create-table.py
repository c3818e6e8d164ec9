--- up
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
# Orders of the shop.
# in euros
op.create_table(
    "orders",
    sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column("client_id", sa.BigInteger(), nullable=False),
    sa.Column(
        "region", sa.CHAR(length=2), server_default=sa.text("'EU'"), nullable=False
    ),
    sa.Column("total", sa.Numeric(precision=12, scale=2), nullable=False),
    sa.Column("code", sa.String(length=20), nullable=True),
    sa.Column(
        "paid", sa.Boolean(), server_default=sa.text("false"), nullable=False
    ),
    sa.Column(
        "extra", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False
    ),
    sa.Column(
        "tags",
        postgresql.ARRAY(sa.Text()),
        server_default=sa.text("'{}'"),
        nullable=False,
    ),
    sa.Column(
        "created_at",
        sa.DateTime(timezone=True),
        server_default=sa.text("now()"),
        nullable=False,
    ),
    sa.PrimaryKeyConstraint("id", name=op.f("orders_pkey")),
    sa.ForeignKeyConstraint(
        ["client_id"],
        ["client.id"],
        name=op.f("orders_client_id_fkey"),
        ondelete="CASCADE",
    ),
    sa.CheckConstraint("total >= 0", name=op.f("orders_total_check")),
    sa.UniqueConstraint("code", name=op.f("orders_code_key")),
)
op.create_index("orders_client_id", "orders", ["client_id"])
--- down
op.drop_table("orders")
