ALTER TABLE orders ADD COLUMN note text;
CREATE INDEX orders_region_idx ON orders (region);
