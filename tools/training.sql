-- What the training run of the AOT cache checks: one of each thing that a migration does often.
-- It has hazards on purpose, so that findings, their locks and their fixes are printed too.
CREATE TABLE customer_addresses (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    city varchar(100) NOT NULL,
    is_default boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX customer_addresses_customer_id ON customer_addresses (customer_id);
CREATE INDEX orders_region ON orders (region);
ALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT 'eu', ALTER COLUMN total TYPE numeric(12, 2);
ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total >= 0);
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id);
ALTER TABLE orders ALTER COLUMN region SET NOT NULL, DROP COLUMN note;
ALTER TABLE orders RENAME TO purchases;
UPDATE orders SET region = (SELECT country FROM customers WHERE customers.id = orders.customer_id);
INSERT INTO settings (key, value) VALUES ('a', '1') ON CONFLICT (key) DO UPDATE SET value = excluded.value;
CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated_at := now(); RETURN NEW; END $$;
DROP TABLE old_orders;
