ALTER TABLE client ALTER COLUMN note SET DEFAULT 'none: :x 5%';
ALTER TABLE client ALTER COLUMN score DROP DEFAULT, ALTER COLUMN score TYPE bigint;
ALTER TABLE client ALTER name DROP NOT NULL;
ALTER TABLE package ALTER COLUMN weight TYPE numeric(8, 3) USING weight::numeric;
