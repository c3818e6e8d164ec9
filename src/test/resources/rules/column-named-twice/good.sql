UPDATE orders SET region = 'us', quantity = 1 WHERE id = 1;
