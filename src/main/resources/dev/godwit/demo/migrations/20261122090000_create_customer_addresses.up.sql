-- Customers may keep several addresses; one of them is the default.
CREATE TABLE customer_addresses (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    line_1 text NOT NULL,
    line_2 text,
    city varchar(100) NOT NULL,
    country char(2) NOT NULL,
    postcode varchar(20) NOT NULL,
    is_default boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX customer_addresses_customer_id_idx ON customer_addresses (customer_id);

CREATE UNIQUE INDEX customer_addresses_one_default_idx ON customer_addresses (customer_id) WHERE is_default;
