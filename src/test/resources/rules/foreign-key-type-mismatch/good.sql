CREATE TABLE carts (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers (id));
