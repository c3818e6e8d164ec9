-- The same end, the way that the rule's help proposes.
CREATE INDEX CONCURRENTLY orders_region_idx ON orders (region);
