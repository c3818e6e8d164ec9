CREATE DOMAIN email AS text;
CREATE TABLE customers (id bigint PRIMARY KEY, email email);
INSERT INTO customers SELECT n, 'c' || n || '@example.org' FROM generate_series(1, 2000) n;
