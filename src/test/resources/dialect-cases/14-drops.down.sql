CREATE INDEX audit_what ON audit (what);
ALTER TABLE audit ADD CONSTRAINT audit_client FOREIGN KEY (client_id) REFERENCES client (id);
ALTER TABLE package ADD COLUMN flag text CONSTRAINT parcel_flag_not_null NOT NULL DEFAULT 'n';
