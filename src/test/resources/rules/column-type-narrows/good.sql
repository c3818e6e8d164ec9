ALTER TABLE orders ADD COLUMN price_rounded numeric(10, 1);
