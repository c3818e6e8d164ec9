ALTER TABLE invoice DROP CONSTRAINT invoice_client;
