ALTER TYPE state RENAME VALUE 'paid' TO 'settled';
