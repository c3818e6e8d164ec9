ALTER TABLE package ADD COLUMN size2 integer, DROP COLUMN size;
