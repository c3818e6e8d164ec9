-- Every kind of object, and names that break whoever forgets to quote. PostgreSQL 13 and later.
CREATE SCHEMA shop;
CREATE SCHEMA "Odd ""Schema""; drop";
CREATE TYPE shop.mood AS ENUM ('sad', 'it''s fine', 'ünder', E'back\\slash');
CREATE DOMAIN shop.positive AS numeric(12, 2) DEFAULT 1 NOT NULL CONSTRAINT above_zero CHECK (VALUE > 0);
CREATE DOMAIN shop.email AS text CHECK (VALUE ~ '@');
CREATE TYPE shop.address AS (line_1 text, "Post Code" varchar(20));
CREATE TYPE shop.float_range AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = float8mi);
CREATE COLLATION shop.german (PROVIDER = icu, LOCALE = 'de-DE');
CREATE SEQUENCE shop.invoice_numbers AS integer INCREMENT BY 5 MINVALUE 10 MAXVALUE 1000000 START WITH 15 CACHE 3 CYCLE;

CREATE FUNCTION shop.next_code() RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT 'C' || nextval('shop.invoice_numbers') $$;
CREATE FUNCTION shop.is_short(value text, max integer DEFAULT 10) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $body$
BEGIN
    RETURN length(value) <= max; -- ünïcode; $$ inside
