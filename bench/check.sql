-- A release as teams write it: a new table, a column with a rule, an index, a backfill.
CREATE TABLE customer_addresses (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    line_1 varchar(200) NOT NULL,
    line_2 varchar(200),
    city varchar(100) NOT NULL,
    country char(2) NOT NULL,
    postcode varchar(20) NOT NULL,
    is_default boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX customer_addresses_customer_id ON customer_addresses (customer_id);
CREATE UNIQUE INDEX customer_addresses_default ON customer_addresses (customer_id) WHERE is_default;

ALTER TABLE orders ADD COLUMN region text;
UPDATE orders SET region = 'eu';
ALTER TABLE orders ALTER COLUMN region SET NOT NULL;
CREATE INDEX orders_region ON orders (region);
