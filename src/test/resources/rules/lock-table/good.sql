SELECT id FROM orders WHERE region = 'r1' FOR UPDATE;
