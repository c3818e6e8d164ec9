-- Each statement runs alone on what setup.sql made, in a transaction that is rolled back. What is predicted of it must
-- be what the server shows. A comment "from 14" says from which major on it is meant.

-- New objects
CREATE TABLE fresh (id bigint PRIMARY KEY, note text DEFAULT 'x');
CREATE TABLE fresh (id bigint, order_id bigint REFERENCES orders (id), customer_id bigint, FOREIGN KEY (customer_id) REFERENCES customers);
CREATE TABLE fresh (LIKE orders INCLUDING ALL);
CREATE TABLE fresh () INHERITS (base);
CREATE TABLE fresh PARTITION OF events FOR VALUES FROM ('2028-01-01') TO ('2029-01-01');
CREATE TABLE fresh AS SELECT * FROM orders;
CREATE TEMP TABLE fresh (id bigint);
SELECT id INTO fresh FROM orders;
CREATE VIEW fresh AS SELECT id FROM orders;
CREATE OR REPLACE VIEW order_regions AS SELECT id, region FROM stock;
CREATE MATERIALIZED VIEW fresh AS SELECT id FROM orders;
CREATE SEQUENCE fresh OWNED BY orders.id;
CREATE INDEX ON orders (quantity);
CREATE UNIQUE INDEX orders_quantity_idx ON orders (quantity) WHERE quantity > 0;
CREATE INDEX ON events (kind);
CREATE INDEX events_kind_idx ON ONLY events (kind);
CREATE STATISTICS orders_stats ON id, region FROM orders;
CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
CREATE RULE ruled AS ON DELETE TO orders DO ALSO NOTHING;
CREATE POLICY another ON orders USING (true);
CREATE TYPE colour AS ENUM ('red');
CREATE DOMAIN short AS varchar(10);
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;

-- Columns
ALTER TABLE orders ADD COLUMN c text;
ALTER TABLE orders ADD COLUMN c text DEFAULT 'constant' NOT NULL;
ALTER TABLE orders ADD COLUMN c timestamptz DEFAULT now();
ALTER TABLE orders ADD COLUMN c timestamptz DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE orders ADD COLUMN c timestamptz DEFAULT clock_timestamp();
ALTER TABLE orders ADD COLUMN c uuid DEFAULT gen_random_uuid();
ALTER TABLE orders ADD COLUMN c double precision DEFAULT random();
ALTER TABLE orders ADD COLUMN c text DEFAULT lower('ABC') || 'x';
ALTER TABLE orders ADD COLUMN c integer DEFAULT steady();
ALTER TABLE orders ADD COLUMN c integer DEFAULT restless();
ALTER TABLE orders ADD COLUMN c integer DEFAULT NULL;
ALTER TABLE orders ADD COLUMN c integer DEFAULT CASE WHEN random() > 2 THEN 1 ELSE 2 END;
ALTER TABLE orders ADD COLUMN c serial;
ALTER TABLE orders ADD COLUMN c bigint GENERATED ALWAYS AS IDENTITY;
ALTER TABLE orders ADD COLUMN c bigint GENERATED ALWAYS AS (quantity + 1) STORED;
ALTER TABLE orders ADD COLUMN c bigint GENERATED ALWAYS AS (quantity + 1) VIRTUAL; -- from 18
ALTER TABLE orders ADD COLUMN c label;
ALTER TABLE orders ADD COLUMN c positive;
ALTER TABLE orders ADD COLUMN c positive DEFAULT 1;
ALTER TABLE orders ADD COLUMN c mood DEFAULT 'sad';
ALTER TABLE orders ADD COLUMN c bigint REFERENCES customers (id);
ALTER TABLE orders ADD COLUMN c bigint DEFAULT 1 REFERENCES customers (id);
ALTER TABLE orders ADD COLUMN c bigint CHECK (c > 0);
ALTER TABLE orders ADD COLUMN c bigint UNIQUE;
ALTER TABLE events ADD COLUMN c text DEFAULT 'x';
ALTER TABLE events ADD COLUMN c uuid DEFAULT gen_random_uuid();
ALTER TABLE base ADD COLUMN c text;
ALTER TABLE orders DROP COLUMN region;
ALTER TABLE orders DROP COLUMN customer_id;
ALTER TABLE orders ALTER COLUMN region SET DEFAULT 'x';
ALTER TABLE orders ALTER COLUMN region DROP DEFAULT;
ALTER TABLE orders ALTER COLUMN region SET NOT NULL;
ALTER TABLE customers ALTER COLUMN note SET NOT NULL;
ALTER TABLE customers ALTER COLUMN flag DROP NOT NULL;
ALTER TABLE orders ALTER COLUMN region SET STATISTICS 500;
ALTER TABLE orders ALTER COLUMN region SET (n_distinct = 5);
ALTER TABLE orders ALTER COLUMN region SET STORAGE EXTERNAL;
ALTER TABLE orders ALTER COLUMN region SET COMPRESSION pglz; -- from 14
ALTER TABLE customers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE orders ALTER COLUMN generated DROP EXPRESSION;
ALTER TABLE orders ALTER COLUMN generated SET EXPRESSION AS (quantity * 3); -- from 17
ALTER TABLE orders RENAME COLUMN region TO area;

