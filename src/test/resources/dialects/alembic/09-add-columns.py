--- up
from alembic import op
import sqlalchemy as sa
op.add_column(
    "client",
    sa.Column(
        "active", sa.Boolean(), server_default=sa.text("true"), nullable=False
    ),
)
op.add_column("client", sa.Column("born", sa.Date(), nullable=True))
op.add_column(
    "client",
    sa.Column(
        "region", sa.String(length=2), server_default=sa.text("'EU'"), nullable=True
    ),
)
op.add_column(
    "client",
    sa.Column(
        "seen",
        sa.DateTime(timezone=True),
        server_default=sa.text("now()"),
        nullable=False,
    ),
)
op.execute("ALTER TABLE client ADD COLUMN boss bigint REFERENCES client (id)")
--- down
op.drop_column("client", "boss")
op.drop_column("client", "seen")
op.drop_column("client", "region")
op.drop_column("client", "born")
op.drop_column("client", "active")
