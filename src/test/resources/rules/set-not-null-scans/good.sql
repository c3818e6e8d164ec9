ALTER TABLE orders ADD CONSTRAINT orders_region_not_null CHECK (region IS NOT NULL) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_region_not_null;
ALTER TABLE orders ALTER COLUMN region SET NOT NULL;
-- On its own: in one ALTER TABLE with SET NOT NULL it would go first, and the table would be read after all.
ALTER TABLE orders DROP CONSTRAINT orders_region_not_null;
