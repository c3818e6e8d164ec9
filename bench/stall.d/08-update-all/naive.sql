UPDATE orders SET region = 'unknown' WHERE region IS NULL;
