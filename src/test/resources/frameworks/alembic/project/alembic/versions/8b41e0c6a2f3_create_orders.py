"""create orders

Revision ID: 8b41e0c6a2f3
Revises: 3f2a9c5d7e10
Create Date: 2026-10-02 09:00:00

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '8b41e0c6a2f3'
down_revision = '3f2a9c5d7e10'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'orders',
        sa.Column('id', sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column('customer_id', sa.BigInteger(), sa.ForeignKey('customers.id'), nullable=False),
        sa.Column('placed_at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table('orders')
