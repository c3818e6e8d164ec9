UPDATE orders SET region = 'eu', quantity = 1, region = 'us' WHERE id = 1;
