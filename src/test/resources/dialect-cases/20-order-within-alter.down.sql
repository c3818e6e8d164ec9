ALTER TABLE package DROP COLUMN size2;
ALTER TABLE package ADD COLUMN size smallint;