-- Types
ALTER TABLE customers ALTER COLUMN email TYPE varchar(60);
ALTER TABLE customers ALTER COLUMN email TYPE varchar(40);
ALTER TABLE customers ALTER COLUMN email TYPE varchar;
ALTER TABLE customers ALTER COLUMN email TYPE text;
ALTER TABLE customers ALTER COLUMN email TYPE text USING email::text;
ALTER TABLE customers ALTER COLUMN email TYPE text USING lower(email);
ALTER TABLE customers ALTER COLUMN email TYPE char(60);
ALTER TABLE customers ALTER COLUMN name TYPE varchar(60);
ALTER TABLE customers ALTER COLUMN name TYPE text;
ALTER TABLE customers ALTER COLUMN note TYPE varchar;
ALTER TABLE customers ALTER COLUMN note TYPE varchar(60);
ALTER TABLE customers ALTER COLUMN note TYPE text COLLATE "C";
ALTER TABLE customers ALTER COLUMN price TYPE numeric(12, 2);
ALTER TABLE customers ALTER COLUMN price TYPE numeric(12, 3);
ALTER TABLE customers ALTER COLUMN price TYPE numeric(8, 2);
ALTER TABLE customers ALTER COLUMN price TYPE numeric;
ALTER TABLE customers ALTER COLUMN born TYPE timestamp;
ALTER TABLE customers ALTER COLUMN created_at TYPE timestamp(6);
ALTER TABLE customers ALTER COLUMN created_at TYPE timestamp(4);
ALTER TABLE customers ALTER COLUMN created_at TYPE timestamp(2);
ALTER TABLE customers ALTER COLUMN created_at TYPE timestamp;
ALTER TABLE customers ALTER COLUMN created_at TYPE timestamptz;
ALTER TABLE customers ALTER COLUMN ip TYPE inet;
ALTER TABLE customers ALTER COLUMN bits TYPE varbit(6);
ALTER TABLE customers ALTER COLUMN bits TYPE varbit(4);
ALTER TABLE customers ALTER COLUMN bits TYPE varbit;
ALTER TABLE customers ALTER COLUMN fixed TYPE varbit;
ALTER TABLE customers ALTER COLUMN fixed TYPE bit(8);
ALTER TABLE customers ALTER COLUMN code TYPE char(8);
ALTER TABLE customers ALTER COLUMN code TYPE text;
ALTER TABLE customers ALTER COLUMN amount TYPE bigint;
ALTER TABLE customers ALTER COLUMN amount TYPE integer;
ALTER TABLE customers ALTER COLUMN amount TYPE oid;
ALTER TABLE customers ALTER COLUMN tags TYPE varchar[];
ALTER TABLE customers ALTER COLUMN names TYPE varchar(20)[];
ALTER TABLE customers ALTER COLUMN names TYPE varchar[];
ALTER TABLE customers ALTER COLUMN names TYPE text[];
ALTER TABLE customers ALTER COLUMN span TYPE interval(5);
ALTER TABLE customers ALTER COLUMN span TYPE interval(2);
ALTER TABLE customers ALTER COLUMN span TYPE interval;
ALTER TABLE customers ALTER COLUMN doc TYPE jsonb;
ALTER TABLE customers ALTER COLUMN token TYPE text;
ALTER TABLE customers ALTER COLUMN id TYPE numeric;

