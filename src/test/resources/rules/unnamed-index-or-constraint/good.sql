CREATE INDEX CONCURRENTLY orders_by_region ON orders (region);
