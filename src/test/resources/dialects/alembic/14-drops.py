--- up
from alembic import op
import sqlalchemy as sa
op.drop_column("package", "flag")
op.drop_constraint(op.f("audit_client"), "audit")
op.drop_index("audit_what")
--- down
op.create_index("audit_what", "audit", ["what"])
op.create_foreign_key(
    op.f("audit_client"), "audit", "client", ["client_id"], ["id"]
)
op.execute(
    """
    ALTER TABLE package ADD COLUMN flag text CONSTRAINT parcel_flag_not_null NOT NULL DEFAULT 'n'
    """
)
