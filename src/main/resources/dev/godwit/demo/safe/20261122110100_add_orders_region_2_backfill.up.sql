-- Phase 2, migrate: the rows that were there, in small batches, each a transaction of its own.
-- godwit:backfill batch=5000
UPDATE orders
SET region = CASE
    WHEN country IN ('DE', 'FR', 'NL') THEN 'EMEA'
    WHEN country IN ('US', 'CA', 'BR') THEN 'AMER'
    ELSE 'APAC'
END
WHERE region IS NULL;
