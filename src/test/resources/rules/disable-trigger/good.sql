BEGIN;
SET LOCAL session_replication_role = replica;
UPDATE orders SET region = 'eu' WHERE id = 1;
COMMIT;
