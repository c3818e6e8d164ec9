"""3_refused

Create Date: 2026-10-01 09:00:00
"""
from alembic import op

revision = '3'
down_revision = '2'


def upgrade():
    op.execute("SELECT 1")


def downgrade():
    raise NotImplementedError("no way back")
