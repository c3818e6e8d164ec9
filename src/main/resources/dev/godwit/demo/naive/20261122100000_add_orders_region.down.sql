DROP INDEX orders_region_idx;
ALTER TABLE orders DROP COLUMN region;
