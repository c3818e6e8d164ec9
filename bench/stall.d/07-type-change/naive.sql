ALTER TABLE orders ALTER quantity TYPE bigint;
