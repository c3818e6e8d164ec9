ALTER DOMAIN email ADD CONSTRAINT email_has_at CHECK (VALUE LIKE '%@%') NOT VALID;
ALTER TABLE customers ADD CONSTRAINT customers_email_has_at CHECK (email LIKE '%@%') NOT VALID;
ALTER TABLE customers VALIDATE CONSTRAINT customers_email_has_at;
