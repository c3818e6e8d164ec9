--- up
from alembic import op
import sqlalchemy as sa
op.execute("ALTER TABLE package ADD COLUMN size2 integer, DROP COLUMN size")
--- down
op.drop_column("package", "size2")
op.add_column("package", sa.Column("size", sa.SmallInteger(), nullable=True))
