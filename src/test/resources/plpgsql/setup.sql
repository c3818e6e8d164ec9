-- What the functions of valid.sql speak of.
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE customers (id bigint PRIMARY KEY, name text, mood mood);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total numeric(12, 2), region text, tags text[]);
CREATE TYPE pair AS (a int, b text);
CREATE SCHEMA shop;
CREATE TABLE shop.audit (id bigserial, at timestamptz DEFAULT now(), what jsonb);
CREATE DOMAIN shop.label AS text;
