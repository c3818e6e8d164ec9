CREATE TABLE orders (id bigint, placed date NOT NULL) PARTITION BY RANGE (placed);
CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE orders_2025 (id bigint, placed date NOT NULL);
INSERT INTO orders_2025 SELECT n, date '2025-01-01' + n % 300 FROM generate_series(1, 2000) n;
