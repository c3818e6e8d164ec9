--- up
from alembic import op
import sqlalchemy as sa
op.create_foreign_key(
    op.f("invoice_client"),
    "invoice",
    "client",
    ["client_id"],
    ["id"],
    ondelete="RESTRICT",
    postgresql_not_valid=True,
)
op.execute("ALTER TABLE invoice VALIDATE CONSTRAINT invoice_client")
--- down
op.drop_constraint(op.f("invoice_client"), "invoice")
