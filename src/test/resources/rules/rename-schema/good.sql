BEGIN;
ALTER TABLE orders SET SCHEMA archive;
CREATE VIEW orders AS SELECT * FROM archive.orders;
COMMIT;
