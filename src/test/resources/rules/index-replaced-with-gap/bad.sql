DROP INDEX CONCURRENTLY orders_region_idx;
CREATE INDEX CONCURRENTLY orders_region_idx ON orders (region, customer_id);
