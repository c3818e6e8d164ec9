CREATE INDEX CONCURRENTLY orders_idx ON orders (region, customer_id);
