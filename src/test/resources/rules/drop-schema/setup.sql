DROP SCHEMA IF EXISTS shop CASCADE;
CREATE SCHEMA shop;
CREATE TABLE shop.orders (id bigint PRIMARY KEY);
CREATE TABLE shop.carts_dropped (id bigint PRIMARY KEY);
