"""b2_late

Create Date: 2026-10-03 09:00:00
"""
from alembic import op

revision = 'b2'
down_revision = 'a1'


def upgrade():
    op.execute("SELECT 1")


def downgrade():
    op.execute("SELECT 2")
