ALTER TABLE orders ADD COLUMN total integer;
-- godwit:backfill batch=500
UPDATE orders SET total = quantity * 2 WHERE total IS NULL;
