ALTER TABLE invoice ADD COLUMN region text;
-- Everybody of before, 100% :sure
UPDATE invoice SET region = 'EU :name 5% %s ${x}' WHERE region IS NULL AND state LIKE 'n%';
ALTER TABLE invoice ALTER COLUMN region SET NOT NULL;
