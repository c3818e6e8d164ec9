"""5_none_at_all

Create Date: 2026-10-01 09:00:00
"""
from alembic import op

revision = '5'
down_revision = '4'


def upgrade():
    op.execute("SELECT 1")


