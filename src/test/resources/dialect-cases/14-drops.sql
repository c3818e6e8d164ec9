ALTER TABLE package DROP COLUMN flag;
ALTER TABLE audit DROP CONSTRAINT audit_client;
DROP INDEX audit_what;
