"""b

Create Date: 2026-10-01 09:00:00
"""
from alembic import op

revision = 'b'
down_revision = PARENT


def upgrade():
    op.execute("SELECT 1")


def downgrade():
    op.execute("SELECT 2")
