ALTER TABLE orders ADD CONSTRAINT has_customer CHECK (customer_id IS NOT NULL) NOT VALID;
