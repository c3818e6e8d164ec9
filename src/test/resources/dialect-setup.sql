-- What is there before the migrations of the cases, on both sides of the comparison.
CREATE SCHEMA sales;
CREATE TABLE client (id bigint PRIMARY KEY, email text, name text NOT NULL, note text, score integer DEFAULT 0);
CREATE TABLE invoice (id bigint PRIMARY KEY, client_id bigint, total numeric(12, 2), state text DEFAULT 'new', made timestamptz, tags text[]);
CREATE TABLE sales.region (code char(2) PRIMARY KEY, label text);
CREATE TABLE audit (id bigint PRIMARY KEY, what text, client_id bigint CONSTRAINT audit_client REFERENCES client (id));
CREATE INDEX audit_what ON audit (what);
CREATE INDEX audit_client ON audit (client_id);
CREATE TABLE "select" (id integer PRIMARY KEY, "order" text, "a""b" text, "x'y" text, "p%s" text, "{x}" text, "${x}" text, "<&>" text, "back\slash" text);
CREATE TABLE parcel (id bigint PRIMARY KEY, weight text, old_name text, size smallint, flag text NOT NULL DEFAULT 'n');
INSERT INTO client (id, email, name) VALUES (1, 'a@example.org', 'a'), (2, NULL, 'b');
INSERT INTO invoice (id, client_id, total) VALUES (1, 1, 10), (2, 2, 20);
