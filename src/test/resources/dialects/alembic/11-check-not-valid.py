--- up
from alembic import op
import sqlalchemy as sa
op.create_check_constraint(
    op.f("invoice_total"),
    "invoice",
    "total > 0 AND state <> '50%'",
    postgresql_not_valid=True,
)
op.create_check_constraint(op.f("client_score_check"), "client", "score >= 0")
op.create_unique_constraint(op.f("client_name_key"), "client", ["name"])
op.create_foreign_key(
    op.f("audit_id_fkey"),
    "audit",
    "client",
    ["id"],
    ["id"],
    postgresql_not_valid=True,
)
--- down
op.drop_constraint(op.f("audit_id_fkey"), "audit")
op.drop_constraint(op.f("client_name_key"), "client")
op.drop_constraint(op.f("client_score_check"), "client")
op.drop_constraint(op.f("invoice_total"), "invoice")
