CREATE TABLE orders (id bigint NOT NULL, region text);
INSERT INTO orders SELECT n, 'r' || n % 7 FROM generate_series(1, 2000) n;
