CREATE TABLE orders (id bigint, region text);
INSERT INTO orders SELECT n, 'r' || n % 7 FROM generate_series(1, 2000) n;
CREATE UNIQUE INDEX orders_pkey ON orders (id);
