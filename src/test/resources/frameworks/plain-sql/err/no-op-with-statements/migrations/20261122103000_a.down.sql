-- godwit:no-op nothing to do
DROP TABLE customers;
