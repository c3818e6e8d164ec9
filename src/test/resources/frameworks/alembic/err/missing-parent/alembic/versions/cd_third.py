"""cd_third

Create Date: 2026-10-01 09:00:00
"""
from alembic import op

revision = 'cd'
down_revision = 'ab13'
depends_on = ['zz99']

def upgrade():
    op.execute("SELECT 1")


def downgrade():
    op.execute("SELECT 2")