-- Constraints
ALTER TABLE lonely ADD CONSTRAINT c CHECK (id > 0);
ALTER TABLE lonely ADD CONSTRAINT c CHECK (id > 0) NOT VALID;
ALTER TABLE lonely ADD CONSTRAINT c FOREIGN KEY (id) REFERENCES customers (id);
ALTER TABLE lonely ADD CONSTRAINT c FOREIGN KEY (id) REFERENCES customers (id) NOT VALID;
ALTER TABLE lonely ADD CONSTRAINT c UNIQUE (id);
ALTER TABLE lonely ADD PRIMARY KEY (id);
ALTER TABLE lonely ADD CONSTRAINT c NOT NULL region NOT VALID; -- from 18
ALTER TABLE lonely ADD CONSTRAINT c NOT NULL region; -- from 18
ALTER TABLE refunds ADD CONSTRAINT c UNIQUE USING INDEX refunds_id_idx;
ALTER TABLE refunds ADD CONSTRAINT c PRIMARY KEY USING INDEX refunds_id_idx;
ALTER TABLE orders VALIDATE CONSTRAINT orders_quantity_check;
ALTER TABLE refunds VALIDATE CONSTRAINT refunds_order_fkey;
ALTER TABLE orders DROP CONSTRAINT orders_quantity_check;
ALTER TABLE refunds DROP CONSTRAINT refunds_order_fkey;
ALTER TABLE orders DROP CONSTRAINT orders_pkey CASCADE;
ALTER TABLE refunds ALTER CONSTRAINT refunds_order_fkey DEFERRABLE;
ALTER TABLE orders RENAME CONSTRAINT orders_quantity_check TO positive_quantity;
ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 1000);
ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 1000) NOT VALID;

-- Tables as a whole
ALTER TABLE orders RENAME TO purchases;
ALTER TABLE orders SET SCHEMA elsewhere;
ALTER TABLE orders SET (fillfactor = 70);
ALTER TABLE orders SET (autovacuum_enabled = false, fillfactor = 80);
ALTER TABLE orders RESET (fillfactor);
ALTER TABLE orders SET (user_catalog_table = true);
ALTER TABLE orders CLUSTER ON orders_pkey;
ALTER TABLE orders SET WITHOUT CLUSTER;
ALTER TABLE lonely SET UNLOGGED;
ALTER TABLE orders REPLICA IDENTITY FULL;
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE orders DISABLE TRIGGER orders_touch;
ALTER TABLE lonely DISABLE RULE lonely_rule;
ALTER TABLE orders OWNER TO CURRENT_USER;
ALTER TABLE events ATTACH PARTITION events_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
ALTER TABLE events DETACH PARTITION events_2026;
ALTER TABLE standalone INHERIT base;
ALTER TABLE derived NO INHERIT base;
ALTER INDEX orders_region_idx RENAME TO orders_area_idx;
ALTER INDEX orders_region_idx SET (fillfactor = 70);
ALTER VIEW order_regions RENAME TO regions;
ALTER VIEW order_regions SET (security_barrier);
ALTER SEQUENCE ticket INCREMENT BY 2;
ALTER SEQUENCE ticket OWNED BY orders.id;
ALTER TYPE mood ADD VALUE 'fine';
ALTER POLICY orders_policy ON orders USING (false);
ALTER TRIGGER orders_touch ON orders RENAME TO touched;
COMMENT ON TABLE orders IS 'x';
COMMENT ON COLUMN orders.region IS 'x';
COMMENT ON CONSTRAINT orders_quantity_check ON orders IS 'x';
COMMENT ON INDEX orders_region_idx IS 'x';
GRANT SELECT ON orders TO PUBLIC;
LOCK TABLE orders IN SHARE MODE;
TRUNCATE lonely;
TRUNCATE customers CASCADE;
CLUSTER orders USING orders_pkey;
REINDEX TABLE orders;
REINDEX INDEX orders_region_idx;
ANALYZE orders;
REFRESH MATERIALIZED VIEW order_totals;
REFRESH MATERIALIZED VIEW CONCURRENTLY order_totals;

-- Away with it
DROP TABLE lonely;
DROP TABLE refunds;
DROP TABLE orders CASCADE;
DROP TABLE events_2026;
DROP TABLE events;
DROP INDEX orders_region_idx;
DROP VIEW order_regions;
DROP MATERIALIZED VIEW order_totals;
DROP SEQUENCE ticket;
DROP TRIGGER orders_touch ON orders;
DROP POLICY orders_policy ON orders;
DROP RULE lonely_rule ON lonely;

-- Rows
INSERT INTO lonely VALUES (1, 'x');
INSERT INTO lonely SELECT id, region FROM orders;
UPDATE lonely SET region = 'x' WHERE id IN (SELECT id FROM orders);
DELETE FROM lonely USING refunds WHERE lonely.id = refunds.id;
MERGE INTO stock USING refunds ON stock.id = refunds.id WHEN MATCHED THEN DELETE; -- from 15
WITH gone AS (DELETE FROM lonely RETURNING id) SELECT count(*) FROM gone JOIN orders USING (id);
SELECT * FROM lonely FOR UPDATE;
SELECT * FROM lonely l JOIN refunds r USING (id) FOR SHARE OF r;
EXPLAIN ANALYZE UPDATE lonely SET region = 'y';
