--- up
from alembic import op
import sqlalchemy as sa
op.add_column("invoice", sa.Column("region", sa.Text(), nullable=True))
op.execute(
    """
    -- Everybody of before, 100% \\:sure
    UPDATE invoice SET region = 'EU \\:name 5% %s ${x}' WHERE region IS NULL AND state LIKE 'n%'
    """
)
op.alter_column("invoice", "region", nullable=False)
--- down
op.alter_column("invoice", "region", nullable=True)
op.drop_column("invoice", "region")
