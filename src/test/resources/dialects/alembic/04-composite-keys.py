--- up
from alembic import op
import sqlalchemy as sa
op.create_table(
    "stock",
    sa.Column("shop", sa.Integer(), nullable=False),
    sa.Column("item", sa.Integer(), nullable=False),
    sa.Column("amount", sa.Integer(), server_default=sa.text("0"), nullable=False),
    sa.Column("price", sa.Numeric(precision=10, scale=2), nullable=True),
    sa.Column(
        "worth",
        sa.Numeric(precision=20, scale=2),
        sa.Computed("amount * price", persisted=True),
        nullable=True,
    ),
    sa.PrimaryKeyConstraint("shop", "item", name=op.f("stock_key")),
    sa.UniqueConstraint("item", "shop", name=op.f("stock_item_shop_key")),
    sa.CheckConstraint(
        "amount >= 0 AND (price > 0 OR price IS NULL)", name=op.f("stock_amount")
    ),
)
op.create_table(
    "booking",
    sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column("shop", sa.Integer(), nullable=True),
    sa.Column("item", sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint("id", name=op.f("booking_pkey")),
    sa.ForeignKeyConstraint(
        ["shop", "item"],
        ["stock.shop", "stock.item"],
        name=op.f("booking_shop_item_fkey"),
        onupdate="CASCADE",
        ondelete="SET NULL",
        deferrable=True,
        initially="DEFERRED",
    ),
)
--- down
op.drop_table("booking")
op.drop_table("stock")
