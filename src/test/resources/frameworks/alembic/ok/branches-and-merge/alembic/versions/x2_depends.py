"""x2_depends

Create Date: 2026-09-02 09:00:00
"""
from alembic import op

revision = 'x2'
down_revision = 'x1'
depends_on = 'b1'

def upgrade():
    op.execute("SELECT 1")


def downgrade():
    op.execute("SELECT 2")
