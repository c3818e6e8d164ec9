-- godwit:backfill batch=500
DELETE FROM orders WHERE quantity > 0;
