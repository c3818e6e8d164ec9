"""4_on_purpose

Create Date: 2026-10-01 09:00:00
"""
from alembic import op

revision = '4'
down_revision = '3'


def upgrade():
    op.execute("SELECT 1")


def downgrade():
    # godwit:no-op the rows were wrong
    pass
