"""add default address

Revision ID: e9a6604f1d28
Revises: c07d5512be94
Create Date: 2026-10-04 09:00:00

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = 'e9a6604f1d28'
down_revision = 'c07d5512be94'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE customers ADD COLUMN address text")


def downgrade() -> None:
    op.execute("ALTER TABLE customers DROP COLUMN address")
