"""index orders by customer

Revision ID: c07d5512be94
Revises: 8b41e0c6a2f3
Create Date: 2026-10-03 09:00:00

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = 'c07d5512be94'
down_revision = '8b41e0c6a2f3'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index('orders_customer_id', 'orders', ['customer_id'], postgresql_concurrently=True)


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index('orders_customer_id', 'orders', postgresql_concurrently=True)
