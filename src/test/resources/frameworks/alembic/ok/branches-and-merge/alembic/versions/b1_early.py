"""b1_early

Create Date: 2026-10-02 09:00:00
"""
from alembic import op

revision = 'b1'
down_revision = 'a1'


def upgrade():
    op.execute("SELECT 1")


def downgrade():
    op.execute("SELECT 2")
