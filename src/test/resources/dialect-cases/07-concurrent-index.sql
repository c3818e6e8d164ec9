CREATE INDEX CONCURRENTLY invoice_client_id ON invoice (client_id);
