CREATE TABLE stock (
    shop integer NOT NULL,
    item integer NOT NULL,
    amount integer NOT NULL DEFAULT 0,
    price numeric(10, 2),
    worth numeric(20, 2) GENERATED ALWAYS AS (amount * price) STORED,
    CONSTRAINT stock_key PRIMARY KEY (shop, item),
    UNIQUE (item, shop),
    CONSTRAINT stock_amount CHECK (amount >= 0 AND (price > 0 OR price IS NULL))
);
CREATE TABLE booking (
    id bigint PRIMARY KEY,
    shop integer,
    item integer,
    FOREIGN KEY (shop, item) REFERENCES stock (shop, item) ON UPDATE CASCADE ON DELETE SET NULL
        DEFERRABLE INITIALLY DEFERRED
);
