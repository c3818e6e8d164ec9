DROP TRIGGER orders_quantity_new ON orders;
-- godwit:ignore rename-column the old column's name goes to the new one in the same transaction
ALTER TABLE orders RENAME quantity TO quantity_old;
-- godwit:ignore rename-column the old column's name goes to the new one in the same transaction
ALTER TABLE orders RENAME quantity_new TO quantity;
ALTER TABLE orders ALTER quantity SET DEFAULT 1;
