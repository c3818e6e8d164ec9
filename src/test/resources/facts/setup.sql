SET timezone = 'Europe/Berlin';
CREATE SCHEMA elsewhere;
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN label AS text;
CREATE TABLE customers (
    id bigint PRIMARY KEY,
    email varchar(50) UNIQUE,
    note text,
    price numeric(10, 2),
    born date,
    created_at timestamp(3),
    ip cidr,
    bits varbit(5),
    fixed bit(4),
    code char(5),
    flag boolean NOT NULL DEFAULT true,
    amount integer CHECK (amount >= 0),
    tags text[],
    names varchar(10)[],
    span interval(3),
    doc json,
    token uuid,
    name varchar,
    age positive,
    CONSTRAINT customers_note_present CHECK (note IS NOT NULL)
);
INSERT INTO customers (id, email, note, amount, age) SELECT n, 'c' || n, 'n', n, n FROM generate_series(1, 50) n;
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    customer_id bigint REFERENCES customers (id),
    region text,
    quantity integer,
    generated integer GENERATED ALWAYS AS (quantity * 2) STORED
);
INSERT INTO orders (id, customer_id, region, quantity) SELECT n, n, 'r' || n, n FROM generate_series(1, 50) n;
CREATE INDEX orders_region_idx ON orders (region);
ALTER TABLE orders ADD CONSTRAINT orders_quantity_check CHECK (quantity > 0) NOT VALID;
ALTER TABLE orders ADD CONSTRAINT orders_region_present CHECK (region IS NOT NULL) NOT VALID;
CREATE TABLE refunds (id bigint, order_id bigint);
INSERT INTO refunds SELECT n, n FROM generate_series(1, 50) n;
ALTER TABLE refunds ADD CONSTRAINT refunds_order_fkey FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID;
CREATE UNIQUE INDEX refunds_id_idx ON refunds (id);
CREATE TABLE lonely (id bigint, region text);
INSERT INTO lonely SELECT n, 'r' FROM generate_series(1, 50) n;
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE events_2027 (id bigint NOT NULL, at date NOT NULL, kind text);
CREATE TABLE base (id bigint, kind text);
CREATE TABLE derived (extra text) INHERITS (base);
CREATE TABLE standalone (id bigint, kind text);
CREATE TABLE stock (id bigint, region text, quantity integer);
CREATE VIEW order_regions AS SELECT id, region FROM stock;
CREATE MATERIALIZED VIEW order_totals AS SELECT id, quantity FROM stock;
CREATE UNIQUE INDEX order_totals_id_idx ON order_totals (id);
CREATE SEQUENCE ticket;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE FUNCTION steady() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
CREATE FUNCTION restless() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
CREATE POLICY orders_policy ON orders USING (true);
CREATE RULE lonely_rule AS ON DELETE TO lonely DO ALSO NOTHING;
