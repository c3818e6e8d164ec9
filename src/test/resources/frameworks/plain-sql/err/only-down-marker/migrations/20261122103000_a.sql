-- migrate:down
DROP TABLE customers;
