ALTER TABLE orders ALTER COLUMN token SET DEFAULT gen_random_uuid();
-- godwit:backfill batch=500
UPDATE orders SET token = gen_random_uuid() WHERE token IS NULL;
