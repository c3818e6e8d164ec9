ALTER TABLE invoice ADD CONSTRAINT invoice_total CHECK (total > 0 AND state <> '50%') NOT VALID;
ALTER TABLE client ADD CHECK (score >= 0);
ALTER TABLE client ADD CONSTRAINT client_name_key UNIQUE (name);
ALTER TABLE audit ADD FOREIGN KEY (id) REFERENCES client (id) NOT VALID;
