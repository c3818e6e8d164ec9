CREATE UNIQUE INDEX orders_one_open ON orders_order (customer_id) WHERE state = 'open%s';
CREATE TABLE "a""b" (id bigint PRIMARY KEY, "x'y%{z}" text DEFAULT '\"""');
