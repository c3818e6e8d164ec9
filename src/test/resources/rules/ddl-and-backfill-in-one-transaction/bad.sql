ALTER TABLE orders ADD COLUMN total integer;
UPDATE orders SET total = quantity * 2 WHERE total IS NULL;
