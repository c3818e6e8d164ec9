--- up
from alembic import op
import sqlalchemy as sa
with op.get_context().autocommit_block():
    op.create_index(
        "invoice_client_id", "invoice", ["client_id"], postgresql_concurrently=True
    )
--- down
with op.get_context().autocommit_block():
    op.drop_index("invoice_client_id", postgresql_concurrently=True)
