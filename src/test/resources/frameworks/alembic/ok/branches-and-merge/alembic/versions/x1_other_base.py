"""x1_other_base

Create Date: 2026-09-01 09:00:00
"""
from alembic import op

revision = 'x1'
down_revision = None
branch_labels = ('other',)

def upgrade():
    op.execute("SELECT 1")


def downgrade():
    op.execute("SELECT 2")
