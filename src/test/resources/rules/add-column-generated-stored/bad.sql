ALTER TABLE orders ADD COLUMN doubled integer GENERATED ALWAYS AS (quantity * 2) STORED;
