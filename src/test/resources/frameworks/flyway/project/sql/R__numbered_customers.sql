-- godwit:no-op the view stays until a migration drops it
CREATE OR REPLACE VIEW numbered_customers AS SELECT id FROM customers;
