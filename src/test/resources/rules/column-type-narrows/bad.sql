ALTER TABLE orders ALTER COLUMN price TYPE numeric(10, 1);
