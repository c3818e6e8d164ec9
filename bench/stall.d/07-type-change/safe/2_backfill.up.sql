-- godwit:backfill
UPDATE orders SET quantity_new = quantity WHERE quantity_new IS NULL;
