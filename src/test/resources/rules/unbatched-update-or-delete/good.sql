-- godwit:backfill batch=500
UPDATE orders SET region = 'eu' WHERE region IS NOT NULL;
