ALTER TABLE orders ALTER COLUMN region SET NOT NULL, ADD CONSTRAINT orders_code_check CHECK (code <> '');
