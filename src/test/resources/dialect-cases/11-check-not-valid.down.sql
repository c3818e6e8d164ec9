ALTER TABLE audit DROP CONSTRAINT audit_id_fkey;
ALTER TABLE client DROP CONSTRAINT client_name_key;
ALTER TABLE client DROP CONSTRAINT client_score_check;
ALTER TABLE invoice DROP CONSTRAINT invoice_total;
