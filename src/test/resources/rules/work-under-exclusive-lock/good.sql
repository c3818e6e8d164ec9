ALTER TABLE orders ADD COLUMN note text;
CREATE INDEX CONCURRENTLY orders_region_idx ON orders (region);
