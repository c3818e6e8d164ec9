CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE person (
    id bigint PRIMARY KEY,
    mood mood NOT NULL DEFAULT 'ok',
    during tstzrange,
    EXCLUDE USING gist (during WITH &&)
);
CREATE TABLE part (id bigint, made date) PARTITION BY RANGE (made);
CREATE TABLE part_2026 PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE VIEW open_invoice AS SELECT id FROM invoice WHERE state = 'open';
CREATE TABLE IF NOT EXISTS maybe (id integer CONSTRAINT filled NOT NULL);
COMMENT ON TABLE person IS 'people''s moods: 100% :true';
