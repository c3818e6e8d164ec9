--- up
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
op.create_table(
    "every_type",
    sa.Column("a", sa.SmallInteger(), nullable=True),
    sa.Column("b", sa.BigInteger(), nullable=True),
    sa.Column("c", sa.REAL(), nullable=True),
    sa.Column("d", postgresql.DOUBLE_PRECISION(), nullable=True),
    sa.Column("e", sa.Numeric(), nullable=True),
    sa.Column("f", sa.Numeric(precision=7), nullable=True),
    sa.Column("g", sa.CHAR(), nullable=True),
    sa.Column("h", sa.String(), nullable=True),
    sa.Column("i", sa.String(length=255), nullable=True),
    sa.Column("j", sa.LargeBinary(), nullable=True),
    sa.Column("k", sa.Date(), nullable=True),
    sa.Column("l", sa.Time(), nullable=True),
    sa.Column("m", postgresql.TIME(timezone=True, precision=0), nullable=True),
    sa.Column("n", sa.DateTime(), nullable=True),
    sa.Column("o", postgresql.TIMESTAMP(timezone=True, precision=6), nullable=True),
    sa.Column(
        "p",
        postgresql.UUID(),
        server_default=sa.text("gen_random_uuid()"),
        nullable=True,
    ),
    sa.Column("q", postgresql.INET(), nullable=True),
    sa.Column("r", postgresql.CIDR(), nullable=True),
    sa.Column("s", postgresql.MACADDR(), nullable=True),
    sa.Column("t", postgresql.JSON(), nullable=True),
    sa.Column("u", postgresql.TSVECTOR(), nullable=True),
    sa.Column("v", postgresql.INTERVAL(), nullable=True),
    sa.Column("w", postgresql.INT4RANGE(), nullable=True),
    sa.Column("x", postgresql.TSTZRANGE(), nullable=True),
    sa.Column("y", sa.Boolean(), nullable=True),
    sa.Column(
        "z",
        postgresql.ARRAY(sa.Numeric(precision=10, scale=2), dimensions=2),
        nullable=True,
    ),
    sa.Column("aa", sa.Text(), server_default=sa.text("'it''s'"), nullable=True),
    sa.Column(
        "ab", sa.Text(), server_default=sa.text("'a:b \\:name ::x'"), nullable=True
    ),
    sa.Column(
        "ac",
        postgresql.ARRAY(sa.Integer()),
        server_default=sa.text("ARRAY[1, 2]"),
        nullable=True,
    ),
    sa.Column("ad", sa.Text(), server_default=sa.text("'100%'"), nullable=True),
    sa.Column("ae", sa.Text(), server_default=sa.text("NULL"), nullable=True),
    sa.Column(
        "af",
        postgresql.INTERVAL(),
        server_default=sa.text("'1 day'::interval"),
        nullable=True,
    ),
    sa.Column("ag", postgresql.ARRAY(sa.String(length=9)), nullable=True),
    sa.Column(
        "ah", sa.Text(), server_default=sa.text("('a' || 'b')"), nullable=True
    ),
)
--- down
op.drop_table("every_type")
