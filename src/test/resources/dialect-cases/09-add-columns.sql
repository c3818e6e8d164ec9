ALTER TABLE client ADD COLUMN active boolean NOT NULL DEFAULT true;
ALTER TABLE client ADD COLUMN born date, ADD COLUMN region varchar(2) DEFAULT 'EU';
ALTER TABLE client ADD COLUMN seen timestamptz NOT NULL DEFAULT now();
ALTER TABLE client ADD COLUMN boss bigint REFERENCES client (id);
