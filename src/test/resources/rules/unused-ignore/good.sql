-- godwit:ignore create-index-not-concurrent runs while the shop is closed
CREATE INDEX orders_region_idx ON orders (region);
