CREATE INDEX orders_id_idx ON ONLY orders (id);
CREATE INDEX CONCURRENTLY orders_eu_id_idx ON orders_eu (id);
CREATE INDEX CONCURRENTLY orders_us_id_idx ON orders_us (id);
ALTER INDEX orders_id_idx ATTACH PARTITION orders_eu_id_idx;
ALTER INDEX orders_id_idx ATTACH PARTITION orders_us_id_idx;
