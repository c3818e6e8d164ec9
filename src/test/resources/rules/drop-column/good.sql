-- Step one: code that no longer writes it can be released.
ALTER TABLE orders ALTER COLUMN region DROP NOT NULL;
