ALTER TABLE orders RENAME COLUMN region TO area;
