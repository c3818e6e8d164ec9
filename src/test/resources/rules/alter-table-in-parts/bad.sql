ALTER TABLE orders ALTER COLUMN region SET NOT NULL;
ALTER TABLE orders ADD CONSTRAINT orders_code_check CHECK (code <> '');
