--- up
from alembic import op
import sqlalchemy as sa
with op.get_context().autocommit_block():
    op.drop_index("audit_client", postgresql_concurrently=True)
--- down
with op.get_context().autocommit_block():
    op.create_index(
        "audit_client", "audit", ["client_id"], postgresql_concurrently=True
    )
