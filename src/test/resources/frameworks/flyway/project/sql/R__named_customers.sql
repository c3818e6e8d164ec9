-- godwit:no-op the view stays until a migration drops it
CREATE OR REPLACE VIEW named_customers AS SELECT id, name FROM customers;