END $body$;
CREATE FUNCTION shop.add(numeric, numeric) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT AS 'SELECT $1 + $2';
CREATE AGGREGATE shop.total(numeric) (SFUNC = shop.add, STYPE = numeric, INITCOND = '0', PARALLEL = SAFE);
CREATE PROCEDURE shop.clean(INOUT done integer) LANGUAGE plpgsql AS 'BEGIN done := 1; END';
CREATE OPERATOR shop.|+| (FUNCTION = shop.add, LEFTARG = numeric, RIGHTARG = numeric);
CREATE FUNCTION shop.mood_number(shop.mood) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE CAST (shop.mood AS integer) WITH FUNCTION shop.mood_number(shop.mood) AS ASSIGNMENT;
CREATE TEXT SEARCH DICTIONARY shop.plain (TEMPLATE = pg_catalog.simple, STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION shop.search (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION shop.search ALTER MAPPING FOR asciiword WITH shop.plain, simple;

CREATE TABLE shop.customers (
    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 7 INCREMENT BY 2) PRIMARY KEY,
    "dropped before" integer,
    code text DEFAULT shop.next_code() CONSTRAINT short_code CHECK (shop.is_short(code, 30)),
    email shop.email UNIQUE,
    name varchar(100) COLLATE shop.german NOT NULL,
    mood shop.mood DEFAULT 'sad',
    home shop.address,
    scores integer[] DEFAULT '{1,2}',
    referred_by bigint REFERENCES shop.customers ON DELETE SET NULL,
    favourite_order bigint,
    full_name text GENERATED ALWAYS AS (upper(name) || '!') STORED,
    created_at timestamptz NOT NULL DEFAULT now(),
    since timestamptz DEFAULT '2020-06-01 12:00:00+02'
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, toast.autovacuum_enabled = false);
ALTER TABLE shop.customers DROP COLUMN "dropped before";
CREATE TABLE shop.orders (
    id bigserial,
    customer_id bigint NOT NULL,
    total shop.positive,
    kind char(3) NOT NULL CHECK (kind IN ('new', 'old')),
    period tstzrange,
    room integer,
    PRIMARY KEY (id) WITH (fillfactor = 70),
    CONSTRAINT of_customer FOREIGN KEY (customer_id) REFERENCES shop.customers (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT no_overlap EXCLUDE USING gist (period WITH &&) WHERE (room > 0),
    UNIQUE (customer_id, kind)
);
ALTER TABLE shop.customers ADD CONSTRAINT favourite FOREIGN KEY (favourite_order) REFERENCES shop.orders NOT VALID;
ALTER TABLE shop.orders ADD CONSTRAINT later CHECK (room < 1000) NOT VALID;
CREATE UNIQUE INDEX one_open ON shop.orders (customer_id) WHERE kind = 'new';
CREATE INDEX by_lower ON shop.customers (lower(name), mood DESC NULLS LAST) INCLUDE (code);
CREATE STATISTICS shop.orders_dependence (dependencies, ndistinct) ON customer_id, kind FROM shop.orders;

CREATE TABLE "Odd ""Schema""; drop"."a""b; drop table x --" (
    "select" integer PRIMARY KEY,
    "Ünï cödé 🦜" text DEFAULT 'quo''te',
    "%s" integer CHECK ("%s" > 0),
    CONSTRAINT "no?way" UNIQUE ("%s", "select")
);
CREATE INDEX "ix; drop" ON "Odd ""Schema""; drop"."a""b; drop table x --" ("Ünï cödé 🦜");
CREATE UNLOGGED TABLE public.scratch (payload bytea, document jsonb);
ALTER TABLE public.scratch ALTER payload SET STORAGE EXTERNAL, ALTER document SET STATISTICS 500, ALTER document SET (n_distinct = -0.5);
ALTER TABLE public.scratch REPLICA IDENTITY FULL;

CREATE TABLE shop.events (id bigint NOT NULL, happened date NOT NULL, note text, PRIMARY KEY (id, happened),
    CONSTRAINT sane CHECK (id > 0)) PARTITION BY RANGE (happened);
CREATE TABLE shop.events_2026 PARTITION OF shop.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE shop.events_rest (note text, extra_column integer, happened date NOT NULL, id bigint NOT NULL, CONSTRAINT sane CHECK (id > 0))
    PARTITION BY HASH (id);
ALTER TABLE shop.events_rest DROP COLUMN extra_column;
ALTER TABLE shop.events ATTACH PARTITION shop.events_rest DEFAULT;
CREATE TABLE shop.events_rest_0 PARTITION OF shop.events_rest FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE shop.events_rest_1 PARTITION OF shop.events_rest FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE INDEX events_note ON shop.events (note);
ALTER TABLE shop.events_2026 ALTER note SET DEFAULT 'this year';
CREATE TABLE shop.event_reader (event_id bigint, event_day date, FOREIGN KEY (event_id, event_day) REFERENCES shop.events);
CREATE TABLE shop.base (id integer NOT NULL, label text, CHECK (id > 0));
CREATE TABLE shop.derived (extra text NOT NULL) INHERITS (shop.base);

CREATE VIEW shop.happy WITH (security_barrier) AS SELECT id, name, mood FROM shop.customers WHERE mood <> 'sad';
CREATE VIEW shop.happier AS SELECT h.*, shop.total(o.total) AS spent FROM shop.happy h JOIN shop.orders o ON o.customer_id = h.id GROUP BY h.id, h.name, h.mood;
CREATE VIEW shop.by_key AS SELECT c.id, c.name, count(*) AS orders FROM shop.customers c JOIN shop.orders o ON o.customer_id = c.id GROUP BY c.id;
CREATE MATERIALIZED VIEW shop.report AS SELECT name, count(*) AS n FROM shop.happier GROUP BY name;
CREATE UNIQUE INDEX report_name ON shop.report (name);
CREATE MATERIALIZED VIEW shop.empty_report AS SELECT 1 AS one WITH NO DATA;

CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE INSERT OR UPDATE OF name ON shop.customers FOR EACH ROW WHEN (NEW.name <> 'x') EXECUTE FUNCTION shop.touch();
CREATE CONSTRAINT TRIGGER checked AFTER INSERT ON shop.orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shop.touch();
ALTER TABLE shop.customers DISABLE TRIGGER touched;
CREATE TRIGGER on_events AFTER INSERT ON shop.events FOR EACH ROW EXECUTE FUNCTION shop.touch();
CREATE RULE protect AS ON DELETE TO public.scratch DO INSTEAD NOTHING;
ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE shop.orders FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON shop.orders FOR SELECT TO PUBLIC USING (customer_id = 1);
CREATE POLICY "w r" ON shop.orders AS RESTRICTIVE FOR INSERT WITH CHECK (room IS NOT NULL);
CREATE FUNCTION shop.watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER watching ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION shop.watch();
CREATE PUBLICATION changes FOR TABLE shop.customers, shop.orders WITH (publish = 'insert, update');
ALTER TABLE shop.orders CLUSTER ON orders_pkey;

COMMENT ON SCHEMA shop IS 'the ''shop''';
COMMENT ON TABLE shop.customers IS E'two\nlines';
COMMENT ON COLUMN shop.customers.name IS 'who';
COMMENT ON COLUMN "Odd ""Schema""; drop"."a""b; drop table x --"."%s" IS 'odd % on it';
COMMENT ON CONSTRAINT short_code ON shop.customers IS 'short';
COMMENT ON CONSTRAINT above_zero ON DOMAIN shop.positive IS 'domain';
COMMENT ON FUNCTION shop.is_short(text, integer) IS 'function';
COMMENT ON AGGREGATE shop.total(numeric) IS 'aggregate';
COMMENT ON PROCEDURE shop.clean(integer) IS 'procedure';
COMMENT ON INDEX shop.by_lower IS 'index';
COMMENT ON VIEW shop.happy IS 'view';
COMMENT ON COLUMN shop.happy.name IS 'view column';
COMMENT ON MATERIALIZED VIEW shop.report IS 'matview';
COMMENT ON SEQUENCE shop.invoice_numbers IS 'sequence';
COMMENT ON TYPE shop.mood IS 'enum';
COMMENT ON COLUMN shop.address.line_1 IS 'part of a type';
COMMENT ON TRIGGER touched ON shop.customers IS 'trigger';
COMMENT ON POLICY own ON shop.orders IS 'policy';
COMMENT ON RULE protect ON public.scratch IS 'rule';
COMMENT ON STATISTICS shop.orders_dependence IS 'statistics';
COMMENT ON EVENT TRIGGER watching IS 'event trigger';

GRANT USAGE ON SCHEMA shop TO PUBLIC;
GRANT SELECT, INSERT ON shop.customers TO PUBLIC;
GRANT UPDATE (name) ON shop.customers TO PUBLIC;
GRANT USAGE ON SEQUENCE shop.invoice_numbers TO pg_monitor WITH GRANT OPTION;
GRANT SELECT ON shop.report TO pg_monitor;
REVOKE EXECUTE ON FUNCTION shop.next_code() FROM PUBLIC;
GRANT EXECUTE ON PROCEDURE shop.clean(integer) TO pg_monitor;
REVOKE USAGE ON TYPE shop.mood FROM PUBLIC;
