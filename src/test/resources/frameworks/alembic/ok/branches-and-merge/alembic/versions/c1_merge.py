"""c1_merge

Create Date: 2026-10-04 09:00:00
"""
from alembic import op

revision = 'c1'
down_revision = ('b1', 'b2')


def upgrade():
    pass


def downgrade():
    pass
