CREATE TYPE state AS ENUM ('new', 'paid');
CREATE TABLE orders (id bigint PRIMARY KEY, state state NOT NULL DEFAULT 'new');
INSERT INTO orders SELECT n FROM generate_series(1, 2000) n;
