-- Every order belongs to a sales region. Written the way it is usually written.
ALTER TABLE orders ADD COLUMN region text;

UPDATE orders
SET region = CASE
    WHEN country IN ('DE', 'FR', 'NL') THEN 'EMEA'
    WHEN country IN ('US', 'CA', 'BR') THEN 'AMER'
    ELSE 'APAC'
END;

ALTER TABLE orders ALTER COLUMN region SET NOT NULL;

CREATE INDEX orders_region_idx ON orders (region);
