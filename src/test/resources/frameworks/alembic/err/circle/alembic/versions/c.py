"""c

Create Date: 2026-10-01 09:00:00
"""
from alembic import op

revision = 'c'
down_revision = 'b'


def upgrade():
    op.execute("SELECT 1")


def downgrade():
    op.execute("SELECT 2")
