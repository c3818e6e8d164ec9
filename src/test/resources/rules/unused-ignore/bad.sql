-- godwit:ignore create-index-not-concurrent the table is small
CREATE INDEX CONCURRENTLY orders_region_idx ON orders (region);
