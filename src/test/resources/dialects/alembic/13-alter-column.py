--- up
from alembic import op
import sqlalchemy as sa
op.alter_column("client", "note", server_default=sa.text("'none: \\:x 5%'"))
op.alter_column("client", "score", server_default=None)
op.alter_column("client", "score", type_=sa.BigInteger())
op.alter_column("client", "name", nullable=True)
op.execute(
    """
    ALTER TABLE package ALTER COLUMN weight TYPE numeric(8, 3) USING weight::numeric
    """
)
--- down
op.alter_column("package", "weight", type_=sa.Text())
op.alter_column("client", "name", nullable=False)
op.alter_column("client", "score", type_=sa.Integer())
op.alter_column("client", "score", server_default=sa.text("0"))
op.alter_column("client", "note", server_default=None)
