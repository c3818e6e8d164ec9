--- up
from alembic import op
import sqlalchemy as sa
op.create_index("invoice_made", "invoice", [sa.text("made DESC NULLS LAST"), "id"])
op.create_index("invoice_made_desc", "invoice", ["client_id", sa.text("made DESC")])
op.create_index(
    "client_lower_email", "client", [sa.text("lower(email)")], unique=True
)
op.create_index(
    "invoice_one_open",
    "invoice",
    ["client_id"],
    unique=True,
    postgresql_where=sa.text("state = 'open'"),
)
op.create_index("invoice_tags", "invoice", ["tags"], postgresql_using="gin")
op.create_index("client_name_pattern", "client", [sa.text("name text_pattern_ops")])
op.create_index(
    "invoice_covering",
    "invoice",
    ["client_id"],
    postgresql_include=["total", "state"],
)
op.create_index("invoice_state_total_idx", "invoice", ["state", "total"])
op.create_index(
    "invoice_words",
    "invoice",
    [sa.text("(state || '\\:x')"), "id"],
    postgresql_where=sa.text("state LIKE 'o%' AND id > 10"),
)
op.execute("CREATE INDEX invoice_filled ON invoice (id) WITH (fillfactor = 70)")
op.execute("CREATE INDEX client_collated ON client (name COLLATE \"C\")")
--- down
op.drop_index("client_collated")
op.drop_index("invoice_filled")
op.drop_index("invoice_words")
op.drop_index("invoice_state_total_idx")
op.drop_index("invoice_covering")
op.drop_index("client_name_pattern")
op.drop_index("invoice_tags")
op.drop_index("invoice_one_open")
op.drop_index("client_lower_email")
op.drop_index("invoice_made_desc")
op.drop_index("invoice_made")
