--- up
from alembic import op
import sqlalchemy as sa
op.alter_column("parcel", "old_name", new_column_name="new_name")
op.rename_table("parcel", "package")
--- down
op.rename_table("package", "parcel")
op.alter_column("parcel", "new_name", new_column_name="old_name")
