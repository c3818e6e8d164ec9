"""a_two

Create Date: 2026-10-01 09:00:00
"""
from alembic import op

revision = 'a'
down_revision = None


def upgrade():
    op.execute("SELECT 1")


def downgrade():
    op.execute("SELECT 2")
