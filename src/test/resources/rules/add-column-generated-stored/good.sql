ALTER TABLE orders ADD COLUMN doubled integer;
