ALTER TYPE state ADD VALUE 'sent' AFTER 'paid';
ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'sent';
