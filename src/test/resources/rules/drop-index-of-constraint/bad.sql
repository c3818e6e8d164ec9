DROP INDEX orders_code_key;
