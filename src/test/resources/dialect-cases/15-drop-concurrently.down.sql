CREATE INDEX CONCURRENTLY audit_client ON audit (client_id);
