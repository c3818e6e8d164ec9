--- up
from alembic import op
import sqlalchemy as sa
op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
op.execute(
    """
    CREATE TABLE person (
        id bigint PRIMARY KEY,
        mood mood NOT NULL DEFAULT 'ok',
        during tstzrange,
        EXCLUDE USING gist (during WITH &&)
    )
    """
)
op.execute("CREATE TABLE part (id bigint, made date) PARTITION BY RANGE (made)")
op.execute(
    """
    CREATE TABLE part_2026 PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
    """
)
op.execute("CREATE VIEW open_invoice AS SELECT id FROM invoice WHERE state = 'open'")
op.execute("CREATE TABLE IF NOT EXISTS maybe (id integer CONSTRAINT filled NOT NULL)")
op.execute("COMMENT ON TABLE person IS 'people''s moods: 100% \\:true'")
--- down
op.drop_table("maybe")
op.execute("DROP VIEW open_invoice")
op.drop_table("part")
op.drop_table("person")
op.execute("DROP TYPE mood")
