ALTER TABLE orders ADD COLUMN code_sorted text COLLATE "POSIX";
CREATE INDEX CONCURRENTLY orders_code_sorted_idx ON orders (code_sorted);
