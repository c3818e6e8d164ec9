-- Phase 3, contract: NOT NULL by way of a validated CHECK, so that no scan runs under a strong lock.
-- migrate:up transaction:false
ALTER TABLE orders ADD CONSTRAINT orders_region_present CHECK (region IS NOT NULL) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_region_present;
ALTER TABLE orders ALTER COLUMN region SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT orders_region_present;

-- migrate:down
ALTER TABLE orders ALTER COLUMN region DROP NOT NULL;
