CREATE TABLE customers (id bigint PRIMARY KEY, email text);
INSERT INTO customers SELECT n, 'c' || n || '@example.org' FROM generate_series(1, 100) n;
