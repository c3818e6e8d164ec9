CREATE INDEX CONCURRENTLY orders_region_customer_id_idx ON orders (region, customer_id);
DROP INDEX CONCURRENTLY orders_region_idx;
ALTER INDEX orders_region_customer_id_idx RENAME TO orders_region_idx;
