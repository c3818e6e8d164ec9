-- godwit:ignore drop-column the column was never filled
ALTER TABLE orders DROP COLUMN region;
DROP INDEX orders_region_idx;
