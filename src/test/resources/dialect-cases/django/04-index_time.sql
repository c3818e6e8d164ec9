CREATE INDEX CONCURRENTLY orders_by_time ON orders_order (placed_at);
