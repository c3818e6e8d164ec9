-- The smallest script that the rule must find.
CREATE INDEX orders_region_idx ON orders (region);
