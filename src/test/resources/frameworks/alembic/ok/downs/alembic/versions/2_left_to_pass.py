"""2_left_to_pass

Create Date: 2026-10-01 09:00:00
"""
from alembic import op

revision = '2'
down_revision = '1'


def upgrade():
    op.execute("SELECT 1")


def downgrade():
    pass
