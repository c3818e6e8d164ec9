CREATE TABLE notes (id bigint PRIMARY KEY, customerid bigint);
