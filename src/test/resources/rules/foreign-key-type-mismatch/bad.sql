CREATE TABLE carts (id bigint PRIMARY KEY, customer_id integer REFERENCES customers (id));
