-- migrate:up
CREATE TABLE orders (id bigint);

-- migrate:down
DROP TABLE orders;
