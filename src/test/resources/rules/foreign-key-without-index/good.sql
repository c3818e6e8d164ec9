CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);
BEGIN;
ALTER TABLE orders ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
COMMIT;
