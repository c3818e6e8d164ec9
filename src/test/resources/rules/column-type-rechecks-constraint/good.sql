BEGIN;
ALTER TABLE orders DROP CONSTRAINT orders_region_check;
ALTER TABLE orders ALTER COLUMN region TYPE varchar(40);
ALTER TABLE orders ADD CONSTRAINT orders_region_check CHECK (region <> '') NOT VALID;
COMMIT;
ALTER TABLE orders VALIDATE CONSTRAINT orders_region_check;
