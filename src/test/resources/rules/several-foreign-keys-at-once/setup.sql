CREATE TABLE customers (id bigint PRIMARY KEY, email text);
INSERT INTO customers SELECT n, 'c' || n || '@example.org' FROM generate_series(1, 100) n;
CREATE TABLE regions (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, region_id bigint, code text, quantity integer NOT NULL DEFAULT 1);
INSERT INTO orders (id, customer_id, code) SELECT n, n % 100 + 1, 'c' || n FROM generate_series(1, 2000) n;
