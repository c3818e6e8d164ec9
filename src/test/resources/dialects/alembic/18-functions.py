--- up
from alembic import op
import sqlalchemy as sa
op.execute(
    """
CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.made := now(); -- 100% \\:sure
  RETURN NEW;
END
$$
"""
)
op.execute(
    """
    CREATE TRIGGER touch BEFORE UPDATE ON invoice FOR EACH ROW EXECUTE FUNCTION touched()
    """
)
--- down
op.execute("DROP TRIGGER touch ON invoice")
op.execute("DROP FUNCTION touched()")
