ALTER TABLE orders ADD COLUMN token uuid;
ALTER TABLE orders ALTER token SET DEFAULT gen_random_uuid();
