ALTER TABLE orders ALTER customer_id SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT has_customer;
