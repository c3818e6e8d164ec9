-- Phase 2, migrate: the index, without a lock that stops writes.
CREATE INDEX CONCURRENTLY orders_region_idx ON orders (region);
