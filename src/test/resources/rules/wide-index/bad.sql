CREATE INDEX CONCURRENTLY orders_idx ON orders (region, code, customer_id, quantity);
