CREATE INDEX orders_newest ON orders_order (customer_id, placed_at DESC);
