--- up
from alembic import op
import sqlalchemy as sa
with op.get_context().autocommit_block():
    op.create_index(
        "client_email",
        "client",
        ["email"],
        unique=True,
        postgresql_where=sa.text("email IS NOT NULL"),
        postgresql_concurrently=True,
    )
--- down
with op.get_context().autocommit_block():
    op.drop_index("client_email", postgresql_concurrently=True)
