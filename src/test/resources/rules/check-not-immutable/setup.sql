CREATE TABLE offers (id bigint PRIMARY KEY, ends_at timestamptz, price bigint NOT NULL DEFAULT 1);
