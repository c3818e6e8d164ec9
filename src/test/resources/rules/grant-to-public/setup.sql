CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, region text, code text, quantity integer NOT NULL DEFAULT 1);
INSERT INTO orders (id, customer_id, region, code) SELECT n, n % 100 + 1, 'r' || n % 7, 'c' || n FROM generate_series(1, 2000) n;
DO $$ BEGIN CREATE ROLE godwit_reader; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE godwit_stranger; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
