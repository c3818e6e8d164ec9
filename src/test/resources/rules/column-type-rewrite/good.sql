ALTER TABLE orders ADD COLUMN quantity_wide bigint;
