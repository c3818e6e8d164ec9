ALTER TABLE orders ADD CONSTRAINT orders_quantity CHECK (quantity > 0) NOT VALID;
