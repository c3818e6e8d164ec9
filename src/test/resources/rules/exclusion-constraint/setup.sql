CREATE TABLE bookings (id bigint PRIMARY KEY, during int8range NOT NULL);
INSERT INTO bookings SELECT n, int8range(n, n + 1) FROM generate_series(1, 2000) n;
